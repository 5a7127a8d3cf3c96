"""What the backend refused of a clerk's steps: kept with its reason until the clerk decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hrtui.domain.sync.units import DAY, ENTRIES
from hrtui.i18n import N_, t
from hrtui.store import changes as writing
from hrtui.store import entries as day_entries
from hrtui.store.changes import Change, DayChange, RowChange
from hrtui.store.database import Connection
from hrtui.store.errors import Gone, StoreError
from hrtui.store.moments import moment, moment_of
from hrtui.store.store import Store
from hrtui.sync.outbox import Item
from hrtui.sync.planner import key_of
from hrtui.sync.rows import RowKey, Rows

OPEN, RETRIED, LET_GO = "open", "retried", "let_go"
REASONS: Mapping[str, str] = {
    "role": N_("Your roles may not change this."),
    "deleted": N_("What this is about was deleted by somebody else."),
    "invalid": N_("The backend does not take this value."),
    "in_use": N_("Something else still needs what this deletes."),
    "duplicate": N_("Somebody else has used the same number or name."),
    "unknown": N_("The backend does not know this kind of record: it is older than this program."),
    "stale": N_("Somebody else changed part of this, and it only holds as a whole."),
    "too_large": N_("This is too large for the backend."),
}
"""Why something was refused, in words."""


@dataclass(frozen=True, slots=True)
class RefusedStep:
    """A step, or the part of it that was refused; `rows` are the rows that it was about. Times are UTC."""

    uid: str
    label: str
    reason: str
    made_at: datetime
    refused_at: datetime
    state: str
    rows: tuple[RowKey, ...]

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return t(REASONS.get(self.reason, REASONS["invalid"]))


def keep(con: Connection, employer_id: int, item: Item, actor: str, reason: str = "") -> None:
    """Keep the operations of an answered mutation that were parked; all of them where a `reason` is given."""
    ops = (item.body or {}).get("ops", [])
    parked = [
        (op, result.get("reason", "invalid"))
        for op, result in zip(ops, item.results or [], strict=False)
        if result["outcome"] == "parked"
    ]
    if reason:
        parked = [(op, reason) for op in ops]
    if not parked:
        return
    reasons = [why for _, why in parked]
    told = next((why for why in reasons if why != "stale"), reasons[0])
    label, made_at = con.execute("SELECT label, at FROM step WHERE id = ?", (item.step_id,)).fetchone()
    con.execute(
        "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item.uid, employer_id, item.step_id, label, told, json.dumps([op for op, _ in parked]), actor,
            made_at, moment(), OPEN,
        ),
    )  # fmt: skip


def refused_steps(store: Store, employer_id: int, state: str = OPEN) -> list[RefusedStep]:
    """What was refused and waits for a decision (or was decided so), newest first."""
    found = store.con.execute(
        "SELECT uid, label, reason, made_at, refused_at, state, changes FROM refused"
        " WHERE employer_id = ? AND state = ? ORDER BY refused_at DESC, uid",
        (employer_id, state),
    )
    return [
        RefusedStep(
            uid,
            label,
            reason,
            moment_of(made_at),
            moment_of(refused_at),
            state,
            tuple(key_of(op) for op in json.loads(changes)),
        )
        for uid, label, reason, made_at, refused_at, state, changes in found
    ]


def try_again(store: Store, employer_id: int, uid: str) -> None:
    """Make the refused changes once more, over what the rows hold now, as a new step that undo takes back.

    Raises StoreError where that cannot be: the row is gone, the month is locked, something clashes.
    """
    row = store.con.execute(
        "SELECT label, changes FROM refused WHERE uid = ? AND employer_id = ? AND state = ?",
        (uid, employer_id, OPEN),
    ).fetchone()
    if row is None:
        raise Gone
    label, ops = row[0], json.loads(row[1])
    rows = Rows(store.con, employer_id)
    changes = [change for op in ops if (change := _again(rows, op)) is not None]
    if changes:
        written = writing.write(store, employer_id, t("Tried again: {label}", label=label), changes)
        if written.stale:
            raise StoreError(t("This cannot be entered now: the month is locked or it was changed again."))
    _decide(store, uid, RETRIED)


def let_go(store: Store, uid: str) -> None:
    """Leave it at the refusal; the history keeps what it was."""
    _decide(store, uid, LET_GO)


def _decide(store: Store, uid: str, state: str) -> None:
    with store.transaction():
        store.con.execute("UPDATE refused SET state = ? WHERE uid = ?", (state, uid))


def _again(rows: Rows, op: Mapping[str, Any]) -> Change | None:
    """The refused operation as a change of what is there now; None where it holds already."""
    key = key_of(op)
    now = rows.columns(key)
    units = {unit: one["new"] for unit, one in (op.get("units") or {}).items()}
    person_id = key.id if key.entity == DAY else (now or units).get("person_id")
    if person_id is not None and rows.columns(RowKey("person", person_id)) is None:
        raise StoreError(t("What this is about was deleted by somebody else."))
    if key.entity == DAY:
        old, new = (day_entries.from_lists(value) for value in ((now or {})[ENTRIES], units.get(ENTRIES)))
        return None if old == new else DayChange(key.id, date.fromisoformat(key.date), old, new)
    if op["k"] == "del":
        return None if now is None else RowChange(key.entity, key.id, now, None)
    if now is None:
        if op["k"] != "ins":
            raise StoreError(t("What this is about was deleted by somebody else."))
        return RowChange(key.entity, key.id, None, rows.completed(key.entity, units))
    return rows.change(key, now, units)
