"""What a person may still take of each leave type: buckets granted, used, lapsed and left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.allowance import BalanceReport, Bucket, draw
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.ledger import Grant, Use, buckets_of
from hrtui.domain.roles import Area
from hrtui.domain.rollover import EXTENDED
from hrtui.domain.schedule import ScheduleAssignment, WorkSchedule, scheduled_minutes
from hrtui.store.leave_types import leave_types
from hrtui.store.roles import CASE, rights
from hrtui.store.schedules import work_schedules
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of one type in one year.

    `used_minutes` and `used_days` (hundredths of a scheduled day) are what is entered in the year. `report`
    counts minutes by bucket, None where there are no buckets; `limit_days` is the yearly limit in hundredths
    of a day of a type that is limited in days.
    """

    kind: LeaveType
    used_minutes: int
    used_days: int
    report: BalanceReport | None
    limit_days: int | None


def balances(store: Store, employer_id: int, person_id: int, year: int, today: date) -> list[Balance]:
    """The balances of a person in `year`, of the types that are limited or were used, in display order.

    Illness that the clerk may not see is left out.
    """
    own = rights(store, employer_id)
    granted = grants(store, person_id, year)
    own_limits = exceptions(store, person_id)
    all_uses = uses(store, person_id, year, cases=own.cases)
    schedule = schedule_of(store, work_schedules(store, employer_id), person_id)
    found: list[Balance] = []
    for kind in leave_types(store, employer_id).values():
        if kind.sickness and not own.may(Area.SICKNESS):
            continue
        limit, amount = own_limits.get(kind.id, (kind.limit, kind.limit_amount))
        kept, taken_off = buckets_of(with_yearly_limit(granted.get(kind.id, []), limit, amount, year))
        limit_days = amount if limit is Limit.DAYS else None
        taken = all_uses.get(kind.id, [])
        in_year = [use for use in taken if use[0].year == year]
        if kept or in_year or (limit_days is not None and kind.active):
            minutes = sum(use[1] for use in in_year)
            report = _report(kept, [*taken, *taken_off], year, today) if kept else None
            found.append(Balance(kind, minutes, days_of(in_year, schedule), report, limit_days))
    return found


def _report(buckets: Sequence[Bucket], taken: Sequence[Use], year: int, today: date) -> BalanceReport:
    """Draw all leave from all buckets, since what is left follows from it; show the buckets of `year`."""
    start = min(bucket.valid_from for bucket in buckets)
    whole = draw(buckets, [use for use in taken if use[0] >= start], today)
    shown = [balance for balance in whole.buckets if not balance.bucket.lapsed_on(date(year, 1, 1))]
    return BalanceReport(tuple(shown), whole.overdrawn)


def days_of(uses: Sequence[Use], schedule: Sequence[ScheduleAssignment]) -> int:
    """Hundredths of a day: each use by the time scheduled on its date, half up."""
    hundredths = 0
    for day, minutes in uses:
        scheduled = scheduled_minutes(schedule, day)
        hundredths += (minutes * 200 + scheduled) // (2 * scheduled) if scheduled else 0
    return hundredths


def grants(store: Store, person_id: int, year: int) -> dict[int, list[Grant]]:
    """What a person was granted to take by the end of `year`, with its adjustments, by leave type.

    What is kept longer at the end of `year` can be taken from the year after only.
    """
    rows = store.con.execute(
        "SELECT leave_type_id, year, label, minutes, valid_from, expires, reason FROM allowance"
        " WHERE person_id = ? AND year <= ? AND valid_from <= ? ORDER BY valid_from, id",
        (person_id, year, f"{year}-12-31"),
    )
    found: dict[int, list[Grant]] = {}
    for kind_id, *columns in rows:
        found.setdefault(kind_id, []).append(grant_of(*columns))
    return found


def grant_of(year: int, label: str, minutes: int, valid_from: str, expires: str | None, reason: str) -> Grant:
    """A grant from its columns."""
    end = date.fromisoformat(expires) if expires else None
    return Grant(year, label, minutes, date.fromisoformat(valid_from), end, reason)


def with_yearly_limit(own: Sequence[Grant], limit: Limit, amount: int | None, year: int) -> list[Grant]:
    """The grants, and the limit in minutes of a type where nothing was granted for the year itself."""
    if limit is not Limit.MINUTES or amount is None or any(_of_year(grant, year) for grant in own):
        return list(own)
    return [*own, Grant(year, "", amount, date(year, 1, 1), date(year + 1, 1, 1))]


def _of_year(grant: Grant, year: int) -> bool:
    return grant.year == year and grant.label != EXTENDED


def exceptions(store: Store, person_id: int) -> dict[int, tuple[Limit, int | None]]:
    """The limits that a person has in place of a type's."""
    rows = store.con.execute(
        "SELECT leave_type_id, limit_kind, limit_amount FROM leave_exception WHERE person_id = ?",
        (person_id,),
    )
    return {kind_id: (Limit(kind), amount) for kind_id, kind, amount in rows}


def uses(store: Store, person_id: int, year: int, *, cases: bool = True) -> dict[int, list[Use]]:
    """What a person has taken up to the end of `year`, planned leave too, by leave type.

    `cases` false leaves out what sickness cases entered.
    """
    rows = store.con.execute(
        "SELECT leave_type_id, date, minutes FROM calendar_entry"
        " WHERE person_id = ? AND date <= ? AND (? OR source <> ?) ORDER BY date",
        (person_id, f"{year}-12-31", cases, CASE),
    )
    found: dict[int, list[Use]] = {}
    for kind_id, day, minutes in rows:
        found.setdefault(kind_id, []).append((date.fromisoformat(day), minutes))
    return found


def schedule_of(
    store: Store, schedules: Mapping[int, WorkSchedule], person_id: int
) -> list[ScheduleAssignment]:
    """By which of the employer's schedules a person works, in date order."""
    rows = store.con.execute(
        "SELECT valid_from, schedule_id FROM schedule_assignment WHERE person_id = ? ORDER BY valid_from",
        (person_id,),
    )
    return [ScheduleAssignment(date.fromisoformat(start), schedules[id_]) for start, id_ in rows]
