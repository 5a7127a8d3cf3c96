"""The leave year of an employer: the twelve months, from the month it chose, that leave is counted by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class LeaveYear:
    """Twelve months from the first of `first_month` (1 to 12) on, numbered by the year they begin in."""

    number: int
    first_month: int = 1

    @classmethod
    def of(cls, day: date, first_month: int = 1) -> LeaveYear:
        """The leave year that a date belongs to."""
        return cls(day.year if day.month >= first_month else day.year - 1, first_month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.number, self.first_month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> LeaveYear:
        """The one after it."""
        return LeaveYear(self.number + 1, self.first_month)

    @property
    def label(self) -> str:
        """Its name: 2026, or 2026/27 where it ends in another calendar year."""
        return year_label(self.number, self.first_month)

    def __contains__(self, day: date) -> bool:
        """Whether a date is in it."""
        return LeaveYear.of(day, self.first_month).number == self.number


def year_label(number: int, first_month: int) -> str:
    """The name of a leave year by its number, as `LeaveYear.label`."""
    return str(number) if first_month == 1 else f"{number}/{(number + 1) % 100:02d}"
