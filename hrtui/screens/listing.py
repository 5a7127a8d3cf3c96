"""What screens with a list of lines share: a title, lines to scroll through, and a line of keys."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Offset

from hrtui.screens.base import KeyScreen
from hrtui.screens.scroll_keys import ScrollKeys
from hrtui.screens.session import Session
from hrtui.widgets.hints import Hint, action_hints, fitting
from hrtui.widgets.lines import Line, Lines, fitted, title_line
from hrtui.widgets.status_line import message_line


class ListScreen(ScrollKeys, KeyScreen):
    """A screen of lines; `heading`, `body` and `words` say what it shows and which keys it names."""

    scopes: ClassVar[tuple[str, ...]] = ("list",)
    words: ClassVar[dict[str, Hint]] = {}
    """The actions named at the bottom: how soon each is left out for want of room, and its word."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines = Lines(session.palette)
        self.top = 0
        self.message = ""

    def compose(self) -> ComposeResult:
        """One widget with all lines."""
        yield self.lines

    def heading(self) -> str:
        """The top line."""
        raise NotImplementedError

    def top_line(self) -> Line:
        """The top line as it is drawn."""
        return title_line(self.heading(), self.size.width)

    def body(self) -> list[Line]:
        """All lines of the list."""
        raise NotImplementedError

    def foot(self) -> list[Line]:
        """Lines between the list and the keys: as many whatever the list shows."""
        return []

    def hints(self, more: bool) -> dict[str, Hint]:
        """The keys below; `more` says that not all of the list is in view."""
        return self.words

    @property
    def room(self) -> int:
        """How many lines of the list fit."""
        return max(1, self.size.height - 2 - len(self.foot()))

    def on_resize(self, event: Resize) -> None:
        """Lay out for the new size."""
        self.draw()

    def draw(self) -> None:
        """Show the lines in view."""
        width = self.size.width
        body = self.body()
        self.top = max(0, min(self.top, len(body) - self.room))
        shown = body[self.top : self.top + self.room]
        shown += [()] * (self.room - len(shown))
        below = fitting(action_hints(self.session.keymap, self.hints(len(body) > self.room)), width)
        if self.message:
            below = message_line(self.message, "warning")
        self.lines.show([self.top_line(), *shown, *self.foot(), below])
        self.app.cursor_position = Offset(0, 1)

    def place_cursor(self) -> None:
        """At the list."""
        self.draw()

    def say(self, text: str) -> None:
        """A sentence in the place of the keys, until the next one."""
        self.message = text
        self.draw()

    def scroll_by(self, lines: int) -> None:
        """Show the list so many lines further down (or up, for a negative number)."""
        self.message = ""
        self.top += lines
        self.draw()


class ItemLine(NamedTuple):
    """A thing to choose: its key with a gap behind it, its name, and what it does."""

    key: str
    label: str
    help: str
    slot: str = "plain"


def item_lines(items: Sequence[ItemLine], cursor: int, label: int, width: int) -> list[Line]:
    """A line for each item, the one under the cursor reversed; names have `label` columns, or as few as do.

    Where not all helps fit beside the names, that of the item under the cursor stands whole below the list.
    """
    for room in (label, max((cell_len(item.label) for item in items), default=0)):
        texts = [f" {item.key}{fitted(item.label, room)}  {item.help}" for item in items]
        if all(cell_len(text) <= width for text in texts):
            below: list[str] = []
            break
    else:
        texts = [f" {item.key}{item.label}" for item in items]
        below = textwrap.wrap(items[cursor].help, max(20, width - 2)) if items else []
    slots = ["cursor" if place == cursor else item.slot for place, item in enumerate(items)]
    lines: list[Line] = [((text, slot),) for text, slot in zip(texts, slots, strict=True)]
    if below:
        lines += [(), *(((f" {text}", "dim"),) for text in below)]
    return lines
