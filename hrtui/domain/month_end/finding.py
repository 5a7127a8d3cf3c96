"""What a check of a month finds: which rule, how severe, whose, and where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """Whether a month can be forwarded with it."""

    BLOCKS = "blocks"
    WARNS = "warns"


class Rule(StrEnum):
    """What was looked at; `hrtui.forwarding.wording` has the sentence for each."""

    EMPLOYER_NUMBER = "employer_number"
    NO_PROVIDER = "no_provider"
    NO_WAGE_DATE = "no_wage_date"
    NO_VOUCHER_DATE = "no_voucher_date"
    PERSON_NUMBER = "person_number"
    NO_NUMBER = "no_number"
    DUPLICATE_NUMBER = "duplicate_number"
    ANOTHER_PROVIDER = "another_provider"
    UNMAPPED_TYPE = "unmapped_type"
    NO_SCHEDULE = "no_schedule"
    OUTSIDE_CONTRACT = "outside_contract"
    TOO_MUCH = "too_much"
    OVER_24_HOURS = "over_24_hours"
    OTHER_MEASURE = "other_measure"
    CONFLICT = "conflict"
    PENDING = "pending"
    NEGATIVE_BALANCE = "negative_balance"
    OVERTIME_WITHOUT_REST = "overtime_without_rest"
    HOLIDAY_NOT_REPLACED = "holiday_not_replaced"
    CASE_WITHOUT_ENTRIES = "case_without_entries"
    ENTRIES_WITHOUT_CASE = "entries_without_case"
    INACTIVE_COMPONENT = "inactive_component"
    DIMONA = "dimona"
    UNSENT_MESSAGE = "unsent_message"
    EARLIER_MONTH = "earlier_month"
    STAYS = "stays"
    UNTOUCHED = "untouched"
    EMPTIED = "emptied"
    NOT_CHECKED = "not_checked"
    NOBODY_CHECKED = "nobody_checked"


_BLOCKING = frozenset(
    {
        Rule.EMPLOYER_NUMBER,
        Rule.NO_PROVIDER,
        Rule.NO_WAGE_DATE,
        Rule.NO_VOUCHER_DATE,
        Rule.NO_NUMBER,
        Rule.DUPLICATE_NUMBER,
        Rule.UNMAPPED_TYPE,
        Rule.OUTSIDE_CONTRACT,
        Rule.TOO_MUCH,
        Rule.OVER_24_HOURS,
        Rule.CONFLICT,
        Rule.PENDING,
    }
)


class Place(StrEnum):
    """Where a finding is mended."""

    DAY = "day"
    PERSON = "person"
    CONTRACT = "contract"
    LEAVE_TYPE = "leave_type"
    COMPONENT = "component"
    MESSAGE = "message"
    PROVIDER = "provider"
    HOLIDAYS = "holidays"
    ALLOWANCES = "allowances"
    CASE = "case"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Target:
    """The place to go to: `row_id` is of a record, `field` a column of it, `date` a day of the person."""

    place: Place
    person_id: int | None = None
    row_id: int | None = None
    date: date | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `person_id` is None where it is about the employer.

    What the sentence needs beside the target: `minutes` and `limit` (thousandths of a day where `in_days`), a
    leave type, a text such as a number or a month, and of how many people it is (`count`).
    """

    rule: Rule
    target: Target
    person_id: int | None = None
    minutes: int = 0
    limit: int = 0
    in_days: bool = False
    leave_type_id: int | None = None
    text: str = ""
    count: int = 0

    @property
    def severity(self) -> Severity:
        """Whether the month can be forwarded with it."""
        return Severity.BLOCKS if self.rule in _BLOCKING else Severity.WARNS
