"""Who changed a day, when, and from what to what: read from the operation log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hrtui.store import entries as day_entries
from hrtui.store.entries import Entries
from hrtui.store.moments import moment_of
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a day, the operation `seq` of a step; `kind` is edit, undo or redo, `at` in UTC."""

    at: datetime
    actor: str
    kind: str
    label: str
    old: Entries
    new: Entries
    step_id: int
    seq: int


def day_history(store: Store, person_id: int, day: date, limit: int = 500) -> list[HistoryLine]:
    """The changes of a person's day, newest first."""
    rows = store.con.execute(
        "SELECT s.at, s.actor, s.kind, s.label, o.old, o.new, s.id, o.seq FROM operation o"
        " JOIN step s ON s.id = o.step_id WHERE o.entity = 'day' AND o.row_id = ? AND o.date = ?"
        " ORDER BY o.step_id DESC LIMIT ?",
        (person_id, day.isoformat(), limit),
    )
    return [
        HistoryLine(
            moment_of(at),
            actor,
            kind,
            label,
            day_entries.from_json(old),
            day_entries.from_json(new),
            step_id,
            seq,
        )
        for at, actor, kind, label, old, new, step_id, seq in rows
    ]


def last_change(store: Store, person_id: int, day: date) -> HistoryLine | None:
    """The latest change of a person's day; None when nothing was ever entered."""
    return next(iter(day_history(store, person_id, day, 1)), None)


def known_since(store: Store, employer_id: int) -> datetime | None:
    """When this profile first read the employer from the backend (UTC), which alone has what changed before.

    None where everything was entered in this profile.
    """
    query = "SELECT min(at) FROM step WHERE employer_id = ? AND kind = 'snapshot'"
    (at,) = store.con.execute(query, (employer_id,)).fetchone()
    return moment_of(at) if at else None
