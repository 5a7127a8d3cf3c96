"""Contracts of a person: adding, correcting, changing from a date on, and ending them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrtui.domain.contract import ContractPeriod, checked_period, new_version
from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.identity.problem import Value
from hrtui.domain.record_field import Field
from hrtui.i18n import day_text, t
from hrtui.store import rows
from hrtui.store.changes import Change, Values
from hrtui.store.moments import day_of
from hrtui.store.outside import Outside, deletions, outside
from hrtui.store.person_records import person_name
from hrtui.store.roles import rights
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract (or version of one): its days, and all its columns but the id."""

    id: int
    period: ContractPeriod
    values: Values


class Decision(StrEnum):
    """What becomes of what falls outside the contract."""

    KEEP = "keep"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class PeriodChanged:
    """`step_id` is None where nothing was written: then `outside` says what has to be decided first."""

    step_id: int | None
    outside: Outside


def contracts_of(store: Store, person_id: int) -> list[Contract]:
    """The contracts of a person in date order, versions apart."""
    found = rows.select_all(store, "contract", "person_id = ? ORDER BY start_date", person_id)
    return [Contract(values.pop("id"), _period(values), values) for values in found]


def add_contract(store: Store, employer_id: int, person_id: int, values: Mapping[str, Value]) -> int:
    """Add a contract with these columns as one undo step; returns its id.

    Raises VersionError where it overlaps another or ends before it starts.
    """
    row: Values = {field.name: field.empty for field in CONTRACT_FIELDS} | dict(values)
    row["person_id"] = person_id
    start, end = _days(row)
    name = person_name(store, employer_id, person_id)
    checked_period([contract.period for contract in contracts_of(store, person_id)], start, end)
    change = rows.insertion("contract", row)
    label = t("New contract of {name} from {start}", name=name, start=day_text(start, "d/M/y"))
    rows.carry_out(store, employer_id, label, [change])
    return change.id


def correct_contract(
    store: Store, employer_id: int, contract_id: int, field: Field, old: Value, new: Value
) -> int | None:
    """Put right what a contract says from its start on, as one undo step; the history keeps the old value.

    For a change from a later day there is `change_contract`; the days themselves go by `set_period`. Raises
    ValueError for those, StaleError where somebody else changed the field meanwhile.
    """
    if field.name in ("start_date", "end_date"):
        raise ValueError("the days of a contract change by set_period")
    values = rows.row_of(store, employer_id, "contract", contract_id)
    name = person_name(store, employer_id, values["person_id"])
    label = t("{field} of {name}", field=t(field.label), name=name)
    changes = rows.update("contract", contract_id, {field.name: old}, {field.name: new})
    return rows.carry_out(store, employer_id, label, changes)


def change_contract(
    store: Store, employer_id: int, person_id: int, start: date, values: Mapping[str, Value]
) -> int:
    """Change columns of the contract from `start` on: a new version, the old one ends the day before.

    What the clerk may not see stays as the old version has it. One undo step; returns the id of the new
    version. Raises VersionError where no contract covers the day, or one starts on it.
    """
    own = rights(store, employer_id)
    values = {name: value for name, value in values.items() if not own.hides("contract", name)}
    contracts = contracts_of(store, person_id)
    version = new_version([contract.period for contract in contracts], start)
    closed = next(contract for contract in contracts if contract.period == version.closed)
    assert version.until.end is not None
    opened = rows.insertion(
        "contract",
        closed.values
        | dict(values)
        | {"start_date": start.isoformat(), "end_date": closed.values["end_date"]},
    )
    until = {"end_date": version.until.end.isoformat()}
    label = t(
        "Contract of {name} from {start}",
        name=person_name(store, employer_id, person_id),
        start=day_text(start, "d/M/y"),
    )
    changes: list[Change] = [*rows.update("contract", closed.id, closed.values, until), opened]
    rows.carry_out(store, employer_id, label, changes)
    return opened.id


def end_contract(
    store: Store,
    employer_id: int,
    contract_id: int,
    last_day: date,
    *,
    reason: str = "",
    decision: Decision | None = None,
) -> PeriodChanged:
    """End a contract on `last_day` by `set_period`; `reason` is one of the field `termination_reason`."""
    values = rows.row_of(store, employer_id, "contract", contract_id)
    start = date.fromisoformat(values["start_date"])
    return set_period(
        store, employer_id, contract_id, start, last_day, reason=reason or None, decision=decision
    )


def set_period(
    store: Store,
    employer_id: int,
    contract_id: int,
    start: date,
    end: date | None,
    *,
    reason: str | None = None,
    decision: Decision | None = None,
) -> PeriodChanged:
    """Move the first or last day of a contract, as one undo step.

    Where that leaves entries, schedules or pay components outside every contract, nothing is written until
    `decision` says whether they are kept or deleted; entries of locked months are kept in any case. Raises
    VersionError where the contract would overlap another or end before it starts.
    """
    values = rows.row_of(store, employer_id, "contract", contract_id)
    person_id = values["person_id"]
    contracts = contracts_of(store, person_id)
    others = [contract.period for contract in contracts if contract.id != contract_id]
    after = [*others, checked_period(others, start, end)]
    left = outside(store, person_id, [contract.period for contract in contracts], after)
    if left and decision is None:
        return PeriodChanged(None, left)
    new: Values = {"start_date": start.isoformat(), "end_date": end.isoformat() if end else None}
    if reason is not None:
        new["termination_reason"] = reason
    changes: list[Change] = [*rows.update("contract", contract_id, values, new)]
    if decision is Decision.DELETE:
        changes += deletions(store, employer_id, person_id, left)
    step_id = rows.carry_out(store, employer_id, _period_label(store, employer_id, person_id, end), changes)
    return PeriodChanged(step_id, left)


def _period_label(store: Store, employer_id: int, person_id: int, end: date | None) -> str:
    name = person_name(store, employer_id, person_id)
    if end is None:
        return t("Days of the contract of {name}", name=name)
    return t("Contract of {name} until {end}", name=name, end=day_text(end, "d/M/y"))


def _period(values: Values) -> ContractPeriod:
    start, end = _days(values)
    return ContractPeriod(start, end)


def _days(values: Values) -> tuple[date, date | None]:
    end = values["end_date"]
    return date.fromisoformat(values["start_date"]), day_of(end)
