"""What a demo's database holds, read beside the running program."""

from __future__ import annotations

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
