"""Proposals for the leave of a year, by law or by the type's own limit, and granting them in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain import entitlement
from hrtui.domain.leave_type import Limit
from hrtui.domain.rollover import EXTENDED
from hrtui.i18n import hours, t, tn
from hrtui.store import allowances, rows
from hrtui.store.holidays import country_of
from hrtui.store.service import Service, service
from hrtui.store.store import Store

STATUTORY_KEYS = frozenset({"VAK", "VAKA", "WV"})
"""The types whose amount the law sets, by their key in the starter list."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The leave proposed for one person: `minutes` in all, of which `granted` were before.

    `basis` says in words what it follows from. A person who cannot be reckoned has a `problem`, 0 minutes.
    """

    person_id: int
    number: str
    name: str
    basis: str
    minutes: int
    granted: int
    problem: str = ""

    @property
    def to_grant(self) -> int:
        """What is still to be granted, in minutes; 0 where the person has at least as much."""
        return max(0, self.minutes - self.granted)


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
    granted = _granted(store, employer_id, type_id, year, person_ids)
    limits = own_limits(store, employer_id).get(type_id, {})
    country = country_of(store, employer_id)
    found: list[Proposal] = []
    for person in people.values():
        in_service = entitlement.days_covered(person.periods, year)
        if (person_ids is None or only_in_service) and not in_service:
            continue
        limit, amount = limits.get(person.person_id, (kind.limit, kind.limit_amount))
        weekly = person.weekly_minutes_on(_first_day(person, year))
        problem = ""
        minutes, basis = 0, ""
        if not in_service:
            problem = t("No contract in {year}.", year=year)
        elif amount is not None:
            minutes, basis = _by_limit(limit, amount, weekly)
        elif kind.key not in STATUTORY_KEYS:
            problem = t("The law names no amount for this type: grant the hours yourself.")
        elif not weekly:
            problem = t("No work schedule.")
        elif country == "NL":
            minutes, basis = _dutch(weekly, in_service, year)
        else:
            minutes, basis = _belgian(person, weekly, year, (counted or {}).get(person.person_id))
        found.append(
            Proposal(
                person.person_id,
                person.number,
                person.name,
                basis,
                minutes,
                granted.get(person.person_id, 0),
                problem,
            )
        )
    return found


def grant_proposals(
    store: Store, employer_id: int, type_id: int, year: int, proposals: Sequence[Proposal]
) -> int | None:
    """Grant what the proposals still lack, as one step; None where nothing does. Raises StoreError."""
    minutes = {one.person_id: one.to_grant for one in proposals if one.to_grant}
    return allowances.grant(store, employer_id, type_id, year, minutes) if minutes else None


def _first_day(person: Service, year: int) -> date:
    """The first day of the year, or of the contract that begins in it."""
    starts = [start for start, _, _ in person.contracts if start.year == year]
    first = date(year, 1, 1)
    at_work = any(start <= first and (end is None or end >= first) for start, end in person.periods)
    return first if at_work or not starts else starts[0]


def _by_limit(limit: Limit, amount: int, weekly: int) -> tuple[int, str]:
    if limit is not Limit.DAYS:
        return amount, t("limit of {hours}", hours=hours(amount))
    days = f"{amount // 100}" if amount % 100 == 0 else f"{amount / 100:g}"
    return entitlement.days_in_minutes(amount, weekly), t("limit of {days} days", days=days)


def _dutch(weekly: int, in_service: int, year: int) -> tuple[int, str]:
    in_year = date(year, 12, 31).toordinal() - date(year, 1, 1).toordinal() + 1
    minutes = entitlement.dutch_minutes(weekly, in_service, in_year)
    return minutes, t("4 × {hours} a week, {n} of {all} days", hours=hours(weekly), n=in_service, all=in_year)


def _belgian(person: Service, weekly: int, year: int, counted: int | None) -> tuple[int, str]:
    if person.status_on(date(year, 12, 31)) == "worker":
        worked = entitlement.days_covered(person.periods, year - 1, weekdays_only=True)
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
    return entitlement.days_in_minutes(days * 100, weekly), basis


def _granted(
    store: Store, employer_id: int, type_id: int, year: int, person_ids: Sequence[int] | None
) -> dict[int, int]:
    """What was granted for the year itself, without adjustments: those stay what they are."""
    find = (
        "SELECT person_id, sum(minutes) FROM allowance"
        " WHERE leave_type_id = ? AND year = ? AND reason = '' AND label <> ? AND person_id IN ({people})"
        " GROUP BY person_id"
    )
    given = (type_id, year, EXTENDED)
    if person_ids is None:
        everybody = find.format(people="SELECT id FROM person WHERE employer_id = ?")
        return dict(store.con.execute(everybody, (*given, employer_id)).fetchall())
    found: dict[int, int] = {}
    for chunk in rows.chunks(list(person_ids)):
        found |= store.con.execute(find.format(people=rows.marks(chunk)), (*given, *chunk)).fetchall()
    return found


def own_limits(store: Store, employer_id: int) -> dict[int, dict[int, tuple[Limit, int | None]]]:
    """The limits that people have in place of a type's, by type and person."""
    found: dict[int, dict[int, tuple[Limit, int | None]]] = {}
    for type_id, person_id, kind, amount in store.con.execute(
        "SELECT leave_type_id, person_id, limit_kind, limit_amount FROM leave_exception"
        " WHERE leave_type_id IN (SELECT id FROM leave_type WHERE employer_id = ?)",
        (employer_id,),
    ):
        found.setdefault(type_id, {})[person_id] = (Limit(kind), amount)
    return found
