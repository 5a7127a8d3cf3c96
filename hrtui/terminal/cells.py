"""Text as cells of a terminal: one Python character for each cell, whatever is written in it."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import split_graphemes

WIDE_REST = "\x01"
"""Stands in the second cell of a wide character."""

_FIRST_CLUSTER = 0xF0000
_SIMPLE = re.compile("[ -~\xa0-\xac\xae-\u02ff]*")
"""Characters of one cell everywhere."""
_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f]")
_UNCERTAIN = re.compile(f"[\u2600-\U0010ffff]{WIDE_REST}?")
"""Symbols, East Asian characters and clusters: terminals disagree on the width of some."""

_clusters: dict[str, str] = {}
_written: dict[int, str] = {ord(WIDE_REST): ""}


def cells_of(text: str) -> str:
    """A text as one character per cell; control characters are left out."""
    return text if _SIMPLE.fullmatch(text) else _split(text)


@lru_cache(maxsize=2048)
def _split(text: str) -> str:
    text = _CONTROLS.sub("", text)
    spans, _ = split_graphemes(text)
    return "".join(_cell(text[start:end], width) for start, end, width in spans if width)


def _cell(cluster: str, width: int) -> str:
    """One grapheme as its cells; one that is no single character gets a private stand-in."""
    character = cluster
    if len(cluster) > 1 or ord(cluster) >= _FIRST_CLUSTER:
        character = _clusters.setdefault(cluster, chr(_FIRST_CLUSTER + len(_clusters)))
        _written[ord(character)] = cluster
    return character + WIDE_REST * (width - 1)


def written(cells: str) -> str:
    """What is sent to a terminal for these cells."""
    return cells if cells.isascii() and WIDE_REST not in cells else cells.translate(_written)


def uncertain(cells: str) -> list[int]:
    """The places after characters whose width is not the same in all terminals."""
    return [] if cells.isascii() else [match.end() for match in _UNCERTAIN.finditer(cells)]


def whole(cells: str) -> str:
    """The cells with blanks in the place of halves of wide characters whose other half is missing."""
    if WIDE_REST not in cells and not uncertain(cells):
        return cells
    fixed = list(cells)
    for place, cell in enumerate(cells):
        before = cells[place - 1] if place else " "
        rest_follows = cells[place + 1 : place + 2] == WIDE_REST
        if (cell == WIDE_REST and not is_wide(before)) or (is_wide(cell) and not rest_follows):
            fixed[place] = " "
    return "".join(fixed)


def is_wide(cell: str) -> bool:
    """Whether a cell holds the first half of a wide character."""
    return cell != WIDE_REST and not cell.isascii() and _width(cell) > 1


@lru_cache(maxsize=2048)
def _width(cell: str) -> int:
    return split_graphemes(_written.get(ord(cell), cell))[1]
