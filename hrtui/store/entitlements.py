"""Proposals for the leave of a year, by law or by the type's own limit, and granting them in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hrtui.domain import entitlement
from hrtui.domain.allowance_measure import DAY
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.rollover import EXTENDED
from hrtui.i18n import hours, t, tn
from hrtui.store import allowances
from hrtui.store.allowance_accounts import Holdings, holdings
from hrtui.store.holidays import country_of
from hrtui.store.leave_types import leave_types
from hrtui.store.service import Service, service
from hrtui.store.store import Store

WORKERS_KEY = "VAKA"
STATUTORY_KEYS = frozenset({"VAK", WORKERS_KEY, "WV"})
"""The types whose amount the law sets, by their key in the starter list."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The leave proposed for one person: `amount` in all, of which `granted` was before.

    Both are `in_days` (thousandths) or in minutes. `basis` says in words what it follows from. A person who
    cannot be reckoned has a `problem`, and 0 as amount.
    """

    person_id: int
    number: str
    name: str
    basis: str
    in_days: bool
    amount: int
    granted: int
    problem: str = ""

    @property
    def to_grant(self) -> int:
        """What is still to be granted; 0 where the person has at least as much."""
        return max(0, self.amount - self.granted)


def propose(
    store: Store,
    employer_id: int,
    type_id: int,
    year: int,
    person_ids: Sequence[int] | None = None,
    counted: Mapping[int, int] | None = None,
    *,
    only_in_service: bool = False,
) -> list[Proposal]:
    """What each person (None: everybody with a contract that year) should be granted of a type for `year`.

    `only_in_service` leaves those out who have no contract then, though they were asked for.

    A limit of the type, or a person's own, goes before the law. By law: in Belgium from the year before, for
    workers days and for others whole months in service, or `counted` by person where the clerk knows better
    (assimilated time is not in the calendar); in the Netherlands four times the weekly hours for the part
    of the year in service. Part-time work has its share.
    """
    kind = allowances.known_type(store, employer_id, type_id)
    allowances.rule_for(store, employer_id, type_id, year)
    people = service(store, employer_id, person_ids)
    held = holdings(store, people)
    whole = LeaveYear(year, held.first_month)
    country, kinds = country_of(store, employer_id), leave_types(store, employer_id).values()
    found: list[Proposal] = []
    for person_id, person in people.items():
        in_service = entitlement.days_covered(person.periods, whole)
        if (person_ids is None or only_in_service) and not in_service:
            continue
        asked = _Asked(person, kind, whole, held)
        problem = ""
        amount, basis = 0, ""
        if not in_service:
            problem = t("No contract in {year}.", year=whole.label)
        elif held.yearly(person_id, kind) is not None:
            amount, basis = asked.by_limit()
        elif kind.key not in STATUTORY_KEYS:
            problem = t("The law names no amount for this type: grant it yourself.")
        elif wrong := _other_type(kinds, kind, person.status_on(whole.last)):
            problem = wrong
        elif not asked.weekly:
            problem = t("No work schedule.")
        elif country == "NL":
            amount, basis = asked.dutch()
        else:
            amount, basis = asked.belgian((counted or {}).get(person_id))
        in_days, granted = asked.measure.in_days, _granted(held, person_id, kind, year)
        found.append(
            Proposal(person_id, person.number, person.name, basis, in_days, amount, granted, problem)
        )
    return found


def _other_type(kinds: Iterable[LeaveType], kind: LeaveType, status: str) -> str:
    """Why somebody's legal leave is of another type, or empty.

    The holiday fund pays that of Belgian workers and the employer that of others (codes 2 and 1 of the
    quarterly declaration); who has not switched on the one of workers tells them apart in another way.
    """
    if kind.key == WORKERS_KEY and status != "worker":
        return t("This type is for blue-collar workers.")
    apart = any(one.key == WORKERS_KEY and one.active for one in kinds)
    return (
        t("This type is for white-collar workers.")
        if kind.key == "VAK" and apart and status == "worker"
        else ""
    )


def grant_proposals(
    store: Store, employer_id: int, type_id: int, year: int, proposals: Sequence[Proposal]
) -> int | None:
    """Grant what the proposals still lack, as one step; None where nothing does. Raises StoreError."""
    amounts = {one.person_id: one.to_grant for one in proposals if one.to_grant}
    if not amounts:
        return None
    return allowances.grant(store, employer_id, type_id, year, amounts, whole_year=True)


class _Asked:
    """Whose leave of a type is reckoned for which year: amounts as it is kept, with what they follow from."""

    def __init__(self, person: Service, kind: LeaveType, year: LeaveYear, held: Holdings) -> None:
        self.person, self.kind, self.year, self.held = person, kind, year, held
        self.measure = held.measure(person.person_id, kind)
        self.first = _first_day(person, year)
        self.weekly = person.weekly_minutes_on(self.first)

    def by_limit(self) -> tuple[int, str]:
        """A limit in hours as it is; of the type's in days the part-time share, of an own one all."""
        person_id = self.person.person_id
        amount = self.held.yearly(person_id, self.kind) or 0
        if not self.measure.in_days:
            return amount, t("limit of {hours}", hours=hours(amount))
        own = (person_id, self.kind.id) in self.held.own_limits
        share = amount if own or not self.weekly else self._share(amount)
        return share, t("limit of {days} days", days=f"{amount / DAY:g}")

    def dutch(self) -> tuple[int, str]:
        """Four weeks, for the days in service by the hours of then."""
        in_year = (self.year.following.first - self.year.first).days
        parts = self._weeks_worked()
        minutes = entitlement.dutch_minutes(parts.items(), in_year)
        basis = "; ".join(
            t("4 × {hours} a week, {n} of {all} days", hours=hours(weekly), n=days, all=in_year)
            for weekly, days in parts.items()
        )
        return self.measure.granted(self.first, minutes, None), basis

    def _weeks_worked(self) -> dict[int, int]:
        """The weekly minutes of the year with the days in service that they were worked."""
        changes = (one.valid_from for one in self.person.schedules[1:] if one.valid_from in self.year)
        starts = [*sorted({self.year.first, *changes}), self.year.following.first]
        found: dict[int, int] = {}
        for start, following in pairwise(starts):
            days = entitlement.days_between(self.person.periods, start, following - timedelta(days=1))
            if days:
                weekly = self.person.weekly_minutes_on(start)
                found[weekly] = found.get(weekly, 0) + days
        return found

    def belgian(self, counted: int | None) -> tuple[int, str]:
        """By the months or days of the year before."""
        days, basis = _belgian(self.person, self.year, counted)
        if self.measure.in_days:
            return self._share(days * DAY), basis
        return entitlement.days_in_minutes(days * DAY, self.weekly), basis

    def _share(self, days: int) -> int:
        schedule = self.person.schedule_on(self.first)
        return days if schedule is None else entitlement.own_days(days, schedule)


def _first_day(person: Service, year: LeaveYear) -> date:
    """The first day of the year, or of the contract that begins in it."""
    starts = [start for start, _, _ in person.contracts if start in year]
    first = year.first
    at_work = any(start <= first and (end is None or end >= first) for start, end in person.periods)
    return first if at_work or not starts else starts[0]


def _belgian(person: Service, leave_year: LeaveYear, counted: int | None) -> tuple[int, str]:
    """Days of a week of five, and what they follow from.

    The law counts the calendar year before, in whatever month the employer lets the leave year begin (Royal
    Decree of 30 March 1967).
    """
    year = leave_year.number
    if person.status_on(leave_year.last) == "worker":
        worked = entitlement.days_covered(person.periods, LeaveYear(year - 1), weekdays_only=True)
        worked = worked if counted is None else max(0, counted)
        days = entitlement.worker_days(worked)
        basis = tn("{n} day in {year}: {days} days", "{n} days in {year}: {days} days", worked,
                   year=year - 1, days=days)  # fmt: skip
    else:
        months = entitlement.whole_months(person.periods, year - 1)
        months = months if counted is None else min(12, max(0, counted))
        days = entitlement.employee_days(months)
        basis = tn("{n} month in {year}: {days} days", "{n} months in {year}: {days} days", months,
                   year=year - 1, days=days)  # fmt: skip
    return days, basis


def _granted(held: Holdings, person_id: int, kind: LeaveType, year: int) -> int:
    """What was granted for the year itself, without adjustments: those stay what they are."""
    granted = (grant for _, grant in held.granted(person_id, kind, year))
    return sum(one.amount for one in granted if one.year == year and not one.reason and one.label != EXTENDED)
