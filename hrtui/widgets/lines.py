"""Putting lines together from styled pieces of text, for widgets that draw line by line."""

from __future__ import annotations

from collections.abc import Iterable

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


class Lines(LineWidget):
    """A widget of plain lines; only the part of a line that changed is drawn again."""

    DEFAULT_CSS = "Lines { height: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self.palette = palette
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these lines from the top."""
        old, self.lines = self.lines, lines
        for y in range(max(len(old), len(lines))):
            before, after = old[y] if y < len(old) else (), lines[y] if y < len(lines) else ()
            if before != after and (span := _changed(before, after)):
                self.refresh(Region(span[0], y, span[1] - span[0], 1))

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


def _changed(old: Line, new: Line) -> tuple[int, int] | None:
    """The first and last column (exclusive) in which two lines differ."""
    one, other = ([(sign, slot) for text, slot in line for sign in text] for line in (old, new))
    length = max(len(one), len(other))
    one += [(" ", "plain")] * (length - len(one))
    other += [(" ", "plain")] * (length - len(other))
    different = [x for x in range(length) if one[x] != other[x]]
    return (different[0], different[-1] + 1) if different else None
