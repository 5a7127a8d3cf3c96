"""What a demo's database holds, read beside the running program."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.store import Store


def entries(home: Path) -> list[tuple[Any, ...]]:
    """Every calendar entry, in a fixed order."""
    return _rows(home, "select person_id, date, slot, leave_type_id, minutes, part from calendar_entry")


def steps(home: Path) -> int:
    """How many steps can be undone or redone: every write makes one."""
    return len(_rows(home, "select id from step"))


def _rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    profile = find_profile("demo", home / "data")
    store = Store.open(profile, read_key(profile, None), actor="test")
    try:
        return sorted(tuple(row) for row in store.con.execute(query))
    finally:
        store.close()


def days(home: Path) -> dict[tuple[int, date], tuple[tuple[str, str, int], ...]]:
    """What each day holds, by the person's number and the date: code, part and minutes, in order."""
    found: dict[tuple[int, date], tuple[tuple[str, str, int], ...]] = {}
    query = (
        "select p.number, e.date, e.slot, t.key, e.part, e.minutes from calendar_entry e"
        " join person p on p.id = e.person_id join leave_type t on t.id = e.leave_type_id"
    )
    for number, day, _, *line in _rows(home, query):
        cell = int(number), date.fromisoformat(day)
        found[cell] = (*found.get(cell, ()), (line[0], line[1], line[2]))
    return found
