"""The operation log as the sync reads it: which edits of a row wait, in units, oldest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, LOCAL, WHOLE_ROW
from hrtui.sync.rows import Columns, RowKey, Rows, Units

Kind = Literal["ins", "set", "del"]
IN_PART = " AND o.seq >= x.first_seq AND (x.last_seq IS NULL OR o.seq <= x.last_seq)"


@dataclass(frozen=True, slots=True)
class UnitOp:
    """One operation of a step on one row, in units; `uid` is its mutation's, '' where it waits no more.

    `old` and `new` hold the units that it changes: all of them where it makes (`old` empty) or deletes
    (`new` empty) the row.
    """

    step_id: int
    seq: int
    uid: str
    kind: Kind
    old: Units
    new: Units

    @property
    def touches(self) -> set[str]:
        """The units that it changes; WHOLE_ROW where the row comes or goes."""
        return {*self.old, *self.new} | (set() if self.kind == "set" else {WHOLE_ROW})


@dataclass(frozen=True, slots=True)
class _Raw:
    step_id: int
    seq: int
    uid: str
    old: Any
    new: Any


def pending(rows: Rows, key: RowKey) -> list[UnitOp]:
    """The edits of this row that the feed has not confirmed, oldest first."""
    found = rows.con.execute(
        "SELECT o.step_id, o.seq, x.uid, o.old, o.new FROM operation o LEFT JOIN outbox x"
        f" ON x.step_id = o.step_id{IN_PART}"
        " WHERE o.entity = ? AND o.row_id = ? AND o.date IS ? ORDER BY o.step_id, o.seq",
        (key.entity, key.id, key.date or None),
    ).fetchall()
    first = next((place for place, row in enumerate(found) if row[2]), None)
    if first is None:
        return []
    return [op for op in _in_units(rows, key, _raw(found[first:])) if op.uid]


def operations(rows: Rows, step_id: int, first: int, last: int | None) -> list[tuple[RowKey, UnitOp]]:
    """The operations `first` to `last` (None: to the end) of a step on rows that travel, in their order."""
    found = rows.con.execute(
        "SELECT seq, entity, row_id, coalesce(date, ''), old, new FROM operation"
        " WHERE step_id = ? AND seq >= ? AND seq <= coalesce(?, seq) ORDER BY seq",
        (step_id, first, last),
    ).fetchall()
    ops: list[tuple[RowKey, UnitOp]] = []
    for seq, entity, row_id, day, old, new in found:
        if entity in ENTITIES:
            key = RowKey(entity, row_id, day)
            raw = _Raw(step_id, seq, "?", json.loads(old or "null"), json.loads(new or "null"))
            ops += [(key, op) for op in _one(rows, key, raw)]
    return ops


def _one(rows: Rows, key: RowKey, raw: _Raw) -> Iterable[UnitOp]:
    """One operation; the log after it is read only where it says but a part of a unit."""
    if key.entity == DAY or raw.old is None or raw.new is None or not _partial(key.entity, raw.new):
        return _in_units(rows, key, [raw], raw.new or {})
    found = rows.con.execute(
        "SELECT step_id, seq, '', old, new FROM operation WHERE entity = ? AND row_id = ? AND date IS NULL"
        " AND (step_id > ? OR (step_id = ? AND seq > ?)) ORDER BY step_id, seq",
        (key.entity, key.id, raw.step_id, raw.step_id, raw.seq),
    ).fetchall()
    return [op for op in _in_units(rows, key, [raw, *_raw(found)]) if op.uid]


def _partial(entity: str, columns: Columns) -> bool:
    """Whether a change has some but not all columns of a unit."""
    return any(
        0 < sum(name in columns for name in names) < len(names) for names in ENTITIES[entity].units.values()
    )


def _raw(found: Iterable[Sequence[Any]]) -> list[_Raw]:
    return [
        _Raw(step, seq, uid or "", json.loads(old or "null"), json.loads(new or "null"))
        for step, seq, uid, old, new in found
    ]


def _in_units(rows: Rows, key: RowKey, log: Sequence[_Raw], now: Columns | None = None) -> list[UnitOp]:
    """The log of a row in units, going back from what it holds `now` (None: what is in its table)."""
    if key.entity == DAY:
        return [UnitOp(r.step_id, r.seq, r.uid, "set", {ENTRIES: r.old}, {ENTRIES: r.new}) for r in log]
    entity, defaults = ENTITIES[key.entity], rows.defaults(key.entity)
    after = (now if now is not None else rows.columns(key)) or {}
    ops: list[UnitOp] = []
    for raw in reversed(log):
        if raw.old is None:
            after = defaults | (raw.new or {})
            ops.append(UnitOp(raw.step_id, raw.seq, raw.uid, "ins", {}, entity.to_units(after)))
            after = {}
            continue
        if raw.new is None:
            after = defaults | raw.old
            ops.append(UnitOp(raw.step_id, raw.seq, raw.uid, "del", entity.to_units(after), {}))
            continue
        after = after | raw.new
        before = after | raw.old
        units = {entity.unit_of(name) for name in raw.new if name not in LOCAL and _travels(key, name)}
        old, new = (_only(units, entity.to_units(columns)) for columns in (before, after))
        ops.append(UnitOp(raw.step_id, raw.seq, raw.uid, "set", old, new))
        after = before
    return ops[::-1]


def _only(wanted: set[str], units: Units) -> Units:
    return {unit: value for unit, value in units.items() if unit in wanted}


def _travels(key: RowKey, column: str) -> bool:
    return any(column in names for names in ENTITIES[key.entity].units.values())
