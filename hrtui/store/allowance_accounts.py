"""What people hold of leave: what is written down for them, their own limits and schedules, in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from hrtui.domain.allowance_marks import counted_once
from hrtui.domain.allowance_measure import Held, Measure, kept_in_days, measured
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.ledger import Grant
from hrtui.domain.rollover import EXTENDED
from hrtui.domain.schedule import ScheduleAssignment, WorkSchedule
from hrtui.store.schedules import weeks_of
from hrtui.store.store import Store

PersonType = tuple[int, int]
"""A person's id and a leave type's."""
OwnLimit = tuple[Limit, int | None]
"""In what leave is limited, and to how much: hundredths of a day or minutes, None without an amount."""

_ASKED = "(SELECT value FROM json_each(?1))"
_FIND = f"""
SELECT 0, person_id, leave_type_id, id, year, label, minutes, days, valid_from, expires, reason
  FROM allowance WHERE person_id IN {_ASKED}
UNION ALL
SELECT 1, person_id, leave_type_id, id, limit_kind, limit_amount, NULL, NULL, NULL, NULL, NULL
  FROM leave_exception WHERE person_id IN {_ASKED}
UNION ALL
SELECT 2, a.person_id, NULL, s.id, s.cycle_start, s.weeks, NULL, NULL, a.valid_from, NULL, NULL
  FROM schedule_assignment a JOIN work_schedule s ON s.id = a.schedule_id WHERE a.person_id IN {_ASKED}
UNION ALL
SELECT 3, NULL, NULL, id, leave_year_start, NULL, NULL, NULL, NULL, NULL, NULL
  FROM employer WHERE id = (SELECT employer_id FROM person WHERE id IN {_ASKED} LIMIT 1)
ORDER BY 1, 9, 4
"""


@dataclass(slots=True)
class Holdings:
    """Grants with their row ids and own limits by person and type, and schedules by person, in date order.

    `first_month` is that of the leave year of the people's employer.
    """

    held: dict[PersonType, list[tuple[int, Held]]] = field(default_factory=dict)
    own_limits: dict[PersonType, OwnLimit] = field(default_factory=dict)
    schedules: dict[int, list[ScheduleAssignment]] = field(default_factory=dict)
    first_month: int = 1

    def counts(self, person_id: int, kind: LeaveType) -> bool:
        """Whether anything was granted of the type, or it may have a yearly limit: most have neither."""
        key = (person_id, kind.id)
        return key in self.held or kind.limit_amount is not None or key in self.own_limits

    def limit(self, person_id: int, kind: LeaveType) -> OwnLimit:
        """The limit that holds for a person: an own one, or the type's."""
        return self.own_limits.get((person_id, kind.id), (kind.limit, kind.limit_amount))

    def measure(self, person_id: int, kind: LeaveType) -> Measure:
        """In what the person's leave of the type is kept."""
        in_days = kept_in_days(self.limit(person_id, kind)[0], kind.limit)
        return Measure(in_days, self.schedules.get(person_id, ()))

    def yearly(self, person_id: int, kind: LeaveType) -> int | None:
        """The yearly limit in the unit of `measure`, None where there is none."""
        limit, amount = self.limit(person_id, kind)
        if limit is Limit.UNLIMITED or amount is None:
            return None
        return self.measure(person_id, kind).limit(amount)

    def granted(self, person_id: int, kind: LeaveType, year: int) -> list[tuple[int, Grant]]:
        """What was granted for the leave years up to `year`, with the row ids, in the unit of `measure`.

        What several clerks wrote down of one limit, or of what was kept at a year's end, is in it once.
        """
        rows = [row for row in self.held.get((person_id, kind.id), ()) if row[1].year <= year]
        if not rows:
            return []
        measure = self.measure(person_id, kind)
        rows = counted_once(rows, measure)
        grants = measured([held for _, held in rows], measure)
        return [(row_id, grant) for (row_id, _), grant in zip(rows, grants, strict=True)]


def holdings(store: Store, person_ids: Iterable[int]) -> Holdings:
    """What these people, all of one employer, hold of all types."""
    found = Holdings()
    asked = json.dumps(list(person_ids))
    for what, person_id, type_id, id_, *rest in store.con.execute(_FIND, (asked,)):
        if what == 0:
            found.held.setdefault((person_id, type_id), []).append((id_, _held(*rest)))
        elif what == 1:
            found.own_limits[person_id, type_id] = (Limit(rest[0]), rest[1])
        elif what == 3:
            found.first_month = rest[0]
        else:
            cycle_start, weeks, _, _, valid_from, _, _ = rest
            assignment = ScheduleAssignment(_day(valid_from), _schedule(id_, cycle_start, weeks))
            found.schedules.setdefault(person_id, []).append(assignment)
    return found


def with_yearly_limit(own: Sequence[Grant], amount: int | None, year: LeaveYear) -> list[Grant]:
    """The grants, and a yearly limit (None: there is none) where nothing was granted for the year itself.

    Adjustments alone adjust the limit. From the first year on of which something was granted every year has
    its limit: leave of a year that was never closed is not taken from what another year left.
    """
    if amount is None:
        return list(own)
    given = {grant.year for grant in own if grant.label != EXTENDED and not grant.reason}
    start = year.first_month
    first = min((LeaveYear.of(grant.valid_from, start).number for grant in own), default=year.number)
    years = (LeaveYear(one, start) for one in range(first, year.number + 1) if one not in given)
    return [*own, *(Grant(one.number, "", amount, one.first, one.following.first) for one in years)]


def _held(
    year: int, label: str, minutes: int, days: int | None, valid_from: str, expires: str | None, reason: str
) -> Held:
    return Held(year, label, minutes, days, _day(valid_from), _day(expires) if expires else None, reason)


@lru_cache(maxsize=2000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=500)
def _schedule(id_: int, cycle_start: str, weeks: str) -> WorkSchedule:
    """The same weeks are read once: each key in the month asks for them again."""
    return WorkSchedule(id_, "", date.fromisoformat(cycle_start), weeks_of(weeks))
