"""Fields for leave: which type, which year, and an amount in hours or in each one's own days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hrtui.domain.allowance_marks import LIMIT, PROPOSED, kept_year
from hrtui.domain.entitlement import days_in_minutes
from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.leave_type import Category, LeaveType, Limit
from hrtui.domain.leave_year import year_label
from hrtui.domain.money import MoneyProblem, decimal_sign, parse_number
from hrtui.domain.rollover import EXTENDED
from hrtui.i18n import N_, language, leave_amount, t
from hrtui.screens.session import Session
from hrtui.screens.years import FIRST_YEAR, LAST_YEAR
from hrtui.store.allowances import MAX_DAYS, MAX_MINUTES, measures, rule_for
from hrtui.store.leave_types import leave_types
from hrtui.store.leave_years import first_month, leave_year
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
_PLAIN = re.compile(r"[\d.,' ]+")


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


def year_field(session: Session) -> FormField:
    """Which leave year, by the calendar year that it begins in."""
    start = first_month(session.store, session.employer.id)
    hint = "" if start == 1 else N_("The year in which the leave year begins")
    return replace(
        number_field("year", N_("Year"), least=FIRST_YEAR, most=LAST_YEAR, required=True), hint=hint
    )


def year_text(session: Session, number: int) -> str:
    """The employer's leave year as it is called."""
    return leave_year(session.store, session.employer.id, number).label


def grant_text(text: str, start: int) -> str:
    """The label or reason of a grant as it is read: those that the program set are worded."""
    year = kept_year(text)
    if year is not None:
        return t("Kept longer at the end of {year}", year=year_label(year, start))
    return {EXTENDED: t("kept"), LIMIT: t("yearly limit"), PROPOSED: ""}.get(text, text)


def amount_field(session: Session, *, signed: bool) -> FormField:
    """An amount of leave as text: `7:36` hours or `2 d` days; `signed` ones may take off.

    A number alone is in the unit of the leave type in the form.
    """

    def read(text: str, values: Values) -> Reading:
        kinds = leave_types(session.store, session.employer.id)
        kind = kinds.get(int(values.get("type_id") or 0))
        amount = parsed(text, in_days=kind is not None and kind.limit is Limit.DAYS)
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
        return Reading(leave_amount(number, in_days))

    hint = N_("As the type is limited; or write 2 d for days, 7:36 for hours; - takes off") if signed else N_(
        "As the type is limited; or write 20 d for days, 152:00 for hours")  # fmt: skip
    return replace(text_field("amount", N_("Amount"), required=True, hint=hint), read=read)


def amounts_of(session: Session, type_id: int, year: int, text: str, people: Sequence[int]) -> dict[int, int]:
    """The amount by person in the unit that each one's leave of the type is kept in.

    Where it is kept in days these are each one's own days, and hours become days by the schedule of the leave
    year's start; where it is kept in hours, days are those of a week of five, so that part-time work has its
    share. Who would need a work schedule for this and has none gets 0.
    """
    amount = parsed(text, in_days=False)
    assert amount is not None, "the field has checked it"
    number, in_days = amount
    store, employer_id = session.store, session.employer.id
    own = measures(store, employer_id, type_id, people)
    first = rule_for(store, employer_id, type_id, year).first_day(year)
    found = service(store, employer_id, people)
    amounts = dict.fromkeys(people, 0)
    for id_, measure in own.items():
        weekly = found[id_].weekly_minutes_on(first)
        if measure.in_days is in_days:
            amounts[id_] = number
        elif in_days:
            size = days_in_minutes(abs(number), weekly)
            amounts[id_] = -size if number < 0 else size
        elif weekly:
            amounts[id_] = measure.granted(first, number, None)
    return amounts


def without_schedule(amounts: Mapping[int, int]) -> int:
    """How many people have no amount, as they have no work schedule."""
    return sum(not amount for amount in amounts.values())


def in_all(amounts: Iterable[tuple[int, bool]]) -> str:
    """The sum of amounts of leave (number, in days): days and hours apart, as in `3 d + 7:36`."""
    sums: dict[bool, int] = {}
    for amount, in_days in amounts:
        sums[in_days] = sums.get(in_days, 0) + amount
    parts = [leave_amount(sums[one], one) for one in (True, False) if sums.get(one)]
    return " + ".join(parts) or leave_amount(0, True in sums)


def parsed(text: str, *, in_days: bool) -> tuple[int, bool] | None:
    """Minutes, or thousandths of days and True; below 0 to take off. None where it is no amount.

    `in_days` says what a number alone is.
    """
    match = _AMOUNT.fullmatch(text.strip().translate(_MINUS))
    if match is None:
        return None
    sign = -1 if match[1] == "-" else 1
    if match[3] or (in_days and _PLAIN.fullmatch(match[2])):
        number = parse_number(match[2], 3, decimal_sign(language()))
        return None if isinstance(number, MoneyProblem) or number < 0 else (sign * number, True)
    try:
        return sign * parse_minutes(match[2]), False
    except HoursError:
        return None
