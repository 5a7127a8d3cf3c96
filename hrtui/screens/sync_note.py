"""The sync in a few words at the end of the line of keys."""

from __future__ import annotations

from hrtui.screens.session import Session
from hrtui.widgets.lines import Piece

NOTHING: Piece = ("", "dim")
_ROOM = 72
"""In a narrower terminal the keys of the grid are worth more than the keys that lead to the sync."""


def sync_note(session: Session, width: int) -> Piece:
    """How the sync of the employer stands, and its style; nothing for a profile without a backend.

    Where the clerk has something to do about it, the keys that lead there are named, given `width` columns.
    """
    if not session.store.backend():
        return NOTHING
    from hrtui.sync.status import status_of
    from hrtui.sync_wording import needs_clerk, note

    status = status_of(session.store, session.employer.id)
    if status is None:
        return NOTHING
    text, style = note(status)
    if width >= _ROOM and needs_clerk(status):
        text = f"{text} ({keys_to_conflicts(session)})"
    return text, style


def keys_to_conflicts(session: Session) -> str:
    """The keys that lead to what two clerks changed, to be named in a sentence."""
    return " ".join(map(session.keymap.label, ("app.screens", "screens.sync")))
