"""The clerk's paper: who works when, the slips of the paper list, and what the calendar must hold after them.

Nothing here asks the program: schedules and people are read from the demo's own files, the rest is counted.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from hrtui.demo.people import people_rows, table
from hrtui.domain.month import Month

PEOPLE = 300
TODAY = date(2026, 5, 12)
MAY = Month(2026, 5)
PAPER = Path(__file__).parents[1] / "data" / "paper-list-2026-05.csv"
HOLIDAYS = {date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 25)}
TYPES = {
    "AD": ("w", "Hours worked"),
    "VAK": ("v", "Legal holiday leave"),
    "EV": ("i", "Extra-statutory leave"),
    "ADV": ("a", "Time reduction"),
    "ZGL": ("z", "Illness, guaranteed wage"),
    "KV": ("k", "Short leave"),
    "FAM": ("d", "Compelling reasons"),
    "OPL": ("l", "Training day"),
    "OVU": ("o", "Overtime"),
    "IHR": ("r", "Rest in lieu"),
    "TW": ("t", "Telework"),
}
"""The leave types on the slips: letter and name."""

Line = tuple[str, str, int]
"""What a day holds of one type: code, part (full, am, pm, hours), minutes."""
Lines = tuple[Line, ...]
Cell = tuple[int, date]
"""One day of one person, by their number."""
Days = dict[Cell, Lines]


@dataclass(frozen=True)
class Person:
    """One of the demo's people; `weeks` are minutes from Monday to Sunday, in turn since `since`."""

    number: int
    name: str
    sort_name: str
    search_text: str
    team: str
    start: date
    end: date
    since: date
    weeks: tuple[tuple[int, ...], ...]

    def employed(self, day: date) -> bool:
        """Whether the contract runs on a day."""
        return self.start <= day <= self.end

    def available(self, day: date) -> int:
        """The minutes that leave can be taken for."""
        week = self.weeks[(day - self.since).days // 7 % len(self.weeks)]
        return week[day.weekday()] if self.employed(day) and day not in HOLIDAYS else 0

    def working_days(self, first: date, last: date) -> list[date]:
        """The days with time to take, from `first` to `last`."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.available(day)]


@cache
def people() -> dict[int, Person]:
    """Everybody with a contract in the month, by number, in the order of lists."""
    everybody = [_person(row) for row in people_rows(PEOPLE, Month.of(TODAY))]
    there = [one for one in everybody if one.start <= MAY.last and one.end >= MAY.first]
    return {one.number: one for one in sorted(there, key=lambda one: one.sort_name)}


def _person(row: tuple[str, ...]) -> Person:
    number, last, prefix, first = row[:4]
    schedule = [line for line in table("schedules.csv") if line["rooster"] == row[14]]
    begun = schedule[0]["begin cyclus"]
    return Person(
        int(number),
        " ".join(part for part in (last, first, prefix) if part),
        fold(f"{last} {first}"),
        fold(f"{number} {prefix} {last} {first}"),
        row[9],
        _date(row[10]) if row[10] else date.min,
        _date(row[11]) if row[11] else date.max,
        _date(begun) if begun else date(2026, 1, 5),
        tuple(tuple(_minutes(line[day]) for day in list(line)[3:]) for line in schedule),
    )


def fold(text: str) -> str:
    """A text without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def _date(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours or 0) * 60 + int(minutes or 0)


def listed(text: str = "") -> list[int]:
    """Whom a filter shows, in order: all its words are in number, name or team."""
    words = fold(text).split()
    return [
        one.number
        for one in people().values()
        if all(word in one.search_text or word in fold(one.team) for word in words)
    ]


@dataclass(frozen=True)
class Slip:
    """One slip: `what` all working days from `first` to `last` hold afterwards, for a person or a team."""

    id: int
    pile: str
    who: tuple[int, ...]
    first: date
    last: date
    what: str
    note: str

    @property
    def days(self) -> Days:
        """What the slip makes of each day it is about."""
        return {
            (number, day): lines_of(self.what, people()[number].available(day))
            for number in self.who
            for day in people()[number].working_days(self.first, self.last)
        }


def lines_of(what: str, available: int) -> Lines:
    """What a slip says about a day, as lines: `VAK`, `VAK am`, `AD 4:00 + KV 3:36`, or `-` for nothing."""
    return tuple(_line(part.split(), available) for part in what.split(" + ") if part != "-")


def _line(words: list[str], available: int) -> Line:
    code, amount = words[0], (words[1:] or ["full"])[0]
    whole = {"full": available, "am": available - available // 2, "pm": available // 2}
    return (code, amount, whole[amount]) if amount in whole else (code, "hours", _minutes(amount))


@cache
def slips() -> tuple[Slip, ...]:
    """The paper list, from top to bottom; a name that is not the number's is an error of the list."""
    with PAPER.open(encoding="utf-8", newline="") as file:
        return tuple(_slip(row) for row in csv.DictReader(file, delimiter=";"))


def _slip(row: dict[str, str]) -> Slip:
    if row["number"]:
        who = [int(row["number"])]
        assert people()[who[0]].name == row["name"], f"slip {row['slip']} names somebody else"
    else:
        who = [one.number for one in people().values() if one.team == row["name"]]
        assert who, f"slip {row['slip']} names no team"
    first = date.fromisoformat(row["from"])
    last = date.fromisoformat(row["to"] or row["from"])
    return Slip(int(row["slip"]), row["pile"], tuple(who), first, last, row["what"], row["note"])


def expected_export(before: str, month: Month) -> str:
    """The month's CSV after all slips, from the one before them: what a slip is about, it replaces."""
    header, *rows = before.splitlines(keepends=True)
    replaced = {cell: lines for slip in slips() for cell, lines in slip.days.items() if cell[1] in month}
    kept: dict[Cell, list[str]] = {}
    for row in rows:
        _, number, _, day, *_ = row.split(";")
        kept.setdefault((int(number), date.fromisoformat(day)), []).append(row)
    kept |= {cell: [_export_row(cell, line) for line in lines] for cell, lines in replaced.items()}
    place = {number: index for index, number in enumerate(people())}
    ordered = sorted(kept, key=lambda cell: (place[cell[0]], cell[1]))
    return header + "".join(row for cell in ordered for row in kept[cell])


def _export_row(cell: Cell, line: Line) -> str:
    (number, day), (code, part, minutes) = cell, line
    hundredths = (minutes * 100 + 30) // 60
    hours = f"{hundredths // 100}.{hundredths % 100:02d}"
    name, type_name = people()[number].name, TYPES[code][1]
    return f"Demo NV;{number};{name};{day};{code};{type_name};{part};{minutes};{hours};approved\r\n"
