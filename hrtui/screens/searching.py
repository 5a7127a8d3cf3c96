"""Finding lines by what is typed, and what help and palette share: a list that typing narrows down."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.geometry import Offset

from hrtui.i18n import t
from hrtui.screens.listing import ListScreen
from hrtui.screens.session import Session
from hrtui.store.people import fold
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line, fitted


def finder(typed: str) -> Callable[[str], bool]:
    """Whether a line holds all words of a typed text, in any order, whatever the capitals and accents."""
    words = fold(typed).split()

    def fits(line: str) -> bool:
        folded = fold(line)
        return all(word in folded for word in words)

    return fits


class SearchScreen(ListScreen):
    """A list whose title has what is typed so far; `below` are the scopes of the screen below.

    Every character that is typed narrows the lines down, also one that is an action's key elsewhere.
    """

    def __init__(self, session: Session, below: tuple[str, ...]) -> None:
        super().__init__(session)
        self.below = below
        self.edit = LineEdit()

    @property
    def takes_text(self) -> bool:
        """Always: every character narrows the lines down."""
        return True

    def search(self) -> None:
        """Find what the typed text asks for and show it from the top."""
        raise NotImplementedError

    def top_line(self) -> Line:
        """The heading and the text, with a gap in the bar where the next character goes."""
        typed, cursor = self.edit.text, self.edit.cursor
        before, at, after = self._before_cursor(), typed[cursor : cursor + 1] or " ", typed[cursor + 1 :]
        rest = max(0, self.size.width - cell_len(before + at))
        return ((before, "title"), (at, "plain"), (fitted(after, rest), "title"))

    def draw(self) -> None:
        """Show the lines in view, and put the terminal's cursor into the text."""
        super().draw()
        self.app.cursor_position = Offset(cell_len(self._before_cursor()), 0)

    def nothing_found(self) -> list[Line]:
        """What stands in the place of the lines when there are none."""
        return [((" " + t("Nothing here is called “{text}”.", text=self.edit.text), "plain"),)]

    def on_key_typed(self, key: str, character: str | None) -> None:
        """A character, and any key that is no action here, goes to the text."""
        if (character is None or not character.isprintable()) and self.action_of(key) is not None:
            super().on_key_typed(key, character)
        elif self.edit.take(key, character):
            self.message = ""
            self.search()

    def take_paste(self, text: str) -> None:
        """Pasted text is searched for."""
        self.edit.insert(text)
        self.search()

    def _before_cursor(self) -> str:
        return f" {self.heading()}  {t('Type to search:')} {self.edit.text[: self.edit.cursor]}"
