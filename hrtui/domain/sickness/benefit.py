"""Benefit specifications: what an insurer pays for a month of absence, and by when."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from hrtui.domain.month import Month
from hrtui.domain.sickness.sickness_act import working_days_after

PAID_WITHIN_WORKING_DAYS = 5
"""An amount on a specification is paid within five working days (the insurer's terms)."""


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One line: whom it is for (number or name as the insurer writes it), which days, and how much."""

    person: str
    first_day: date | None
    last_day: date | None
    days: int | None
    cents: int


@dataclass(frozen=True, slots=True)
class Specification:
    """A specification of one month: page one is `policy`, page two `lines`; `cents` may be 0."""

    month: Month
    received_on: date
    policy_number: str = ""
    insurer: str = ""
    policy: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[BenefitLine, ...] = ()
    cents: int = 0
    currency: str = "EUR"


def paid_by(received_on: date, cents: int, free: Container[date] = ()) -> date | None:
    """The day by which the amount is paid; None where there is none."""
    return working_days_after(received_on, PAID_WITHIN_WORKING_DAYS, free) if cents else None


def months_without(absent: Iterable[Month], specified: Iterable[Month], through: Month) -> list[Month]:
    """The months up to `through` with absence for which no specification came, oldest first."""
    return sorted({month for month in absent if month <= through} - set(specified))
