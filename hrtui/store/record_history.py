"""Who changed what in a record, and when, from the operation log; and taking one such change back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlcipher3 import dbapi2

from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.person_fields import PERSON_FIELDS, SCHEDULE_FIELDS
from hrtui.domain.providers import PROVIDERS
from hrtui.domain.record_field import Field
from hrtui.i18n import t
from hrtui.store import entries as day_entries
from hrtui.store import rows
from hrtui.store.by_ids import marks
from hrtui.store.changes import Change, DayChange, RowChange, Values, row_holds
from hrtui.store.errors import StoreError
from hrtui.store.leave_type_records import refuse_clash
from hrtui.store.leave_types import leave_types
from hrtui.store.moments import moment_of
from hrtui.store.person_records import found_by_changes
from hrtui.store.provider_links import provider_links
from hrtui.store.store import Store

Row = tuple[str, int]
"""A table and the id of a row."""

_FIELDS = {(field.table, field.name): field for field in (*PERSON_FIELDS, *CONTRACT_FIELDS, *SCHEDULE_FIELDS)}
# Made from the name and number, whose own lines are enough.
_DERIVED = frozenset({"sort_name", "search_text"})
_PARTS = ("contract", "schedule_assignment", "pay_component_person")
"""Rows that are nothing without the one that they are part of."""
_NAMED = (("team", "name"), ("work_schedule", "name"), ("leave_type", "key"), ("pay_component_type", "code"))


class What(StrEnum):
    """What a line of the history tells."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One field that was changed, or a whole row that was made or deleted (`column` empty).

    `at` is in UTC; `kind` is edit, undo or redo. `old` and `new` are as SQLite holds them; `field` words them
    where the column is one of a person, contract or schedule assignment. `current` says whether `new` still
    holds, so that the change can be taken back.
    """

    step_id: int
    seq: int
    at: datetime
    actor: str
    kind: str
    label: str
    row: Row
    what: What
    column: str
    field: Field | None
    old: object
    new: object
    current: bool


def record_history(store: Store, of_rows: Sequence[Row], limit: int = 500) -> list[RecordChange]:
    """The changes of these rows, newest first; at most those of the `limit` latest operations of each."""
    lines: list[RecordChange] = []
    for table, row_id in of_rows:
        found = store.con.execute(
            "SELECT s.id, o.seq, s.at, s.actor, s.kind, s.label, o.old, o.new FROM operation o"
            " JOIN step s ON s.id = o.step_id WHERE o.entity = ? AND o.row_id = ?"
            " ORDER BY s.id DESC, o.seq DESC LIMIT ?",
            (table, row_id, limit),
        )
        for step_id, seq, at, actor, kind, label, old, new in found.fetchall():
            when = moment_of(at)
            before, after = json.loads(old or "null"), json.loads(new or "null")
            for what, column, was, became in _fields_changed(before, after):
                lines.append(
                    RecordChange(
                        step_id, seq, when, actor, kind, label, (table, row_id), what, column,
                        _FIELDS.get((table, column)), was, became,
                        row_holds(store.con, table, row_id, {column: became} if column else after),
                    )
                )  # fmt: skip
    return sorted(lines, key=lambda line: (-line.step_id, line.seq))


def rows_of_person(store: Store, person_id: int) -> list[Row]:
    """All rows that make a person's record, also contracts and assignments that are deleted."""
    whose = {"person_id": person_id}
    return [
        ("person", person_id),
        *rows_with(store, "contract", whose),
        *rows_with(store, "schedule_assignment", whose),
    ]


def rows_with(store: Store, table: str, values: Mapping[str, int]) -> list[Row]:
    """The rows of a table with these values in their columns, also those that are deleted."""
    now = " AND ".join(f"{column} = ?" for column in values)
    before = "".join(f" AND json_extract(old, '$.{column}') = ?" for column in values)
    found = store.con.execute(
        f"SELECT id FROM {table} WHERE {now} UNION"
        f" SELECT row_id FROM operation WHERE entity = ? AND new IS NULL{before}",
        (*values.values(), table, *values.values()),
    )
    return [(table, row_id) for (row_id,) in found]


def link_names(store: Store, employer_id: int) -> dict[int, str]:
    """The names of teams, schedules, provider links and types by id, for showing fields that link to them."""
    names: dict[int, str] = {}
    for table, column in _NAMED:
        found = store.con.execute(f"SELECT id, {column} FROM {table} WHERE employer_id = ?", (employer_id,))
        names.update(found.fetchall())
    links = provider_links(store, employer_id)
    return names | {link.id: PROVIDERS.get(link.provider, link.provider) for link in links}


def take_back(store: Store, employer_id: int, step_id: int, seq: int, column: str = "") -> int | None:
    """Restore what one change replaced, as a new undo step; `column` takes one field back, empty all of it.

    A row that was made goes with the parts that were made with it: a person with the first contract.
    Returns the new step. Raises StaleError where the value was changed again since, StoreError where the
    change is not of this employer or something entered later depends on it.
    """
    found = store.con.execute(
        "SELECT o.entity, o.row_id, o.date, o.old, o.new, s.label FROM operation o"
        " JOIN step s ON s.id = o.step_id WHERE o.step_id = ? AND o.seq = ? AND s.employer_id = ?",
        (step_id, seq, employer_id),
    ).fetchone()
    if found is None:
        raise StoreError(t("This change is no longer in the history."))
    table, row_id, day, old, new, label = found
    before, after = json.loads(old or "null"), json.loads(new or "null")
    along: list[Change] = []
    if table == "day":
        was, became = day_entries.from_json(old), day_entries.from_json(new)
        change: Change = DayChange(row_id, date.fromisoformat(day), became, was)
    elif before is None or after is None:
        change = RowChange(table, row_id, after, before)
        along += _made_with(store, step_id, row_id) if before is None else ()
    else:
        columns = [column] if column else list(after)
        current = {name: after[name] for name in columns}
        wanted = {name: before[name] for name in columns}
        change = _restored(store, employer_id, table, row_id, current, wanted)
        if table == "leave_type":
            _check_type(store, employer_id, row_id, wanted)
    try:
        return rows.carry_out(store, employer_id, t("Taken back: {label}", label=label), [*along, change])
    except StoreError as problem:
        if before is None and isinstance(problem.__cause__, dbapi2.IntegrityError):
            text = t("“{label}” cannot be taken back: something entered later depends on it.", label=label)
            raise StoreError(text) from problem
        raise


def _made_with(store: Store, step_id: int, row_id: int) -> Iterable[RowChange]:
    """The end of the parts that a step made together with a row."""
    found = store.con.execute(
        "SELECT entity, row_id, new FROM operation WHERE step_id = ? AND old IS NULL AND new IS NOT NULL"
        f" AND entity IN ({marks(len(_PARTS))})",
        (step_id, *_PARTS),
    )
    for table, part_id, new in found.fetchall():
        values = json.loads(new)
        if row_id in (values.get("person_id"), values.get("type_id")):
            yield RowChange(table, part_id, values, None)


def _restored(
    store: Store, employer_id: int, table: str, row_id: int, current: Values, wanted: Values
) -> RowChange:
    """The change of a row back to `wanted`; of a person's name also the columns to find them by."""
    if table == "person":
        row = rows.row_of(store, employer_id, "person", row_id)
        before, after = found_by_changes(row, wanted)
        current, wanted = current | before, wanted | after
    return RowChange(table, row_id, current, wanted)


def _check_type(store: Store, employer_id: int, type_id: int, wanted: Values) -> None:
    """Raise StoreError where the key or letter that would come back is another type's by now."""
    kinds = leave_types(store, employer_id)
    if type_id in kinds:
        changed = {name: wanted[name] for name in ("key", "letter", "active") if name in wanted}
        refuse_clash(replace(kinds[type_id], **changed), kinds, store.bound_letters)


def _fields_changed(old: Values | None, new: Values | None) -> Iterable[tuple[What, str, object, object]]:
    if old is None or new is None:
        yield (What.CREATED if old is None else What.DELETED), "", old, new
        return
    for column in new:
        if column not in _DERIVED:
            yield What.CHANGED, column, old.get(column), new[column]
