"""What still stands in the way of a Dimona declaration, by the rules of the worker's type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hrtui.domain.identity.problem import Value
from hrtui.domain.month import months_later

Record = Mapping[str, Value]

# NSSO glossary 2023/3. Types whose end is declared together with the start, and those with planned hours.
_WITH_END = frozenset({"EXT", "STU", "IVT", "TRI", "STG", "O17", "S17", "T17"})
_WITH_PLANNED_HOURS = frozenset({"STU", "O17", "S17"})
_WITH_TIMES = frozenset({"FLX", "EXT"})
_AGENCY_WORK = "322"
_FIRST_YEAR, _YEARS_AHEAD = 1920, 10
_FLEXI_DAYS_AHEAD = 31

_WITHOUT_NUMBER = {
    "personal": ("nationality", "birth_date", "sex", "birth_place", "birth_country"),
    "address": ("street", "house_number", "country", "postcode", "city"),
}


class Step(StrEnum):
    """The steps of the guided flow that the strip shows, in order."""

    NAME = "name"
    PERSONAL = "personal"
    ADDRESS = "address"
    PROVIDER = "provider"
    CONTRACT = "contract"
    EMPLOYER = "employer"


class Why(StrEnum):
    """Why a field blocks the declaration."""

    MISSING = "missing"
    WITHOUT_NATIONAL_NUMBER = "without_national_number"
    NEEDED_BY_TYPE = "needed_by_type"
    NEEDED_BY_AGENCY = "needed_by_agency"
    SEX_BINARY = "sex_binary"
    START_OUT_OF_RANGE = "start_out_of_range"
    END_BEFORE_START = "end_before_start"
    NOT_ONE_QUARTER = "not_one_quarter"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True)
class Blocker:
    """A field that blocks, its step and why; `text` is the worker type or date that the sentence needs."""

    step: Step
    field: str
    why: Why
    text: str = ""


def blockers(person: Record, contract: Record, employer: Record, today: date) -> tuple[Blocker, ...]:
    """What blocks the declaration of a start (Dimona IN), in the order of the steps; () when nothing does.

    Only Belgian employers declare, and no freelancer is declared. A worker without national number is
    identified by name, birth, sex, nationality and address instead. The place of work counts as the
    employer's own where the contract names no other.
    """
    if employer.get("country") != "BE" or contract.get("worker_status") == "freelance":
        return ()
    found = [
        *_name(person),
        *_identity(person, contract),
        *_contract(contract, today),
        *_employer(employer),
    ]
    order = list(Step)
    return tuple(sorted(found, key=lambda blocker: order.index(blocker.step)))


def blocked_steps(found: tuple[Blocker, ...]) -> frozenset[Step]:
    """The steps that still block."""
    return frozenset(blocker.step for blocker in found)


def _name(person: Record) -> Iterator[Blocker]:
    for field in ("last_name", "first_name"):
        if not person.get(field):
            yield Blocker(Step.NAME, field, Why.MISSING)


def _identity(person: Record, contract: Record) -> Iterator[Blocker]:
    if person.get("national_number"):
        return
    if contract.get("worker_type") == "EXT":
        # NSSO, administrative instructions: a casual worker is declared by national number only.
        yield Blocker(Step.PERSONAL, "national_number", Why.NEEDED_BY_TYPE, "EXT")
        return
    for step, fields in _WITHOUT_NUMBER.items():
        for field in fields:
            if not person.get(field):
                yield Blocker(Step(step), field, Why.WITHOUT_NATIONAL_NUMBER)
    if person.get("sex") == "x":
        yield Blocker(Step.PERSONAL, "sex", Why.SEX_BINARY)


def _employer(employer: Record) -> Iterator[Blocker]:
    if not (employer.get("enterprise_number") or employer.get("nsso_number")):
        yield Blocker(Step.EMPLOYER, "enterprise_number", Why.MISSING)


def _contract(contract: Record, today: date) -> Iterator[Blocker]:
    kind = str(contract.get("worker_type") or "")
    for field in ("start_date", "worker_type", "joint_committee"):
        if not contract.get(field):
            yield Blocker(Step.CONTRACT, field, Why.MISSING)
    agency = str(contract.get("joint_committee") or "").startswith(_AGENCY_WORK)
    if not contract.get("end_date"):
        if kind in _WITH_END:
            yield Blocker(Step.CONTRACT, "end_date", Why.NEEDED_BY_TYPE, kind)
        elif agency:
            yield Blocker(Step.CONTRACT, "end_date", Why.NEEDED_BY_AGENCY)
    if agency and not contract.get("using_employer"):
        yield Blocker(Step.CONTRACT, "using_employer", Why.NEEDED_BY_AGENCY)
    if kind in _WITH_PLANNED_HOURS and not contract.get("planned_hours"):
        yield Blocker(Step.CONTRACT, "planned_hours", Why.NEEDED_BY_TYPE, kind)
    if kind in _WITH_TIMES:
        yield from _times(contract, kind)
    if contract.get("start_date"):
        yield from _dates(contract, kind, today)


def _times(contract: Record, kind: str) -> Iterator[Blocker]:
    """The hours of the start, and of the end where there is one; midnight is 0 and no gap."""
    needed = ["start_minute", "end_minute"] if contract.get("end_date") else ["start_minute"]
    for field in needed:
        if contract.get(field) is None:
            yield Blocker(Step.CONTRACT, field, Why.NEEDED_BY_TYPE, kind)


def _dates(contract: Record, kind: str, today: date) -> Iterator[Blocker]:
    start = date.fromisoformat(str(contract["start_date"]))
    if start.year < _FIRST_YEAR or start >= months_later(today, 12 * _YEARS_AHEAD):
        yield Blocker(Step.CONTRACT, "start_date", Why.START_OUT_OF_RANGE)
    first = _quarter(start) - timedelta(days=_FLEXI_DAYS_AHEAD)
    if kind == "FLX" and today < first:
        yield Blocker(Step.CONTRACT, "start_date", Why.TOO_EARLY, first.isoformat())
    if not contract.get("end_date"):
        return
    end = date.fromisoformat(str(contract["end_date"]))
    if end < start:
        yield Blocker(Step.CONTRACT, "end_date", Why.END_BEFORE_START)
    elif kind in _WITH_PLANNED_HOURS and _quarter(end) != _quarter(start):
        yield Blocker(Step.CONTRACT, "end_date", Why.NOT_ONE_QUARTER, kind)


def _quarter(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
