"""Granting and adjusting leave, of one person or many in one step, and the account of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hrtui.domain.entitlement import days_in_minutes
from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.ledger import Grant, LedgerLine
from hrtui.domain.ledger import ledger as account
from hrtui.domain.rollover import EXTENDED, Rule, rule_of
from hrtui.i18n import hours, language, t, tn
from hrtui.store import balances, rows
from hrtui.store.changes import Change, RowChange
from hrtui.store.errors import StoreError
from hrtui.store.holidays import country_of
from hrtui.store.leave_types import leave_types
from hrtui.store.service import Service, service
from hrtui.store.store import Store

MAX_REASON = 200
MAX_MINUTES = 366 * 1440


def grant(
    store: Store, employer_id: int, type_id: int, year: int, minutes: Mapping[int, int], *, label: str = ""
) -> int | None:
    """Grant leave of a type for a year: minutes (above 0) by person, as one step; returns its id.

    It can be taken from the first day of the leave year until it lapses by the type's rule. Raises
    StoreError.
    """
    kind, rule = known_type(store, employer_id, type_id), rule_for(store, employer_id, type_id, year)
    rows.check_people(store, employer_id, list(minutes))
    label = _checked_text(label)
    changes: list[Change] = []
    for person_id, amount in minutes.items():
        if not 0 < amount <= MAX_MINUTES:
            raise StoreError(t("A grant is more than 0 hours and at most a year."))
        new = Grant(year, label, amount, rule.first_day(year), rule.lapses(year))
        changes.append(insertion(person_id, type_id, new))
    what = tn(
        "{type} {year} granted to {n} person", "{type} {year} granted to {n} people",
        len(changes), type=kind.name(language()), year=year,
    )  # fmt: skip
    return rows.carry_out(store, employer_id, what, changes)


def adjust(
    store: Store, employer_id: int, type_id: int, year: int, minutes: Mapping[int, int], reason: str
) -> int | None:
    """Add to or (below 0) take from what people were granted for a year, as one step; returns its id.

    The adjustment joins the largest grant of that year; a yearly limit of the type becomes a grant first.
    Raises StoreError without a reason, and where it would take off more than was granted, naming the person.
    """
    kind, rule = known_type(store, employer_id, type_id), rule_for(store, employer_id, type_id, year)
    reason = _checked_text(reason)
    if not reason:
        raise StoreError(t("Say why: an adjustment needs a reason."))
    rows.check_people(store, employer_id, list(minutes))
    people = service(store, employer_id, list(minutes))
    changes: list[Change] = []
    for person_id, amount in minutes.items():
        if not amount or abs(amount) > MAX_MINUTES:
            raise StoreError(t("An adjustment is not 0 hours and at most a year."))
        own = [
            grant for grant in balances.grants(store, person_id, year).get(type_id, [])
            if grant.year == year and grant.label != EXTENDED
        ]  # fmt: skip
        if not own and (limit := _limit_in_minutes(store, kind, people[person_id], rule, year)):
            own = [Grant(year, "", limit, rule.first_day(year), rule.lapses(year))]
            changes.append(insertion(person_id, type_id, own[0]))
        bucket, granted = _largest(own, rule, year)
        if granted + amount < 0:
            name, most = people[person_id].name, hours(granted)
            raise StoreError(t("{name} was granted {most}: no more can be taken off.", name=name, most=most))
        new = Grant(year, bucket.label, amount, bucket.valid_from, bucket.expires, reason)
        changes.append(insertion(person_id, type_id, new))
    what = tn(
        "{type} {year} adjusted for {n} person", "{type} {year} adjusted for {n} people",
        len(minutes), type=kind.name(language()), year=year,
    )  # fmt: skip
    return rows.carry_out(store, employer_id, what, changes)


def ledger(
    store: Store, employer_id: int, person_id: int, type_id: int, year: int, today: date
) -> list[LedgerLine]:
    """The account of a person's leave of one type in a year; its last balance is that of `balances`.

    Empty where nothing was granted and the type has no limit in hours.
    """
    kind = known_type(store, employer_id, type_id)
    rows.check_people(store, employer_id, [person_id])
    limits = balances.exceptions(store, person_id)
    limit, amount = limits.get(type_id, (kind.limit, kind.limit_amount))
    granted = balances.grants(store, person_id, year).get(type_id, [])
    taken = balances.uses(store, person_id, year).get(type_id, [])
    return account(balances.with_yearly_limit(granted, limit, amount, year), taken, year, today)


def known_type(store: Store, employer_id: int, type_id: int) -> LeaveType:
    """The employer's leave type; raises StoreError where there is no such type."""
    kind = leave_types(store, employer_id).get(type_id)
    if kind is None:
        raise StoreError(t("This is no longer there: it was deleted elsewhere."))
    return kind


def rule_for(store: Store, employer_id: int, type_id: int, year: int) -> Rule:
    """How long leave of this type for a year can be taken, by type, country and leave year."""
    return rules_for(store, employer_id, [known_type(store, employer_id, type_id)], year)[type_id]


def rules_for(store: Store, employer_id: int, kinds: Iterable[LeaveType], year: int) -> dict[int, Rule]:
    """The same of several types, by id."""
    if not 1950 <= year <= 2190:
        raise StoreError(t("The year {year} cannot be right.", year=year))
    (first_month,) = store.con.execute(
        "SELECT leave_year_start FROM employer WHERE id = ?", (employer_id,)
    ).fetchone()
    country = country_of(store, employer_id)
    return {kind.id: rule_of(kind, country, year, first_month) for kind in kinds}


def insertion(person_id: int, type_id: int, new: Grant) -> RowChange:
    """The change that adds a grant or an adjustment."""
    return rows.insertion(
        "allowance",
        {
            "person_id": person_id,
            "leave_type_id": type_id,
            "year": new.year,
            "label": new.label,
            "minutes": new.amount,
            "valid_from": new.valid_from.isoformat(),
            "expires": new.expires.isoformat() if new.expires else None,
            "reason": new.reason,
        },
    )


def _largest(own: list[Grant], rule: Rule, year: int) -> tuple[Grant, int]:
    """The bucket of the year that holds most, with what it holds; a new one where there is none."""
    sums: dict[Grant, int] = {}
    for one in own:
        bucket = Grant(one.year, one.label, 0, one.valid_from, one.expires)
        sums[bucket] = sums.get(bucket, 0) + one.amount
    if not sums:
        return Grant(year, "", 0, rule.first_day(year), rule.lapses(year)), 0
    largest = max(sums, key=lambda bucket: sums[bucket])
    return largest, sums[largest]


def _limit_in_minutes(store: Store, kind: LeaveType, person: Service, rule: Rule, year: int) -> int:
    """The yearly limit that holds for the person as minutes; 0 where there is none."""
    limits = balances.exceptions(store, person.person_id)
    limit, amount = limits.get(kind.id, (kind.limit, kind.limit_amount))
    if limit is Limit.DAYS and amount:
        return days_in_minutes(amount, person.weekly_minutes_on(rule.first_day(year)))
    return amount or 0 if limit is Limit.MINUTES else 0


def _checked_text(text: str) -> str:
    plain = clean(text)
    if isinstance(plain, Problem):
        raise StoreError(t("The text has signs that cannot be stored: write it in plain text."))
    if len(plain) > MAX_REASON:
        raise StoreError(t("At most {n} characters fit.", n=MAX_REASON))
    return plain
