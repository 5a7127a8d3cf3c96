"""The same program twice, with Textual's own output and with changed cells only, compared cell by cell."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.pty.harness import PATIENCE, Program

SETTLED = 0.05
"""Seconds of silence after which two screens are compared; ones that differ get more."""

_CLOCK = re.compile(r"\b\d\d:\d\d\b")


class Pair:
    """Two running programs at the same place."""

    def __init__(self, stock: Program, changed: Program) -> None:
        self.stock, self.changed = self.both = (stock, changed)
        self.keys_pressed = 0

    def keys(self, keys: str) -> None:
        """Press keys in both."""
        self.keys_pressed += len(re.findall(r"<[^<>\s]+>|.", keys))
        for program in self.both:
            program.keys(keys)

    def resize(self, columns: int, rows: int) -> None:
        """Give both terminals another size."""
        for program in self.both:
            program.resize(columns, rows)

    def assert_equal(self, after: str) -> None:
        """Both show the same once they have nothing left to do; raises AssertionError with the difference."""
        end = time.monotonic() + PATIENCE / 3
        self._rest()
        while (difference := self.difference()) and time.monotonic() < end:
            self._rest()
        assert not difference, f"after {after}: {difference}"

    def difference(self) -> str:
        """What differs between the screens, or ''."""
        for row, (theirs, ours) in enumerate(zip(self.stock.lines, self.changed.lines, strict=True)):
            if masked(theirs) != masked(ours):
                return f"row {row}: {theirs!r} is shown as {ours!r}\n{self.stock.text}\n{self.changed.text}"
        for row, (theirs_, ours_) in enumerate(zip(self.stock.cells(), self.changed.cells(), strict=True)):
            for column, (cell, other) in enumerate(zip(theirs_, ours_, strict=True)):
                if cell != other and look(cell) != look(other):
                    return f"row {row}, column {column}: {cell} is shown as {other}\n{self.stock.text}"
        if self.stock.cursor != self.changed.cursor:
            return f"the cursor at {self.stock.cursor} is shown at {self.changed.cursor}\n{self.stock.text}"
        return ""

    def _rest(self) -> None:
        """Wait until both have read their keys and have nothing left to do or to write."""
        end = time.monotonic() + PATIENCE
        quiet_since = time.monotonic()
        while (now := time.monotonic()) - quiet_since < SETTLED:
            assert now < end, "a program never settles"
            wrote = [program.pump(0.005) for program in self.both]
            if any(wrote) or any(program.busy() for program in self.both):
                quiet_since = time.monotonic()


def look(cell: Any) -> Any:
    """How a cell looks; one digit is as good as another here, for the sake of times of day."""
    return cell._replace(data="0") if cell.data.isdigit() else cell


def masked(line: str) -> str:
    """A line without times of day, which two programs do not share to the second."""
    return _CLOCK.sub("00:00", line)


def walk(pair: Pair, bursts: Sequence[str], between: Callable[[int], str]) -> set[str]:
    """Press each burst in both and compare; `between` may do something else before it, and says what.

    Returns the first lines of all screens that were seen.
    """
    pair.assert_equal("the start")
    heads = set()
    for number, keys in enumerate(bursts):
        if also := between(number):
            # Two programs need not come to it in the same order if keys follow at once.
            pair.assert_equal(f"{also} before burst {number}")
        pair.keys(keys)
        pair.assert_equal(f"burst {number}, {keys}")
        heads.add(pair.changed.lines[0])
    return heads
