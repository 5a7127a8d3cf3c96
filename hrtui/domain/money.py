"""Amounts of money as clerks and spreadsheets write them, read into integers, and written back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

CENTS = 2
"""Decimals of an amount; an integer holds cents."""
UNIT_PLACES = 4
"""Decimals of a unit amount; an integer holds ten-thousandths."""
QUANTITY_PLACES = 2
"""Decimals of a quantity; an integer holds hundredths."""
MAX_CENTS = 999_999_999
"""The largest amount that is taken: 9 999 999,99."""

_MAX_LENGTH = 40
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ")
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'"})
_CURRENCY = re.compile(r"€|eur|euro", re.IGNORECASE)
_ROUND = re.compile(r"[.,](-{1,2}|=)$")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([ '.,])\d{3})(?:\1\d{3})*", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


class MoneyProblem(StrEnum):
    """What is wrong with a typed amount."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class PayValue:
    """What a pay component comes to: `cents`, and what they are the product of where they are one.

    `unit_amount` is in ten-thousandths, `quantity` in hundredths; both are None for a plain amount.
    """

    cents: int
    unit_amount: int | None = None
    quantity: int | None = None

    @classmethod
    def of_units(cls, unit_amount: int, quantity: int) -> PayValue:
        """A unit amount times a quantity."""
        return cls(product_cents(unit_amount, quantity), unit_amount, quantity)


def decimal_sign(language: str) -> str:
    """The decimal sign that readers of `language` (nl, fr, en) write."""
    return "." if language == "en" else ","


def parse_cents(text: str, decimal: str = ",") -> int | MoneyProblem:
    """Read an amount into cents; see `parse_number` for what is understood."""
    return parse_number(text, CENTS, decimal)


def parse_quantity(text: str, decimal: str = ",") -> int | MoneyProblem:
    """Read how many units there are into hundredths."""
    return parse_number(text, QUANTITY_PLACES, decimal)


def parse_number(text: str, places: int, decimal: str) -> int | MoneyProblem:
    """Read a number with at most `places` decimals into an integer of its last place.

    Point and comma are both understood: the last of two kinds is the decimal sign, and one that stands alone
    is it too, unless three digits follow, where `decimal` (the reader's own sign) decides; a number that
    this leaves with too many decimals is refused rather than guessed. Points, commas, spaces and apostrophes
    group thousands. A € or EUR may stand on either side, a minus before, behind or after the €; `12,-` is 12.
    """
    plain = text.translate(_SPACES).translate(_SIGNS).strip()
    if not plain:
        return MoneyProblem.EMPTY
    if len(plain) > _MAX_LENGTH:
        return MoneyProblem.TOO_LARGE if _DIGITS.fullmatch(plain) else MoneyProblem.NOT_A_NUMBER
    plain = _CURRENCY.sub("", plain, count=1).strip()
    negative, plain = _without_minus(_ROUND.sub("", plain))
    whole, fraction = _split(plain, decimal)
    digits = _ungrouped(whole) if whole or fraction else None
    if digits is None or (fraction and not _DIGITS.fullmatch(fraction)):
        return MoneyProblem.NOT_A_NUMBER
    # Three decimals may be thousands by another habit; more than three cannot.
    if len(fraction) > 3:
        fraction = fraction.rstrip("0")
    if len(fraction) > places:
        return MoneyProblem.TOO_MANY_DECIMALS
    number = int(digits + fraction.ljust(places, "0"))
    if number * 100 > MAX_CENTS * 10**places:
        return MoneyProblem.TOO_LARGE
    return -number if negative else number


def product_cents(unit_amount: int, quantity: int) -> int:
    """Ten-thousandths of a euro times hundredths of a unit, in cents; half a cent goes away from zero."""
    product = abs(unit_amount * quantity)
    cents = (product + 5_000) // 10_000
    return cents if unit_amount * quantity >= 0 else -cents


def plain_number(number: int, places: int, decimal: str = ",") -> str:
    """A number as one types it, without grouping: 123450 with two places is `1234,50`."""
    digits = f"{abs(number):0{places + 1}d}"
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}{decimal}{digits[-places:]}"


def _without_minus(text: str) -> tuple[bool, str]:
    text = text.strip()
    if text.startswith("-"):
        return True, text[1:].strip()
    if text.endswith("-"):
        return True, text[:-1].strip()
    return False, text


def _split(text: str, decimal: str) -> tuple[str, str]:
    """The number before and after its decimal sign; no sign leaves the second part empty."""
    place = max(text.rfind("."), text.rfind(","))
    if place < 0:
        return text, ""
    sign, whole, fraction = text[place], text[:place], text[place + 1 :]
    other = "," if sign == "." else "."
    alone = other not in whole and " " not in whole and "'" not in whole
    if sign in whole or (alone and len(fraction) == 3 and sign != decimal and _GROUPED.fullmatch(text)):
        return text, ""
    return whole, fraction


def _ungrouped(text: str) -> str | None:
    """The digits of a whole number, or None where it is none; an empty one is 0, as in `,50`."""
    if not text or _DIGITS.fullmatch(text):
        return text or "0"
    return re.sub(r"[ '.,]", "", text) if _GROUPED.fullmatch(text) else None
