"""What a terminal shows that has too little room for the month grid."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size

from hrtui.i18n import t
from hrtui.screens.base import KeyScreen
from hrtui.screens.session import Session
from hrtui.widgets.lines import Lines

SMALLEST = Size(60, 15)


def is_too_small(size: Size) -> bool:
    """Whether a terminal of this size has no room for the grid."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class TooSmallScreen(KeyScreen):
    """Says how large the terminal has to be; it closes by itself when there is room again."""

    scopes: ClassVar[tuple[str, ...]] = ("app",)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.body = Lines(session.palette)

    def compose(self) -> ComposeResult:
        """Three short lines."""
        yield self.body

    def on_resize(self, event: Resize) -> None:
        """Say what there is, and what is needed."""
        width, height = event.size
        have = t("This terminal: {width}×{height}", width=width, height=height)
        need = t("Needed: {width}×{height}", width=SMALLEST.width, height=SMALLEST.height)
        leave = t("{key} leaves the program.", key=self.session.keymap.label("app.quit"))
        texts = (t("Too little room."), have, need, t("Make the window larger."), leave)
        self.body.show([((f" {text}", "plain"),) for text in texts])

    def other_key(self, key: str, character: str | None) -> None:
        """There is no room for an answer."""

    def action_app_back(self) -> None:
        """There is nothing to go back to in this size."""

    def action_app_help(self) -> None:
        """There is no room for help."""

    def action_app_palette(self) -> None:
        """There is no room for the list of actions."""

    def action_app_screens(self) -> None:
        """There is no room for another screen."""
