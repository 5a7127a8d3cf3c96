"""Contract periods: when a person is employed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


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
