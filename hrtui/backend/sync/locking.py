"""Locking forwarded months, and opening them again with what was entered meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast

from hrtui.backend.sync import checks
from hrtui.backend.sync.apply import Applying
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.scope import UNLIMITED
from hrtui.backend.sync.writing import Key, Writing
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.content import NO_END
from hrtui.domain.sync.merge import Author
from hrtui.domain.sync.wire import Mutation, OpResult

PersonMonth = tuple[int, str]
"""A person and a month (`YYYY-MM`)."""
_CLOSED: dict[str, Value] = {"open_until": "", "open_by": "", "open_reason": ""}


def lock_months(
    writing: Writing,
    months: Iterable[PersonMonth],
    hashes: dict[PersonMonth, str],
    transmission_id: int = 0,
) -> None:
    """Lock these months; a locked one gets the next forward number. `hashes` are of what was forwarded."""
    wanted = sorted(set(months))
    writing.load(("month_lock", person_id, month) for person_id, month in wanted)
    for person_id, month in wanted:
        key: Key = ("month_lock", person_id, month)
        number = writing.get(key).units.get("forward_no", 0)
        assert isinstance(number, int)
        units: dict[str, Value] = {
            "at": writing.at,
            "by": writing.actor.name,
            "forward_no": number + 1,
            "hash": hashes.get((person_id, month), ""),
            "transmission": transmission_id,
            **_CLOSED,
        }
        writing.put(key, units)
        writing.deeds.append(Deed("", "lock", *key, person_id=person_id, after=units))


def open_months(
    writing: Writing, months: Iterable[PersonMonth], until: str, reason: str
) -> tuple[list[PersonMonth], list[OpResult]]:
    """Open those of these months that are locked until a moment (as `positions.moment`).

    Returns which were, and what became of the corrections that waited.
    """
    wanted = sorted(set(months))
    writing.load(("month_lock", person_id, month) for person_id, month in wanted)
    opened = [one for one in wanted if checks.is_locked(writing, [(one[0], one[1], one[1])])]
    for person_id, month in opened:
        key: Key = ("month_lock", person_id, month)
        told = {"open_until": until, "open_by": writing.actor.name, "open_reason": reason}
        writing.put(key, {**writing.get(key).units, **told})
        after: dict[str, Any] = {"open_until": until}
        writing.deeds.append(Deed("", "unlock", *key, person_id=person_id, after=after))
    return opened, _meet_waiting(writing, {person_id for person_id, _ in opened})


def close_months(writing: Writing, months: Iterable[PersonMonth]) -> list[PersonMonth]:
    """Lock those of these months again that are open for a while; returns which were."""
    wanted = sorted(set(months))
    writing.load(("month_lock", person_id, month) for person_id, month in wanted)
    closed = []
    for person_id, month in wanted:
        key: Key = ("month_lock", person_id, month)
        stored = writing.get(key)
        if stored.live and not checks.is_locked(writing, [(person_id, month, month)]):
            writing.put(key, {**stored.units, **_CLOSED})
            writing.deeds.append(Deed("", "lock", *key, person_id=person_id))
            closed.append((person_id, month))
    return closed


def _meet_waiting(writing: Writing, people: Collection[int]) -> list[OpResult]:
    """Let the corrections of these people that touch no locked month any more meet the rows."""
    results = []
    for key in waiting_corrections(writing, people):
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
    return corrections_of(writing, people, "to_resend")


def corrections_of(writing: Writing, people: Collection[int], state: str) -> list[Key]:
    """The corrections of these people in this state, oldest first."""
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
        if writing.get(key).units["state"] == state and writing.get(key).units["person"] in people
    ]
