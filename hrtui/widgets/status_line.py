"""The two lines at the bottom: the cell in words, and under it a message, question, prompt or keys."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.geometry import Offset

from hrtui.widgets.hints import beside, room_beside
from hrtui.widgets.lines import Line, Lines, Piece, cut

LEVELS = {"info": "bold", "warning": "warning", "error": "error"}
"""The style slot of each level of message."""


class StatusLine(Lines):
    """Two lines at the bottom of a screen."""

    DEFAULT_CSS = "StatusLine { dock: bottom; height: 2; }"

    def tell(self, cell: str, below: Line, *, spill: bool = False, note: Piece = ("", "dim")) -> None:
        """Show the cell in words above and `below` under it; with `spill`, words that did not fit instead.

        A `note` stands at the end of the lower line.
        """
        width = self.size.width
        first, rest = _split(cell, width - 1) if spill else (cell, "")
        lower: Line = ((f" {rest}", "plain"),) if rest else below
        self.show([((f" {first}", "plain"),), beside(lower, note, width)])

    def say(self, above: Line, text: str, level: str) -> None:
        """Show a message under the line `above`; one that is too long for its line takes both."""
        first, rest = self._divided(text, level)
        slot = LEVELS[level]
        self.show([((first, slot),), ((rest, slot),)] if rest else [above, ((first, slot),)])

    def question(self, text: str, answers: str, brief: str = "") -> None:
        """Ask for a key; `answers` says which, and is shown whole however long the question is.

        Where the question does not fit beside them, `brief` answers take their place.
        """
        first, rest = self._divided(text, "warning")
        if brief and cell_len(f"{rest}  {answers}") > self.size.width:
            answers = brief
        room = max(0, self.size.width - cell_len(answers) - 2)
        below = f"{cut(rest, room)} " if rest else ""
        self.show([((first, "warning"),), ((below, "warning"), (f" {answers}", "bold"))])

    def _divided(self, text: str, level: str) -> tuple[str, str]:
        """A message as it stands on two lines, the second empty where one is enough."""
        first, rest = _split(_marked(text, level), self.size.width - 1)
        return f" {first}", f" {rest}" if rest else ""

    def ask(self, above: Line, label: str, text: str, cursor: int, *, chosen: bool = False) -> Offset:
        """Show a prompt with what is typed so far; returns where on the screen its cursor stands.

        A `chosen` text, which the next character replaces, is underlined.
        """
        before = f" {label} {text[:cursor]}"
        at, after = text[cursor : cursor + 1] or " ", text[cursor + 1 :]
        slot = "chosen" if chosen else "plain"
        self.show([above, ((f" {label} ", "bold"), (text[:cursor], slot), (at, "cursor"), (after, slot))])
        return Offset(self.region.x + cell_len(before), self.region.y + 1)


def fits_beside(text: str, note: Piece, width: int) -> bool:
    """Whether a text that goes on in the second line stands there whole, with a note at the end."""
    return cell_len(_split(text, width - 1)[1]) < room_beside(note, width)


def message_line(text: str, level: str) -> Line:
    """A message as one line."""
    return ((f" {_marked(text, level)}", LEVELS[level]),)


def _marked(text: str, level: str) -> str:
    """Warnings and errors begin with a sign, so that colour is not needed to see them."""
    return f"! {text}" if level != "info" else text


def _split(text: str, width: int) -> tuple[str, str]:
    """A text as what fits into `width` columns, by whole words, and the rest."""
    if cell_len(text) <= width or width < 1:
        return text, ""
    first = set_cell_size(text, width).rpartition(" ")[0]
    return first, text[len(first) :].lstrip()
