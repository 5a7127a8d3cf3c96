"""Conflicts and corrections as rows: their ids, finding them and keeping them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hrtui.backend.sync.writing import Key, Stored, Writing
from hrtui.domain.sync.canonical import Value, number_of
from hrtui.domain.sync.content import NO_END
from hrtui.domain.sync.merge import Author, Row, open_candidates
from hrtui.domain.sync.units import WHOLE_ROW, Span
from hrtui.domain.sync.wire import Candidate, Op


def conflict_key(key: Key, unit: str) -> Key:
    """The conflict about a unit of a row: one for each unit, opened again when need be."""
    return "conflict", number_of("conflict", *key, unit), ""


def correction_key(uid: str, key: Key) -> Key:
    """The correction that a mutation left about a row."""
    return "correction", number_of("correction", uid, *key), ""


def conflicts_of(writing: Writing, key: Key, op: Op, row: Row, closes: str) -> dict[str, list[Candidate]]:
    """The conflicts that may matter to an operation: of units that differ from what it saw or built on."""
    units = {closes} - {""}
    for unit, change in op.get("units", {}).items():
        if change.get("after") is not None:
            units |= {unit, WHOLE_ROW}
        elif row.value(unit) != change["base"]:
            units.add(unit)
    if op["k"] == "del" and units:
        units.add(WHOLE_ROW)
    if not units:
        return {}
    keys = {unit: conflict_key(key, unit) for unit in units}
    writing.load(keys.values())
    found = {unit: writing.get(one).units.get("candidates") for unit, one in keys.items()}
    return {unit: cast("list[Candidate]", list(one)) for unit, one in found.items() if isinstance(one, list)}


def keep_conflict(
    writing: Writing, key: Key, unit: str, stored: Stored, live: bool, candidates: Sequence[Candidate]
) -> None:
    """Write a conflict as it became; who wrote what stands is told where it opens."""
    where = conflict_key(key, unit)
    known = writing.get(where)
    units: dict[str, Value] = {
        "candidates": cast("list[Value]", list(candidates)),
        "open": bool(open_candidates(candidates)),
    }
    if not known.known or not known.units.get("open"):
        by, since = _writer(writing, stored.rev)
        kind = "deleted" if not live else "delete" if unit == WHOLE_ROW else "value"
        units |= {
            "e": key[0],
            "row": key[1],
            "d": key[2],
            "unit": unit,
            "kind": kind,
            "by": by,
            "since": since,
        }
    writing.put(where, {**known.units, **units})


def keep_correction(
    writing: Writing, key: Key, op: Op, author: Author, spans: Sequence[Span], first: Mapping[str, Any] | None
) -> int:
    """Write a correction that waits to be resent; returns its id.

    `first` is the operation of an own earlier correction that this one builds on: its base was forwarded.
    """
    where = correction_key(author.uid, key)
    kept: dict[str, Any] = {name: value for name, value in op.items() if name != "units"}
    before = (first or {}).get("units", {})
    kept["units"] = {
        unit: {"base": before.get(unit, change)["base"], "new": change["new"]}
        for unit, change in op.get("units", {}).items()
    }
    units: dict[str, Value] = {
        "op": kept,
        "person": spans[0][0],
        "months": [[first_month, last if last != NO_END else None] for _, first_month, last in spans],
        "uid": author.uid,
        "by": author.by,
        "device_id": author.device_id,
        "at": author.at,
        "state": "to_resend",
    }
    writing.put(where, units)
    return where[1]


def _writer(writing: Writing, rev: int) -> tuple[str, str]:
    """Who made a commit and when; the present actor for the one that is being written."""
    if rev > writing.clock.rev:
        return writing.actor.name, writing.at
    row = writing.con.one(
        "SELECT actor, at FROM commit_log WHERE tenant_id = ? AND rev = ?", writing.tenant_id, rev
    )
    return (str(row[0]), str(row[1])) if row else ("", "")
