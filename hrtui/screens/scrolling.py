"""Text to look through before something is done with it: a title, lines to scroll, a question below."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.geometry import Offset

from hrtui.screens.asking import AskingScreen
from hrtui.screens.scroll_keys import ScrollKeys
from hrtui.screens.session import Session
from hrtui.widgets.lines import Line, Lines, title_line

_FRAME = 3
"""Lines that are not text: the title and two at the bottom."""
_STEP = 20
"""So many columns further are shown at a time."""


class ScrollScreen(ScrollKeys, AskingScreen):
    """Shows `body` under `heading`; the keys of lists scroll, those of records do something with it."""

    scopes: ClassVar[tuple[str, ...]] = ("table", "list")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines = Lines(session.palette)
        self.top = 0
        self.left = 0

    def heading(self) -> str:
        """The top line."""
        raise NotImplementedError

    def body(self) -> list[Line]:
        """All lines."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The text, and two lines under it."""
        yield self.lines
        yield self.status

    @property
    def room(self) -> int:
        """How many lines fit."""
        return max(1, self.size.height - _FRAME)

    def draw(self) -> None:
        """The lines in view."""
        if not self.size.height:
            return
        width, body = self.size.width, self.body()
        self.top = max(0, min(self.top, len(body) - self.room))
        shown = [self._from_left(line) for line in body[self.top : self.top + self.room]]
        title = title_line(self.heading(), width)
        self.lines.show([title, *shown, *[()] * (self.room - len(shown))])
        self.app.cursor_position = Offset(0, 1)
        self.show_status()

    def _from_left(self, line: Line) -> Line:
        """A line without the columns that are scrolled out at the left."""
        left, pieces = self.left, []
        for text, slot in line if left else ():
            pieces.append((text[left:], slot))
            left = max(0, left - len(text))
        return tuple(pieces) if pieces else line

    def place_cursor(self) -> None:
        """At the text."""
        self.draw()

    def store_changed(self) -> None:
        """Another program wrote to the database."""
        self.draw()

    def scroll_by(self, lines: int) -> None:
        """Show the text so many lines further down (or up, for a negative number)."""
        self.top += lines
        self.draw()

    def action_table_next(self) -> None:
        """Further to the right, where lines are wider than the terminal."""
        widest = max((sum(len(text) for text, _ in line) for line in self.body()), default=0)
        if self.left + self.size.width < widest:
            self.left += _STEP
        self.draw()

    def action_table_previous(self) -> None:
        """Back to the left."""
        self.left = max(0, self.left - _STEP)
        self.draw()

    def run_action_id(self, action_id: str) -> None:
        """A key of lists that this text has no use for says so."""
        if self.does(action_id) or not action_id.startswith("table."):
            super().run_action_id(action_id)
        else:
            self.other_key(self.session.keymap.label(action_id), None)
