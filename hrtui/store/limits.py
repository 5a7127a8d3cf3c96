"""Whether entries take more of a leave type than a person has left, for many people at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.allowance import draw
from hrtui.domain.allowance_measure import Measure
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.ledger import Grant, buckets_of
from hrtui.store.allowance_accounts import Holdings, PersonType, holdings, with_yearly_limit
from hrtui.store.by_ids import marks
from hrtui.store.changes import DayChange
from hrtui.store.store import Store

Account = tuple[int, int, int]
"""Person, leave type and the number of the leave year."""


@dataclass(frozen=True, slots=True)
class Excess:
    """A change that takes more of a leave type than there is.

    `over` is what is short once it is made: minutes, or thousandths of a day where `in_days`.
    """

    change: DayChange
    kind: LeaveType
    over: int
    in_days: bool


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What an account may use: the grants, in the unit of the measure."""

    year: LeaveYear
    grants: Sequence[Grant]
    measure: Measure

    def uses(self, minutes: Mapping[date, int]) -> dict[date, int]:
        """What is taken by the end of the year, as the account is kept."""
        last = self.year.last
        return {day: self.measure.taken(day, amount) for day, amount in minutes.items() if day <= last}

    def over(self, uses: Mapping[date, int]) -> int:
        """What these uses have too much."""
        buckets, taken_off = buckets_of(self.grants)
        start = min(bucket.valid_from for bucket in buckets)
        taken = [use for use in sorted(uses.items()) if use[0] >= start]
        return draw(buckets, [*taken, *taken_off], start).overdrawn


def excesses(store: Store, kinds: Mapping[int, LeaveType], changes: Sequence[DayChange]) -> list[Excess]:
    """The changes, in date order, that make somebody's balance fall below zero or further below.

    One of a type that may not go below zero is taken as not made by those after it. Where a type may, and
    nothing is granted for the year yet, nobody can tell what is too much.
    """
    growing = _growing(kinds, changes)
    if not growing:
        return []
    held = holdings(store, {person_id for person_id, _ in growing})
    accounts: dict[Account, list[DayChange]] = {}
    for (person_id, kind_id), some in growing.items():
        for change in some:
            year = LeaveYear.of(change.date, held.first_month).number
            accounts.setdefault((person_id, kind_id, year), []).append(change)
    allowed = _allowed(held, kinds, accounts)
    if not allowed:
        return []
    used = _uses(store, allowed)
    found: list[Excess] = []
    for account, limits in allowed.items():
        found += _of_account(kinds[account[1]], limits, used.get(account[:2], {}), accounts[account])
    return found


def overdrawn(
    store: Store, kinds: Mapping[int, LeaveType], wanted: Sequence[PersonType], day: date
) -> dict[PersonType, tuple[int, bool]]:
    """Of which leave more is taken than there is in the leave year of `day`, by person and type.

    By how much, and whether in thousandths of a day.
    """
    if not wanted:
        return {}
    held = holdings(store, {person_id for person_id, _ in wanted})
    year = LeaveYear.of(day, held.first_month).number
    allowed = _allowed(held, kinds, [(*one, year) for one in wanted])
    used = _uses(store, allowed) if allowed else {}
    found: dict[PersonType, tuple[int, bool]] = {}
    for account, limits in allowed.items():
        uses = limits.uses(used.get(account[:2], {}))
        if uses and (over := limits.over(uses)):
            found[account[:2]] = over, limits.measure.in_days
    return found


def _growing(
    kinds: Mapping[int, LeaveType], changes: Iterable[DayChange]
) -> dict[PersonType, list[DayChange]]:
    """The changes that take more of a type than before, by person and type."""
    found: dict[PersonType, list[DayChange]] = {}
    for change in changes:
        for kind_id in {entry.leave_type_id for entry in change.new}:
            limitable = kinds[kind_id].category is not Category.OVERTIME
            if limitable and _minutes(change, kind_id) > _minutes(change, kind_id, old=True):
                found.setdefault((change.person_id, kind_id), []).append(change)
    return found


def _minutes(change: DayChange, kind_id: int, *, old: bool = False) -> int:
    entries = change.old if old else change.new
    return sum(entry.minutes for entry in entries if entry.leave_type_id == kind_id)


def _of_account(
    kind: LeaveType, allowed: _Allowed, used: Mapping[date, int], changes: Sequence[DayChange]
) -> list[Excess]:
    uses = allowed.uses(used)
    wanted = {
        change.date: allowed.measure.taken(change.date, _minutes(change, kind.id)) for change in changes
    }
    before = allowed.over(uses)
    if allowed.over(uses | wanted) <= before:
        return []
    found: list[Excess] = []
    for change in sorted(changes, key=lambda change: change.date):
        was = uses.get(change.date, 0)
        uses[change.date] = wanted[change.date]
        after = allowed.over(uses)
        if after > before:
            found.append(Excess(change, kind, after, allowed.measure.in_days))
        if after > before and not kind.negative_allowed:
            uses[change.date] = was
        else:
            before = after
    return found


def _allowed(
    held: Holdings, kinds: Mapping[int, LeaveType], accounts: Iterable[Account]
) -> dict[Account, _Allowed]:
    """What each account may use; those without any limit are left out."""
    found: dict[Account, _Allowed] = {}
    for account in accounts:
        person_id, kind_id, number = account
        kind, year = kinds[kind_id], LeaveYear(number, held.first_month)
        own = [grant for _, grant in held.granted(person_id, kind, number)]
        grants = with_yearly_limit(own, held.yearly(person_id, kind), year)
        if grants and (not kind.negative_allowed or any(grant.year == number for grant in grants)):
            found[account] = _Allowed(year, grants, held.measure(person_id, kind))
    return found


def _uses(store: Store, accounts: Iterable[Account]) -> dict[tuple[int, int], dict[date, int]]:
    """The minutes by day that people have of the types, in all years."""
    wanted = list(accounts)
    ids = sorted({person_id for person_id, _, _ in wanted})
    kind_ids = sorted({kind_id for _, kind_id, _ in wanted})
    rows = store.con.execute(
        "SELECT person_id, leave_type_id, date, sum(minutes) FROM calendar_entry"
        f" WHERE person_id IN ({marks(len(ids))}) AND leave_type_id IN ({marks(len(kind_ids))})"
        " GROUP BY person_id, leave_type_id, date",
        [*ids, *kind_ids],
    )
    found: dict[tuple[int, int], dict[date, int]] = {}
    for person_id, kind_id, day, minutes in rows:
        found.setdefault((person_id, kind_id), {})[date.fromisoformat(day)] = minutes
    return found
