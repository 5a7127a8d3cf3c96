"""Making, saving and adjusting a plan of one pay component for many people, as one step with a batch id."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.money import CENTS, QUANTITY_PLACES, UNIT_PLACES, PayValue, plain_number
from hrtui.domain.month import Month
from hrtui.i18n import t, tn
from hrtui.store import pay_components, rows
from hrtui.store.changes import Change, RowChange
from hrtui.store.errors import Gone, StoreError
from hrtui.store.ids import new_id
from hrtui.store.month_words import in_words
from hrtui.store.pay_bulk_plan import BulkLine, BulkPlan
from hrtui.store.pay_component_types import PayType, pay_type, people_of
from hrtui.store.pay_components import PayComponent
from hrtui.store.people import full_name
from hrtui.store.store import Store


def plan_bulk(
    store: Store,
    employer_id: int,
    type_id: int,
    month: Month,
    person_ids: Sequence[int],
    *,
    last_month: Month | None = None,
    endless: bool = False,
) -> BulkPlan:
    """An empty plan for these people in the order given; the type's usual amount is filled in.

    It is for `month` alone, or goes on until `last_month` or (`endless`) until somebody ends it. Raises
    StoreError.
    """
    kind = pay_type(store, employer_id, type_id)
    last = None if endless else last_month or month
    if last is not None and last < month:
        raise StoreError(t("The last month lies before the first."))
    plan = BulkPlan(kind, month, last, [])
    add_people(store, employer_id, plan, person_ids)
    return plan


def add_people(store: Store, employer_id: int, plan: BulkPlan, person_ids: Sequence[int]) -> int:
    """Add those of the people to the plan who are not in it, with the type's usual amount; returns how many.

    What is typed for the others stays. Raises StoreError.
    """
    rows.check_people(store, employer_id, person_ids)
    there = {line.person_id for line in plan.lines}
    new = [person_id for person_id in dict.fromkeys(person_ids) if person_id not in there]
    added = _lines(store, employer_id, plan.kind, (plan.month, plan.last_month), new)
    first = len(plan.lines)
    plan.lines += added
    if plan.kind.default_cents:
        usual = plain_number(plan.kind.default_cents, CENTS, plan.decimal)
        for index, line in enumerate(added, first):
            if not line.blocked:
                plan.set_text(index, usual)
    return len(added)


def plan_batch(store: Store, employer_id: int, batch_id: int) -> BulkPlan:
    """The plan of what was saved together, to adjust it; raises StoreError where nothing of it is left."""
    stored = pay_components.batch_of(store, employer_id, batch_id)
    if not stored:
        raise Gone
    kind = pay_type(store, employer_id, stored[0].type_id)
    first, last = stored[0].first_month, stored[0].last_month
    own = {one.person_id: one for one in stored if (one.first_month, one.last_month) == (first, last)}
    plan = BulkPlan(kind, first, last, _lines(store, employer_id, kind, (first, last), list(own)), batch_id)
    for index, line in enumerate(plan.lines):
        line.stored = own[line.person_id]
        line.other_cents -= line.stored.value.cents
        plan.set_text(index, *_texts(line.stored.value, plan.decimal))
    return plan


def save_bulk(store: Store, employer_id: int, plan: BulkPlan) -> int | None:
    """Save the plan as one step under one batch id, which is returned; None where it holds nothing new.

    Lines without a value are left out; a component that the plan adjusts and that has no value any more is
    deleted. Raises StoreError while a line has a problem, StaleError.
    """
    if plan.problems:
        one = plan.problems[0]
        raise StoreError(t("{name}: {problem}", name=one.name, problem=one.problem))
    batch_id = plan.batch_id or new_id()
    span = (plan.month, plan.last_month)
    changes: list[Change] = []
    for line in plan.lines:
        if line.stored is not None:
            changes += _adjusted(store, employer_id, line, line.stored)
        elif line.value is not None:
            changes.append(
                pay_components.insertion(
                    employer_id, line.person_id, plan.kind, span, line.value, batch_id=batch_id
                )
            )
    people = {line.person_id for line in plan.lines if line.value is not None}
    touched = people | {line.person_id for line in plan.lines if line.stored is not None}
    closed = pay_components.locked_people(store, touched, plan.month, plan.last_month)
    if changes and closed:
        name = next(line.name for line in plan.lines if line.person_id in closed)
        raise StoreError(t("A month of this is locked for {name}: unlock it first.", name=name))
    label = tn(
        "{name} {month} for {n} person",
        "{name} {month} for {n} people",
        len(people),
        name=plan.kind.name,
        month=in_words(plan.month),
    )
    step = rows.carry_out(store, employer_id, label, _alike_together(changes))
    return None if step is None else batch_id


def _adjusted(store: Store, employer_id: int, line: BulkLine, stored: PayComponent) -> list[RowChange]:
    if line.value is not None:
        return pay_components.value_change(stored, line.value)
    return [rows.removal(store, employer_id, "pay_component", stored.id)]


def _alike_together(changes: list[Change]) -> list[Change]:
    """Updates with the same columns beside each other, since those are written together."""
    return sorted(changes, key=lambda c: tuple(c.new or ()) if isinstance(c, RowChange) else ())


def _texts(value: PayValue, decimal: str) -> tuple[str, str]:
    if value.unit_amount is None or value.quantity is None:
        return plain_number(value.cents, CENTS, decimal), ""
    return (
        plain_number(value.unit_amount, UNIT_PLACES, decimal),
        plain_number(value.quantity, QUANTITY_PLACES, decimal),
    )


def _lines(
    store: Store,
    employer_id: int,
    kind: PayType,
    span: tuple[Month, Month | None],
    person_ids: Sequence[int],
) -> list[BulkLine]:
    month, last = span
    named = _names(store, employer_id, person_ids)
    serving = _serving(store, employer_id, month)
    now = pay_components.of_type(store, employer_id, kind.id, month)
    before = pay_components.of_type(store, employer_id, kind.id, month.shift(-1))
    allowed = None if kind.for_everyone else people_of(store, employer_id, kind.id)
    closed = pay_components.locked_people(store, named, month, last)
    return [
        BulkLine(
            person_id,
            *named[person_id],
            now.get(person_id, 0),
            before.get(person_id, 0),
            _why_not(kind, person_id, month, serving, allowed, closed),
        )
        for person_id in person_ids
    ]


def _names(store: Store, employer_id: int, person_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Number and name of these people, where they are many of all others too."""
    condition, values = rows.among(employer_id, person_ids)
    found = store.con.execute(
        f"SELECT id, number, first_name, last_name, name_prefix FROM person WHERE {condition}", values
    )
    return {id_: (number, full_name(first, last, prefix)) for id_, number, first, last, prefix in found}


def _serving(store: Store, employer_id: int, month: Month) -> frozenset[int]:
    """Who of the employer has a contract in the month."""
    found = store.con.execute(
        "SELECT c.person_id FROM contract c JOIN person p ON p.id = c.person_id WHERE p.employer_id = ?"
        " AND c.start_date <= ? AND (c.end_date IS NULL OR c.end_date >= ?)",
        (employer_id, month.last.isoformat(), month.first.isoformat()),
    )
    return frozenset(person_id for (person_id,) in found)


def _why_not(
    kind: PayType,
    person_id: int,
    month: Month,
    serving: frozenset[int],
    allowed: frozenset[int] | None,
    closed: frozenset[int],
) -> str:
    if allowed is not None and person_id not in allowed:
        return t("{name} is not meant for this person.", name=kind.name)
    name = in_words(month)
    if person_id in closed:
        return t("{month} is locked for this person.", month=name)
    return "" if person_id in serving else t("No contract in {month}.", month=name)
