"""Undo and redo on a screen of what is stored: the step is told, and the screen shows what there is now."""

from __future__ import annotations

from hrtui.i18n import N_, t
from hrtui.screens.asking import AskingScreen
from hrtui.screens.base import KeyScreen
from hrtui.store.undo import Undone, redo, undo
from hrtui.wording import undone_in_words


def take_back(here: AskingScreen) -> None:
    """Take back the last step."""
    step = undo(here.session.store, here.session.employer.id)
    _tell(here, step, N_("Undone: {label}"), N_("There is nothing to undo."))


def do_again(here: AskingScreen) -> None:
    """Do the step again that was taken back."""
    step = redo(here.session.store, here.session.employer.id)
    _tell(here, step, N_("Redone: {label}"), N_("There is nothing to redo."))


def _tell(here: AskingScreen, step: Undone | None, text: str, nothing: str) -> None:
    if step is None:
        here.say(t(nothing))
        return
    here.store_changed()
    # What the screen showed may be gone with the step, and the screen with it: then it is told below.
    if isinstance(top := here.app.screen, KeyScreen):
        top.tell(t(text, label=undone_in_words(step)))
