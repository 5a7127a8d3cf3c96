"""A people file: new and changed people with their team, contract and work schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrtui.i18n import day_text, t
from hrtui.imports.cells import Record
from hrtui.imports.known import Contract, Known, Person
from hrtui.imports.person_fields import PersonLine, read_person
from hrtui.imports.plan import Plan
from hrtui.store.changes import Change, RowChange
from hrtui.store.ids import new_id
from hrtui.store.people import search_text, sort_name
from hrtui.store.store import Store


def plan_people(store: Store, employer_id: int, records: Sequence[Record]) -> Plan:
    """What importing these lines would do.

    A person is recognised by their number; an empty cell leaves what is there. A contract is recognised by
    its start. Teams that do not exist are made; a work schedule must exist.
    """
    plan = Plan()
    known = Known.read(store, employer_id)
    numbers: dict[str, int] = {}
    for record in records:
        line = read_person(record, known.country, plan)
        if line.line not in plan.bad:
            _check_against_known(line, known, numbers, plan)
        numbers.setdefault(line.number, line.line)
        if line.line not in plan.bad:
            _plan_person(line, known, employer_id, plan)
    # A table at a time: writing goes by likeness, and a team must be there before its people.
    order = {"team": 0, "person": 1, "contract": 2, "schedule_assignment": 3}
    plan.changes.sort(key=lambda change: order[change.table] if isinstance(change, RowChange) else -1)
    return plan


def _check_against_known(line: PersonLine, known: Known, numbers: dict[str, int], plan: Plan) -> None:
    person = known.people.get(line.number)
    if line.number in numbers:
        plan.refuse(
            line.line,
            t("Number {number} is on line {line} already.", number=line.number, line=numbers[line.number]),
        )
    if person is None and not (line.person.get("last_name") and line.person.get("first_name")):
        plan.refuse(line.line, t("A new person needs a last name and a first name."))
    owner = known.national_numbers.get(line.person.get("national_number", ""))
    if owner not in (None, line.number):
        plan.refuse(line.line, t("Person {number} has this national number already.", number=owner))
    if line.schedule and known.schedule_id(line.schedule) is None:
        plan.refuse(line.line, t("There is no work schedule “{name}”: import it first.", name=line.schedule))
    if line.contract_start and person:
        other = _overlapping(line.contract_start, line.contract_end, person.contracts)
        if other:
            plan.refuse(
                line.line,
                t(
                    "There is a contract in that time already (from {start}).",
                    start=day_text(other.start, "d/M/y"),
                ),
            )


def _plan_person(line: PersonLine, known: Known, employer_id: int, plan: Plan) -> None:
    changes: list[Change] = []
    person = known.people.get(line.number)
    new = person is None
    values: dict[str, str | int | None] = dict(line.person)
    if line.team:
        team_id = known.team_id(line.team)
        if team_id is None:
            team_id = known.add_team(line.team)
            team = {"employer_id": employer_id, "name": line.team}
            changes.append(RowChange("team", team_id, None, team))
        values["team_id"] = team_id
    if person is None:
        person = Person(new_id(), {})
        known.people[line.number] = person
        changes.append(_insertion(person.id, employer_id, line.number, values))
        if line.contract_start is None:
            plan.warn(line.line, t("This person has no contract, so no month will show them."))
    else:
        changes += _update(line.number, person, values)
    if "national_number" in line.person:
        known.national_numbers[line.person["national_number"]] = line.number
    changes += _contract(line, person)
    changes += _assignment(line, person, known)
    if new and not line.schedule:
        plan.warn(line.line, t("This person has no work schedule, so nothing can be entered for them."))
    plan.count(changes, new=new)


def _insertion(
    person_id: int, employer_id: int, number: str, values: dict[str, str | int | None]
) -> RowChange:
    row: dict[str, str | int | None] = {
        "employer_id": employer_id, "number": number, "first_name": "", "last_name": "", "name_prefix": "",
        "birth_date": None, "sex": "", "national_number": "", "bsn": "", "email": "", "phone": "", "iban": "",
        "language": "", "team_id": None, "sort_name": "", "search_text": "", "archived": 0,
    }  # fmt: skip
    row |= values
    return RowChange("person", person_id, None, row | _found_by(number, row))


def _update(number: str, person: Person, values: dict[str, str | int | None]) -> list[Change]:
    new = {column: value for column, value in values.items() if person.values[column] != value}
    if not new:
        return []
    found_by = _found_by(number, person.values | new)
    new |= {column: value for column, value in found_by.items() if person.values[column] != value}
    old = {column: person.values[column] for column in new}
    return [RowChange("person", person.id, old, new)]


def _found_by(number: str, row: dict[str, str | int | None]) -> dict[str, str | int | None]:
    """The columns that lists are sorted and filtered by."""
    first, last, prefix = (str(row[column] or "") for column in ("first_name", "last_name", "name_prefix"))
    return {"sort_name": sort_name(first, last), "search_text": search_text(number, first, last, prefix)}


def _overlapping(start: date, end: date | None, contracts: Sequence[Contract]) -> Contract | None:
    """A contract with another start that shares a day with start..end (None: its known end, or none)."""
    end = end or next((same.end for same in contracts if same.start == start), None)
    return next(
        (
            other
            for other in contracts
            if other.start != start
            and (end is None or other.start <= end)
            and (other.end is None or other.end >= start)
        ),
        None,
    )


def _contract(line: PersonLine, person: Person) -> list[Change]:
    if line.contract_start is None:
        return []
    given = {
        "end_date": line.contract_end.isoformat() if line.contract_end else None,
        "worker_status": line.status or None,
        "joint_committee": line.joint_committee or None,
    }
    old = next((other for other in person.contracts if other.start == line.contract_start), None)
    if old is None:
        row = {
            "person_id": person.id, "start_date": line.contract_start.isoformat(),
            "end_date": given["end_date"], "worker_status": line.status, "nature": "", "job_title": "",
            "joint_committee": line.joint_committee, "hours_per_week": None,
        }  # fmt: skip
        return [RowChange("contract", new_id(), None, row)]
    new = {column: value for column, value in given.items() if value and old.values[column] != value}
    return [RowChange("contract", old.id, {column: old.values[column] for column in new}, new)] if new else []


def _assignment(line: PersonLine, person: Person, known: Known) -> list[Change]:
    """The work schedule from a date on; nothing where it is in force then already."""
    schedule_id = known.schedule_id(line.schedule) if line.schedule else None
    start = line.schedule_from or line.contract_start
    if schedule_id is None or start is None:
        return []
    before = [assigned for assigned in person.assignments if assigned.valid_from <= start]
    latest = max(before, key=lambda assigned: assigned.valid_from, default=None)
    if latest is None or (latest.schedule_id != schedule_id and latest.valid_from < start):
        row = {"person_id": person.id, "schedule_id": schedule_id, "valid_from": start.isoformat()}
        return [RowChange("schedule_assignment", new_id(), None, row)]
    if latest.schedule_id == schedule_id:
        return []
    old, new = {"schedule_id": latest.schedule_id}, {"schedule_id": schedule_id}
    return [RowChange("schedule_assignment", latest.id, old, new)]
