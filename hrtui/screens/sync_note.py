"""The sync in a few words at the end of the line of keys."""

from __future__ import annotations

from hrtui.screens.session import Session
from hrtui.widgets.lines import Piece

NOTHING: Piece = ("", "dim")


def sync_note(session: Session) -> Piece:
    """How the sync of the employer stands, and its style; nothing for a profile without a backend."""
    if not session.store.backend():
        return NOTHING
    from hrtui.sync.status import status_of
    from hrtui.sync_wording import note

    status = status_of(session.store, session.employer.id)
    return note(status) if status else NOTHING
