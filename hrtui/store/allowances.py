"""Granting and adjusting leave, of one person or many in one step, and the account of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hrtui.domain.allowance_marks import LIMIT, PROPOSED
from hrtui.domain.allowance_measure import DAY, Measure
from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.leave_year import LeaveYear, year_label
from hrtui.domain.ledger import Grant, LedgerLine
from hrtui.domain.ledger import ledger as account
from hrtui.domain.rollover import EXTENDED, Rule, rule_of
from hrtui.i18n import language, leave_amount, t, tn
from hrtui.store import balances, rows
from hrtui.store.allowance_accounts import Holdings, holdings
from hrtui.store.changes import Change, RowChange
from hrtui.store.errors import Gone, StoreError
from hrtui.store.holidays import country_of
from hrtui.store.leave_types import leave_types
from hrtui.store.leave_years import first_month
from hrtui.store.service import service
from hrtui.store.store import Store

MAX_REASON = 200
MAX_MINUTES = 366 * 1440
MAX_DAYS = 366 * DAY


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account of a type in date order, `in_days` (thousandths) or in minutes."""

    in_days: bool
    lines: list[LedgerLine]


def grant(
    store: Store,
    employer_id: int,
    type_id: int,
    year: int,
    amounts: Mapping[int, int],
    *,
    label: str = "",
    whole_year: bool = False,
) -> int | None:
    """Grant leave of a type for a year: amounts (above 0) by person, as one step; returns its id.

    Amounts are thousandths of a day or minutes, as each one's leave of the type is kept (`measures`). It can
    be taken from the first day of the leave year until it lapses by the type's rule. A yearly limit of the
    type becomes a grant first, so that this comes on top; `whole_year` grants all leave of the year in place
    of the limit, written down with what was granted so before. Raises StoreError.
    """
    kind, rule = known_type(store, employer_id, type_id), rule_for(store, employer_id, type_id, year)
    rows.check_people(store, employer_id, list(amounts))
    held = holdings(store, amounts)
    label = PROPOSED if whole_year else _checked_text(label)
    changes: list[Change] = []
    for person_id, amount in amounts.items():
        measure = held.measure(person_id, kind)
        if not 0 < amount <= _most(measure):
            raise StoreError(t("The amount must be above 0, and a year at most."))
        if not whole_year and (limit := _limit_to_grant(held, person_id, kind, rule, year)):
            changes.append(insertion(person_id, type_id, limit, measure))
        if whole_year:
            same = [one for one in _of_year(held, person_id, kind, year) if one.label in (LIMIT, PROPOSED)]
            amount += sum(one.amount for one in same if not one.reason)
        new = Grant(year, label, amount, rule.first_day(year), rule.lapses(year))
        changes.append(insertion(person_id, type_id, new, measure))
    what = tn(
        "{type} {year} granted to {n} person", "{type} {year} granted to {n} people",
        len(amounts), type=kind.name(language()), year=year_label(year, rule.first_month),
    )  # fmt: skip
    return rows.carry_out(store, employer_id, what, changes)


def adjust(
    store: Store, employer_id: int, type_id: int, year: int, amounts: Mapping[int, int], reason: str
) -> int | None:
    """Add to or (below 0) take from what people were granted for a year, as one step; returns its id.

    Amounts are as in `grant`. The adjustment joins the largest grant of that year; a yearly limit of the type
    becomes a grant first. Raises StoreError without a reason, and where it would take off more than was
    granted, naming the person.
    """
    kind, rule = known_type(store, employer_id, type_id), rule_for(store, employer_id, type_id, year)
    reason = _checked_text(reason)
    if not reason:
        raise StoreError(t("Say why: an adjustment needs a reason."))
    rows.check_people(store, employer_id, list(amounts))
    people, held = service(store, employer_id, list(amounts)), holdings(store, amounts)
    changes: list[Change] = []
    for person_id, amount in amounts.items():
        measure = held.measure(person_id, kind)
        if not amount or abs(amount) > _most(measure):
            raise StoreError(t("The amount must not be 0, and a year at most."))
        own = _of_year(held, person_id, kind, year)
        if limit := _limit_to_grant(held, person_id, kind, rule, year):
            own = own if limit in own else [*own, limit]
            changes.append(insertion(person_id, type_id, limit, measure))
        bucket, granted = _largest(own, rule, year)
        if granted + amount < 0:
            name, most = people[person_id].name, leave_amount(granted, measure.in_days)
            raise StoreError(t("{name} was granted {most}: no more can be taken off.", name=name, most=most))
        new = Grant(year, bucket.label, amount, bucket.valid_from, bucket.expires, reason)
        changes.append(insertion(person_id, type_id, new, measure))
    what = tn(
        "{type} {year} adjusted for {n} person", "{type} {year} adjusted for {n} people",
        len(amounts), type=kind.name(language()), year=year_label(year, rule.first_month),
    )  # fmt: skip
    return rows.carry_out(store, employer_id, what, changes)


def ledger(store: Store, employer_id: int, person_id: int, type_id: int, year: int, today: date) -> Ledger:
    """The account of a person's leave of one type in a year; its last balance is that of `balances`.

    Without lines where nothing was granted and the type has no yearly limit.
    """
    kind = known_type(store, employer_id, type_id)
    rows.check_people(store, employer_id, [person_id])
    held = holdings(store, [person_id])
    measure = held.measure(person_id, kind)
    whole = LeaveYear(year, held.first_month)
    minutes = balances.minutes_by_day(store, person_id, whole.last).get(type_id, {})
    granted = balances.grants(held, person_id, kind, year, limited=kind.active or bool(minutes))
    return Ledger(measure.in_days, account(granted, balances.uses(minutes, measure), whole, today))


def measures(store: Store, employer_id: int, type_id: int, person_ids: Collection[int]) -> dict[int, Measure]:
    """In what these people's leave of a type is kept: own limits may be in another unit than the type's."""
    kind, held = known_type(store, employer_id, type_id), holdings(store, person_ids)
    return {person_id: held.measure(person_id, kind) for person_id in person_ids}


def in_other_unit(store: Store, employer_id: int, kind: LeaveType) -> bool:
    """Whether something was granted of a type in hours though it is limited in days, or the other way.

    What was granted in the unit of a person's own limit is as it should be.
    """
    known_type(store, employer_id, kind.id)
    in_days = kind.limit is Limit.DAYS
    other = Limit.MINUTES if in_days else Limit.DAYS
    find = (
        "SELECT EXISTS (SELECT 1 FROM allowance a WHERE a.leave_type_id = ? AND (a.days IS NULL) = ?"
        " AND NOT EXISTS (SELECT 1 FROM leave_exception x WHERE x.person_id = a.person_id"
        " AND x.leave_type_id = a.leave_type_id AND x.limit_kind = ?))"
    )
    return bool(store.con.execute(find, (kind.id, in_days, other.value)).fetchone()[0])


def known_type(store: Store, employer_id: int, type_id: int) -> LeaveType:
    """The employer's leave type; raises StoreError where there is no such type."""
    kind = leave_types(store, employer_id).get(type_id)
    if kind is None:
        raise Gone
    return kind


def rule_for(store: Store, employer_id: int, type_id: int, year: int) -> Rule:
    """How long leave of this type for a year can be taken, by type, country and leave year."""
    return rules_for(store, employer_id, [known_type(store, employer_id, type_id)], year)[type_id]


def rules_for(store: Store, employer_id: int, kinds: Iterable[LeaveType], year: int) -> dict[int, Rule]:
    """The same of several types, by id."""
    if not 1950 <= year <= 2190:
        raise StoreError(t("The year {year} cannot be right.", year=year))
    country, start = country_of(store, employer_id), first_month(store, employer_id)
    return {kind.id: rule_of(kind, country, year, start) for kind in kinds}


def insertion(person_id: int, type_id: int, new: Grant, measure: Measure) -> RowChange:
    """The change that adds a grant or an adjustment, in the unit of `measure`."""
    return rows.insertion(
        "allowance",
        {
            "person_id": person_id,
            "leave_type_id": type_id,
            "year": new.year,
            "label": new.label,
            "minutes": 0 if measure.in_days else new.amount,
            "days": new.amount if measure.in_days else None,
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


def _of_year(held: Holdings, person_id: int, kind: LeaveType, year: int) -> list[Grant]:
    granted = (grant for _, grant in held.granted(person_id, kind, year))
    return [grant for grant in granted if grant.year == year and grant.label != EXTENDED]


def _limit_to_grant(held: Holdings, person_id: int, kind: LeaveType, rule: Rule, year: int) -> Grant | None:
    """The yearly limit as a grant, None where there is none or other grants are all leave of the year.

    Each step writes it down beside its own grant, as it was written down before: whoever takes a step back
    takes it from nobody else.
    """
    granted = [one for one in _of_year(held, person_id, kind, year) if not one.reason]
    if granted:
        return next((one for one in granted if one.label == LIMIT), None)
    amount = held.yearly(person_id, kind)
    return Grant(year, LIMIT, amount, rule.first_day(year), rule.lapses(year)) if amount else None


def _most(measure: Measure) -> int:
    return MAX_DAYS if measure.in_days else MAX_MINUTES


def _checked_text(text: str) -> str:
    plain = clean(text)
    if isinstance(plain, Problem):
        raise StoreError(t("The text has signs that cannot be stored: write it in plain text."))
    if len(plain) > MAX_REASON:
        raise StoreError(t("At most {n} characters fit.", n=MAX_REASON))
    return plain.lstrip(":")  # a colon begins the marks that the program sets
