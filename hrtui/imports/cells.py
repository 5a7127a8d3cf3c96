"""What one cell of a file means: text, a date, an amount of hours."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from hrtui import clock
from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.identity.dates import read_day
from hrtui.domain.identity.problem import Given, Problem
from hrtui.domain.identity.texts import text_of
from hrtui.i18n import t
from hrtui.imports.tables import Cell
from hrtui.record_wording import problem_text
from hrtui.wording import told_of

MAX_TEXT = 100
T = TypeVar("T")
U = TypeVar("U")


class CellError(ValueError):
    """A cell that does not say what it should; `text` is one translated sentence."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Record:
    """One row by the names of its fields; a field that the file lacks reads as empty.

    `titles` has the file's own name of each column, which the problems of a cell begin with. `stray` says
    that the row has more cells than the header, so that they may stand in the wrong columns.
    """

    line: int
    cells: Mapping[str, Cell]
    titles: Mapping[str, str]
    stray: bool = False

    def has(self, field: str) -> bool:
        """Whether the field has something in it."""
        return self.cells.get(field, "") != ""

    def read(self, field: str, meaning: Callable[[Cell], T], empty: U) -> T | U:
        """What `meaning` makes of the field, or `empty`; its CellError gets the column's name."""
        if not self.has(field):
            return empty
        try:
            return meaning(self.cells[field])
        except CellError as problem:
            raise CellError(told_of(self.titles[field], problem.text)) from None

    def text(self, field: str) -> str:
        """The field as text of one line; raises CellError (see parse_text)."""
        return self.read(field, parse_text, "")

    def day(self, field: str) -> date | None:
        """The field as a date, None where it is empty; raises CellError where it is no date."""
        return self.read(field, parse_date, None)

    def minutes(self, field: str) -> int:
        """The hours in the field as minutes, 0 where it is empty; raises CellError for what is none."""
        return self.read(field, parse_hours, 0)


def parse_text(cell: Cell) -> str:
    """A text of one line; raises CellError where it is too long or could run as a formula elsewhere."""
    found = text_of(plain_text(cell), Given(clock.today()), longest=MAX_TEXT)
    if isinstance(found, Problem):
        raise CellError(problem_text(found))
    return str(found)


def plain_text(cell: Cell) -> str:
    """A cell as text: whole numbers without decimals, runs of spaces as one, accents composed."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return f"{_minutes(cell) // 60}:{_minutes(cell) % 60:02d}"
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def parse_date(cell: Cell) -> date:
    """A date written day/month/year, day-month-year or year-month-day, or a spreadsheet's date.

    Raises CellError; a year of two figures is refused since it can be read in two ways.
    """
    day = cell if isinstance(cell, date) else read_day(plain_text(cell))
    if isinstance(day, Problem):
        raise CellError(problem_text(day))
    if not 1900 <= day.year <= 2200:
        raise CellError(t("The year {year} cannot be right.", year=day.year))
    return day


def parse_hours(cell: Cell) -> int:
    """An amount of hours in minutes (0 to 1440): `7,6`, `7:36`, a number of hours or a spreadsheet's time."""
    if isinstance(cell, timedelta):
        minutes = _minutes(cell)
    elif isinstance(cell, float):
        minutes = int(cell * 60 + 0.5) if 0 <= cell <= 24 else -1
    else:
        try:
            minutes = parse_minutes(plain_text(cell))
        except HoursError as error:
            text = t("“{text}” is not an amount of hours: write it like 7:36.", text=error.text[:20])
            raise CellError(text) from None
    if not 0 <= minutes <= 1440:
        raise CellError(t("A day has 0 to 24 hours, not {text}.", text=plain_text(cell)))
    return minutes


def _minutes(amount: timedelta) -> int:
    """Whole minutes, since a spreadsheet's 7:36 comes back as 7:35:59.994."""
    return round(amount.total_seconds() / 60)
