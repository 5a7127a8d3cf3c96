"""Notes of the occupational service's case manager: taken over as it sent them, read, never typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change
from hrtui.store.sickness.desk import Desk, log_access, stable_id
from hrtui.store.sickness.outcome import name_of
from hrtui.store.sickness.records import stored_case

NOTE = "sickness_note"


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the service."""

    written_on: date
    author: str
    body: str


def notes_of(desk: Desk, case_id: int) -> list[Note]:
    """The notes of a case, newest first; that they were read is logged."""
    found = desk.store.con.execute(
        f"SELECT written_on, author, body FROM {NOTE} WHERE case_id = ? AND employer_id = ?"
        " ORDER BY written_on DESC, id",
        (case_id, desk.employer_id),
    ).fetchall()
    if found:
        log_access(desk, "opened", NOTE, case_id)
    return [Note(date.fromisoformat(day), author, body) for day, author, body in found]


def take_over_notes(desk: Desk, case_id: int, notes: Sequence[Note]) -> int:
    """Add the notes that a case does not have yet, as one undo step; returns how many those were."""
    stored = stored_case(desk.store, desk.employer_id, case_id)
    there = {row_id for (row_id,) in desk.store.con.execute(f"SELECT id FROM {NOTE}").fetchall()}
    changes: dict[int, Change] = {}
    for note in notes:
        row_id = stable_id(NOTE, case_id, note.written_on, note.author, note.body)
        if row_id not in there:
            values = {
                "employer_id": desk.employer_id,
                "case_id": case_id,
                "written_on": note.written_on.isoformat(),
                "author": note.author,
                "body": note.body,
            }
            changes[row_id] = rows.insertion(NOTE, values, row_id)
    label = t("Absence of {name}", name=name_of(desk, stored.person_id))
    rows.carry_out(desk.store, desk.employer_id, label, list(changes.values()))
    return len(changes)
