"""What a check of a typed text answers: a value to store, or a problem that `hrtui.record_wording` words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Value = str | int | None
"""A column's value as SQLite holds it: text, a whole number, an ISO date, None."""


class Fault(StrEnum):
    """What is wrong with a text."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    DIRECTION_MARK = "direction_mark"
    PICTURE = "picture"
    NOT_LATIN = "not_latin"
    BAD_SIGN = "bad_sign"
    FORMULA = "formula"
    NO_LETTER = "no_letter"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DATE = "no_such_date"
    SHORT_YEAR = "short_year"
    IN_FUTURE = "in_future"
    TOO_OLD = "too_old"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NATIONAL_NUMBER_DIGITS = "national_number_digits"
    NATIONAL_NUMBER_CHECK = "national_number_check"
    NATIONAL_NUMBER_DATE = "national_number_date"
    BSN_DIGITS = "bsn_digits"
    BSN_CHECK = "bsn_check"
    ENTERPRISE_DIGITS = "enterprise_digits"
    ENTERPRISE_CHECK = "enterprise_check"
    NSSO_NUMBER = "nsso_number"
    IBAN_FORM = "iban_form"
    IBAN_CHECK = "iban_check"
    BIC = "bic"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE_BE = "postcode_be"
    POSTCODE_NL = "postcode_nl"
    POSTCODE = "postcode"
    HOUSE_NUMBER = "house_number"
    COUNTRY = "country"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_AMOUNT = "not_an_amount"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_CHOICE = "not_a_choice"
    JOINT_COMMITTEE = "joint_committee"
    TIME_OF_DAY = "time_of_day"


class Doubt(StrEnum):
    """What may be wrong but does not stand in the way."""

    BIRTH_DATE_DIFFERS = "birth_date_differs"
    SEX_DIFFERS = "sex_differs"
    NSSO_CHECK_DIGITS = "nsso_check_digits"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text was refused.

    `text` is the sign or part at fault, short; `limit` a number that the sentence needs: a length, a year, or
    the smallest or largest value in the field's own unit.
    """

    fault: Fault
    text: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Caution:
    """Two fields that do not agree; `text` is what the other one says."""

    doubt: Doubt
    text: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a check may know besides the text.

    `today`, the employer's country (BE, NL), the record so far, and the decimal sign that the reader writes.
    """

    today: date
    country: str = "BE"
    record: Mapping[str, Value] = field(default_factory=dict)
    decimal: str = ","

    @property
    def address_country(self) -> str:
        """The country of the address, or the employer's where the record has none."""
        return str(self.record.get("country") or self.country)


Check = Callable[[str, Given], "Value | Problem"]
"""A check of one text that is not empty. It never raises, and its result checked again is the same."""


def short(text: str) -> str:
    """A text as a sentence can repeat it: short, and with `?` for what cannot be shown."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in text)
    return shown if len(shown) <= 20 else shown[:19] + "…"
