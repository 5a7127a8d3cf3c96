"""Amounts of time as clerks write them, read into minutes, and minutes as hundredths of an hour."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_CLOCK = re.compile(r"(\d{1,5})[:uh](\d\d)", re.ASCII)
_MINUTES = re.compile(r"(\d{1,6}) ?m(?:in)?", re.ASCII)
_HOURS = re.compile(r"(\d{1,5}|\d{0,5}[.,]\d{1,6}) ?[uh]?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?%", re.ASCII)
_FRACTION = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)


class HoursError(ValueError):
    """A text that is no amount of time; `text` is what was typed."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not an amount of time: {text!r}")
        self.text = text


def parse_minutes(text: str, full_day: int | None = None) -> int:
    """Read an amount of time into minutes.

    Hours are `7,6` `7.6` `7:36` `7u36` `7h36` `7u` `8`, minutes are `456m`; decimals are rounded half-up to
    a minute. A part of the day (`1/2`, `½`, `50%`, `100%`) is taken of `full_day`, in minutes. Raises
    HoursError for anything else, for a part above the whole, and for a part where `full_day` is not given.
    """
    plain = text.strip().lower().replace("½", "1/2")
    if match := _CLOCK.fullmatch(plain):
        hours, minutes = int(match[1]), int(match[2])
        if minutes < 60:
            return hours * 60 + minutes
    elif match := _MINUTES.fullmatch(plain):
        return int(match[1])
    elif match := _HOURS.fullmatch(plain):
        return _whole(_decimal(match[1]) * 60)
    elif full_day is not None and (share := _share(plain)) is not None:
        return _whole(share * full_day)
    raise HoursError(text)


def hundredths(minutes: int) -> int:
    """Minutes (0 or more) as hundredths of an hour, rounded half-up: 456 is 760, 7 is 12."""
    return (minutes * 100 + 30) // 60


def _share(text: str) -> Decimal | None:
    """The part of a whole day that a fraction or percentage names, or None where it is none up to 1."""
    share = Decimal(2)
    if match := _PERCENT.fullmatch(text):
        share = _decimal(match[1]) / 100
    elif (match := _FRACTION.fullmatch(text)) and int(match[2]):
        share = Decimal(match[1]) / Decimal(match[2])
    return share if share <= 1 else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
