"""Calendar entries between the rules' values, their table and their JSON form in the operation log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from hrtui.domain.day import Entry, Part, Status
from hrtui.store.database import Connection

Entries = tuple[Entry, ...]
PersonDay = tuple[int, date]

_PARTS = {part.value: part for part in Part}
_STATUSES = {status.value: status for status in Status}


def entry_of(leave_type_id: int, minutes: int, part: str, status: str, source: str) -> Entry:
    """An entry from its columns."""
    return Entry(leave_type_id, minutes, _PARTS[part], _STATUSES[status], source)


def to_json(entries: Entries) -> str:
    """`[[leave type, minutes, part, status, source], …]`, compact."""
    return json.dumps(to_lists(entries), separators=(",", ":"))


def from_json(text: str) -> Entries:
    """The entries of `to_json`."""
    return from_lists(json.loads(text))


def from_lists(lists: Iterable[Sequence[Any]] | None) -> Entries:
    """The entries of what `to_json` writes, once it is read; none for None."""
    return tuple(entry_of(*columns) for columns in lists or ())


def to_lists(entries: Entries) -> list[list[Any]]:
    """What `to_json` writes, for a value that is written with others."""
    return [[e.leave_type_id, e.minutes, e.part.value, e.status.value, e.source] for e in entries]


def current(con: Connection, days: Iterable[PersonDay]) -> dict[PersonDay, Entries]:
    """What is entered now on these person-days; a day without entries maps to ()."""
    wanted: dict[int, list[date]] = {}
    for person_id, day in days:
        wanted.setdefault(person_id, []).append(day)
    found: dict[PersonDay, Entries] = {}
    for person_id, dates in wanted.items():
        rows = con.execute(
            "SELECT date, leave_type_id, minutes, part, status, source FROM calendar_entry"
            " WHERE person_id = ? AND date BETWEEN ? AND ? ORDER BY date, slot",
            (person_id, min(dates).isoformat(), max(dates).isoformat()),
        ).fetchall()
        by_date: dict[str, Entries] = {}
        for text, *columns in rows:
            by_date[text] = (*by_date.get(text, ()), entry_of(*columns))
        for day in dates:
            found[person_id, day] = by_date.get(day.isoformat(), ())
    return found


def replace(con: Connection, days: Iterable[tuple[int, date, Entries]]) -> None:
    """Put these entries on these person-days, in place of what is there."""
    places: list[tuple[int, str]] = []
    rows: list[tuple[int, str, int, int, int, str, str, str]] = []
    for person_id, day, entries in days:
        text = day.isoformat()
        places.append((person_id, text))
        for slot, e in enumerate(entries):
            rows.append(
                (person_id, text, slot, e.leave_type_id, e.minutes, e.part.value, e.status.value, e.source)
            )
    con.executemany("DELETE FROM calendar_entry WHERE person_id = ? AND date = ?", places)
    con.executemany("INSERT INTO calendar_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
