"""The "checked" mark of a person's month: setting it, and taking it away when the month changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hrtui.domain.month import Month
from hrtui.store.database import Connection

if TYPE_CHECKING:
    from hrtui.store.changes import Change, Values

_COLUMNS = ("person_id", "month", "actor", "at")


def checked(con: Connection, person_ids: Sequence[int], month: Month) -> dict[int, tuple[str, str]]:
    """Who of these people is checked in `month`: by whom and when (UTC text)."""
    marks = ", ".join("?" * len(person_ids))
    rows = con.execute(
        f"SELECT person_id, actor, at FROM month_check WHERE month = ? AND person_id IN ({marks})",
        (str(month), *person_ids),
    )
    return {person_id: (actor, at) for person_id, actor, at in rows}


def lost_by(con: Connection, changes: Iterable[Change]) -> list[tuple[int, Values]]:
    """The marks (id and row) that these changes of days, pay components and messages make untrue."""
    if not con.execute("SELECT EXISTS (SELECT 1 FROM month_check)").fetchone()[0]:
        return []
    months = {pair for change in changes for pair in _touched(con, change)}
    found: list[tuple[int, Values]] = []
    for pair in sorted(months):
        row = con.execute(
            f"SELECT id, {', '.join(_COLUMNS)} FROM month_check WHERE person_id = ? AND month = ?", pair
        ).fetchone()
        if row:
            found.append((row[0], dict(zip(_COLUMNS, row[1:], strict=True))))
    return found


def _touched(con: Connection, change: Change) -> Iterable[tuple[int, str]]:
    """The (person, month) pairs a change is about."""
    from hrtui.store.changes import DayChange

    if isinstance(change, DayChange):
        return [(change.person_id, str(Month.of(change.date)))]
    month = {"pay_component": "first_month", "provider_message": "month"}.get(change.table)
    if month is None:
        return []
    query = f"SELECT person_id, {month} FROM {change.table} WHERE id = ?"
    stored = con.execute(query, (change.id,)).fetchone()
    pairs = [stored] if stored else []
    if change.old is None and change.new:
        pairs.append((change.new.get("person_id"), change.new[month]))
    return [(person_id, text) for person_id, text in pairs if person_id is not None]
