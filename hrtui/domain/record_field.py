"""What a field of a record is: its column, label, kind and check, and its value as text and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrtui.domain.identity.problem import Check, Fault, Given, Problem, Value, short
from hrtui.domain.money import plain_number


class Kind(StrEnum):
    """How a field is shown and typed."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    HUNDREDTHS = "hundredths"
    """Stored × 100: hours and days per week."""
    CENTS = "cents"
    TIME = "time"
    """Stored as minutes from midnight."""
    BOOL = "bool"
    NATIONAL_NUMBER = "national_number"
    BSN = "bsn"
    IBAN = "iban"
    BIC = "bic"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    COUNTRY = "country"
    LINK = "link"
    """The id of a row of `links_to`; its text form is that id."""


class Section(StrEnum):
    """The parts of a record."""

    PERSONAL = "personal"
    CONTACT = "contact"
    FAMILY = "family"
    BANK = "bank"
    EMPLOYMENT = "employment"
    SCHEDULE = "schedule"
    TEAM = "team"
    PROVIDER = "provider"
    SETTINGS = "settings"
    SICKNESS = "sickness"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field may have and its untranslated label; `country` is empty where it is of both."""

    value: str
    label: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `name` is its column in `table`, `label` the untranslated text beside it.

    `empty` is the value of an empty text; `country` (BE, NL or empty) says where the field is used, and
    `self_insured` that in the Netherlands only self-insurers for the Sickness Act use it. A `masked` value is
    hidden until asked for. `longest` is how many signs may be typed.
    """

    name: str
    label: str
    kind: Kind
    section: Section
    typed: Check | None = None
    longest: int = 0
    empty: Value = ""
    required: bool = False
    masked: bool = False
    country: str = ""
    self_insured: bool = False
    choices: tuple[Choice, ...] = ()
    links_to: str = ""
    table: str = "person"

    def applies(self, country: str, *, zw_self_insured: bool = False) -> bool:
        """Whether the field is used at an employer in `country`."""
        if self.country not in ("", country):
            return False
        return zw_self_insured or not (self.self_insured and country == "NL")

    def check(self, text: str, given: Given) -> Value | Problem:
        """The value to store for what was typed (a choice's value, 1 or 0, a link's id), or the problem."""
        if not text.strip():
            return Problem(Fault.REQUIRED) if self.required else self.empty
        if self.kind is Kind.CHOICE:
            allowed = {choice.value for choice in self.choices_in(given.country)}
            return text if text in allowed else Problem(Fault.NOT_A_CHOICE, short(text.strip()))
        if self.kind is Kind.BOOL:
            return int(text) if text in ("0", "1") else Problem(Fault.NOT_A_CHOICE, short(text.strip()))
        if self.kind is Kind.LINK:
            fits = text.isascii() and text.isdigit() and len(text) < 20
            return int(text) if fits else Problem(Fault.NOT_A_CHOICE, short(text.strip()))
        assert self.typed is not None
        return self.typed(text, given)

    def choices_in(self, country: str) -> tuple[Choice, ...]:
        """The choices at an employer in `country`."""
        return tuple(choice for choice in self.choices if choice.country in ("", country))

    def text(self, value: Value, decimal: str = ",") -> str:
        """A stored value as the text to edit, with the reader's decimal sign.

        `check` reads it back to the same value.
        """
        if value is None or value == "":
            return ""
        if self.kind is Kind.DATE:
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        if self.kind in (Kind.HUNDREDTHS, Kind.CENTS):
            return plain_number(int(value), 2, decimal)
        if self.kind is Kind.TIME:
            return f"{int(value) // 60:02d}:{int(value) % 60:02d}"
        return str(value)
