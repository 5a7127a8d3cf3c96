"""The payroll providers that hrtui knows by name, and what their numbers and codes look like."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hrtui.domain.identity.problem import Given, Problem, Value
from hrtui.domain.identity.texts import matched

PROVIDERS: Mapping[str, str] = {
    "securex": "Securex",
    "sdworx": "SD Worx",
    "acerta": "Acerta",
    "liantis": "Liantis",
    "partena": "Partena",
    "group_s": "Group S",
    "prisma": "Prisma",
    "besox": "Besox",
    "ucm": "UCM",
    "nmbrs": "Visma Nmbrs",
    "loket": "Loket.nl",
    "afas": "AFAS",
    "csv": "CSV",
}
"""Names by identifier; the Belgian ones are spelled as in the Officient interface."""

WAGE_PAYMENT_DATE, MEAL_VOUCHER_DATE = "wage_payment_date", "meal_voucher_date"
NEEDED_DATES: Mapping[str, tuple[str, ...]] = {
    "none": (),
    WAGE_PAYMENT_DATE: (WAGE_PAYMENT_DATE,),
    MEAL_VOUCHER_DATE: (MEAL_VOUCHER_DATE,),
    "both": (WAGE_PAYMENT_DATE, MEAL_VOUCHER_DATE),
}
"""What an employer can say of the dates that a provider wants with each month."""
USUAL = "usual"
_USUAL = {"securex": "both"}
"""Securex takes a month only with both dates (its own flow in Officient); of no other one this is known."""


def needed_dates(provider: str, chosen: str = "") -> tuple[str, ...]:
    """The dates without which a provider takes no month: what the employer chose, else what is usual there.

    No choice means USUAL, and so does one that this version does not know.
    """
    return NEEDED_DATES.get(chosen, NEEDED_DATES[_USUAL.get(provider, "none")])


CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,9}", re.ASCII)
"""Codes of leave types and pay components at most providers."""
_CLIENT = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./_-]{0,19}", re.ASCII)
# Fields of fixed width in Acerta's KLX1 record: positions 5 to 11 and 44 to 47.
_ACERTA_CODE = re.compile(r"\d{1,4}", re.ASCII)
_ACERTA_CLIENT = re.compile(r"\d{7}", re.ASCII)


def provider_code(text: str, provider: str) -> Value | Problem:
    """A provider's code of a type: up to 10 figures and letters, at Acerta 4 figures with zeros before them.

    Acerta's own 0050 for illness is the same as a typed 50, and layouts know it by its four figures.
    """
    if provider != "acerta":
        return matched(text, CODE, 10)
    code = matched(text, _ACERTA_CODE, 4)
    return code if isinstance(code, Problem) else str(code).zfill(4)


def client_number(text: str, given: Given) -> Value | Problem:
    """The employer's number at the provider of the record: up to 20 signs, at Acerta 7 figures."""
    acerta = given.record.get("provider") == "acerta"
    return matched(text, _ACERTA_CLIENT, 7) if acerta else matched(text, _CLIENT, 20)
