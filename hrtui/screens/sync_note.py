"""The sync in a few words at the end of the line of keys."""

from __future__ import annotations

from rich.cells import cell_len

from hrtui.screens.session import Session
from hrtui.widgets.lines import Line, fitted

Note = tuple[str, str]
NOTHING: Note = ("", "dim")


def sync_note(session: Session) -> Note:
    """How the sync of the employer stands, and its style; nothing for a profile without a backend."""
    if not session.store.backend():
        return NOTHING
    from hrtui.sync.status import status_of
    from hrtui.sync_wording import note

    status = status_of(session.store, session.employer.id)
    return note(status) if status else NOTHING


def room_beside(note: Note, width: int) -> int:
    """The columns that are left for the keys."""
    return width - cell_len(note[0]) - 3 if note[0] else width


def beside(hints: Line, note: Note, width: int) -> Line:
    """The keys, and the note at the end of the line."""
    if not note[0]:
        return hints
    room = room_beside(note, width)
    text = "".join(piece for piece, _ in hints)
    slot = hints[0][1] if hints else "dim"
    return ((fitted(text, room), slot), (f"  {note[0]}", note[1]))
