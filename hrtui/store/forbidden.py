"""Which changes touch what a clerk may not see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hrtui.store.changes import Change, DayChange, RowChange
from hrtui.store.leave_types import leave_types
from hrtui.store.roles import Rights
from hrtui.store.store import Store


def touches_hidden(store: Store, employer_id: int, own: Rights, changes: Iterable[Change]) -> bool:
    """Whether one of the changes sets, replaces or deletes what is hidden from somebody with these rights."""
    kinds = leave_types(store, employer_id)
    return any(
        any(own.hides_entry(entry, kinds) for entry in (*change.old, *change.new))
        if isinstance(change, DayChange)
        else _row(store, own, change)
        for change in changes
    )


def _row(store: Store, own: Rights, change: RowChange) -> bool:
    if own.hides(change.table):
        return True
    if change.new is None:
        return False
    hidden = {column: value for column, value in change.new.items() if own.hides(change.table, column)}
    if change.old is not None:
        return any(change.old.get(column) != value for column, value in hidden.items())
    return any(
        value not in (None, "") and not _kept(store, change, column, value)
        for column, value in hidden.items()
    )


def _kept(store: Store, change: RowChange, column: str, value: Any) -> bool:
    """Whether another row of the same person has this value already."""
    person_id = (change.new or {}).get("person_id")
    if person_id is None:
        return False
    query = f"SELECT EXISTS (SELECT 1 FROM {change.table} WHERE person_id = ? AND {column} = ?)"
    return bool(store.con.execute(query, (person_id, value)).fetchone()[0])
