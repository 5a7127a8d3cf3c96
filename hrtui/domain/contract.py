"""Contract periods: when a person is employed, and how a contract changes from a date on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ContractPeriod:
    """A contract from its first to its last day, both included; `end` None is open-ended.

    Raises ValueError where it ends before it starts.
    """

    start: date
    end: date | None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a contract cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def in_contract(periods: Iterable[ContractPeriod], day: date) -> bool:
    """Whether any of the contracts covers `day`."""
    return any(day in period for period in periods)


class VersionFault(StrEnum):
    """Why a contract cannot take a change."""

    OVERLAP = "overlap"
    NO_CONTRACT = "no_contract"
    STARTS_THEN = "starts_then"
    ENDS_BEFORE_START = "ends_before_start"


class VersionError(ValueError):
    """A change of contracts that is refused; `period` is the contract in its way, where there is one."""

    def __init__(self, fault: VersionFault, period: ContractPeriod | None = None) -> None:
        super().__init__(f"{fault.value}: {period}")
        self.fault = fault
        self.period = period


@dataclass(frozen=True, slots=True)
class NewVersion:
    """How a contract changes from a date on: `closed` becomes `until` its last day, `opened` comes after."""

    closed: ContractPeriod
    until: ContractPeriod
    opened: ContractPeriod


def new_version(periods: Iterable[ContractPeriod], start: date) -> NewVersion:
    """Split the contract that covers `start`: the old version ends the day before, the new one keeps the end.

    What held before `start` stays as it was. Raises VersionError with NO_CONTRACT where none covers the day,
    and with STARTS_THEN where one starts on it: then nothing would be left of the old version.
    """
    covering = next((period for period in periods if start in period), None)
    if covering is None:
        raise VersionError(VersionFault.NO_CONTRACT)
    if covering.start == start:
        raise VersionError(VersionFault.STARTS_THEN, covering)
    until = ContractPeriod(covering.start, start - timedelta(days=1))
    return NewVersion(covering, until, ContractPeriod(start, covering.end))


def checked_period(periods: Iterable[ContractPeriod], start: date, end: date | None) -> ContractPeriod:
    """A contract beside the others of a person.

    Raises VersionError with ENDS_BEFORE_START, or with OVERLAP and the first of `periods` that shares a day.
    """
    if end is not None and end < start:
        raise VersionError(VersionFault.ENDS_BEFORE_START)
    for period in sorted(periods, key=lambda period: period.start):
        if (end is None or period.start <= end) and (period.end is None or period.end >= start):
            raise VersionError(VersionFault.OVERLAP, period)
    return ContractPeriod(start, end)
