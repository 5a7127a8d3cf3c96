"""Readers of the files that go to payroll providers, written from their descriptions and not from the code.

They import nothing of the program: what they read out of a file is what a provider would.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

_KLX = re.compile(
    rb"KLX1(?P<client>\d{7})(?P<employee>.{20})(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})"
    rb"  (?P<code>[ \d]{4})  (?P<hours>[ \d]{4})"
)
CLOCK_COLUMNS = 37


@dataclass(frozen=True, order=True)
class Worked:
    """One line of a file: whose time, when, under which code; in hundredths of an hour or in minutes."""

    client: str
    employee: str
    day: date
    code: str
    amount: int


def read_klx(content: bytes) -> list[Worked]:
    """The records of an Acerta KLX file, in either padding; `amount` is in hundredths of an hour."""
    lines = content.split(b"\r\n")
    assert lines.pop() == b"", "the last record has no line end"
    return [_klx(line) for line in lines]


def _klx(line: bytes) -> Worked:
    assert len(line) == 53, f"a record of {len(line)} signs"
    found = _KLX.fullmatch(line)
    assert found, "a record of another form"
    text = {name: value.decode("ascii") for name, value in found.groupdict().items()}
    employee = text["employee"].rstrip(" ")
    # The other padding has 17 figures and three blanks.
    if text["employee"].endswith("   ") and re.fullmatch(r"0\d{16}", employee):
        employee = employee.lstrip("0")
    day = date(int(text["year"]), int(text["month"]), int(text["day"]))
    return Worked(text["client"], employee, day, text["code"].strip(), int(text["hours"]))


def read_clock(content: bytes) -> list[Worked]:
    """The lines of a Partena CLOCK file, with either style of dates; `amount` is in minutes."""
    lines = content.decode("ascii").split("\r\n")
    assert lines.pop() == "", "the last line has no line end"
    header, *rows = [line.split(";") for line in lines]
    assert header[:6] == ["DOSSIER", "NRWORKER", "DAYDATE", "PRESTATYPE", "CODE", "MINUTES_DAY"]
    assert {len(row) for row in (header, *rows)} == {CLOCK_COLUMNS}
    found = []
    for dossier, worker, day, kind, code, minutes, *others in rows:
        assert kind == "D"
        assert not any(others)
        found.append(Worked(dossier, worker, _clock_day(day), code, int(minutes)))
    return found


def _clock_day(text: str) -> date:
    if "-" in text:
        day, month, year = text.split("-")
        return date(int(year), int(month), int(day))
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


@dataclass(frozen=True)
class Entry:
    """One line of the generic file of entries."""

    number: str
    name: str
    day: date
    code: str
    minutes: int
    hours: Decimal
    line_kind: str
    previous: int
    difference: int


def read_table(content: bytes) -> list[dict[str, str]]:
    """The rows of a generic CSV file by the names of its columns."""
    text = content.decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    header, *lines = rows
    assert {len(row) for row in rows} == {len(header)}
    return [dict(zip(header, row, strict=True)) for row in lines]


def read_generic(content: bytes) -> list[Entry]:
    """The rows of the generic file of entries."""
    return [
        Entry(
            row["number"],
            row["name"],
            date.fromisoformat(row["date"]),
            row["code"],
            int(row["minutes"]),
            Decimal(row["hours"]),
            row["line_kind"],
            int(row["previous_minutes"]),
            int(row["difference_minutes"]),
        )
        for row in read_table(content)
    ]


Books = dict[tuple[str, date, str], int]
"""What a provider holds: minutes (or hundredths) by number, day and code."""


def replaced(books: Books, lines: Iterable[Worked], people: Iterable[str]) -> Books:
    """The books after a file that has the whole month of `people` again."""
    gone = set(people)
    kept = {key: amount for key, amount in books.items() if key[0] not in gone}
    return kept | {(line.employee, line.day, line.code): line.amount for line in lines}


def booked(books: Books, entries: Iterable[Entry]) -> Books:
    """The books after a generic file, whose lines must fit what was there."""
    after = dict(books)
    for entry in entries:
        key = (entry.number, entry.day, entry.code)
        assert after.pop(key, 0) == entry.previous, f"the file thinks another amount was there on {entry.day}"
        assert entry.minutes - entry.previous == entry.difference
        if entry.line_kind != "removed":
            after[key] = entry.minutes
    return after


def checked_sums(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, after comparing all of them with SHA256SUMS."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {name: (folder / name).read_bytes() for name in sums}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.items()} == sums
    assert {file.name for file in folder.iterdir()} == {*sums, "SHA256SUMS"}
    return found
