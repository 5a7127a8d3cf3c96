"""The log-in screen: asks the profile's password until it opens the database, or leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from hrtui.i18n import t
from hrtui.store.errors import StoreError


class UnlockScreen(Screen[bytes | None]):
    """Ends with the key of 32 bytes, or with None when the clerk leaves.

    `unlock` makes the key of a password and raises StoreError for a wrong one; that takes a good part of a
    second, so it runs in a thread.
    """

    CSS = """
    UnlockScreen { align: center middle; }
    UnlockScreen > Vertical { width: 56; max-width: 100%; height: auto; }
    UnlockScreen Input { border: none; height: 1; margin: 1 0; padding: 0; }
    UnlockScreen #answer { height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q,ctrl+c", "leave", show=False, priority=True)
    ]
    AUTO_FOCUS = "#password"
    ALLOW_SELECT = False

    @dataclass
    class Tried(Message):
        """What became of a password: the key, or the sentence to show."""

        key: bytes | None
        problem: str = ""

    def __init__(self, profile: str, unlock: Callable[[str], bytes]) -> None:
        super().__init__()
        self._profile = profile
        self._unlock = unlock
        self._busy = False

    def compose(self) -> ComposeResult:
        """The question, the field, and one line for the answer."""
        field = Input(password=True, id="password")
        field.cursor_blink = False
        with Vertical():
            yield Static(t("Password of the profile “{name}”:", name=self._profile), markup=False)
            yield field
            yield Static("", id="answer", markup=False)
            yield Static(t("Enter opens the profile, Esc leaves."), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try the password; what is typed meanwhile is kept for the next try."""
        event.stop()
        if self._busy or not event.value:
            return
        self._busy = True
        self._say(t("Opening the profile…"))
        password = event.value
        event.input.clear()
        self.run_worker(lambda: self._try(password), thread=True, exit_on_error=False)

    def on_unlock_screen_tried(self, event: Tried) -> None:
        """Open the profile, or say why not and wait for the next password."""
        self._busy = False
        if event.key is not None:
            self.dismiss(event.key)
        else:
            self._say(event.problem)

    def action_leave(self) -> None:
        """Leave without opening anything."""
        self.dismiss(None)

    def _try(self, password: str) -> None:
        try:
            answer = self.Tried(self._unlock(password))
        except StoreError as problem:
            answer = self.Tried(None, problem.text)
        self.post_message(answer)

    def _say(self, text: str) -> None:
        self.query_one("#answer", Static).update(text)
