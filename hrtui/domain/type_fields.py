"""The fields of a leave type as a clerk fills them in, and what two types may not share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from string import ascii_lowercase

from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.identity import amounts, texts
from hrtui.domain.identity.problem import Fault, Given, Problem, Value, short
from hrtui.domain.leave_type import COLOURS, Category, LeaveType, Limit, Unit
from hrtui.domain.money import MoneyProblem, parse_quantity
from hrtui.domain.providers import PROVIDERS, provider_code
from hrtui.domain.record_field import Choice, Field, Kind, Section
from hrtui.i18n import N_

MAX_NAME = 40
MAX_DAYS = 366
RESERVED_LETTERS = frozenset("y")
"""`y` answers yes to a question, so that it cannot enter leave."""

_KEY = re.compile(r"[A-Z][A-Z0-9]{0,3}", re.ASCII)

CATEGORIES = (
    Choice(Category.ABSENCE, N_("Absence")),
    Choice(Category.WORKED, N_("Worked time")),
    Choice(Category.OVERTIME, N_("Overtime")),
)
UNITS = (
    Choice(Unit.MINUTE, N_("Hours")),
    Choice(Unit.HALF_DAY, N_("Half days")),
    Choice(Unit.DAY, N_("Whole days")),
)
LIMITS = (
    Choice(Limit.UNLIMITED, N_("Without limit")),
    Choice(Limit.DAYS, N_("Days")),
    Choice(Limit.MINUTES, N_("Hours")),
)
_COLOUR_NAMES = (
    *(N_("Green"), N_("Red"), N_("Yellow"), N_("Blue")),
    *(N_("Magenta"), N_("Cyan"), N_("Orange"), N_("Grey")),
)


class TypeProblem(StrEnum):
    """Why a leave type cannot be as it was filled in."""

    KEY_FORM = "key_form"
    KEY_TAKEN = "key_taken"
    KEY_IS_A_LETTER = "key_is_a_letter"
    LETTER_FORM = "letter_form"
    LETTER_TAKEN = "letter_taken"
    LETTER_IS_A_KEY = "letter_is_a_key"
    LETTER_BOUND = "letter_bound"
    NAME_MISSING = "name_missing"
    NAME_TAKEN = "name_taken"
    OVERTIME_IN_DAYS = "overtime_in_days"
    HOLIDAY_NOT_WORKED = "holiday_not_worked"
    LIMIT_OF_OVERTIME = "limit_of_overtime"
    LIMIT_AMOUNT = "limit_amount"
    CARRY_OVER = "carry_over"
    PROVIDER_CODE = "provider_code"


@dataclass(frozen=True, slots=True)
class TypeFault:
    """What is wrong with which field; `other` is the type that has the key, letter or name already."""

    field: str
    problem: TypeProblem
    other: LeaveType | None = None
    text: str = ""


def key_of(text: str, given: Given) -> Value | Problem:
    """The key that is typed and shown: 1 to 4 letters and figures, a letter first; stored in capitals."""
    plain = texts.clean(text, 4)
    if isinstance(plain, Problem):
        return plain
    key = plain.upper()
    return key if _KEY.fullmatch(key) else Problem(Fault.BAD_SIGN, short(plain))


def letter_of(text: str, given: Given) -> Value | Problem:
    """The letter that enters the type in the month: one of a to z, stored in lower case."""
    plain = texts.clean(text, 1)
    if isinstance(plain, Problem):
        return plain
    letter = plain.lower()
    return letter if _is_letter(letter) else Problem(Fault.BAD_SIGN, short(plain))


def limit_of(text: str, given: Given) -> Value | Problem:
    """The yearly limit by the record's `limit_kind`: days in hundredths of a day, hours in minutes."""
    plain = texts.clean(text)
    if isinstance(plain, Problem):
        return plain
    if given.record.get("limit_kind") == Limit.MINUTES:
        try:
            amount, most, unit = parse_minutes(plain), MAX_DAYS * 24, 60
        except HoursError:
            return Problem(Fault.NOT_A_NUMBER, short(plain))
    else:
        days = parse_quantity(plain)
        if isinstance(days, MoneyProblem) or days < 0:
            return Problem(Fault.NOT_A_NUMBER, short(plain))
        amount, most, unit = days, MAX_DAYS, 100
    return Problem(Fault.TOO_LARGE, limit=most) if amount > most * unit else amount


def _name(language: str, label: str) -> Field:
    check = partial(texts.text_of, longest=MAX_NAME)
    return Field(f"name_{language}", label, Kind.TEXT, Section.SETTINGS, check, MAX_NAME, table="leave_type")


def _field(name: str, label: str, kind: Kind, **more: object) -> Field:
    return Field(name, label, kind, Section.SETTINGS, table="leave_type", **more)  # type: ignore[arg-type]


def _count(name: str, label: str, most: int) -> Field:
    check = partial(amounts.count_of, least=0, most=most)
    return _field(name, label, Kind.NUMBER, typed=check, longest=3, empty=0)


LEAVE_TYPE_FIELDS: tuple[Field, ...] = (
    _field("key", N_("Key"), Kind.TEXT, typed=key_of, longest=4, required=True),
    _field("letter", N_("Letter in the month"), Kind.TEXT, typed=letter_of, longest=1),
    _name("nl", N_("Name in Dutch")),
    _name("fr", N_("Name in French")),
    _name("en", N_("Name in English")),
    _field("category", N_("Counts as"), Kind.CHOICE, choices=CATEGORIES, required=True),
    _field("unit", N_("Entered in"), Kind.CHOICE, choices=UNITS, required=True),
    _field("limit_kind", N_("Limited in"), Kind.CHOICE, choices=LIMITS, required=True),
    _field("limit_amount", N_("Limit per year"), Kind.TEXT, typed=limit_of, longest=10, empty=None),
    _count("carry_over_months", N_("Carried over, in months"), 60),
    _field("negative_allowed", N_("May go below zero"), Kind.BOOL, empty=0),
    _field("on_holiday", N_("Also on holidays"), Kind.BOOL, empty=0),
    _field("sickness", N_("Illness"), Kind.BOOL, empty=0),
    _field("certificate_required", N_("Needs a certificate"), Kind.BOOL, empty=0),
    _field("self_service", N_("Can be requested"), Kind.BOOL, empty=0),
    _field("approval_needed", N_("Needs approval"), Kind.BOOL, empty=0),
    _field(
        "colour",
        N_("Colour"),
        Kind.CHOICE,
        choices=tuple(Choice(value, label) for value, label in zip(COLOURS, _COLOUR_NAMES, strict=True)),
    ),
    _count("dmfa_code", N_("DmfA code"), 999),
)
"""The fields of a leave type in the order of the form; provider codes are a list of their own."""


def type_faults(
    kind: LeaveType, others: Iterable[LeaveType], bound: Collection[str]
) -> tuple[TypeFault, ...]:
    """Everything that is wrong with a leave type, given the employer's other types.

    `bound` are the letters that do something else in the month. A key is one type's for good, active or not,
    since imports and typed cells find types by it; the letter of an inactive type is free.
    """
    rest = [other for other in others if other.id != kind.id]
    faults = (*_key_faults(kind, rest), *_letter_faults(kind, rest, bound), *_value_faults(kind))
    return (*faults, *_name_faults(kind, rest))


def free_letters(kind: LeaveType, others: Iterable[LeaveType], bound: Collection[str]) -> str:
    """The letters of the alphabet that are free for the type."""
    rest = [other for other in others if other.id != kind.id]
    return "".join(letter for letter in ascii_lowercase if not _letter_problems(letter, rest, bound))


def free_letter(kind: LeaveType, others: Iterable[LeaveType], bound: Collection[str]) -> str:
    """The first letter of the type's key or names, or else of the alphabet, that is free; empty for none."""
    rest = [other for other in others if other.id != kind.id]
    wanted = (kind.key + "".join(kind.names.values())).lower() + ascii_lowercase
    candidates = (letter for letter in wanted if _is_letter(letter))
    return next((letter for letter in candidates if not _letter_problems(letter, rest, bound)), "")


def _is_letter(text: str) -> bool:
    return len(text) == 1 and "a" <= text <= "z"


def _key_faults(kind: LeaveType, rest: list[LeaveType]) -> list[TypeFault]:
    if not _KEY.fullmatch(kind.key):
        return [TypeFault("key", TypeProblem.KEY_FORM, text=kind.key)]
    same = [TypeFault("key", TypeProblem.KEY_TAKEN, o) for o in rest if o.key == kind.key]
    lower = kind.key.lower()
    shadowed = [TypeFault("key", TypeProblem.KEY_IS_A_LETTER, o) for o in rest if _letter_in_use(o) == lower]
    return (same or shadowed)[:1]


def _letter_faults(kind: LeaveType, rest: list[LeaveType], bound: Collection[str]) -> list[TypeFault]:
    if not kind.letter:
        return []
    if not _is_letter(kind.letter):
        return [TypeFault("letter", TypeProblem.LETTER_FORM, text=kind.letter)]
    return _letter_problems(kind.letter, rest, bound) if kind.active else []


def _letter_problems(letter: str, rest: list[LeaveType], bound: Collection[str]) -> list[TypeFault]:
    if letter in RESERVED_LETTERS or letter in bound:
        return [TypeFault("letter", TypeProblem.LETTER_BOUND, text=letter)]
    same = [TypeFault("letter", TypeProblem.LETTER_TAKEN, o) for o in rest if _letter_in_use(o) == letter]
    key = [TypeFault("letter", TypeProblem.LETTER_IS_A_KEY, o) for o in rest if o.key == letter.upper()]
    return (same or key)[:1]


def _letter_in_use(kind: LeaveType) -> str:
    return kind.letter if kind.active else ""


def _name_faults(kind: LeaveType, rest: list[LeaveType]) -> list[TypeFault]:
    """Names that another type has in the same language: lists would show two that cannot be told apart."""
    return [
        TypeFault(f"name_{language}", TypeProblem.NAME_TAKEN, other)
        for language, name in kind.names.items()
        for other in rest
        if name and other.names.get(language, "").casefold() == name.casefold()
    ]


def _value_faults(kind: LeaveType) -> list[TypeFault]:
    faults: list[TypeFault] = []
    if not any(kind.names.values()):
        faults.append(TypeFault("name_nl", TypeProblem.NAME_MISSING))
    if kind.category is Category.OVERTIME:
        if kind.unit is not Unit.MINUTE:
            faults.append(TypeFault("unit", TypeProblem.OVERTIME_IN_DAYS))
        if kind.limit is not Limit.UNLIMITED:
            faults.append(TypeFault("limit_kind", TypeProblem.LIMIT_OF_OVERTIME))
    if kind.on_holiday and kind.category is not Category.WORKED:
        faults.append(TypeFault("on_holiday", TypeProblem.HOLIDAY_NOT_WORKED))
    if not 0 <= kind.carry_over_months <= 60:
        faults.append(TypeFault("carry_over_months", TypeProblem.CARRY_OVER))
    most = {Limit.UNLIMITED: -1, Limit.DAYS: MAX_DAYS * 100, Limit.MINUTES: MAX_DAYS * 1440}[kind.limit]
    if kind.limit_amount is not None and not 0 <= kind.limit_amount <= most:
        faults.append(TypeFault("limit_amount", TypeProblem.LIMIT_AMOUNT))
    for provider, code in kind.provider_codes.items():
        if provider not in PROVIDERS or isinstance(provider_code(code, provider), Problem):
            faults.append(TypeFault("provider_codes", TypeProblem.PROVIDER_CODE, text=code))
    return faults
