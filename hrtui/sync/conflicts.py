"""Open conflicts as a clerk decides them: what stands, what others wanted, and the choice as one step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from hrtui.domain.entering import is_inside
from hrtui.domain.month import Month
from hrtui.domain.sync.units import DAY, ENTITIES, WHOLE_ROW
from hrtui.i18n import t
from hrtui.store import changes as writing
from hrtui.store import entries as day_entries
from hrtui.store.changes import Change, DayChange, RowChange
from hrtui.store.errors import Gone, StoreError
from hrtui.store.moments import day_of, moment_of, wire_moment
from hrtui.store.month_view import MonthView
from hrtui.store.roles import EVERYTHING
from hrtui.store.store import Store
from hrtui.sync.rows import RowKey, Rows, Units


class Kind(StrEnum):
    """What met: two values of a unit; a deletion and a changed row; a change and a deleted row."""

    VALUE = "value"
    DELETE = "delete"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that somebody wanted; None in a conflict about a whole row asks to delete it."""

    uid: str
    value: Any
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit (`*`: the whole row) of which several values are kept; `stands` is the one in the row.

    `actor` wrote that one `at` (None where it is not known); times are UTC.
    """

    id: int
    key: RowKey
    unit: str
    kind: Kind
    stands: Any
    actor: str
    at: datetime | None
    candidates: tuple[Candidate, ...]

    @property
    def day(self) -> date | None:
        """The date, of a conflict about a person's day."""
        return day_of(self.key.date)


def conflicts(store: Store, employer_id: int) -> list[Conflict]:
    """The open conflicts of an employer, days by date and then the others."""
    found = store.con.execute(
        "SELECT id, entity, row_id, coalesce(date, ''), unit, kind, actor, at, candidates FROM conflict"
        " WHERE employer_id = ? AND open = 1 ORDER BY date IS NULL, date, entity, row_id, id",
        (employer_id,),
    ).fetchall()
    rows = Rows(store.con, employer_id)
    return [
        _conflict(rows, id_, RowKey(entity, row_id, day), *more)
        for id_, entity, row_id, day, *more in found
        if entity in ENTITIES
    ]


def _conflict(
    rows: Rows, id_: int, key: RowKey, unit: str, kind: str, actor: str, at: str | None, candidates: str
) -> Conflict:
    units = rows.read(key)
    stands = None if units is None else units if unit == WHOLE_ROW else units.get(unit)
    return Conflict(
        id_,
        key,
        unit,
        Kind(kind),
        stands,
        actor,
        moment_of(at) if at else None,
        tuple(
            Candidate(one["uid"], one["value"], one["by"], wire_moment(one["at"]))
            for one in json.loads(candidates)
            if not one.get("closed_by")
        ),
    )


def together(conflict: Conflict) -> list[list[Any]] | None:
    """What stands and every candidate in one day, where their entries differ; None where that makes no sense.

    Whether the day has room for it tells `has_room`.
    """
    if conflict.key.entity != DAY:
        return None
    lines = [list(line) for line in conflict.stands or []]
    for candidate in conflict.candidates:
        lines += [list(line) for line in candidate.value or [] if list(line) not in lines]
    kinds = [line[0] for line in lines]
    wanted = [conflict.stands, *(candidate.value for candidate in conflict.candidates)]
    if not all(wanted) or len(kinds) != len(set(kinds)):
        return None
    return lines


def has_room(store: Store, employer_id: int, key: RowKey, lines: Sequence[Sequence[Any]]) -> bool:
    """Whether these entries fit in the hours that the person's day has."""
    day = date.fromisoformat(key.date)
    view = MonthView(store, employer_id, Month.of(day), [key.id], EVERYTHING)
    row = view.rows_by_id([key.id]).get(key.id)
    if row is None:
        return False
    inside = sum(entry.minutes for entry in day_entries.from_lists(lines) if is_inside(entry, view.kinds))
    return inside <= row.days[day.day - 1].available


def take(store: Store, employer_id: int, conflict: Conflict, value: Any) -> None:
    """Decide a conflict: `value` holds from now on (None for a whole row: it is deleted).

    One step, which undo takes back as a change of the row; what others wrote since is not closed by it.
    Raises StoreError where the row cannot become so now.
    """
    rows = Rows(store.con, employer_id)
    change = _change(rows, conflict, value)
    label = t("Conflict decided")
    if change is None:
        with store.transaction():
            step = writing.record_step(store, employer_id, "edit", label, "gone")
            _answer(store, conflict, step)
        return
    written = writing.write(store, employer_id, label, [change])
    if written.step_id is None:
        raise StoreError(t("This cannot be entered now: the month is locked or it was changed again."))
    with store.transaction():
        _answer(store, conflict, written.step_id)


def keep(store: Store, employer_id: int, conflict: Conflict) -> None:
    """Decide that what stands is right."""
    take(store, employer_id, conflict, conflict.stands)


def _answer(store: Store, conflict: Conflict, step_id: int) -> None:
    resolves = {
        "conflict": conflict.id,
        "row": list(conflict.key),
        "seen": [one.uid for one in conflict.candidates],
    }
    uid = store.con.execute("SELECT uid FROM outbox WHERE step_id = ?", (step_id,)).fetchone()[0]
    store.con.execute("UPDATE outbox SET resolves = ? WHERE uid = ?", (json.dumps(resolves), uid))
    store.con.execute("UPDATE conflict SET open = 0, answer_uid = ? WHERE id = ?", (uid, conflict.id))


def _change(rows: Rows, conflict: Conflict, value: Any) -> Change | None:
    """The change that brings the row there; None where it is so."""
    key, now = conflict.key, rows.columns(conflict.key)
    if key.entity == DAY:
        old, new = (day_entries.from_lists(one) for one in ((now or {})["entries"], value))
        return None if old == new else DayChange(key.id, date.fromisoformat(key.date), old, new)
    if value is None and (now is None or conflict.unit == WHOLE_ROW):
        return None if now is None else RowChange(key.entity, key.id, now, None)
    if now is None:
        units: Units = value if conflict.unit == WHOLE_ROW else {conflict.unit: value}
        return RowChange(key.entity, key.id, None, rows.completed(key.entity, _last(rows, key) | units))
    return rows.change(key, now, {} if conflict.unit == WHOLE_ROW else {conflict.unit: value})


def _last(rows: Rows, key: RowKey) -> Units:
    """What a deleted row held last; raises StoreError where that is not known here."""
    found = rows.con.execute(
        "SELECT old FROM operation WHERE entity = ? AND row_id = ? AND new IS NULL"
        " ORDER BY step_id DESC, seq DESC LIMIT 1",
        (key.entity, key.id),
    ).fetchone()
    if found is None:
        raise Gone
    return ENTITIES[key.entity].to_units(rows.defaults(key.entity) | json.loads(found[0]))
