"""The two lines at the bottom: the cell in words, and under it a message, question, prompt or keys."""

from __future__ import annotations

from rich.cells import cell_len
from textual.geometry import Offset

from hrtui.widgets.lines import Line, Lines

LEVELS = {"info": "bold", "warning": "warning", "error": "error"}
"""The style slot of each level of message."""


class StatusLine(Lines):
    """Two lines at the bottom of a screen."""

    DEFAULT_CSS = "StatusLine { dock: bottom; height: 2; }"

    def tell(self, cell: str, below: Line) -> None:
        """Show the cell in words above, and `below` under it."""
        self.show([((f" {cell}", "plain"),), below])

    def ask(self, above: Line, label: str, text: str, cursor: int, *, chosen: bool = False) -> Offset:
        """Show a prompt with what is typed so far; returns where on the screen its cursor stands.

        A `chosen` text, which the next character replaces, is underlined.
        """
        before = f" {label} {text[:cursor]}"
        at, after = text[cursor : cursor + 1] or " ", text[cursor + 1 :]
        slot = "chosen" if chosen else "plain"
        self.show([above, ((f" {label} ", "bold"), (text[:cursor], slot), (at, "cursor"), (after, slot))])
        return Offset(self.region.x + cell_len(before), self.region.y + 1)


def message_line(text: str, level: str) -> Line:
    """A message as the lower line; warnings and errors begin with a sign, so that colour is not needed."""
    return ((f" {'! ' if level != 'info' else ''}{text}", LEVELS[level]),)
