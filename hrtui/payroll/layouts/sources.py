"""The values that a field of a layout can have, by what a row is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrtui.domain.providers import PROVIDERS
from hrtui.domain.snapshot import Component, Contract, Kind, Snapshot
from hrtui.i18n import language
from hrtui.payroll.layouts.types import Header


class Holds(StrEnum):
    """What kind of value a source has, which decides how it can be written."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    """An Amount of time: minutes, and hours × 100."""
    MONEY = "money"
    """Cents."""
    UNIT = "unit"
    """Ten-thousandths."""
    QUANTITY = "quantity"
    """Hundredths."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Time in minutes, and its hours × 100 as they were rounded once."""

    minutes: int
    hundredths: int


Value = str | int | date | Amount | None


@dataclass(frozen=True, slots=True)
class Item:
    """What one row is made of; which parts there are depends on the rows of the file."""

    header: Header
    snapshot: Snapshot | None = None
    date: date | None = None
    kind: Kind | None = None
    code: str = ""
    component: Component | None = None
    contract: Contract | None = None
    message: str = ""
    totals: Mapping[str, Amount] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A value by name; without `read` it is an amount, a count or a mark that the rows themselves give."""

    holds: Holds
    read: Callable[[Item], Value] | None = None


def _person(name: str) -> Source:
    def read(item: Item) -> Value:
        return str(getattr(item.snapshot.person, name)) if item.snapshot else ""

    return Source(Holds.TEXT, read)


def _employee(item: Item) -> Value:
    """The person's number at the provider, or else at the employer."""
    if item.snapshot is None:
        return ""
    return item.snapshot.person.provider_number or item.snapshot.person.number


def _provider(item: Item) -> Value:
    provider = item.snapshot.person.provider if item.snapshot else ""
    return PROVIDERS.get(provider, provider)


def _header(name: str, holds: Holds) -> Source:
    def read(item: Item) -> Value:
        found: Value = getattr(item.header, name)
        return found

    return Source(holds, read)


def _kind(read: Callable[[Kind], Value], holds: Holds = Holds.TEXT) -> Source:
    return Source(holds, lambda item: read(item.kind) if item.kind else "")


def _component(read: Callable[[Component], Value], holds: Holds = Holds.TEXT) -> Source:
    return Source(holds, lambda item: read(item.component) if item.component else None)


def _contract(name: str, holds: Holds) -> Source:
    def read(item: Item) -> Value:
        found: Value = getattr(item.contract, name) if item.contract else None
        return found

    return Source(holds, read)


def _total(name: str) -> Source:
    return Source(Holds.TIME, lambda item: item.totals[name] if item.totals else None)


FILE_SOURCES: Mapping[str, Source] = {
    "employer": _header("employer", Holds.TEXT),
    "client": _person("client_number"),
    "provider": Source(Holds.TEXT, _provider),
    "month": Source(Holds.DATE, lambda item: item.header.month.first),
    "last_day": Source(Holds.DATE, lambda item: item.header.month.last),
    "created": Source(Holds.DATE, lambda item: item.header.at.date()),
    "transmission": _header("number", Holds.NUMBER),
    "wage_payment_date": _header("wage_payment_date", Holds.DATE),
    "meal_voucher_date": _header("meal_voucher_date", Holds.DATE),
}
"""What every record can have, also one before or after the rows."""

END_SOURCES: Mapping[str, Source] = {
    **FILE_SOURCES,
    "count": Source(Holds.NUMBER),
    "total_time": Source(Holds.TIME),
    "total_amount": Source(Holds.MONEY),
}
"""What a record before or after the rows can have: `count` is the number of rows, the totals their sums."""

_PERSON_SOURCES: Mapping[str, Source] = {
    **FILE_SOURCES,
    "row": Source(Holds.NUMBER),
    "employee": Source(Holds.TEXT, _employee),
    "number": _person("number"),
    "provider_number": _person("provider_number"),
    "national_number": _person("national_number"),
    "name": _person("name"),
    "first_name": _person("first_name"),
    "last_name": _person("last_name"),
    "name_prefix": _person("name_prefix"),
}

SOURCES: Mapping[str, Mapping[str, Source]] = {
    "entries": {
        **_PERSON_SOURCES,
        "date": Source(Holds.DATE, lambda item: item.date),
        "code": Source(Holds.TEXT, lambda item: item.code),
        "type": _kind(lambda kind: kind.key),
        "type_name": _kind(lambda kind: kind.name(language())),
        "category": _kind(lambda kind: kind.category.value),
        "dmfa_code": _kind(lambda kind: kind.dmfa or None, Holds.NUMBER),
        "line_kind": Source(Holds.TEXT),
        "time": Source(Holds.TIME),
        "previous": Source(Holds.TIME),
        "difference": Source(Holds.TIME),
    },
    "components": {
        **_PERSON_SOURCES,
        "code": _component(lambda one: one.code),
        "component_name": _component(lambda one: one.name(language())),
        "group": _component(lambda one: one.group),
        "currency": _component(lambda one: one.currency),
        "note": _component(lambda one: one.note),
        "unit_amount": _component(lambda one: one.unit_amount, Holds.UNIT),
        "quantity": _component(lambda one: one.quantity, Holds.QUANTITY),
        "line_kind": Source(Holds.TEXT),
        "amount": Source(Holds.MONEY),
        "previous": Source(Holds.MONEY),
        "difference": Source(Holds.MONEY),
    },
    "messages": {**_PERSON_SOURCES, "message": Source(Holds.TEXT, lambda item: item.message)},
    "people": {
        **_PERSON_SOURCES,
        "contract_start": _contract("start", Holds.DATE),
        "contract_end": _contract("end", Holds.DATE),
        "worker_status": _contract("worker_status", Holds.TEXT),
        "hours_per_week": _contract("hours_per_week", Holds.QUANTITY),
        "scheduled": _total("scheduled"),
        "worked": _total("worked"),
        "absent": _total("absent"),
        "overtime": _total("overtime"),
    },
}
"""What the rows of each kind can have, by name."""
