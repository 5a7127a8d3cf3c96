"""Locked months: a person's month that was forwarded and takes no more changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from hrtui.domain.day import Lock
from hrtui.domain.month import Month
from hrtui.store.changes import moment
from hrtui.store.store import Store


def lock_month(store: Store, person_ids: Iterable[int], month: Month) -> None:
    """Lock the month of these people; a month that is locked keeps its first lock."""
    with store.transaction():
        store.con.executemany(
            "INSERT OR IGNORE INTO month_lock VALUES (?, ?, ?, ?)",
            [(person_id, str(month), moment(), store.actor) for person_id in person_ids],
        )


def unlock_month(store: Store, person_ids: Iterable[int], month: Month) -> None:
    """Let the month of these people be changed again."""
    with store.transaction():
        store.con.executemany(
            "DELETE FROM month_lock WHERE person_id = ? AND month = ?",
            [(person_id, str(month)) for person_id in person_ids],
        )


def locks(store: Store, person_ids: Sequence[int], month: Month) -> dict[int, Lock]:
    """The locks of these people in `month`."""
    marks = ", ".join("?" * len(person_ids))
    rows = store.con.execute(
        f"SELECT person_id, at, actor FROM month_lock WHERE month = ? AND person_id IN ({marks})",
        (str(month), *person_ids),
    )
    return {
        person_id: Lock(datetime.fromisoformat(at).replace(tzinfo=UTC), actor)
        for person_id, at, actor in rows
    }
