"""Reading a person's whole record, changing it field by field, and creating a person in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.identity.problem import Value
from hrtui.domain.person_fields import PERSON_FIELDS
from hrtui.domain.record_field import Field
from hrtui.i18n import N_, t
from hrtui.store import drafts, rows
from hrtui.store.changes import Change, Values
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.people import full_name, search_text, sort_name
from hrtui.store.store import Store

_NAMES = frozenset({"number", "first_name", "last_name", "name_prefix"})
"""The columns that the text to find people by is made of."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of a table: its columns but the id, as SQLite holds them."""

    id: int
    values: Values


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All that is kept of a person; contracts and schedule assignments in date order."""

    id: int
    name: str
    values: Values
    contracts: tuple[Stored, ...]
    assignments: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What the guided flow gathered: columns of the person and of the contract, as checked by their fields.

    Columns that are left out stay empty. `schedule_from` is an ISO date, by default the contract's start;
    `draft_id` is the draft that this finishes.
    """

    person: Mapping[str, Value]
    contract: Mapping[str, Value] = field(default_factory=dict)
    schedule_id: int | None = None
    schedule_from: str = ""
    draft_id: int | None = None


def person_record(store: Store, employer_id: int, person_id: int) -> PersonRecord:
    """The record of a person; raises StoreError where the employer has no such person."""
    values = rows.row_of(store, employer_id, "person", person_id)
    return PersonRecord(
        person_id,
        _name(values),
        values,
        _rows(store, "contract", "start_date", person_id),
        _rows(store, "schedule_assignment", "valid_from", person_id),
    )


def person_name(store: Store, employer_id: int, person_id: int) -> str:
    """The name as lists show it; raises StoreError where the employer has no such person."""
    return _name(rows.row_of(store, employer_id, "person", person_id))


def change_field(
    store: Store, employer_id: int, person_id: int, changed: Field, old: Value, new: Value
) -> int | None:
    """Store what a field of a person becomes, as one undo step; returns the step, None where nothing differs.

    `old` is what the form showed, `new` what the field's check gave. Raises StaleError where somebody else
    changed the field meanwhile, StoreError where another person has the number.
    """
    if old == new:
        return None
    values = rows.row_of(store, employer_id, "person", person_id)
    _check_unique(store, employer_id, {changed.name: new}, person_id)
    _check_links(store, employer_id, {changed.name: new})
    before: Values = {changed.name: old}
    after: Values = {changed.name: new}
    if changed.name in _NAMES:
        listed = found_by(values | after)
        before |= {column: values[column] for column in listed}
        after |= listed
    label = t("{field} of {name}", field=t(changed.label), name=_name(values))
    return rows.carry_out(store, employer_id, label, rows.update("person", person_id, before, after))


def create_person(store: Store, employer_id: int, new: NewPerson) -> int:
    """Add a person with contract and schedule, and drop the draft, as one undo step; returns the person's id.

    Raises StoreError where number or national number are another person's, or the draft is gone.
    """
    person_id = new_id()
    values: Values = {one.name: one.empty for one in PERSON_FIELDS} | dict(new.person)
    values["employer_id"] = employer_id
    _check_unique(store, employer_id, values, None)
    _check_links(store, employer_id, values)
    changes: list[Change] = [rows.insertion("person", values | found_by(values), person_id)]
    if new.contract:
        contract: Values = {one.name: one.empty for one in CONTRACT_FIELDS} | dict(new.contract)
        changes.append(rows.insertion("contract", contract | {"person_id": person_id}))
    valid_from = new.schedule_from or new.contract.get("start_date")
    if new.schedule_id is not None and valid_from:
        rows.row_of(store, employer_id, "work_schedule", new.schedule_id)
        assignment = {"person_id": person_id, "schedule_id": new.schedule_id, "valid_from": valid_from}
        changes.append(rows.insertion("schedule_assignment", assignment))
    if new.draft_id is not None:
        changes.append(drafts.deletion(store, employer_id, new.draft_id))
    rows.carry_out(store, employer_id, t("New person {name}", name=_name(values)), changes)
    return person_id


def suggested_number(store: Store, employer_id: int) -> str:
    """The number after the highest one of figures only."""
    row = store.con.execute(
        "SELECT max(CAST(number AS INTEGER)) FROM person"
        " WHERE employer_id = ? AND number NOT GLOB '*[^0-9]*' AND length(number) BETWEEN 1 AND 14",
        (employer_id,),
    ).fetchone()
    return str((row[0] or 0) + 1)


def found_by(values: Values) -> Values:
    """The columns that lists are sorted and filtered by, for these columns of a person."""
    number, first, last, prefix = (
        str(values.get(column) or "") for column in ("number", "first_name", "last_name", "name_prefix")
    )
    return {"sort_name": sort_name(first, last), "search_text": search_text(number, first, last, prefix)}


def found_by_changes(current: Values, changed: Values) -> tuple[Values, Values]:
    """Old and new of the columns to find a person by, where these changes of a row touch them."""
    if not _NAMES & changed.keys():
        return {}, {}
    after = found_by(current | changed)
    return {column: current[column] for column in after}, after


def _check_unique(store: Store, employer_id: int, values: Mapping[str, Value], person_id: int | None) -> None:
    """Raise StoreError where somebody else, in or out of service, has the same number."""
    sentences = {
        "number": N_("{name} has this employee number already."),
        "national_number": N_("{name} has this national number already."),
    }
    for column, sentence in sentences.items():
        if not values.get(column):
            continue
        row = store.con.execute(
            f"SELECT first_name, last_name, name_prefix FROM person"
            f" WHERE employer_id = ? AND {column} = ? AND id IS NOT ?",
            (employer_id, values[column], person_id),
        ).fetchone()
        if row:
            raise StoreError(t(sentence, name=full_name(*row)))


def _check_links(store: Store, employer_id: int, values: Mapping[str, Value]) -> None:
    """Raise StoreError where a team or provider is gone or another employer's."""
    for one in PERSON_FIELDS:
        linked = values.get(one.name)
        if one.links_to and linked is not None:
            rows.row_of(store, employer_id, one.links_to, int(linked))


def _name(values: Values) -> str:
    return full_name(values["first_name"], values["last_name"], values["name_prefix"])


def _rows(store: Store, table: str, order: str, person_id: int) -> tuple[Stored, ...]:
    found = rows.select_all(store, table, f"person_id = ? ORDER BY {order}, id", person_id)
    return tuple(Stored(values.pop("id"), values) for values in found)
