"""The log-in screen: asks the profile's password until it opens the database, or leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Static

from hrtui.i18n import t
from hrtui.screens.base import ScreenReady
from hrtui.store.errors import StoreError

Opened = TypeVar("Opened")


class UnlockScreen(Screen[Opened], Generic[Opened]):
    """Ends with what the password opened, or with None when that is nothing or the clerk leaves.

    `unlock` opens with a password and raises StoreError when that is refused; deriving the key takes a good
    part of a second, so it runs in a thread. The app calls `take_key` for each key, except while the thread
    runs (`takes_keys` is False): those keys are for the month, or for the next try.
    """

    CSS = "UnlockScreen { padding: 1 2; }"
    AUTO_FOCUS = ""
    ALLOW_SELECT = False

    def __init__(self, profile: str, unlock: Callable[[str], Opened | None]) -> None:
        super().__init__()
        self._question = t("Password of the profile “{name}”:", name=profile)
        self._unlock = unlock
        self._password = ""
        self._answer = ""
        self._lines = Static("", markup=False)
        self.takes_keys = False
        self.takes_text = True

    def compose(self) -> ComposeResult:
        """One text: the question with the field, the answer, and the keys."""
        yield self._lines

    def on_mount(self) -> None:
        """From here on the screen can take keys."""
        self._ready()

    def take_key(self, key: str, character: str | None) -> None:
        """Type into the field, try what is typed, or leave."""
        if key in ("escape", "ctrl+q", "ctrl+c"):
            self.dismiss(None)
        elif key == "enter":
            self._try()
        elif key == "backspace":
            self._password = self._password[:-1]
        elif key == "ctrl+u":
            self._password = ""
        elif character and character.isprintable():
            self._password += character
        self._show()

    def take_paste(self, text: str) -> None:
        """A pasted password counts up to its first line end."""
        self._password += text.partition("\n")[0].rstrip("\r")
        self._show()

    def _try(self) -> None:
        if self._password:
            self.takes_keys = False
            self._answer = t("Opening the profile…")
            self.run_worker(self._open(self._password))
            self._password = ""

    async def _open(self, password: str) -> None:
        try:
            opened = await asyncio.to_thread(self._unlock, password)
        except StoreError as problem:
            self._answer = problem.text
            self._ready()
        else:
            self.dismiss(opened)

    def _ready(self) -> None:
        self.takes_keys = True
        self._show()
        self.app.post_message(ScreenReady())

    def _show(self) -> None:
        field = f"{self._question} {'•' * len(self._password)}"
        help_text = t("Enter opens the profile, Esc leaves.")
        self._lines.update(f"{field}\n\n{self._answer}\n\n{help_text}")
        self.app.cursor_position = Offset(2 + cell_len(field), 1)
