"""Leave types (calendar codes): what may be entered on a day and how it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Category(StrEnum):
    """How time of a type counts against the schedule."""

    WORKED = "worked"
    """Inside the schedule and worked: telework, training, a worked holiday."""
    ABSENCE = "absence"
    """Inside the schedule and not worked."""
    OVERTIME = "overtime"
    """On top of the schedule."""


class Unit(StrEnum):
    """The smallest step in which a type is entered."""

    DAY = "day"
    HALF_DAY = "half_day"
    MINUTE = "minute"


class Limit(StrEnum):
    """In what an allowance of the type is counted."""

    UNLIMITED = "unlimited"
    DAYS = "days"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class LeaveType:
    """One leave type of an employer.

    `key` is the code that is typed and shown (1 to 4 characters, upper case), `letter` the key that enters
    it in the month grid (one lower-case letter, or empty). `limit_amount` is days × 100 or minutes, by
    `limit`; None where every person has an allowance of their own. `colour` names a slot of the theme
    (see COLOURS). `provider_codes` maps a payroll provider to its code. `role_needed` is empty or the role
    that may enter it. `dmfa_code` is the Belgian quarterly declaration's code (0: none).
    `carry_over_months` is how long after the year its rest can be taken. `self_service` lets people ask for
    it themselves.
    """

    id: int
    key: str
    letter: str
    names: Mapping[str, str]
    category: Category
    unit: Unit = Unit.MINUTE
    limit: Limit = Limit.UNLIMITED
    limit_amount: int | None = None
    carry_over_months: int = 0
    negative_allowed: bool = False
    sickness: bool = False
    on_holiday: bool = False
    active: bool = True
    role_needed: str = ""
    colour: str = "blue"
    dmfa_code: int = 0
    order: int = 0
    provider_codes: Mapping[str, str] = field(default_factory=dict)
    self_service: bool = False
    approval_needed: bool = False
    certificate_required: bool = False

    def name(self, language: str) -> str:
        """The name in `language` (nl, fr, en), or the nearest one there is."""
        return self.names.get(language) or self.names.get("en") or self.names.get("nl") or self.key


COLOURS = ("green", "red", "yellow", "blue", "magenta", "cyan", "orange", "grey")
"""The colour slots a leave type may have; the theme maps them for each colour depth."""
