"""What help and palette share: a full screen of lines that typing narrows down."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.geometry import Offset

from hrtui.actions import ACTIONS
from hrtui.i18n import t
from hrtui.screens.base import KeyScreen
from hrtui.screens.prompt import LineEdit
from hrtui.screens.session import Session
from hrtui.widgets.hints import action_hints, fitting
from hrtui.widgets.lines import Line, Lines


def plain(text: str) -> str:
    """`text` for comparing: without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


class SearchScreen(KeyScreen):
    """A title with what is typed so far, lines, and a line of keys.

    Every character that is typed narrows the lines down, also one that is an action's key elsewhere. A
    subclass says which lines there are (`body`), and calls `search` when the text has changed.
    """

    scopes: ClassVar[tuple[str, ...]] = ("list",)
    heading: ClassVar[str]
    """The title (translate where shown)."""
    hints: ClassVar[tuple[str, ...]]
    """The actions that the bottom line names, the most needed first."""

    def __init__(self, session: Session, scope: str) -> None:
        super().__init__(session)
        self.scope = scope
        self.edit = LineEdit()
        self.top = 0

    def compose(self) -> ComposeResult:
        """One widget: title, lines, keys."""
        yield Lines(self.session.palette)

    def on_resize(self) -> None:
        """Lay the lines out anew for the width there is now."""
        self.draw()

    def search(self) -> None:
        """Find what the typed text asks for and show it from the top."""
        raise NotImplementedError

    def body(self) -> list[Line]:
        """All lines that the search has found, for the present width."""
        raise NotImplementedError

    def note(self) -> Line:
        """What stands at the bottom of the screen."""
        words = {hint: (order, ACTIONS[hint].label) for order, hint in enumerate(self.hints)}
        return fitting(action_hints(self.session.keymap, words), self.size.width)

    @property
    def room(self) -> int:
        """How many lines fit between title and keys."""
        return max(1, self.size.height - 2)

    def draw(self) -> None:
        """Show the part of the lines that fits, and put the terminal's cursor behind the typed text."""
        body = self.body()
        self.top = max(0, min(self.top, len(body) - self.room))
        shown = body[self.top : self.top + self.room]
        shown += [()] * (self.room - len(shown))
        head = f" {t(self.heading)}  "
        asked = t("Type to search:") + " "
        typed, cursor = self.edit.text, self.edit.cursor
        title = (
            (head, "bold"),
            (asked, "dim"),
            (typed[:cursor], "plain"),
            (typed[cursor : cursor + 1] or " ", "cursor"),
            (typed[cursor + 1 :], "plain"),
        )
        self.query_one(Lines).show([title, *shown, self.note()])
        self.app.cursor_position = Offset(cell_len(head + asked + typed[:cursor]), 0)

    def on_key_typed(self, key: str, character: str | None) -> None:
        """A character, and any key that is no action here, goes to the typed text."""
        if (character is None or not character.isprintable()) and self.action_of(key) is not None:
            super().on_key_typed(key, character)
        elif self.edit.take(key, character):
            self.search()

    def take_paste(self, text: str) -> None:
        """Pasted text is searched for."""
        self.edit.insert(text)
        self.search()
