"""What is left of an erased person or case of illness: empty tombstones, which keep late edits out."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hrtui.backend.sync.writing import Key, Writing
from hrtui.domain.sync.units import DAY, ENTITIES
from hrtui.domain.sync.wire import Op

ERASURE, PERSON, CASE = "erasure", "person", "sickness_case"
_NAMING = {"person_id": PERSON, "case_id": CASE}


def is_tombstone(writing: Writing, key: Key) -> bool:
    """Whether the row was erased: one that was only deleted keeps its last values."""
    stored = writing.get(key)
    return stored.known and not stored.live and not stored.units


def is_about_erased(writing: Writing, op: Op) -> bool:
    """Whether an operation is about, or names, a row that was erased, so that nothing of it may be kept."""
    if op["e"] not in ENTITIES:
        return False
    keys: list[Key] = [(PERSON if op["e"] == DAY else op["e"], op["id"], "")]
    for unit, entity in _NAMING.items():
        change = op.get("units", {}).get(unit)
        named = [change["base"], change["new"]] if change is not None else []
        keys += [(entity, one, "") for one in named if type(one) is int and 0 < one < 2**63]
    return any(is_tombstone(writing, key) for key in keys)


def is_part_erased(writing: Writing, ops: Iterable[Op]) -> bool:
    """Whether any of these operations is about somebody who was erased, whom their common label may name."""
    return any(is_about_erased(writing, op) for op in ops)


def payload_of(writing: Writing, op: Op, label: str) -> tuple[str, str]:
    """A parked operation as JSON, and its label; of an erased row only which one it was."""
    if not is_about_erased(writing, op):
        return json.dumps(op), label
    return json.dumps({name: value for name, value in op.items() if name in ("e", "id", "d", "k")}), ""
