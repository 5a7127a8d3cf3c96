"""The log-in screen: asks the profile's password until it opens the database, or leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from hrtui.i18n import t
from hrtui.store.errors import StoreError

Opened = TypeVar("Opened")


class UnlockScreen(Screen[Opened], Generic[Opened]):
    """Ends with what the password opened, or with None when that is nothing or the clerk leaves.

    `unlock` opens with a password and raises StoreError when that is refused; deriving the key takes a good
    part of a second, so it runs in a thread.
    """

    CSS = """
    UnlockScreen { align: center middle; }
    UnlockScreen > Vertical { width: 56; max-width: 100%; height: auto; }
    UnlockScreen Input { border: none; height: 1; margin: 1 0; padding: 0 1; }
    UnlockScreen #answer { height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q,ctrl+c", "leave", show=False, priority=True)
    ]
    AUTO_FOCUS = "#password"
    ALLOW_SELECT = False

    def __init__(self, profile: str, unlock: Callable[[str], Opened | None]) -> None:
        super().__init__()
        self._profile = profile
        self._unlock = unlock
        self._busy = False

    def compose(self) -> ComposeResult:
        """The question, the field, and room for the answer."""
        field = Input(password=True, id="password")
        field.cursor_blink = False
        with Vertical():
            yield Static(t("Password of the profile “{name}”:", name=self._profile), markup=False)
            yield field
            yield Static("", id="answer", markup=False)
            yield Static(t("Enter opens the profile, Esc leaves."), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try the password; keys typed meanwhile stay in the field for the next try."""
        event.stop()
        if self._busy or not event.value:
            return
        self._busy = True
        password = event.value
        event.input.clear()
        self._say(t("Opening the profile…"))
        self.run_worker(self._try(password))

    def action_leave(self) -> None:
        """Leave without opening anything."""
        self.dismiss(None)

    async def _try(self, password: str) -> None:
        """Go on with what the password opens, or say why not and wait for the next one."""
        try:
            opened = await asyncio.to_thread(self._unlock, password)
        except StoreError as problem:
            self._busy = False
            self._say(problem.text)
        else:
            self.dismiss(opened)

    def _say(self, text: str) -> None:
        self.query_one("#answer", Static).update(text)
