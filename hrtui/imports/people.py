"""A people file: new and changed people with their team, contract and work schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrtui import clock
from hrtui.domain.contract import ContractPeriod, VersionError, VersionFault, checked_period
from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.person_fields import PERSON_FIELDS
from hrtui.i18n import N_, t, tn
from hrtui.imports.cells import Record
from hrtui.imports.known import Contract, Known, Person
from hrtui.imports.person_fields import PERSON, PersonLine, read_person, unused_columns
from hrtui.imports.plan import Plan
from hrtui.record_wording import version_text
from hrtui.store.changes import Change, RowChange, Values
from hrtui.store.ids import new_id
from hrtui.store.outside import Outside, outside
from hrtui.store.person_records import found_by
from hrtui.store.roles import Rights, rights
from hrtui.store.store import Store

_NOT_KEPT = N_("“{name}” is not kept for people of this employer: the column is left out.")
_TERMS = ("worker_status", "joint_committee")
_FOR_OTHERS = N_("“{name}” is kept to other roles than yours: the column is left out.")


def plan_people(store: Store, employer_id: int, records: Sequence[Record]) -> Plan:
    """What importing these lines would do.

    A person is recognised by their number; an empty cell leaves what is there. A contract is recognised by
    its start. Teams that do not exist are made; a work schedule must exist.
    """
    plan = Plan()
    known = Known.read(store, employer_id)
    unused = unused_columns(known.country, zw_self_insured=known.zw_self_insured)
    hidden = _kept_columns(rights(store, employer_id)) - unused
    _warn_of_unused(records, unused, _NOT_KEPT, plan)
    _warn_of_unused(records, hidden, _FOR_OTHERS, plan)
    numbers: dict[str, int] = {}
    for record in records:
        line = read_person(record, known.country, plan, unused | hidden)
        _check_against_known(line, known, numbers, plan)
        if line.number:
            numbers.setdefault(line.number, line.line)
        if line.line not in plan.bad:
            _warn_of_outside(store, line, known.people.get(line.number), plan)
            _warn_of_history(line, known.people.get(line.number), plan)
            _plan_person(line, known, employer_id, plan)
    # A table at a time: writing goes by likeness, and a team must be there before its people.
    order = {"team": 0, "person": 1, "contract": 2, "schedule_assignment": 3}
    plan.changes.sort(key=lambda change: order[change.table] if isinstance(change, RowChange) else -1)
    return plan


def _kept_columns(own: Rights) -> frozenset[str]:
    """The columns of a file that go into columns which the clerk may not see."""
    return frozenset(field for field, column in PERSON.items() if own.hides("person", column))


def _warn_of_unused(records: Sequence[Record], unused: frozenset[str], why: str, plan: Plan) -> None:
    for field in sorted(unused):
        first = next((record for record in records if record.has(field)), None)
        if first:
            plan.warn(first.line, t(why, name=first.titles[field]))


def _check_against_known(line: PersonLine, known: Known, numbers: dict[str, int], plan: Plan) -> None:
    person = known.people.get(line.number)
    if line.number in numbers:
        plan.refuse(
            line.line,
            t("Number {number} is on line {line} already.", number=line.number, line=numbers[line.number]),
        )
    if person is None and not (line.says("last_name") and line.says("first_name")):
        plan.refuse(line.line, t("A new person needs a last name and a first name."))
    if national_number := line.person.get("national_number"):
        owner = known.national_numbers.get(str(national_number), line.number)
        if owner != line.number:
            plan.refuse(line.line, t("Person {number} has this national number already.", number=owner))
        elif owner:
            known.national_numbers[str(national_number)] = owner
    if line.schedule and known.schedule_id(line.schedule) is None:
        plan.refuse(line.line, t("There is no work schedule “{name}”: import it first.", name=line.schedule))
    elif line.schedule and person and _rewrites_schedule(line, person, known):
        plan.refuse(line.line, t("The schedule needs the date from which it holds."))
    if line.start and person and "contract_end" not in line.wrong:
        _check_overlap(line.start, line.end, person.contracts, line.line, plan)


def _rewrites_schedule(line: PersonLine, person: Person, known: Known) -> bool:
    """Whether a schedule that the file gives no day for is not the one that is followed or comes last.

    From the start of a contract that is known it would change months that are long over.
    """
    if line.schedule_from or not any(one.start == line.start for one in person.contracts):
        return False
    by_day = sorted(person.assignments, key=lambda one: one.valid_from)
    begun = [one for one in by_day if one.valid_from <= clock.today()]
    followed = {one.schedule_id for one in (*begun[-1:], *by_day[-1:])}
    return bool(followed) and known.schedule_id(line.schedule) not in followed


def _check_overlap(
    start: date, end: date | None, contracts: Sequence[Contract], line: int, plan: Plan
) -> None:
    """Refuse start..end (None: its known end, or none) where a contract with another start shares a day."""
    end = end or next((same.end for same in contracts if same.start == start), None)
    others = [ContractPeriod(other.start, other.end) for other in contracts if other.start != start]
    try:
        checked_period(others, start, end)
    except VersionError as error:
        # That it ends before it starts was said of the line already.
        if error.fault is VersionFault.OVERLAP:
            plan.refuse(line, version_text(error))


def _warn_of_outside(store: Store, line: PersonLine, person: Person | None, plan: Plan) -> None:
    """Count what a contract that ends sooner leaves outside: a file deletes nothing that was entered."""
    if person is None or line.start is None or "end_date" not in line.contract:
        return
    before = [ContractPeriod(one.start, one.end) for one in person.contracts]
    after = [ContractPeriod(one.start, line.end if one.start == line.start else one.end) for one in before]
    found = outside(store, person.id, before, after) if before != after else Outside()
    if count := len(found.days) + len(found.components):
        text = tn(
            "{n} day or pay component of before is outside the contract now: have a look at it.",
            "{n} days or pay components of before are outside the contract now: have a look at them.",
            count,
        )
        plan.warn(line.line, text)


def _warn_of_history(line: PersonLine, person: Person | None, plan: Plan) -> None:
    """Tell that a contract which is known changes from its first day on, in months that are over too."""
    old = next((one for one in person.contracts if one.start == line.start), None) if person else None
    was = {column: old.values[column] for column in line.contract if column in _TERMS} if old else {}
    if any(value and value != line.contract[column] for column, value in was.items()):
        text = t(
            "This changes the contract from its first day on. What holds from a later day is a contract of"
            " its own: end the one before, and give that day as its start."
        )
        plan.warn(line.line, text)


def _plan_person(line: PersonLine, known: Known, employer_id: int, plan: Plan) -> None:
    changes: list[Change] = []
    person = known.people.get(line.number)
    new = person is None
    values: Values = dict(line.person)
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
        if line.start is None:
            plan.warn(line.line, t("This person has no contract, so no month will show them."))
    else:
        changes += _update(line.number, person, values)
    changes += _contract(line, person)
    changes += _assignment(line, person, known)
    if new and not line.schedule:
        plan.warn(line.line, t("This person has no work schedule, so nothing can be entered for them."))
    plan.count(changes, new=new)


def _insertion(person_id: int, employer_id: int, number: str, values: Values) -> RowChange:
    row: Values = {field.name: field.empty for field in PERSON_FIELDS}
    row |= {"employer_id": employer_id, "number": number} | values
    return RowChange("person", person_id, None, row | found_by(row))


def _update(number: str, person: Person, values: Values) -> list[Change]:
    new = {column: value for column, value in values.items() if person.values[column] != value}
    if not new:
        return []
    listed = found_by(person.values | new | {"number": number})
    new |= {column: value for column, value in listed.items() if person.values[column] != value}
    old = {column: person.values[column] for column in new}
    return [RowChange("person", person.id, old, new)]


def _contract(line: PersonLine, person: Person) -> list[Change]:
    if line.start is None:
        return []
    old = next((other for other in person.contracts if other.start == line.start), None)
    if old is None:
        row: Values = {field.name: field.empty for field in CONTRACT_FIELDS} | {"person_id": person.id}
        return [RowChange("contract", new_id(), None, row | dict(line.contract))]
    new = {
        column: value
        for column, value in line.contract.items()
        if column != "start_date" and old.values[column] != value
    }
    return [RowChange("contract", old.id, {column: old.values[column] for column in new}, new)] if new else []


def _assignment(line: PersonLine, person: Person, known: Known) -> list[Change]:
    """The work schedule from a date on; nothing where it is in force then already."""
    schedule_id = known.schedule_id(line.schedule) if line.schedule else None
    start = line.schedule_from or line.start
    contract = any(one.start == line.start for one in person.contracts)
    if schedule_id is None or start is None or (contract and person.assignments and not line.schedule_from):
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
