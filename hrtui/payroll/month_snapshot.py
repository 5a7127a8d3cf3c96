"""Snapshots of many people's month, as the database has them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hrtui.domain.month import Month
from hrtui.domain.snapshot import (
    Component,
    Contract,
    Kinds,
    Message,
    Person,
    Snapshot,
    SnapshotDay,
    build,
)
from hrtui.domain.snapshot.edges import beyond, open_edges
from hrtui.store.by_ids import select
from hrtui.store.messages import DRAFT
from hrtui.store.moments import day_of
from hrtui.store.month_view import MonthView
from hrtui.store.roles import EVERYTHING
from hrtui.store.store import Store

_PEOPLE = """
SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix, p.national_number,
  coalesce(l.provider, ''), coalesce(l.client_number, ''), p.provider_number
FROM person p LEFT JOIN provider_link l ON l.id = p.provider_link_id
WHERE p.id IN ({marks})
"""
_CONTRACTS = """
SELECT person_id, start_date, end_date, worker_status, hours_per_week FROM contract
WHERE person_id IN ({marks}) AND start_date <= ? AND (end_date IS NULL OR end_date >= ?)
"""
_COMPONENTS = """
SELECT c.person_id, c.id, y.code, y.name_nl, y.name_fr, y.name_en, c.cents, c.unit_amount, c.quantity,
  c.currency, c.note, y.group_name, coalesce(l.provider, '')
FROM pay_component c JOIN pay_component_type y ON y.id = c.type_id
LEFT JOIN provider_link l ON l.id = y.provider_link_id
WHERE c.person_id IN ({marks}) AND c.first_month <= ? AND (c.last_month IS NULL OR c.last_month >= ?)
"""
_MESSAGES = """
SELECT person_id, id, body FROM provider_message
WHERE person_id IN ({marks}) AND month = ? AND state = ?
"""


def snapshots(store: Store, employer_id: int, month: Month, person_ids: Sequence[int]) -> dict[int, Snapshot]:
    """The month of these people by their id, in the order asked for; who is not there is left out.

    Of the messages only drafts are taken: what was forwarded is not sent again. It is the same for every
    clerk: whoever shows it must leave out what its reader may not see.
    """
    view = MonthView(store, employer_id, month, person_ids, EVERYTHING)
    kinds = Kinds.of(view.kinds)
    rows = view.rows_by_id(person_ids)
    found: dict[int, Snapshot] = {}
    contracts = _contracts(store, month, person_ids)
    components = _components(store, month, person_ids)
    messages = _messages(store, month, person_ids)
    for person in (Person(*row) for row in select(store.con, _PEOPLE, person_ids)):
        found[person.id] = build(
            employer_id,
            month,
            person,
            rows[person.id].days,
            kinds,
            contracts=contracts.get(person.id, ()),
            components=components.get(person.id, ()),
            messages=messages.get(person.id, ()),
        )
    found |= _with_edges(store, found, kinds)
    return {id_: found[id_] for id_ in person_ids if id_ in found}


def _with_edges(store: Store, made: Mapping[int, Snapshot], kinds: Kinds) -> dict[int, Snapshot]:
    """Those whose illness may go on over the edges of the month, with what stands in the months beside it."""
    edges = {id_: open_edges(one) for id_, one in made.items()}
    before = _days_beside(store, made, [id_ for id_, (start, _) in edges.items() if start], -1, kinds)
    after = _days_beside(store, made, [id_ for id_, (_, end) in edges.items() if end], 1, kinds)
    found = {}
    for id_, (start, end) in edges.items():
        if start or end:
            one = made[id_]
            found[id_] = replace(
                one,
                before=beyond(before[id_][::-1], one.month.first) if start else (),
                after=beyond(after[id_], one.month.last) if end else (),
            )
    return found


def _days_beside(
    store: Store, made: Mapping[int, Snapshot], ids: Sequence[int], months: int, kinds: Kinds
) -> dict[int, tuple[SnapshotDay, ...]]:
    """The days of these people in the month before (-1) or after (1)."""
    if not ids:
        return {}
    one = made[ids[0]]
    month = one.month.shift(months)
    rows = MonthView(store, one.employer_id, month, ids, EVERYTHING).rows_by_id(ids)
    return {id_: build(one.employer_id, month, made[id_].person, rows[id_].days, kinds).days for id_ in ids}


def employer_messages(store: Store, employer_id: int, month: Month) -> tuple[Message, ...]:
    """The drafts for the month that are about the employer and nobody else."""
    rows = store.con.execute(
        "SELECT id, body FROM provider_message WHERE employer_id = ? AND person_id IS NULL AND month = ?"
        " AND state = ? ORDER BY at, id",
        (employer_id, str(month), DRAFT),
    )
    return tuple(Message(*row) for row in rows)


def _contracts(store: Store, month: Month, ids: Sequence[int]) -> dict[int, list[Contract]]:
    found: dict[int, list[Contract]] = {}
    bounds = month.last.isoformat(), month.first.isoformat()
    for person_id, start, end, status, hours in select(store.con, _CONTRACTS, ids, *bounds):
        last = day_of(end)
        found.setdefault(person_id, []).append(Contract(date.fromisoformat(start), last, status, hours))
    return found


def _components(store: Store, month: Month, ids: Sequence[int]) -> dict[int, list[Component]]:
    found: dict[int, list[Component]] = {}
    for person_id, id_, code, nl, fr, en, *rest in select(
        store.con, _COMPONENTS, ids, str(month), str(month)
    ):
        names = (("en", en), ("fr", fr), ("nl", nl))
        given = tuple((language, name) for language, name in names if name)
        found.setdefault(person_id, []).append(Component(id_, code, given, *rest))
    return found


def _messages(store: Store, month: Month, ids: Sequence[int]) -> dict[int, list[Message]]:
    found: dict[int, list[Message]] = {}
    for person_id, id_, body in select(store.con, _MESSAGES, ids, str(month), DRAFT):
        found.setdefault(person_id, []).append(Message(id_, body))
    return found
