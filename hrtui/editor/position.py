"""Places in the month grid: the cursor and a block of cells."""

from __future__ import annotations

from dataclasses import dataclass

NAME_COLUMN = 0
"""The "day" of the cursor when it stands on a person's name."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A cell: `row` is an index into the list (from 0), `day` the day of the month, 0 on the name."""

    row: int
    day: int


@dataclass(frozen=True, slots=True)
class Rect:
    """A block of cells; rows and days inclusive, days from 1."""

    first_row: int
    first_day: int
    last_row: int
    last_day: int

    @classmethod
    def between(cls, one: Cursor, other: Cursor) -> Rect:
        """The smallest block that holds both cells."""
        return cls(
            min(one.row, other.row),
            max(1, min(one.day, other.day)),
            max(one.row, other.row),
            max(1, one.day, other.day),
        )

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, day = cell
        return self.first_row <= row <= self.last_row and self.first_day <= day <= self.last_day

    @property
    def rows(self) -> range:
        """The rows it spans."""
        return range(self.first_row, self.last_row + 1)

    @property
    def days(self) -> range:
        """The days of the month it spans."""
        return range(self.first_day, self.last_day + 1)

    @property
    def size(self) -> int:
        """How many cells it holds."""
        return len(self.rows) * len(self.days)
