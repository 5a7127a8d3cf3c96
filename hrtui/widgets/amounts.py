"""Amounts of money as lists and totals show them; without Babel, which takes long to load."""

from __future__ import annotations

from hrtui.domain.money import CENTS, QUANTITY_PLACES, UNIT_PLACES, PayValue, decimal_sign, plain_number
from hrtui.i18n import language

_GROUPS = {"nl": ".", "fr": " ", "en": ","}


def money(cents: int, *, sign: bool = False) -> str:
    """Cents with groups of three, as `1,234.50`; with `sign` also a plus."""
    whole = f"{abs(cents) // 100:,}".replace(",", _GROUPS[language()])
    before = "-" if cents < 0 else "+" if sign and cents else ""
    return f"{before}{whole}{decimal_sign(language())}{abs(cents) % 100:02d}"


def typed_amount(value: PayValue) -> str:
    """The amount, or the amount per unit, as one types it."""
    if value.unit_amount is None:
        return plain_number(value.cents, CENTS, decimal_sign(language()))
    return short_number(value.unit_amount, UNIT_PLACES, least=2)


def typed_quantity(value: PayValue) -> str:
    """The number of units as one types it; empty for a plain amount."""
    return "" if value.quantity is None else short_number(value.quantity, QUANTITY_PLACES)


def short_number(number: int, places: int, least: int = 0) -> str:
    """A number with so many decimals without the zeros at its end, but with at least so many decimals."""
    decimal = decimal_sign(language())
    whole, _, fraction = plain_number(number, places, decimal).partition(decimal)
    fraction = fraction.rstrip("0").ljust(least, "0")
    return f"{whole}{decimal}{fraction}" if fraction else whole


def units(value: PayValue) -> str:
    """What an amount is the product of: `20.00 × 3`; empty for a plain amount."""
    return "" if value.quantity is None else f"{typed_amount(value)} × {typed_quantity(value)}"
