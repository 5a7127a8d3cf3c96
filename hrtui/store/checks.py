"""The "checked" mark of a person's month: setting it, and taking it away when the month changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hrtui.domain.month import Month
from hrtui.domain.sync.content import NO_END
from hrtui.store.by_ids import select
from hrtui.store.database import Connection
from hrtui.store.lock_state import CLOSED

if TYPE_CHECKING:
    from hrtui.store.changes import Change, RowChange, Values

_COLUMNS = ("person_id", "month", "actor", "at")
_MONTHS = {"pay_component": ("first_month", "last_month"), "provider_message": ("month", "month")}
"""The first and last month that a row of these tables is about."""

Span = tuple[int, str, str]
"""A person and the first and last month (`YYYY-MM`)."""


def checked(con: Connection, person_ids: Sequence[int], month: Month) -> dict[int, tuple[str, str]]:
    """Who of these people is checked in `month`: by whom and when (UTC text)."""
    query = "SELECT person_id, actor, at FROM month_check WHERE person_id IN ({marks}) AND month = ?"
    return {id_: (actor, at) for id_, actor, at in select(con, query, person_ids, str(month))}


def lost_by(con: Connection, changes: Iterable[Change]) -> list[tuple[int, Values]]:
    """The marks (id and row) that these changes of days, pay components and messages make untrue."""
    if not con.execute("SELECT EXISTS (SELECT 1 FROM month_check)").fetchone()[0]:
        return []
    spans = {span for change in changes for span in _touched(con, change)}
    found: dict[int, Values] = {}
    for span in sorted(spans):
        for row in con.execute(
            f"SELECT id, {', '.join(_COLUMNS)} FROM month_check"
            " WHERE person_id = ? AND month >= ? AND month <= ?",
            span,
        ):
            found[row[0]] = dict(zip(_COLUMNS, row[1:], strict=True))
    return list(found.items())


def changes_locked_month(con: Connection, change: RowChange, now: str) -> bool:
    """Whether a pay component or message would change in a month that is locked (at `now`) for its person."""
    if change.table not in _MONTHS:
        return False
    locked = (
        "SELECT EXISTS (SELECT 1 FROM month_lock k"
        f" WHERE k.person_id = ? AND k.month >= ? AND k.month <= ? AND {CLOSED})"
    )
    return any(con.execute(locked, (*span, now)).fetchone()[0] for span in _touched(con, change))


def _touched(con: Connection, change: Change) -> Iterable[Span]:
    """Which months of whom a change is about, as it was and as it becomes."""
    from hrtui.store.changes import DayChange

    if isinstance(change, DayChange):
        month = str(Month.of(change.date))
        return [(change.person_id, month, month)]
    if change.table not in _MONTHS:
        return []
    columns = ("person_id", *_MONTHS[change.table])
    row = con.execute(
        f"SELECT {', '.join(columns)} FROM {change.table} WHERE id = ?", (change.id,)
    ).fetchone()
    before = dict(zip(columns, row, strict=True)) if row else {}
    if change.old is not None and change.new is not None and [*change.new] == ["last_month"]:
        return _where_the_end_moves(before, change.new["last_month"])
    after = before | {name: change.new[name] for name in columns if change.new and name in change.new}
    return [_span(values, *columns) for values in (before, after) if values.get("person_id") is not None]


def _span(values: Values, person: str, first: str, last: str) -> Span:
    return values[person], values[first], values[last] or NO_END


def _where_the_end_moves(values: Values, last: str | None) -> list[Span]:
    """The months that a component gains or loses; the others stay as they were checked."""
    ends = sorted((values["last_month"] or NO_END, last or NO_END))
    if ends[0] == ends[1]:
        return []
    return [(values["person_id"], str(Month.parse(ends[0]).shift(1)), ends[1])]
