"""Reading the lines of a benefit specification from the text of a PDF: whom, which days, an amount.

A space may group the thousands of an amount, and stands between a number of days and the amount too. A space
that does not break, a €, a minus or the word for days say where the amount begins. Else lines are read with
a column of days and without one, and the total tells which of the two holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hrtui.domain.identity.dates import read_day
from hrtui.domain.money import parse_cents
from hrtui.domain.sickness.benefit import BenefitLine

_LINE = re.compile(
    r"^(?P<text>.*?)(?P<numbers>(?: \d{1,3})*)(?P<sign>(?: (?:€|EUR))?(?: ?-)?) ?"
    r"(?P<amount>(?:\d{1,3}(?:\.\d{3})+|(?<![\d.])\d+),\d{2}-?)(?: ?(?:€|EUR))?$"
)
"""A line with single spaces; what stands before the numbers may be nothing."""
_STARTED = re.compile(r"( (?:€|EUR)(?: ?-)?| -| \d{1,3} (?:dagen|days|jours))$", re.IGNORECASE)
"""After this an amount begins."""
_FIXED_SPACE = re.compile("(?<=\\d)[\u00a0\u2007\u2009\u202f](?=\\d{3}(?!\\d))")
_MINUS = re.compile(r"(?<=\s)-(?=\d)")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}( \d{3})*,\d{2}-?")
_DAY = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b")
_DAYS = re.compile(r"\s(\d{1,3})\s*(?:dagen|days|jours)?\s*$", re.IGNORECASE)
_DAYS_COLUMN = re.compile(r"\b(dagen|days|jours)\b", re.IGNORECASE)
_TOTAL = re.compile(r"^\s*(totaal|total|te ontvangen|uit te keren)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands before the amount, and the amount in cents."""

    before: str
    cents: int


def lines_and_total(text: str) -> tuple[list[BenefitLine], int | None]:
    """The lines that end with an amount, and the total in cents where a line says that it is."""
    own: tuple[list[_Line], list[_Line]] = ([], [])
    totals: list[int] = []
    for line in text.splitlines():
        found = list(_readings(line))
        if found and _TOTAL.match(line):
            totals = [one.cents for one in found]
        elif found:
            for reading, one in zip(own, found, strict=True):
                reading.append(one)
    order = (0, 1) if _DAYS_COLUMN.search(text) else (1, 0)
    for place in order:
        if (cents := sum(one.cents for one in own[place])) in totals:
            return _benefit_lines(own[place]), cents
    return _benefit_lines(own[order[0]]), totals[order[0]] if totals else None


def _readings(line: str) -> Iterator[_Line]:
    """A line with its first number as days, and without days; nothing where it ends with no amount."""
    # Where every space is one that does not break, it groups no thousands.
    joined = _FIXED_SPACE.sub("", line) if " " in line.strip() else line
    match = _LINE.match(" ".join(_MINUS.sub("- ", joined).split()))
    if match is None:
        return
    text, sign, amount = match["text"], match["sign"], match["amount"]
    numbers = match["numbers"].split()
    starts = bool(_STARTED.search(text))
    for days in (0 if starts else 1, 0):
        place = len(numbers)
        while place > days and not sign and _GROUPED.fullmatch(" ".join([*numbers[place - 1 :], amount])):
            place -= 1
        minus = "-" if sign.endswith("-") or (starts and text.endswith("-")) else ""
        cents = parse_cents(minus + "".join(numbers[place:]) + amount)
        if isinstance(cents, int):
            before = _STARTED.sub(_kept, text) if starts else text
            yield _Line(" ".join([before, *numbers[:place]]), cents)


def _kept(match: re.Match[str]) -> str:
    """A number of days stays with what stands before the amount; a sign does not."""
    return match[0] if match[0].strip()[:1].isdigit() else ""


def _benefit_lines(lines: Iterable[_Line]) -> list[BenefitLine]:
    return [_benefit_line(line) for line in lines]


def _benefit_line(line: _Line) -> BenefitLine:
    dated = map(read_day, _DAY.findall(line.before))
    days = [day for day in dated if isinstance(day, date)]
    rest = _DAY.sub(" ", line.before)
    count = _DAYS.search(rest)
    person = " ".join((rest[: count.start()] if count else rest).split()).strip(" -")
    return BenefitLine(
        person[:80],
        days[0] if days else None,
        days[1] if len(days) > 1 else None,
        int(count[1]) if count else None,
        line.cents,
    )
