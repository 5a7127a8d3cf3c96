"""A calendar month as a value: its days, its neighbours and its text form."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""There are no months before and after these."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month; orders by time and prints as `YYYY-MM`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and FIRST_YEAR <= self.year <= LAST_YEAR):
            raise ValueError(f"no such month: {self.year:04d}-{self.number:02d}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds `day`."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`; raises ValueError for anything else."""
        year, dash, number = text.strip().partition("-")
        if not (dash and len(year) == 4 and len(number) == 2 and year.isdecimal() and number.isdecimal()):
            raise ValueError(f"not a month (YYYY-MM): {text}")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def length(self) -> int:
        """How many days the month has."""
        return calendar.monthrange(self.year, self.number)[1]

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, self.length)

    def day(self, number: int) -> date:
        """Day `number` (1 to 31) of this month; raises ValueError where it has no such day."""
        return date(self.year, self.number, number)

    def dates(self) -> tuple[date, ...]:
        """Every day of the month in order."""
        return tuple(date(self.year, self.number, number) for number in range(1, self.length + 1))

    def shift(self, months: int) -> Month:
        """The month so many months later (or earlier, for a negative number)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __contains__(self, day: date) -> bool:
        return day.year == self.year and day.month == self.number


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
