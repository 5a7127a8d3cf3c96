"""Putting lines together from styled pieces of text, for widgets that draw line by line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from hrtui.terminal.short_path import LineWidget
from hrtui.widgets.cells import MORE
from hrtui.widgets.colours import Palette

Piece = tuple[str, str]
"""A text and the slot of its style."""
Line = tuple[Piece, ...]


def strip_of(pieces: Iterable[tuple[str, Style]], width: int) -> Strip:
    """One line of exactly `width` columns; neighbours of one style become one segment, which saves bytes."""
    segments: list[Segment] = []
    run, style, used = "", None, 0
    for text, next_style in pieces:
        if next_style is not style and next_style != style:
            if run:
                segments.append(Segment(run, style))
            run, style = "", next_style
        run += text
    if run:
        segments.append(Segment(run, style))
    used = sum(segment.cell_length for segment in segments)
    strip = Strip(segments, used)
    return strip if used == width else strip.adjust_cell_length(width)


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` columns; what is cut off ends in an ellipsis."""
    return text + " " * (width - cell_len(text)) if cell_len(text) <= width else cut(text, width)


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns; what is cut off ends in an ellipsis."""
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)) + MORE[:width]


def title_line(text: str, width: int) -> Line:
    """The line at the top of a screen, reversed over its whole width."""
    return ((fitted(f" {text}", width), "title"),)


class Lines(LineWidget):
    """A widget of plain lines; only the part of a line that changed is drawn again."""

    DEFAULT_CSS = "Lines { height: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these lines from the top."""
        old, self.lines = self.lines, lines
        for y in range(max(len(old), len(lines))):
            before, after = old[y] if y < len(old) else (), lines[y] if y < len(lines) else ()
            if (column := _first_change(before, after)) is not None:
                # A change beyond the right edge shows in the ellipsis at the edge.
                start = max(0, min(column, self.size.width - 1))
                self.refresh(Region(start, y, self.size.width - start, 1))

    def render_line(self, y: int) -> Strip:
        """One line, cut at the right edge."""
        width = self.size.width
        if y >= len(self.lines):
            return strip_of((), width)
        pieces: list[tuple[str, Style]] = []
        left = width
        for text, slot in self.lines[y]:
            shown = cut(text, left)
            pieces.append((shown, self.palette.style(slot)))
            left -= cell_len(shown)
            if left <= 0:
                break
        return strip_of(pieces, width)


def _first_change(old: Line, new: Line) -> int | None:
    """The first column in which two lines may differ; None where they are the same."""
    one, other = ([(sign, slot) for text, slot in line for sign in text] for line in (old, new))
    pairs = zip_longest(one, other, fillvalue=(" ", "plain"))
    place = next((place for place, (before, after) in enumerate(pairs) if before != after), None)
    if place is None:
        return None
    # An accent that is written as a character of its own changes the cell before it.
    return cell_len("".join(sign for sign, _ in one[: max(0, place - 1)]))
