"""The sync in a few words at the end of the line of keys."""

from __future__ import annotations

from hrtui.screens.session import Session
from hrtui.widgets.lines import Piece

NOTHING: Piece = ("", "dim")
_ROOM = 72
"""In a narrower terminal the keys of the grid are worth more than the keys that lead to the sync."""


def sync_note(session: Session, width: int = 0) -> Piece:
    """How the sync of the employer stands, and its style; nothing for a profile without a backend.

    Where the clerk has something to do about it, the keys that lead there are named, given enough columns in
    `width`.
    """
    if not session.store.backend():
        return NOTHING
    from hrtui.sync.status import SIGN_IN, status_of
    from hrtui.sync_wording import needs_clerk, note

    status = status_of(session.store, session.employer.id)
    if status is None:
        return NOTHING
    text, style = note(status)
    if width >= _ROOM and needs_clerk(status):
        signs_in = status.problem in SIGN_IN
        text = f"{text} ({session.store.logs_in_with if signs_in else keys_to_conflicts(session)})"
    return text, style


def sync_news(session: Session) -> str:
    """What happened to the sync that was not told yet, as a sentence; '' for nothing. It is told once."""
    if not session.store.backend():
        return ""
    from hrtui.sync.notes import take_untold
    from hrtui.sync_wording import news_in_short

    news = take_untold(session.store, session.employer.id)
    return news_in_short(news, keys_to_conflicts(session)) if news else ""


def keys_to_conflicts(session: Session) -> str:
    """The keys that lead to what two clerks changed, to be named in a sentence."""
    return " ".join(map(session.keymap.label, ("app.screens", "screens.sync")))
