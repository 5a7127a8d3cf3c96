"""Taking steps back and doing them again, across restarts: by new operations, so that history stays whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlcipher3 import dbapi2

from hrtui.i18n import t
from hrtui.store import changes as writing
from hrtui.store import entries as day_entries
from hrtui.store.changes import Change, DayChange, RowChange
from hrtui.store.entries import PersonDay
from hrtui.store.errors import StoreError
from hrtui.store.leave_types import leave_types
from hrtui.store.moments import moment_of
from hrtui.store.roles import refuse_forbidden
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back or done again: its label, the days and tables touched, and how much was not.

    `skipped` counts days and rows that had been changed (or locked) since, and keep what they hold. `actor`
    made the step at `at` (UTC), `elsewhere` if not through this store's connection.
    """

    label: str
    days: tuple[PersonDay, ...]
    tables: frozenset[str]
    skipped: int
    actor: str
    at: datetime
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Step:
    id: int
    label: str
    actor: str
    at: str


def undo(store: Store, employer_id: int) -> Undone | None:
    """Take back the latest step of this employer; None when there is none.

    Raises StoreError for a step that the clerk's roles may not change, as `redo` does.
    """
    with store.transaction():
        step = _step(store, employer_id, "state = 'live' ORDER BY id DESC")
        if step is None:
            return None
        back = [_reversed(change) for change in reversed(_changes(store, step.id))]
        return _carry_out(store, employer_id, "undo", step, back)


def redo(store: Store, employer_id: int) -> Undone | None:
    """Do the step that was taken back last once more; None when there is none."""
    with store.transaction():
        step = _step(store, employer_id, "state = 'undone' ORDER BY id")
        if step is None:
            return None
        return _carry_out(store, employer_id, "redo", step, _changes(store, step.id))


def seal(store: Store, employer_id: int) -> None:
    """Let undo reach no further back than now (a freshly made employer is not undone by a slip)."""
    with store.transaction():
        store.con.execute("UPDATE step SET state = 'gone' WHERE employer_id = ?", (employer_id,))


def _step(store: Store, employer_id: int, which: str) -> _Step | None:
    row = store.con.execute(
        f"SELECT id, label, actor, at FROM step WHERE employer_id = ? AND {which} LIMIT 1", (employer_id,)
    ).fetchone()
    return _Step(*row) if row else None


def _changes(store: Store, step_id: int) -> list[Change]:
    rows = store.con.execute(
        "SELECT entity, row_id, date, old, new FROM operation WHERE step_id = ? ORDER BY seq", (step_id,)
    )
    changes: list[Change] = []
    for entity, row_id, day, old, new in rows:
        if entity == "day":
            changes.append(
                DayChange(
                    row_id, date.fromisoformat(day), day_entries.from_json(old), day_entries.from_json(new)
                )
            )
        else:
            changes.append(RowChange(entity, row_id, json.loads(old or "null"), json.loads(new or "null")))
    return changes


def _reversed(change: Change) -> Change:
    if isinstance(change, DayChange):
        return DayChange(change.person_id, change.date, change.new, change.old)
    return RowChange(change.table, change.id, change.new, change.old)


def _carry_out(store: Store, employer_id: int, kind: str, step: _Step, wanted: list[Change]) -> Undone:
    refuse_forbidden(store, employer_id, wanted)
    con = store.con
    days = [change for change in wanted if isinstance(change, DayChange)]
    fits = writing.still_fit(con, [(c.person_id, c.date, c.old) for c in days])
    doable: list[Change] = []
    for change in wanted:
        if isinstance(change, DayChange):
            possible = (change.person_id, change.date) in fits
        else:
            possible = writing.row_fits(con, change)
        if possible:
            doable.append(change)
    try:
        writing.apply(con, doable)
    except dbapi2.IntegrityError as problem:
        raise StoreError(
            t("“{label}” cannot be taken back: something entered later depends on it.", label=step.label)
        ) from problem
    _check_types(store, employer_id, doable)
    state = "undone" if kind == "undo" else "live"
    con.execute("UPDATE step SET state = ? WHERE id = ?", (state, step.id))
    step_id = writing.record_step(store, employer_id, kind, step.label, "gone", step.id)
    writing.record_operations(con, step_id, doable)
    return Undone(
        step.label,
        tuple((c.person_id, c.date) for c in doable if isinstance(c, DayChange)),
        frozenset(c.table for c in doable if isinstance(c, RowChange)),
        len(wanted) - len(doable),
        step.actor,
        moment_of(step.at),
        step.id not in store.own_steps,
    )


def _check_types(store: Store, employer_id: int, done: list[Change]) -> None:
    """Raise StoreError where a leave type came back with a key or letter that is another's by now."""
    from hrtui.store.leave_type_records import refuse_clash  # not needed before the first frame

    ids = {change.id for change in done if isinstance(change, RowChange) and change.table == "leave_type"}
    if ids:
        kinds = leave_types(store, employer_id)
        for type_id in ids & kinds.keys():
            refuse_clash(kinds[type_id], kinds, store.bound_letters)
