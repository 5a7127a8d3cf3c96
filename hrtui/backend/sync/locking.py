"""Locking forwarded months, and opening them again with what was entered meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast

from hrtui.backend.sync import checks
from hrtui.backend.sync.apply import Applying
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.scope import UNLIMITED
from hrtui.backend.sync.writing import Key, Writing
from hrtui.domain.sync.content import NO_END
from hrtui.domain.sync.merge import Author
from hrtui.domain.sync.wire import LockUnits, Mutation, OpResult

PersonMonth = tuple[int, str]
"""A person and a month (`YYYY-MM`)."""


def lock_months(writing: Writing, months: Iterable[PersonMonth], hashes: dict[PersonMonth, str]) -> None:
    """Lock these months; a locked one gets the next forward number. `hashes` are of what was forwarded."""
    wanted = sorted(set(months))
    writing.load(("month_lock", person_id, month) for person_id, month in wanted)
    for person_id, month in wanted:
        key: Key = ("month_lock", person_id, month)
        number = writing.get(key).units.get("forward_no", 0)
        assert isinstance(number, int)
        units: LockUnits = {
            "at": writing.at,
            "by": writing.actor.name,
            "forward_no": number + 1,
            "hash": hashes.get((person_id, month), ""),
        }
        writing.put(key, cast("dict[str, Any]", units))
        writing.deeds.append(Deed("", "lock", *key, person_id=person_id, after=cast("dict[str, Any]", units)))


def unlock_months(writing: Writing, months: Iterable[PersonMonth]) -> list[OpResult]:
    """Open these months; corrections that wait and touch no locked month any more then meet the rows.

    Each becomes part of its row or a conflict, as if it came now; returns what became of them.
    """
    wanted = sorted(set(months))
    writing.load(("month_lock", person_id, month) for person_id, month in wanted)
    for person_id, month in wanted:
        key: Key = ("month_lock", person_id, month)
        if writing.get(key).live:
            writing.delete(key)
            writing.deeds.append(Deed("", "unlock", *key, person_id=person_id))
    results = []
    for key in waiting_corrections(writing, {person_id for person_id, _ in wanted}):
        units = cast("dict[str, Any]", writing.get(key).units)
        spans = [(units["person"], first, last or NO_END) for first, last in units["months"]]
        if checks.is_locked(writing, spans):
            continue
        results.append(_meet(writing, units))
        state = "rejected" if results[-1]["outcome"] == "parked" else "merged"
        writing.put(key, {"state": state})
    return results


def _meet(writing: Writing, units: dict[str, Any]) -> OpResult:
    """Let a correction meet the rows as its author's."""
    mutation = cast("Mutation", {"uid": units["uid"], "atom": "each", "ops": [units["op"]]})
    applying = Applying(writing, UNLIMITED, mutation)
    applying.author = Author(units["uid"], units["by"], units["device_id"], units["at"])
    return applying.meet(units["op"])


def waiting_corrections(writing: Writing, people: Collection[int]) -> list[Key]:
    """The corrections of these people that wait to be resent, oldest first."""
    rows = writing.con.all(
        "SELECT row_id FROM row_state WHERE tenant_id = ? AND entity = 'correction' AND deleted = 0"
        " ORDER BY rev",
        writing.tenant_id,
    )
    keys: list[Key] = [("correction", row_id, "") for (row_id,) in rows]
    writing.load(keys)
    return [
        key
        for key in keys
        if writing.get(key).units["state"] == "to_resend" and writing.get(key).units["person"] in people
    ]
