"""Lines of a record of which some can be acted on: a cursor that goes from one of those to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.geometry import Offset

from hrtui.screens.scrolling import ScrollScreen
from hrtui.screens.session import Session
from hrtui.screens.undoing import do_again, take_back
from hrtui.store.errors import StoreError
from hrtui.widgets.lines import Line, fitted

_LABEL = 26


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of text; `act` is what Enter does on it, None where it is only read."""

    text: str
    act: Callable[[], None] | None = None
    slot: str = "plain"


def title(text: str) -> Entry:
    """The heading of a part."""
    return Entry(f" {text}", slot="bold")


def fact(label: str, text: str) -> Entry:
    """A label and what there is of it."""
    return Entry(f"   {fitted(label, _LABEL)} {text}")


class LinesScreen(ScrollScreen):
    """Shows `entries`; Up and Down go through those that can be acted on, and scroll where there is none."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.cursor = -1
        self._entries: list[Entry] = []

    def entries(self) -> Sequence[Entry]:
        """All lines, read anew."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Read the lines before the first key can arrive."""
        self._entries = list(self.entries())
        self.cursor = next(iter(self._places()), -1)
        super().on_mount()

    def store_changed(self) -> None:
        """Read anew; what is no longer there, or no longer to be seen, closes the screen."""
        try:
            self._entries = list(self.entries())
        except StoreError as problem:
            self.close_saying(problem.text)
            return
        places = self._places()
        self.cursor = min(places, key=lambda place: abs(place - self.cursor), default=-1)
        self.draw()

    def _places(self) -> list[int]:
        return [place for place, entry in enumerate(self._entries) if entry.act]

    def body(self) -> list[Line]:
        """The lines, the one under the cursor reversed."""
        width = self.size.width
        return [
            ((fitted(entry.text, width), "cursor"),) if place == self.cursor else ((entry.text, entry.slot),)
            for place, entry in enumerate(self._entries)
        ]

    def draw(self) -> None:
        """The lines in view, and the terminal's cursor at its line."""
        super().draw()
        if self.cursor >= 0 and self.asked is None:
            self.app.cursor_position = Offset(0, 1 + self.cursor - self.top)

    def scroll_by(self, lines: int) -> None:
        """Move the cursor by so many lines, to one that can be acted on; with none further, scroll."""
        step = 1 if lines > 0 else -1
        beyond = [place for place in self._places() if (place - self.cursor) * step > 0]
        wanted = self.cursor + lines
        near = [place for place in beyond if abs(place - self.cursor) <= max(abs(lines), self.room - 1)]
        if near:
            self.cursor = min(near, key=lambda place: abs(place - wanted))
            self._show_cursor()
        else:
            self.top += lines
        self.draw()

    def _show_cursor(self) -> None:
        first = self._places()[0] if self._places() else 0
        if self.cursor == first and self.cursor < self.room:
            self.top = 0
        elif not self.top <= self.cursor < self.top + self.room:
            self.top = self.cursor - self.room // 2

    def action_list_first(self) -> None:
        """To the top."""
        self.cursor = next(iter(self._places()), -1)
        self.top = 0
        self.draw()

    def action_list_last(self) -> None:
        """To the end."""
        self.cursor = next(reversed(self._places()), -1)
        self.top = len(self._entries)
        self.draw()

    def action_list_choose(self) -> None:
        """Do what there is to do with the line."""
        entry = self._entries[self.cursor] if 0 <= self.cursor < len(self._entries) else None
        if entry and entry.act:
            entry.act()
        else:
            super().action_list_choose()

    def action_table_undo(self) -> None:
        """Take back the last step."""
        take_back(self)

    def action_table_redo(self) -> None:
        """Do the step again that was taken back."""
        do_again(self)
