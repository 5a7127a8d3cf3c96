"""What happened to the sync that a clerk should hear of: told once in the month, listed with the sync."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from hrtui.store.database import Connection
from hrtui.store.moments import moment

if TYPE_CHECKING:
    from hrtui.store.store import Store

NARROWED, RESTORED, NEW_DEVICE, ERASED = "narrowed", "restored", "new_device", "erased"
CLOCK, LATE = "clock", "late"
"""The roles show less; the backend was put back from a backup; the database was, or it was copied; somebody
was erased about whom edits waited to be sent; this clock is wrong (`count` is by how many seconds);
own edits came after their month was forwarded."""
_KEPT, _NAMED = 5, 3


@dataclass(frozen=True, slots=True)
class Note:
    """What happened, when (UTC, as the tables hold moments), to how many steps, and some of their labels."""

    what: str
    at: str
    count: int = 0
    labels: tuple[str, ...] = ()
    told: bool = False


def add(con: Connection, employer_id: int, what: str, count: int = 0, labels: Sequence[str] = ()) -> None:
    """Keep a note until it is told, as one with what is to be told already; inside a transaction."""
    kept = _read(con, employer_id)
    if kept and what == LATE == kept[-1].what and not kept[-1].told:
        count, labels = count + kept[-1].count, [*kept.pop().labels, *labels][:_NAMED]
    _write(con, employer_id, [*kept, Note(what, moment(), count, tuple(labels))][-_KEPT:])


def rename(con: Connection, employer_id: int, told: Callable[[str], str]) -> None:
    """Let the labels of all notes be told so; inside a transaction."""
    kept = _read(con, employer_id)
    now = [replace(note, labels=tuple(told(label) for label in note.labels)) for note in kept]
    if now != kept:
        _write(con, employer_id, now)


def notes_of(store: Store, employer_id: int) -> list[Note]:
    """The latest notes, oldest first."""
    return _read(store.con, employer_id)


def take_untold(store: Store, employer_id: int) -> Note | None:
    """The latest note that was not told, which then counts as told with those before it."""
    if not any(not note.told for note in _read(store.con, employer_id)):
        return None
    with store.transaction():
        kept = _read(store.con, employer_id)
        _write(store.con, employer_id, [replace(note, told=True) for note in kept])
    return next((note for note in reversed(kept) if not note.told), None)


def _read(con: Connection, employer_id: int) -> list[Note]:
    row = con.execute("SELECT notes FROM sync_state WHERE employer_id = ?", (employer_id,)).fetchone()
    return [Note(**{**one, "labels": tuple(one["labels"])}) for one in json.loads(row[0])] if row else []


def _write(con: Connection, employer_id: int, kept: Sequence[Note]) -> None:
    value = json.dumps([asdict(note) for note in kept])
    con.execute("UPDATE sync_state SET notes = ? WHERE employer_id = ?", (value, employer_id))
