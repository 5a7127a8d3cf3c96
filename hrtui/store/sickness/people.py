"""People for sick reports: adding one who is not there yet, and the no-risk mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hrtui import clock
from hrtui.domain.identity.problem import Given, Value
from hrtui.domain.sickness.fields import new_person_fields
from hrtui.domain.sickness.no_risk import may_ask_from, no_risk_fault
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, Values
from hrtui.store.errors import StoreError
from hrtui.store.field_checks import refuse_bad_values
from hrtui.store.moments import day_of
from hrtui.store.person_records import NewPerson, create_person, suggested_number
from hrtui.store.sickness.desk import Desk, stable_id
from hrtui.store.sickness.outcome import name_of
from hrtui.store.sickness.terms import contracts_of
from hrtui.store.sickness.wording import NO_RISK_FAULTS

TABLE = "sickness_person"


@dataclass(frozen=True, slots=True)
class NoRisk:
    """Whether the mark is kept, on which ground, since when; `ask_from` is when the employer may ask."""

    marked: bool
    basis: str
    recorded_on: date | None
    ask_from: date | None


def add_person(desk: Desk, values: Mapping[str, Value], schedule_id: int | None = None) -> int:
    """Add a person from the fields of `new_person_fields`, as one undo step; returns the id.

    The number is the next free one. Dutch reports ask the given name, which is the first name then, or the
    initials where none is given. Raises StoreError for a value that its field refuses or a field that a sick
    report does not need.
    """
    fields = new_person_fields(desk.country, zw_self_insured=desk.self_insured)
    if extra := set(values) - {field.name for field in fields}:
        raise StoreError(t("A sick report does not need this: {fields}.", fields=", ".join(sorted(extra))))
    everything = {field.name: values.get(field.name, field.empty) for field in fields}
    refuse_bad_values(fields, everything, Given(clock.today(), desk.country, everything))
    person = {field.name: everything[field.name] for field in fields if field.table == "person"}
    contract = {field.name: everything[field.name] for field in fields if field.table == "contract"}
    first = person.get("first_name") or person.get("given_name") or person.get("initials")
    if not first:
        raise StoreError(t("Type the given name or the initials."))
    person["first_name"] = str(first)[:24]
    person["number"] = suggested_number(desk.store, desk.employer_id)
    return create_person(desk.store, desk.employer_id, NewPerson(person, contract, schedule_id=schedule_id))


def no_risk(desk: Desk, person_id: int) -> NoRisk:
    """The no-risk mark of a person."""
    rows.check_people(desk.store, desk.employer_id, [person_id])
    row = desk.store.con.execute(
        "SELECT no_risk, basis, recorded_on FROM sickness_person WHERE person_id = ?", (person_id,)
    ).fetchone()
    start = _employed_from(desk, person_id)
    ask_from = may_ask_from(start) if start else None
    if row is None:
        return NoRisk(False, "", None, ask_from)
    return NoRisk(bool(row[0]), row[1], day_of(row[2]), ask_from)


def set_no_risk(desk: Desk, person_id: int, basis: str) -> int | None:
    """Keep the no-risk mark on a ground (`no_risk.Basis`), or take it away with an empty one.

    Raises StoreError where it may not be kept (yet), and outside the Netherlands.
    """
    if not desk.dutch:
        raise StoreError(t("The no-risk policy is Dutch: there is none here."))
    rows.check_people(desk.store, desk.employer_id, [person_id])
    today = clock.today()
    if basis:
        fault = no_risk_fault(basis, _employed_from(desk, person_id), today)
        if fault:
            raise StoreError(t(NO_RISK_FAULTS[fault]))
    values: Values = {
        "employer_id": desk.employer_id,
        "person_id": person_id,
        "no_risk": int(bool(basis)),
        "basis": basis,
        "recorded_on": today.isoformat() if basis else None,
    }
    row = desk.store.con.execute(
        "SELECT id FROM sickness_person WHERE person_id = ?", (person_id,)
    ).fetchone()
    if row is None:
        changes: list[Change] = [rows.insertion(TABLE, values, stable_id(TABLE, person_id))]
    else:
        old = rows.row_of(desk.store, desk.employer_id, TABLE, row[0])
        changes = [*rows.update(TABLE, row[0], old, values)]
    label = t("Absence of {name}", name=name_of(desk, person_id))
    return rows.carry_out(desk.store, desk.employer_id, label, changes)


def _employed_from(desk: Desk, person_id: int) -> date | None:
    """When the employment that runs, or the last one, began."""
    contracts = contracts_of(desk.store, [person_id]).get(person_id, [])
    return contracts[-1].period.start if contracts else None
