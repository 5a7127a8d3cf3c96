"""What a person may still take of each leave type: buckets granted, used, lapsed and left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrtui.domain.allowance import BalanceReport, Bucket, BucketBalance, draw
from hrtui.domain.allowance_measure import Measure
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.ledger import Grant, Use, buckets_of
from hrtui.domain.roles import Area
from hrtui.store.allowance_accounts import Holdings, holdings, with_yearly_limit
from hrtui.store.leave_types import leave_types
from hrtui.store.roles import CASE, rights
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of one type in one year, `in_days` (thousandths) or in minutes.

    `used` is what is entered in the year. `report` tells what is left of each bucket, None without any.
    """

    kind: LeaveType
    in_days: bool
    used: int
    report: BalanceReport | None


def balances(store: Store, employer_id: int, person_id: int, year: int, today: date) -> list[Balance]:
    """The balances of a person in a leave year, of the types that are limited or were used, in display order.

    Illness that the clerk may not see is left out.
    """
    own = rights(store, employer_id)
    held = holdings(store, [person_id])
    whole = LeaveYear(year, held.first_month)
    minutes = minutes_by_day(store, person_id, whole.last, cases=own.cases)
    found: list[Balance] = []
    for kind in leave_types(store, employer_id).values():
        if kind.sickness and not own.may(Area.SICKNESS):
            continue
        measure = held.measure(person_id, kind)
        taken = uses(minutes.get(kind.id, {}), measure)
        in_year = [use for use in taken if use[0] in whole]
        kept, taken_off = buckets_of(
            grants(held, person_id, kind, year, limited=kind.active or bool(in_year))
        )
        if kept or in_year:
            report = _report(kept, [*taken, *taken_off], whole.first, today) if kept else None
            found.append(Balance(kind, measure.in_days, sum(use[1] for use in in_year), report))
    return found


def _report(buckets: Sequence[Bucket], taken: Sequence[Use], first: date, today: date) -> BalanceReport:
    """Draw all leave from all buckets, since what is left follows from it; show those from `first` on.

    Of what was granted before, that is what was left of it when the year began.
    """
    start = min(bucket.valid_from for bucket in buckets)
    counted = [use for use in taken if use[0] >= start]
    opened = draw(buckets, [use for use in counted if use[0] < first], first)
    whole = draw(buckets, counted, today)
    shown = [
        BucketBalance(
            replace(now.bucket, amount=now.granted - before.used),
            now.used - before.used,
            now.lapsed,
            now.left,
        )
        for before, now in zip(opened.buckets, whole.buckets, strict=True)
        if not now.bucket.lapsed_on(first)
    ]
    return BalanceReport(tuple(shown), whole.overdrawn)


def grants(
    held: Holdings, person_id: int, kind: LeaveType, year: int, *, limited: bool = True
) -> list[Grant]:
    """What a person may take of a type by the end of `year`; a yearly limit is in it where it is `limited`.

    What is kept longer at the end of `year` can be taken from the year after only.
    """
    whole = LeaveYear(year, held.first_month)
    own = [grant for _, grant in held.granted(person_id, kind, year) if grant.valid_from <= whole.last]
    return with_yearly_limit(own, held.yearly(person_id, kind) if limited else None, whole)


def minutes_by_day(
    store: Store, person_id: int, last: date, *, cases: bool = True
) -> dict[int, dict[date, int]]:
    """The minutes that a person has of each leave type by day up to `last`, planned leave too.

    `cases` false leaves out what sickness cases entered.
    """
    rows = store.con.execute(
        "SELECT leave_type_id, date, sum(minutes) FROM calendar_entry"
        " WHERE person_id = ? AND date <= ? AND (? OR source <> ?)"
        " GROUP BY leave_type_id, date ORDER BY date",
        (person_id, last.isoformat(), cases, CASE),
    )
    found: dict[int, dict[date, int]] = {}
    for kind_id, day, minutes in rows:
        found.setdefault(kind_id, {})[date.fromisoformat(day)] = minutes
    return found


def uses(minutes: Mapping[date, int], measure: Measure) -> list[Use]:
    """What was taken on each day, as the leave is kept."""
    return [(day, measure.taken(day, amount)) for day, amount in minutes.items()]
