"""A month of absences, extra hours and telework such as people have, for the demo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from random import Random

from hrtui.domain.month import Month
from hrtui.domain.working_days import take_working_days
from hrtui.i18n import hours
from hrtui.store.month_view import PersonRow

COLUMNS = ("nummer", "van", "tot", "code", "deel", "uren", "status")
LEAVE, ILLNESS, SHORT_LEAVE, TIME_OFF, OVERTIME, TELEWORK, TRAINING = (
    "VAK", "ZGL", "KV", "ADV", "OVU", "TW", "OPL",
)  # fmt: skip
TELEWORKERS = ("Administratie", "Verkoop")
EntryRow = tuple[str, ...]


class PersonMonth:
    """One person's month being filled: takes free working days, one entry (or one period) after the other."""

    def __init__(self, row: PersonRow, until: date) -> None:
        self.row = row
        self.random = Random(f"month {row.number} {Month.of(row.days[0].date)}")  # noqa: S311  (no secret)
        self.free = [
            index for index in take_working_days(row.days, 0, len(row.days)) if row.days[index].date <= until
        ]

    def happens(self, chance: float) -> bool:
        """Whether something with this chance happens to this person."""
        return bool(self.free) and self.random.random() < chance

    def line(self, first: int, last: int, code: str, part: str = "", amount: str = "") -> EntryRow:
        """One line of the file, about the days with these indexes."""
        days = self.row.days
        return (
            self.row.number,
            days[first].date.isoformat(),
            days[last].date.isoformat(),
            code,
            part,
            amount,
            "",
        )

    def period(self, code: str, longest: int) -> EntryRow:
        """Up to `longest` working days in a row."""
        start = self.random.randrange(len(self.free))
        days = self.free[start : start + self.random.randint(1, longest)]
        # A day that is taken already ends the period.
        length = next((n for n in range(1, len(days)) if not self._follows(days[n - 1], days[n])), len(days))
        del self.free[start : start + length]
        return self.line(days[0], days[length - 1], code)

    def _follows(self, before: int, after: int) -> bool:
        return not any(day.is_working_day for day in self.row.days[before + 1 : after])

    def one(self) -> int:
        """A free working day, which then is taken."""
        return self.free.pop(self.random.randrange(len(self.free)))

    def half(self, code: str) -> EntryRow:
        """A morning or an afternoon."""
        day = self.one()
        return self.line(day, day, code, self.random.choice(("voormiddag", "namiddag")))

    def split(self) -> list[EntryRow]:
        """A day of short leave for some hours and holiday leave for the rest."""
        day = self.one()
        some = self.row.days[day].available // 60 // 2 * 60
        if not some:
            return [self.line(day, day, LEAVE)]
        return [self.line(day, day, SHORT_LEAVE, "", hours(some)), self.line(day, day, LEAVE)]

    def overtime(self) -> EntryRow:
        """A quarter of an hour to three hours on top."""
        day = self.one()
        return self.line(day, day, OVERTIME, "", hours(15 * self.random.randint(1, 12)))


def entry_rows(rows: Iterable[PersonRow], until: date) -> Iterator[EntryRow]:
    """What these people have up to and including `until`, as the rows of an entries file."""
    for row in rows:
        month = PersonMonth(row, until)
        if month.happens(0.45):
            yield month.period(LEAVE, 5)
        if month.happens(0.15):
            yield month.period(ILLNESS, 4)
        if month.happens(0.12):
            yield month.half(LEAVE)
        if month.happens(0.06):
            yield from month.split()
        if month.happens(0.08):
            day = month.one()
            yield month.line(day, day, month.random.choice((TIME_OFF, TRAINING, SHORT_LEAVE)))
        while month.happens(0.25):
            yield month.overtime()
        if row.team in TELEWORKERS:
            while month.happens(0.6):
                day = month.one()
                yield month.line(day, day, TELEWORK)
