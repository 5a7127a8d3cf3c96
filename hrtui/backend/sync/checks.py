"""What the other rows say about a change: locks, rows it names, rows that name it, taken keys."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from hrtui.backend.database import marks
from hrtui.backend.sync.writing import Key, Writing, unique_key
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, Span

_LOOKS, _FEW = 8, 200
_NUMBER = re.compile(r"\d+", re.ASCII)


def is_locked(writing: Writing, spans: Sequence[Span]) -> bool:
    """Whether any of these months is forwarded and locked."""
    for person_id, first, last in spans:
        if first == last:
            if _closed(writing, person_id, first):
                return True
            continue
        found = writing.con.all(
            "SELECT date FROM row_state WHERE tenant_id = ? AND entity = 'month_lock' AND row_id = ?"
            " AND date >= ? AND date <= ?",
            writing.tenant_id, person_id, first, last,
        )  # fmt: skip
        new = {key[2] for key in writing.changes if key[:2] == ("month_lock", person_id)}
        months = {month for (month,) in found} | {month for month in new if first <= month <= last}
        if any(_closed(writing, person_id, month) for month in months):
            return True
    return False


def _closed(writing: Writing, person_id: int, month: str) -> bool:
    """Whether a month is locked at this moment: one that was opened for a while is locked again by itself."""
    stored = writing.get(("month_lock", person_id, month))
    return stored.live and str(stored.units.get("open_until") or "") <= writing.at


def is_live(writing: Writing, key: tuple[str, Any, str], made: Collection[Key]) -> bool:
    """Whether a row is there, or the same mutation makes it."""
    return type(key[1]) is int and (key in made or writing.get(key).live)


def is_needed(writing: Writing, key: Key, gone: Collection[Key]) -> bool:
    """Whether a live row names this one; `gone` are rows that the same mutation deletes."""
    entity, row_id, _ = key
    namers = [name for name, one in ENTITIES.items() if entity in one.references.values()]
    namers += [DAY] if entity in ("person", "leave_type") else []
    namers += ["month_lock"] if entity == "person" else []
    if not namers:
        return False
    here = {
        other: one.units if one.live else None for other, one in writing.rows.items() if other[0] in namers
    }
    seen = here.keys() | gone | {key}
    if any(
        units is not None and other not in gone and other != key and _names(other, units, entity, row_id)
        for other, units in here.items()
    ):
        return True
    return any(
        other not in seen and _names(other, json.loads(text), entity, row_id)
        for other, text in _stored_with(writing, key, namers)
    )


def _stored_with(writing: Writing, key: Key, namers: Sequence[str]) -> Iterator[tuple[Key, str]]:
    """The stored rows of these kinds that may name a row: some first, as one of them mostly does."""
    entity, row_id, _ = key
    if entity != "person" and not _is_mentioned(writing, key, namers):
        return
    narrowed = "person_id = ?" if entity == "person" else "units LIKE ?"
    for ending in (f"LIMIT {_FEW}", ""):
        found = writing.con.all(
            "SELECT entity, row_id, date, units FROM row_state WHERE tenant_id = ? AND deleted = 0"
            f" AND entity IN ({marks(len(namers))}) AND {narrowed} {ending}",
            writing.tenant_id, *namers, row_id if entity == "person" else f"%{row_id}%",
        )  # fmt: skip
        yield from (((name, id_, date), text) for name, id_, date, text in found)
        if len(found) < _FEW:
            return


def _is_mentioned(writing: Writing, key: Key, namers: Sequence[str]) -> bool:
    """Whether a number of these kinds of stored rows is the row's id.

    Each look takes as long as the employer has rows. So a push that deletes much makes one list for all.
    """
    writing.looks += 1
    if writing.looks <= _LOOKS:
        return True
    if key[0] not in writing.mentioned:
        rows = writing.con.all(
            "SELECT units FROM row_state WHERE tenant_id = ? AND deleted = 0"
            f" AND entity IN ({marks(len(namers))})",
            writing.tenant_id, *namers,
        )  # fmt: skip
        writing.mentioned[key[0]] = {number for (text,) in rows for number in _NUMBER.findall(text)}
    return str(key[1]) in writing.mentioned[key[0]]


def taken(writing: Writing, key: Key, units: Mapping[str, Value]) -> Key | None:
    """Another live row that has the unique key of these units, None where it is free."""
    unique = unique_key(key[0], units)
    if unique is None:
        return None
    rows = writing.con.all(
        "SELECT row_id FROM row_state WHERE tenant_id = ? AND entity = ? AND unique_key = ?",
        writing.tenant_id, key[0], unique,
    )  # fmt: skip
    others = {(key[0], row_id, "") for (row_id,) in rows}
    others |= {other for other in writing.changes if other[0] == key[0]}
    for other in sorted(others - {key}):
        stored = writing.get(other)
        if stored.live and unique_key(key[0], stored.units) == unique:
            return other
    return None


def _names(other: Key, units: Mapping[str, Value], entity: str, row_id: int) -> bool:
    if other[0] == "month_lock":
        return other[1] == row_id
    if other[0] == DAY:
        lines = units.get(ENTRIES)
        if not lines:
            return False
        return (entity == "person" and other[1] == row_id) or any(line[0] == row_id for line in _lists(lines))
    known = ENTITIES[other[0]]
    columns = known.to_columns(units)
    return any(columns.get(column) == row_id for column, named in known.references.items() if named == entity)


def _lists(lines: Value) -> list[list[Value]]:
    return [line for line in lines if isinstance(line, list)] if isinstance(lines, list) else []
