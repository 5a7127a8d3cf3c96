"""Numbers in records: counts, hours and days in hundredths, cents, times of day, joint committees."""

from __future__ import annotations

import re
from decimal import Decimal

from hrtui.domain.hours import HoursError, hundredths, parse_minutes
from hrtui.domain.identity.problem import Fault, Given, Problem, Value, short
from hrtui.domain.identity.texts import clean
from hrtui.domain.money import MoneyProblem, parse_cents

_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?", re.ASCII)
_JOINT_COMMITTEE = re.compile(r"[1-9]\d{2}(?:\.\d{2})?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:uh.]?(\d\d)|(\d{1,2})[uh]?", re.ASCII | re.IGNORECASE)


def count_of(text: str, given: Given, *, least: int, most: int) -> Value | Problem:
    """A whole number from `least` to `most`."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    if not _COUNT.fullmatch(plain):
        return Problem(Fault.NOT_A_NUMBER, short(plain))
    return _bounded(int(plain), least, most)


def hundredths_of(text: str, given: Given, *, least: int, most: int) -> Value | Problem:
    """Hours or days in hundredths: `38`, `38,5`, and for hours also `38:20` (3833)."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    if _DECIMAL.fullmatch(plain):
        return _bounded(_hundredfold(plain.replace(",", ".")), least, most)
    try:
        return _bounded(hundredths(parse_minutes(plain)), least, most)
    except HoursError:
        return Problem(Fault.NOT_A_NUMBER, short(plain))


def cents_of(text: str, given: Given, *, most: int) -> Value | Problem:
    """An amount of money of 0 or more in cents, written as `hrtui.domain.money` understands it."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    cents = parse_cents(plain, given.decimal)
    if cents is MoneyProblem.TOO_LARGE:
        return Problem(Fault.TOO_LARGE, limit=most)
    if isinstance(cents, MoneyProblem):
        return Problem(Fault.NOT_AN_AMOUNT, short(plain))
    return _bounded(cents, 0, most)


def _hundredfold(figures: str) -> int:
    return int(Decimal(figures) * 100)


def _bounded(value: int, least: int, most: int) -> Value | Problem:
    if value < least:
        return Problem(Fault.TOO_SMALL, limit=least)
    return Problem(Fault.TOO_LARGE, limit=most) if value > most else value


def joint_committee(text: str, given: Given) -> Value | Problem:
    """A Belgian joint committee: three figures, perhaps a part (`140.03`), or XXX: another one."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    code = plain.upper()
    known = code == "XXX" or _JOINT_COMMITTEE.fullmatch(code)
    return code if known else Problem(Fault.JOINT_COMMITTEE, short(plain))


def time_of_day(text: str, given: Given) -> Value | Problem:
    """A time as minutes from midnight: `8`, `8u30`, `8:30`, `0830`."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    found = _TIME.fullmatch(plain)
    if not found:
        return Problem(Fault.TIME_OF_DAY, short(plain))
    hour, minute = int(found[1] or found[3]), int(found[2] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else Problem(Fault.TIME_OF_DAY, short(plain))
