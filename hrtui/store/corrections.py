"""Forwarded months that may differ from what was sent, and late edits of them that were kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hrtui.domain.month import Month
from hrtui.domain.snapshot.edges import REACH, spans
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, DayChange, RowChange, locked_months
from hrtui.store.entries import current, from_lists
from hrtui.store.errors import StoreError
from hrtui.store.leave_types import leave_types
from hrtui.store.moments import day_of, moment_of
from hrtui.store.month_words import in_words
from hrtui.store.store import Store

OPEN, TAKEN_OVER, DROPPED = "open", "taken over", "dropped"


def touched_since(store: Store, employer_id: int, month: Month) -> frozenset[int]:
    """Those forwarded in the month whom a step since then may have changed: few, so that the rest is free.

    A change of a leave type, holiday, schedule or provider may be anybody's.
    """
    sent = dict(
        store.con.execute(
            "SELECT q.person_id, max(x.step_id) FROM transmission x"
            " JOIN transmission_person q ON q.transmission_id = x.id"
            " WHERE x.employer_id = ? AND x.month = ? GROUP BY q.person_id",
            (employer_id, str(month)),
        ).fetchall()
    )
    if not sent:
        return frozenset()
    since = min(sent.values())
    touched = _touched_days(store, employer_id, month, since)
    # All rows read anew from a backend are one step without operations.
    whole = "SELECT coalesce(max(id), 0) FROM step WHERE employer_id = ? AND kind = 'snapshot'"
    everybody = int(store.con.execute(whole, (employer_id,)).fetchone()[0])
    for entity, row_id, values, step_id in store.con.execute(
        "SELECT o.entity, o.row_id, coalesce(o.new, o.old), o.step_id FROM operation o"
        " JOIN step s ON s.id = o.step_id WHERE s.employer_id = ? AND o.step_id > ? AND o.entity <> 'day'",
        (employer_id, since),
    ):
        person_id = _whose(store, entity, row_id, values)
        if person_id is None:
            everybody = max(everybody, step_id)
        else:
            touched[person_id] = max(touched.get(person_id, 0), step_id)
    return frozenset(
        person_id for person_id, step in sent.items() if max(everybody, touched.get(person_id, 0)) > step
    )


_NOBODYS = frozenset({"month_check", "form_draft", "team", "employer_role", "allowance", "leave_exception"})
_OF_PERSON = frozenset({"contract", "schedule_assignment", "pay_component", "provider_message"})
_NOBODY = 0
_DAY = timedelta(days=1)


def _touched_days(store: Store, employer_id: int, month: Month, since: int) -> dict[int, int]:
    """The latest step that changed a day of the month, or illness next to it, by person."""
    touched = _touched_within(store, employer_id, month, since)
    for person_id, step_id in _touched_beyond(store, employer_id, month, since):
        touched[person_id] = max(touched.get(person_id, 0), step_id)
    return touched


def _touched_beyond(store: Store, employer_id: int, month: Month, since: int) -> Iterator[tuple[int, int]]:
    """The steps that changed illness next to the month, which may go on over its edge, with the person."""
    kinds = leave_types(store, employer_id).values()
    meant = {kind.id for kind in kinds if spans(kind.sickness, kind.dmfa_code)}
    if not meant:
        return
    found = store.con.execute(
        "SELECT o.row_id, o.step_id, o.old, o.new FROM operation o JOIN step s ON s.id = o.step_id"
        " WHERE s.employer_id = ? AND o.step_id > ? AND o.entity = 'day'"
        " AND (o.date BETWEEN ? AND ? OR o.date BETWEEN ? AND ?)",
        (
            employer_id, since, (month.first - REACH).isoformat(), (month.first - _DAY).isoformat(),
            (month.last + _DAY).isoformat(), (month.last + REACH).isoformat(),
        ),
    )  # fmt: skip
    for person_id, step_id, *values in found:
        entries = [entry for text in values for entry in json.loads(text or "[]") or ()]
        if any(entry[0] in meant for entry in entries):
            yield person_id, step_id


def _touched_within(store: Store, employer_id: int, month: Month, since: int) -> dict[int, int]:
    found = store.con.execute(
        "SELECT o.row_id, max(o.step_id) FROM operation o JOIN step s ON s.id = o.step_id"
        " WHERE s.employer_id = ? AND o.step_id > ? AND o.entity = 'day' AND o.date BETWEEN ? AND ?"
        " GROUP BY o.row_id",
        (employer_id, since, month.first.isoformat(), month.last.isoformat()),
    )
    return dict(found.fetchall())


def _whose(store: Store, entity: str, row_id: int, values: str) -> int | None:
    """Whose month a change of a row may change: a person's, nobody's (0), or None for anybody's."""
    if entity == "person":
        return row_id
    if entity in _NOBODYS or entity.startswith(("sickness_", "benefit_", "access_")):
        return _NOBODY
    if entity in _OF_PERSON:
        found = json.loads(values or "{}").get("person_id")
        if found is None:
            row = store.con.execute(f"SELECT person_id FROM {entity} WHERE id = ?", (row_id,)).fetchone()
            found = row[0] if row else None
        return int(found) if found is not None else _NOBODY
    return None


@dataclass(frozen=True, slots=True)
class LateEdit:
    """An edit of a forwarded month that came too late, from a terminal that was offline; `at` is UTC."""

    id: int
    person_id: int
    month: Month
    entity: str
    row_id: int
    date: date | None
    old: Any
    new: Any
    actor: str
    at: datetime


def late_edits(store: Store, employer_id: int, month: Month | None = None) -> list[LateEdit]:
    """The late edits that nobody decided about yet, of one month where asked for, by date."""
    which, values = (
        ("", [employer_id, OPEN]) if month is None else (" AND month = ?", [employer_id, OPEN, str(month)])
    )
    found = store.con.execute(
        "SELECT id, person_id, month, entity, row_id, date, old, new, actor, at FROM correction"
        f" WHERE employer_id = ? AND state = ?{which} ORDER BY month, person_id, date, id",
        values,
    )
    return [_late_edit(row) for row in found]


def take_over(store: Store, employer_id: int, edit: LateEdit) -> None:
    """Make the late edit now; raises StoreError while the month is locked, StaleError."""
    if locked_months(store.con, {(edit.person_id, str(edit.month))}):
        raise StoreError(t("{month} is locked for this person: unlock it first.", month=in_words(edit.month)))
    change: Change
    if edit.entity == "day" and edit.date is not None:
        now = current(store.con, [(edit.person_id, edit.date)])[edit.person_id, edit.date]
        change = DayChange(edit.person_id, edit.date, now, from_lists(edit.new))
    else:
        change = RowChange(edit.entity, edit.row_id, edit.old, edit.new)
    rows.carry_out(
        store,
        employer_id,
        t("Late edit of {month} by {actor}", month=in_words(edit.month), actor=edit.actor),
        [change],
    )
    _decide(store, edit, TAKEN_OVER)


def drop(store: Store, edit: LateEdit) -> None:
    """Leave the month as it was forwarded; the late edit stays in the history of corrections."""
    _decide(store, edit, DROPPED)


def _decide(store: Store, edit: LateEdit, state: str) -> None:
    with store.transaction():
        store.con.execute("UPDATE correction SET state = ? WHERE id = ?", (state, edit.id))


def _late_edit(row: Sequence[Any]) -> LateEdit:
    id_, person_id, month, entity, row_id, day, old, new, actor, at = row
    return LateEdit(
        id_, person_id, Month.parse(month), entity, row_id, day_of(day),
        json.loads(old) if old else None, json.loads(new) if new else None, actor,
        moment_of(at),
    )  # fmt: skip
