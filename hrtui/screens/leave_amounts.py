"""Fields for leave: which type, which year, and an amount in hours or in each one's own days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrtui.domain.entitlement import days_in_minutes
from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.leave_type import Category, LeaveType, Limit
from hrtui.domain.money import MoneyProblem, parse_quantity
from hrtui.i18n import N_, hours, language, t
from hrtui.screens.leave_type_fields import days_typed
from hrtui.screens.session import Session
from hrtui.store.allowances import MAX_MINUTES, rule_for
from hrtui.store.leave_types import leave_types
from hrtui.store.service import service
from hrtui.widgets.form_field import (
    Choice,
    FormField,
    Reading,
    Values,
    choice_field,
    number_field,
    text_field,
)

_AMOUNT = re.compile(r"([+-]?) ?(.+?) ?(d|days?|dag(?:en)?|j|jours?)?", re.IGNORECASE)
_MINUS = str.maketrans("−–", "--")
_DAYS = " d"
"""The end of an amount in days, as the field keeps it: `-0,5 d`."""
MAX_DAYS = 366_00


def leave_kinds(session: Session) -> list[LeaveType]:
    """The types that leave can be granted of: active absences, in display order."""
    found = leave_types(session.store, session.employer.id).values()
    return [kind for kind in found if kind.active and kind.category is Category.ABSENCE]


def usual_type(session: Session) -> int | None:
    """The type that is meant most: the first that is limited."""
    kinds = leave_kinds(session)
    limited = [kind for kind in kinds if kind.limit is not Limit.UNLIMITED]
    return next((kind.id for kind in (*limited, *kinds)), None)


def type_field(session: Session) -> FormField:
    """Which leave type."""

    def choices() -> Sequence[Choice]:
        return [Choice(kind.id, kind_name(kind), kind.key) for kind in leave_kinds(session)]

    return choice_field("type_id", N_("Leave type"), choices, required=True, hint=N_("Its key or name"))


def kind_name(kind: LeaveType) -> str:
    """Key and name."""
    return f"{kind.key} {kind.name(language())}"


def year_field() -> FormField:
    """Which leave year."""
    return number_field("year", N_("Year"), least=1950, most=2190, required=True)


def amount_field(*, signed: bool) -> FormField:
    """An amount of leave as text: `7:36` hours or `2 d` days; `signed` ones may take off."""

    def read(text: str, values: Values) -> Reading:
        amount = _parsed(text)
        if amount is None:
            return Reading(problem=t("“{text}” is no amount of leave: write 7:36, 7.6 or 2 d.",
                                     text=text.strip()[:20]))  # fmt: skip
        number, in_days = amount
        if not number:
            return Reading(problem=t("The amount is nothing: write 7:36, 7.6 or 2 d."))
        if number < 0 and not signed:
            return Reading(problem=t("A grant cannot take off: adjust it instead."))
        if abs(number) > (MAX_DAYS if in_days else MAX_MINUTES):
            return Reading(problem=t("This is too much: at most a year."))
        sign = "-" if number < 0 else ""
        return Reading(sign + (days_typed(abs(number)) + _DAYS if in_days else hours(abs(number))))

    hint = N_("Hours (7:36) or days (2 d); - takes off") if signed else N_("Hours (152:00) or days (20 d)")
    return replace(text_field("amount", N_("Amount"), required=True, hint=hint), read=read)


def minutes_of(session: Session, type_id: int, year: int, text: str, people: Sequence[int]) -> dict[int, int]:
    """The amount in minutes by person: days are each one's own, by the schedule of the leave year's start."""
    amount = _parsed(text)
    assert amount is not None, "the field has checked it"
    number, in_days = amount
    if not in_days:
        return dict.fromkeys(people, number)
    store, employer_id = session.store, session.employer.id
    first = rule_for(store, employer_id, type_id, year).first_day(year)
    found = service(store, employer_id, people)
    sign = -1 if number < 0 else 1
    return {
        id_: sign * days_in_minutes(abs(number), person.weekly_minutes_on(first))
        for id_, person in found.items()
    }


def without_schedule(minutes: Mapping[int, int]) -> int:
    """How many people have no days, as they have no work schedule."""
    return sum(not amount for amount in minutes.values())


def _parsed(text: str) -> tuple[int, bool] | None:
    """Minutes, or hundredths of days and True; below 0 to take off. None where it is no amount."""
    match = _AMOUNT.fullmatch(text.strip().translate(_MINUS))
    if match is None:
        return None
    sign = -1 if match[1] == "-" else 1
    if match[3]:
        days = parse_quantity(match[2])
        return None if isinstance(days, MoneyProblem) or days < 0 else (sign * days, True)
    try:
        return sign * parse_minutes(match[2]), False
    except HoursError:
        return None
