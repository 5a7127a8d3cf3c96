"""The one way to write: rows, their operations (old and new) and the outbox, in one transaction.

One call is one step that undo takes back whole. The operations serve undo, history and sync alike.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlcipher3 import dbapi2

from hrtui.domain.month import Month
from hrtui.i18n import t
from hrtui.store import checks
from hrtui.store import entries as day_entries
from hrtui.store.by_ids import marks
from hrtui.store.database import Connection
from hrtui.store.entries import Entries, PersonDay
from hrtui.store.errors import StoreError
from hrtui.store.lock_state import CLOSED
from hrtui.store.moments import moment
from hrtui.store.roles import refuse_forbidden
from hrtui.store.store import Store

Values = dict[str, Any]
"""Column values as SQLite holds them: text, integers, ISO dates, JSON text, None."""

ROW_TABLES = frozenset(
    {
        "employer", "provider_link", "team", "person", "contract", "work_schedule", "schedule_assignment",
        "holiday", "leave_type", "leave_exception", "allowance", "form_draft", "pay_component_type",
        "pay_component_person", "pay_component", "provider_message", "month_check", "employer_role",
        "sickness_classification", "sickness_person", "sickness_case", "sickness_progress",
        "sickness_displaced", "sickness_step", "sickness_certificate", "sickness_contact",
        "sickness_document", "sickness_note", "benefit_specification", "access_log",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayChange:
    """All entries of one person on one date: what the clerk saw, and what they become."""

    person_id: int
    date: date
    old: Entries
    new: Entries


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: inserted (`old` None), deleted (`new` None, `old` all of it) or updated (changed columns)."""

    table: str
    id: int
    old: Values | None
    new: Values | None


Change = DayChange | RowChange


@dataclass(frozen=True, slots=True)
class Written:
    """The step that was made; or, when nothing was, the changes that no longer fit what is stored."""

    step_id: int | None
    stale: tuple[Change, ...] = ()


def write(
    store: Store, employer_id: int, label: str, changes: Sequence[Change], *, undoable: bool = True
) -> Written:
    """Apply `changes` as one step called `label`.

    Where the database no longer holds a change's `old`, or the person's month is locked, nothing at all is
    written and those changes come back as stale. Raises StoreError when a row clashes with another, and for
    what the clerk's roles may not change.
    """
    if not changes:
        return Written(None)
    refuse_forbidden(store, employer_id, changes)
    con = store.con
    with store.transaction():
        stale = _stale(con, changes)
        if stale:
            return Written(None, stale)
        if undoable:
            con.execute(
                "UPDATE step SET state = 'gone' WHERE employer_id = ? AND state = 'undone'", (employer_id,)
            )
        changes = [
            *changes,
            *(RowChange("month_check", *lost, None) for lost in checks.lost_by(con, changes)),
        ]
        step_id = record_step(store, employer_id, "edit", label, "live" if undoable else "gone")
        try:
            apply(con, changes)
        except dbapi2.IntegrityError as problem:
            raise StoreError(
                t("This clashes with something that is there already. Nothing was changed.")
            ) from problem
        record_operations(con, step_id, changes)
    store.own_steps.add(step_id)
    return Written(step_id)


def record_step(
    store: Store, employer_id: int, kind: str, label: str, state: str, of_step: int | None = None
) -> int:
    """Add a step and its place in the outbox; returns its id."""
    step_id = store.con.execute(
        "INSERT INTO step (employer_id, kind, label, actor, at, state, of_step) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (employer_id, kind, label, store.actor, moment(), state, of_step),
    ).lastrowid
    store.con.execute(
        "INSERT INTO outbox (uid, step_id, state, employer_id) VALUES (?, ?, 'queued', ?)",
        (str(uuid.uuid4()), step_id, employer_id),
    )
    return int(step_id)


def last_step(store: Store) -> int:
    """The id of the latest step of any employer (0 before the first): another one means that rows changed."""
    return int(store.con.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])


def record_operations(con: Connection, step_id: int, changes: Iterable[Change]) -> None:
    """Keep old and new value of every change of a step."""
    con.executemany("INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?)", _operation_rows(step_id, changes))


def _operation_rows(step_id: int, changes: Iterable[Change]) -> Iterator[tuple[Any, ...]]:
    texts: dict[Entries, str] = {}
    for seq, change in enumerate(changes):
        if isinstance(change, DayChange):
            for value in (change.old, change.new):
                if value not in texts:
                    texts[value] = day_entries.to_json(value)
            day = change.date.isoformat()
            yield step_id, seq, "day", change.person_id, day, texts[change.old], texts[change.new]
        else:
            old = None if change.old is None else json.dumps(change.old)
            new = None if change.new is None else json.dumps(change.new)
            yield step_id, seq, change.table, change.id, None, old, new


def apply(con: Connection, changes: Iterable[Change]) -> None:
    """Bring the tables to the new values, in order, many alike at a time."""
    for _, group in groupby(changes, key=_likeness):
        alike = list(group)
        first = alike[0]
        if isinstance(first, DayChange):
            day_entries.replace(
                con, ((c.person_id, c.date, c.new) for c in alike if isinstance(c, DayChange))
            )
        else:
            _apply_rows(con, [c for c in alike if isinstance(c, RowChange)])


def _likeness(change: Change) -> tuple[object, ...]:
    if isinstance(change, DayChange):
        return ("day",)
    return (change.table, change.old is None, None if change.new is None else tuple(change.new))


def _apply_rows(con: Connection, alike: Sequence[RowChange]) -> None:
    """Insert, update or delete rows of one table with the same columns."""
    first = alike[0]
    if first.table not in ROW_TABLES:
        raise ValueError(f"not a table of the operation log: {first.table}")
    if first.new is None:
        con.executemany(f"DELETE FROM {first.table} WHERE id = ?", [(change.id,) for change in alike])
        return
    columns = list(first.new)
    values = [[*(change.new or {}).values()] for change in alike]
    if first.old is None:
        names = ", ".join(["id", *columns])
        rows = [[change.id, *row] for change, row in zip(alike, values, strict=True)]
        con.executemany(f"INSERT INTO {first.table} ({names}) VALUES ({marks(1 + len(columns))})", rows)
    else:
        places = ", ".join(f"{column} = ?" for column in columns)
        rows = [[*row, change.id] for change, row in zip(alike, values, strict=True)]
        con.executemany(f"UPDATE {first.table} SET {places} WHERE id = ?", rows)


def _stale(con: Connection, changes: Sequence[Change]) -> tuple[Change, ...]:
    days = [change for change in changes if isinstance(change, DayChange)]
    fits = still_fit(con, [(c.person_id, c.date, c.old) for c in days])
    return tuple(
        change
        for change in changes
        if not (
            (change.person_id, change.date) in fits
            if isinstance(change, DayChange)
            else row_fits(con, change)
        )
    )


def still_fit(con: Connection, days: Sequence[tuple[int, date, Entries]]) -> set[PersonDay]:
    """The person-days that hold exactly these entries and lie in no locked month."""
    now = day_entries.current(con, ((person_id, day) for person_id, day, _ in days))
    locked = locked_months(con, {(person_id, str(Month.of(day))) for person_id, day, _ in days})
    return {
        (person_id, day)
        for person_id, day, entries in days
        if now[person_id, day] == entries and (person_id, str(Month.of(day))) not in locked
    }


def locked_months(con: Connection, months: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """Those of the (person, `YYYY-MM`) pairs that are locked."""
    if not con.execute("SELECT EXISTS (SELECT 1 FROM month_lock)").fetchone()[0]:
        return set()
    find = f"SELECT 1 FROM month_lock k WHERE k.person_id = ? AND k.month = ? AND {CLOSED}"
    now = moment()
    return {pair for pair in months if con.execute(find, (*pair, now)).fetchone()}


def row_fits(con: Connection, change: RowChange) -> bool:
    """Whether the row is as the change expects it, and it leaves locked months as they were forwarded."""
    held = row_holds(con, change.table, change.id, change.old)
    return held and not checks.changes_locked_month(con, change, moment())


def row_holds(con: Connection, table: str, row_id: int, values: Values | None) -> bool:
    """Whether the row has these values; None asks whether there is no such row."""
    if table not in ROW_TABLES:
        raise ValueError(f"not a table of the operation log: {table}")
    columns = ", ".join(values) if values else "id"
    row = con.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    if values is None:
        return row is None
    return row is not None and list(row) == list(values.values())
