"""What a form is made of: fields with a label, a kind, and the way from typed text to a value and back.

A screen gives `FormField`s to `hrtui.widgets.form.Form`. The usual kinds have a maker here (`text_field`,
`date_field`, `amount_field`, `choice_field`, …); the fields of person and contract are made from the record
fields of the domain by `hrtui.screens.record_fields`. Labels, sections and hints are untranslated msgids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from hrtui.domain.identity.dates import read_day, read_near_day
from hrtui.domain.identity.problem import Problem, Value
from hrtui.domain.identity.texts import clean
from hrtui.domain.money import MoneyProblem, decimal_sign, parse_cents, plain_number
from hrtui.i18n import N_, language, t
from hrtui.record_wording import problem_text
from hrtui.store.field_wording import money_sentence

Values = Mapping[str, Value]
"""All values of a form by field name."""
_MOST_CENTS = 99_999_999


class Kind(Enum):
    """How a field is filled in."""

    LINE = 1
    LINES = 2
    """Several lines: Enter begins a new one, Tab goes on."""
    CHOICE = 3
    """One of `choices`: typing finds it, ← and → go through them."""
    FIXED = 4
    """Shown only."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and its translated label; `code` is another way to type it."""

    value: Value
    label: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed text came to: a value, or the problem (a translated sentence) why there is none."""

    value: Value = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    `read` makes a value of a text that is not blank and may look at the other values; a blank text is
    `empty`. `show` makes the text of a value. `hidden` is the text of a value that is shown only on request.
    A choice of very many has `search` (what fits a typed text) and `show` in the place of `choices`.
    `when` says whether the field is there at all, by the other values.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    section: str = ""
    hint: str = ""
    required: bool = False
    empty: Value = ""
    read: Callable[[str, Values], Reading] = lambda text, values: Reading(text.strip())
    show: Callable[[Value], str] = lambda value: "" if value is None else str(value)
    hidden: Callable[[Value], str] | None = None
    choices: Callable[[], Sequence[Choice]] | None = None
    search: Callable[[str], Sequence[Choice]] | None = None
    when: Callable[[Values], bool] | None = None
    height: int = 4
    """How many lines of a LINES field are in view."""


def text_field(name: str, label: str, *, longest: int = 100, **more: Any) -> FormField:
    """A text of one line, of at most so many signs."""

    def read(text: str, values: Values) -> Reading:
        text = text.strip()
        if len(text) > longest:
            return Reading(problem=t("This is too long: at most {n} signs fit here.", n=longest))
        return Reading(text, _unreadable(text))

    return FormField(name, label, read=read, **more)


def _unreadable(text: str) -> str:
    """'' or the sentence about the first sign that nobody can read."""
    found = (clean(line.replace("\t", " ")) for line in text.split("\n"))
    return next((problem_text(one) for one in found if isinstance(one, Problem)), "")


def lines_field(name: str, label: str, *, longest: int = 2000, **more: Any) -> FormField:
    """A text of several lines, of at most so many signs."""
    plain = text_field(name, label, longest=longest)
    return FormField(name, label, Kind.LINES, read=plain.read, **more)


def number_field(name: str, label: str, *, least: int = 0, most: int = 9999, **more: Any) -> FormField:
    """A whole number within bounds; a blank is None unless `empty` says otherwise."""

    def read(text: str, values: Values) -> Reading:
        plain = text.strip()
        if not re.fullmatch(r"-?\d{1,12}", plain, re.ASCII):
            return Reading(problem=t("This is not a whole number; write it as 12."))
        if not least <= int(plain) <= most:
            return Reading(problem=t("This must be from {least} to {most}.", least=least, most=most))
        return Reading(int(plain))

    return FormField(name, label, read=read, **{"empty": None, **more})


def date_field(
    name: str, label: str, *, first: int = 1920, last: int = 2100, near: date | None = None, **more: Any
) -> FormField:
    """A date, as ISO text, in the years from `first` to `last`; a blank is None.

    One without a year is taken where `near` is given: the nearest to it.
    """

    def read(text: str, values: Values) -> Reading:
        day = read_day(text) if near is None else read_near_day(text, near)
        if isinstance(day, Problem):
            return Reading(problem=problem_text(day))
        if not first <= day.year <= last:
            return Reading(problem=t("The year must be from {first} to {last}.", first=first, last=last))
        return Reading(day.isoformat())

    return FormField(name, label, read=read, show=day_shown, **{"empty": None, **more})


def amount_field(name: str, label: str, **more: Any) -> FormField:
    """An amount of money in cents, or anything in hundredths; a blank is None."""

    def read(text: str, values: Values) -> Reading:
        cents = parse_cents(text, decimal_sign(language()))
        if isinstance(cents, MoneyProblem):
            return Reading(problem=money_sentence(cents, text))
        if abs(cents) > _MOST_CENTS:
            return Reading(problem=t("This is too much: at most {amount}.", amount=amount_shown(_MOST_CENTS)))
        return Reading(cents)

    return FormField(name, label, read=read, show=amount_shown, **{"empty": None, **more})


def choice_field(name: str, label: str, choices: Callable[[], Sequence[Choice]], **more: Any) -> FormField:
    """One of `choices`, which is asked anew each time the field is typed in; a blank is None."""
    return FormField(name, label, Kind.CHOICE, choices=choices, **{"empty": None, **more})


def yes_no_field(name: str, label: str, **more: Any) -> FormField:
    """Yes (1) or no (0); a blank is no."""

    def choices() -> Sequence[Choice]:
        # Questions are answered with these keys in every language.
        return (Choice(1, t(_YES), "y"), Choice(0, t(_NO), "n"))

    return FormField(name, label, Kind.CHOICE, choices=choices, **{"empty": 0, **more})


def fixed_field(name: str, label: str, **more: Any) -> FormField:
    """A value that is only shown."""
    return FormField(name, label, Kind.FIXED, **more)


_YES, _NO = N_("Yes"), N_("No")


def day_of(value: Value) -> date | None:
    """The day that is filled in; None for a blank."""
    return date.fromisoformat(str(value)) if value else None


def whole_of(value: Value) -> int | None:
    """The number or id that is filled in; None for a blank."""
    return value if isinstance(value, int) else None


def day_shown(value: Value) -> str:
    """An ISO date as it is typed: 31/12/2026."""
    return f"{date.fromisoformat(str(value)):%d/%m/%Y}" if value else ""


def amount_shown(value: Value) -> str:
    """Cents (or other hundredths) as they are typed: 1250,50."""
    return plain_number(value, 2, decimal_sign(language())) if isinstance(value, int) else ""
