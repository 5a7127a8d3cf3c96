"""Dates as clerks type them: read, and bounded by what a birth or a contract can be."""

from __future__ import annotations

import re
from datetime import date

from hrtui.domain.identity.problem import Fault, Given, Problem, Value, short
from hrtui.domain.identity.texts import clean

OLDEST_AGE = 120
FIRST_CONTRACT_YEAR = 1920
CONTRACT_YEARS_AHEAD = 10
"""Dimona takes starts from 1920 up to ten years ahead (NSSO glossary 2023/3)."""

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_FIGURES = re.compile(r"(\d\d)(\d\d)(\d{4})", re.ASCII)
_NO_YEAR = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}|\d{6}", re.ASCII)


def read_day(text: str) -> date | Problem:
    """A date written `31/12/2026`, `31-12-2026`, `31.12.2026`, `31122026` or `2026-12-31`.

    A year of two figures is refused: 01/02/26 may be a birth in 1926 or a start in 2026.
    """
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain) or _FIGURES.fullmatch(plain):
        number, month, year = found.groups()
    else:
        fault = Fault.SHORT_YEAR if _SHORT_YEAR.fullmatch(plain) else Fault.NOT_A_DATE
        return Problem(fault, short(plain))
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return Problem(Fault.NO_SUCH_DATE, short(plain))


def read_near_day(text: str, here: date) -> date | Problem:
    """A date as `read_day` takes it; without a year (`30/9`) it is the one nearest to `here`."""
    plain = clean(text)
    found = _NO_YEAR.fullmatch(plain) if isinstance(plain, str) else None
    if found is None:
        return read_day(text)
    number, month = found.groups()
    years = (here.year - 1, here.year, here.year + 1)
    days = [day for year in years if isinstance(day := read_day(f"{number}/{month}/{year}"), date)]
    if not days:
        return Problem(Fault.NO_SUCH_DATE, short(text.strip()))
    return min(days, key=lambda day: abs(day - here))


def birth_date(text: str, given: Given) -> Value | Problem:
    """A birth date as ISO text: not after today, at most 120 years ago."""
    day = read_day(text)
    if isinstance(day, Problem):
        return day
    if day > given.today:
        return Problem(Fault.IN_FUTURE, short(text.strip()))
    if given.today.year - day.year > OLDEST_AGE:
        return Problem(Fault.TOO_OLD, short(text.strip()), OLDEST_AGE)
    return day.isoformat()


def contract_date(text: str, given: Given) -> Value | Problem:
    """A first or last day of a contract or schedule as ISO text, from 1920 up to ten years ahead."""
    day = read_day(text)
    if isinstance(day, Problem):
        return day
    if day.year < FIRST_CONTRACT_YEAR:
        return Problem(Fault.TOO_EARLY, short(text.strip()), FIRST_CONTRACT_YEAR)
    last_year = given.today.year + CONTRACT_YEARS_AHEAD
    return (
        Problem(Fault.TOO_LATE, short(text.strip()), last_year) if day.year > last_year else day.isoformat()
    )
