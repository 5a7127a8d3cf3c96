"""By what this computer and the backend compare whether they have the same of a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hrtui.domain.month import Month
from hrtui.domain.snapshot.edges import REACH, spans
from hrtui.domain.sync.content import COMPONENT_COLUMNS, Columns, month_hash
from hrtui.store.by_ids import select
from hrtui.store.leave_types import leave_types
from hrtui.store.store import Store


def content_hashes(store: Store, month: Month, person_ids: Sequence[int]) -> dict[int, str]:
    """The content hash of each person's month by the rows here (`domain.sync.content`)."""
    days: dict[int, dict[str, Any]] = {id_: {} for id_ in person_ids}
    for person_id, day, *entry in select(
        store.con,
        "SELECT person_id, date, leave_type_id, minutes, part, status, source FROM calendar_entry"
        " WHERE person_id IN ({marks}) AND date BETWEEN ? AND ? ORDER BY person_id, date, slot",
        person_ids,
        month.first.isoformat(),
        month.last.isoformat(),
    ):
        days[person_id].setdefault(day, []).append(entry)
    components = _by_person(store, "pay_component", COMPONENT_COLUMNS, person_ids)
    messages = _by_person(store, "provider_message", ("month", "body"), person_ids)
    return {
        id_: month_hash(str(month), days[id_], components.get(id_, {}), messages.get(id_, {}))
        for id_ in person_ids
    }


def illness_beside(
    store: Store, employer_id: int, month: Month, person_ids: Sequence[int]
) -> dict[int, list[str]]:
    """The days close to the month on which somebody is ill here, by person; who is not is left out."""
    kinds = leave_types(store, employer_id)
    ill = {id_ for id_, kind in kinds.items() if spans(kind.sickness, kind.dmfa_code)}
    found: dict[int, list[str]] = {}
    for person_id, day, kind_id in select(
        store.con,
        "SELECT DISTINCT person_id, date, leave_type_id FROM calendar_entry WHERE person_id IN ({marks})"
        " AND date BETWEEN ? AND ? AND date NOT BETWEEN ? AND ?",
        person_ids,
        *map(str, (month.first - REACH, month.last + REACH, month.first, month.last)),
    ):
        if kind_id in ill:
            found.setdefault(person_id, []).append(day)
    return found


def _by_person(
    store: Store, table: str, columns: Sequence[str], person_ids: Sequence[int]
) -> dict[int, dict[int, Columns]]:
    found: dict[int, dict[int, Columns]] = {}
    query = f"SELECT person_id, id, {', '.join(columns)} FROM {table} WHERE person_id IN ({{marks}})"
    for person_id, id_, *values in select(store.con, query, person_ids):
        found.setdefault(person_id, {})[id_] = dict(zip(columns, values, strict=True))
    return found
