"""Whether what a clerk saw of a month is what the backend has: content hashes, later commits, conflicts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from hrtui.backend.database import Connection, marks
from hrtui.backend.forwarding import records
from hrtui.backend.forwarding.arguments import ForwardOrder
from hrtui.backend.sync.positions import refusal
from hrtui.backend.sync.stored import live_rows
from hrtui.backend.sync.writing import Writing
from hrtui.domain.month import Month
from hrtui.domain.providers import MEAL_VOUCHER_DATE, WAGE_PAYMENT_DATE, needed_dates
from hrtui.domain.snapshot.edges import REACH, spans
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.content import Columns, component_counts, month_hash
from hrtui.domain.sync.transmission import FAILED, REJECTED, RELEVANT
from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES

_CHUNK = 200
_OF_PERSON = frozenset({"person", "contract", "schedule_assignment", "pay_component", "provider_message"})


def check(writing: Writing, order: ForwardOrder) -> None:
    """Raise ApiError 409 unless the clerk's months are those of the backend, with nothing left to decide.

    `basis_changed` names the people whose month differs (`people`, ids as text) and says with `everybody`
    whether something changed that may be anybody's, such as a leave type. `open_conflicts` names people too.
    """
    if order.basis < writing.clock.min_feed_rev or order.basis > writing.clock.rev:
        raise refusal(409, "basis_changed", writing.clock, people=[], everybody=True)
    changed, everybody = changed_since(writing, order)
    hashes = content_hashes(writing.con, writing.tenant_id, order.month, order.people)
    changed |= {id_ for id_, one in order.people.items() if hashes[id_] != one.content}
    changed |= _without_base(writing, order)
    if changed or everybody:
        raise refusal(409, "basis_changed", writing.clock, people=_texts(changed), everybody=everybody)
    if undecided := _undecided(writing, order):
        raise refusal(409, "open_conflicts", writing.clock, people=_texts(undecided))


def refuse_missing_dates(writing: Writing, order: ForwardOrder) -> None:
    """Raise ApiError 409 `dates_missing` where a provider of these people wants a date that is not given."""
    given = {name for name in (WAGE_PAYMENT_DATE, MEAL_VOUCHER_DATE) if getattr(order, name)}
    links: set[int] = set()
    for chunk in _chunks(order.people):
        for (text,) in writing.con.all(
            "SELECT units FROM row_state WHERE tenant_id = ? AND entity = 'person' AND deleted = 0"
            f" AND row_id IN ({marks(len(chunk))})",
            writing.tenant_id, *chunk,
        ):  # fmt: skip
            link_id = json.loads(text).get("provider_link_id")
            if isinstance(link_id, int):
                links.add(link_id)
    for link_id in sorted(links):
        link: Any = writing.get(("provider_link", link_id, "")).units
        provider = str(link.get("provider", ""))
        fits = order.provider in ("", provider)
        if fits and not given.issuperset(needed_dates(provider, str(link.get("needed_dates", "")))):
            raise refusal(409, "dates_missing", writing.clock)


def content_hashes(con: Connection, tenant_id: int, month: str, people: Collection[int]) -> dict[int, str]:
    """The hash of each person's month (`domain.sync.content`) by the rows as they stand."""
    days: dict[int, dict[str, Value]] = {id_: {} for id_ in people}
    rows: dict[str, dict[int, dict[int, Columns]]] = {"pay_component": {}, "provider_message": {}}
    for chunk in _chunks(people):
        places = marks(len(chunk))
        for person_id, day, text in con.all(
            "SELECT row_id, date, units FROM row_state WHERE tenant_id = ? AND entity = 'day' AND deleted = 0"
            f" AND row_id IN ({places}) AND date >= ? AND date <= ?",
            tenant_id, *chunk, f"{month}-01", f"{month}-31",
        ):  # fmt: skip
            days[person_id][day] = json.loads(text)[ENTRIES]
        for entity, row_id, person_id, text in con.all(
            "SELECT entity, row_id, person_id, units FROM row_state WHERE tenant_id = ? AND deleted = 0"
            f" AND person_id IN ({places}) AND entity IN ('pay_component', 'provider_message')",
            tenant_id, *chunk,
        ):  # fmt: skip
            known = ENTITIES[entity]
            columns = known.to_columns(known.completed(json.loads(text)))
            rows[entity].setdefault(person_id, {})[row_id] = columns
    return {
        id_: month_hash(
            month, days[id_], rows["pay_component"].get(id_, {}), rows["provider_message"].get(id_, {})
        )
        for id_ in people
    }


def changed_since(writing: Writing, order: ForwardOrder) -> tuple[set[int], bool]:
    """Those of the order whose month a later commit touched, and whether one touched anybody's.

    Illness next to the month counts too: it may go on over its edge.
    """
    found = writing.con.all(
        "SELECT DISTINCT c.entity, c.row_id, c.date, r.person_id FROM change c LEFT JOIN row_state r"
        " ON r.tenant_id = c.tenant_id AND r.entity = c.entity AND r.row_id = c.row_id AND r.date = c.date"
        f" WHERE c.tenant_id = ? AND c.rev > ? AND c.entity IN ({marks(len(RELEVANT))})",
        writing.tenant_id, order.basis, *sorted(RELEVANT),
    )  # fmt: skip
    people: set[int] = set()
    everybody = False
    for entity, _row_id, day, person_id in found:
        if person_id is None:
            everybody = True
        elif person_id in order.people and (
            entity != DAY or day.startswith(order.month) or _is_illness_beside(writing, order, person_id, day)
        ):
            people.add(person_id)
    return people, everybody


def _is_illness_beside(writing: Writing, order: ForwardOrder, person_id: int, day: str) -> bool:
    """Whether somebody is ill on a day close to the month, or was when the clerk looked."""
    month = Month.parse(order.month)
    if not (month.first - REACH).isoformat() <= day <= (month.last + REACH).isoformat():
        return False
    if day in order.beside.get(person_id, ()):
        return True
    entries: Any = writing.get((DAY, person_id, day)).units.get(ENTRIES) or []
    kinds: list[Any] = [writing.get(("leave_type", entry[0], "")).units for entry in entries]
    return any(spans(bool(kind.get("sickness")), int(kind.get("dmfa_code") or 0)) for kind in kinds)


def _without_base(writing: Writing, order: ForwardOrder) -> set[int]:
    """Those whose differences add to what did not arrive or was rejected, as the backend knows by now."""
    if order.resend != "delta":
        return set()
    sent = {base: records.units_of(writing, base) for base in {*order.bases.values()}}
    found = set()
    for person_id, base in order.bases.items():
        units = sent[base]
        state = units["answers"].get(str(person_id), [units["status"]])[0] if units else FAILED
        if state in (REJECTED, FAILED):
            found.add(person_id)
    return found


def _undecided(writing: Writing, order: ForwardOrder) -> set[int]:
    """Those of the order whose month has two values of something, and nobody chose yet."""
    found: set[int] = set()
    for _, units in live_rows(writing.con, writing.tenant_id, "conflict"):
        if units["open"]:
            found |= {id_ for id_ in _subjects(writing, units, order.month) if id_ in order.people}
    return found


def _subjects(writing: Writing, units: Mapping[str, Any], month: str) -> Iterator[int]:
    entity = units["e"]
    if entity == DAY:
        if units["d"].startswith(month):
            yield units["row"]
        return
    if entity == "person":
        yield units["row"]
        return
    if entity not in _OF_PERSON:
        return
    columns = ENTITIES[entity].to_columns(writing.get((entity, units["row"], units.get("d", ""))).units)
    counts = entity != "pay_component" or component_counts(columns, month)
    person_id = columns.get("person_id")
    if counts and isinstance(person_id, int):
        yield person_id


def _chunks(people: Collection[int]) -> Iterator[Sequence[int]]:
    ids = sorted(people)
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _texts(people: Collection[int]) -> list[str]:
    return [str(id_) for id_ in sorted(people)]
