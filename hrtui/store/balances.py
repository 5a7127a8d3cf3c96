"""What a person may still take of each leave type: buckets granted, used, lapsed and left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.allowance import BalanceReport, Bucket, draw
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.schedule import ScheduleAssignment, scheduled_minutes
from hrtui.store.leave_types import leave_types
from hrtui.store.schedules import work_schedules
from hrtui.store.store import Store

Use = tuple[date, int]


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
    """The balances of a person in `year`, of the types that are limited or were used, in display order."""
    buckets = _buckets(store, person_id, year)
    exceptions = _exceptions(store, person_id)
    uses = _uses(store, person_id, year)
    schedule = _schedule(store, employer_id, person_id)
    found: list[Balance] = []
    for kind in leave_types(store, employer_id).values():
        limit, amount = exceptions.get(kind.id, (kind.limit, kind.limit_amount))
        own = buckets.get(kind.id, [])
        if not own and limit is Limit.MINUTES and amount is not None:
            own = [Bucket(year, "", amount, date(year, 1, 1), date(year + 1, 1, 1))]
        limit_days = amount if limit is Limit.DAYS else None
        taken = uses.get(kind.id, [])
        in_year = [use for use in taken if use[0].year == year]
        if own or in_year or (limit_days is not None and kind.active):
            minutes = sum(use[1] for use in in_year)
            report = _report(own, taken, year, today) if own else None
            found.append(Balance(kind, minutes, _days(in_year, schedule), report, limit_days))
    return found


def _report(buckets: Sequence[Bucket], taken: Sequence[Use], year: int, today: date) -> BalanceReport:
    """Draw all leave from all buckets, since what is left follows from it; show the buckets of `year`."""
    start = min(bucket.valid_from for bucket in buckets)
    whole = draw(buckets, [use for use in taken if use[0] >= start], today)
    shown = [balance for balance in whole.buckets if not balance.bucket.lapsed_on(date(year, 1, 1))]
    return BalanceReport(tuple(shown), whole.overdrawn)


def _days(uses: Sequence[Use], schedule: Sequence[ScheduleAssignment]) -> int:
    """Hundredths of a day: each use by the time scheduled on its date, half up."""
    hundredths = 0
    for day, minutes in uses:
        scheduled = scheduled_minutes(schedule, day)
        hundredths += (minutes * 200 + scheduled) // (2 * scheduled) if scheduled else 0
    return hundredths


def _buckets(store: Store, person_id: int, year: int) -> dict[int, list[Bucket]]:
    rows = store.con.execute(
        "SELECT leave_type_id, year, label, minutes, valid_from, expires FROM allowance"
        " WHERE person_id = ? AND year <= ? ORDER BY valid_from, id",
        (person_id, year),
    )
    found: dict[int, list[Bucket]] = {}
    for kind_id, granted_for, label, minutes, valid_from, expires in rows:
        end = date.fromisoformat(expires) if expires else None
        bucket = Bucket(granted_for, label, minutes, date.fromisoformat(valid_from), end)
        found.setdefault(kind_id, []).append(bucket)
    return found


def _exceptions(store: Store, person_id: int) -> dict[int, tuple[Limit, int | None]]:
    rows = store.con.execute(
        "SELECT leave_type_id, limit_kind, limit_amount FROM leave_exception WHERE person_id = ?",
        (person_id,),
    )
    return {kind_id: (Limit(kind), amount) for kind_id, kind, amount in rows}


def _uses(store: Store, person_id: int, year: int) -> dict[int, list[Use]]:
    rows = store.con.execute(
        "SELECT leave_type_id, date, minutes FROM calendar_entry"
        " WHERE person_id = ? AND date <= ? ORDER BY date",
        (person_id, f"{year}-12-31"),
    )
    found: dict[int, list[Use]] = {}
    for kind_id, day, minutes in rows:
        found.setdefault(kind_id, []).append((date.fromisoformat(day), minutes))
    return found


def _schedule(store: Store, employer_id: int, person_id: int) -> list[ScheduleAssignment]:
    schedules = work_schedules(store, employer_id)
    rows = store.con.execute(
        "SELECT valid_from, schedule_id FROM schedule_assignment WHERE person_id = ? ORDER BY valid_from",
        (person_id,),
    )
    return [ScheduleAssignment(date.fromisoformat(start), schedules[id_]) for start, id_ in rows]
