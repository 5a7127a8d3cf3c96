"""What was entered in a month by type of pay component, and the batches in which it was entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrtui.domain.month import Month
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class TypeMonth:
    """One type in a month: how many people have it, and the cents of all of them."""

    people: int = 0
    cents: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What one clerk saved together: its type, how many people still have it, their cents, by whom."""

    id: int
    type_id: int
    people: int
    cents: int
    first_month: Month
    last_month: Month | None
    actor: str


def month_by_type(store: Store, employer_id: int, month: Month) -> dict[int, TypeMonth]:
    """What is entered in a month by the id of the type; types without anything are left out."""
    found = store.con.execute(
        "SELECT type_id, count(DISTINCT person_id), sum(cents) FROM pay_component WHERE employer_id = ?"
        " AND first_month <= ? AND (last_month IS NULL OR last_month >= ?) GROUP BY type_id",
        (employer_id, str(month), str(month)),
    )
    return {type_id: TypeMonth(people, cents) for type_id, people, cents in found}


def batches(store: Store, employer_id: int, month: Month, type_id: int) -> Sequence[Batch]:
    """The batches of a type that are paid in a month, the latest first."""
    found = store.con.execute(
        "SELECT batch_id, count(DISTINCT person_id), sum(cents), min(first_month), max(last_month),"
        " max(last_month IS NULL), max(id) FROM pay_component WHERE employer_id = ? AND type_id = ?"
        " AND batch_id IS NOT NULL AND first_month <= ? AND (last_month IS NULL OR last_month >= ?)"
        " GROUP BY batch_id",
        (employer_id, type_id, str(month), str(month)),
    ).fetchall()
    listed: list[tuple[int, Batch]] = []
    for batch_id, people, cents, first, last, endless, row_id in found:
        step, actor = _entered(store, row_id)
        until = None if endless else Month.parse(last)
        listed.append((step, Batch(batch_id, type_id, people, cents, Month.parse(first), until, actor)))
    return [batch for _, batch in sorted(listed, key=lambda pair: -pair[0])]


def _entered(store: Store, component_id: int) -> tuple[int, str]:
    """The step in which a component was entered, and by whom."""
    row = store.con.execute(
        "SELECT s.id, s.actor FROM operation o JOIN step s ON s.id = o.step_id"
        " WHERE o.entity = 'pay_component' AND o.row_id = ? ORDER BY s.id LIMIT 1",
        (component_id,),
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")
