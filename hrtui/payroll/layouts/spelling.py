"""How a value is spelled in a text file: units, dates, signs, padding, and the letters an encoding has."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from hrtui.i18n import t
from hrtui.payroll.layouts.sources import Amount, Holds, Value
from hrtui.payroll.layouts.types import Field, Layout

TIME_UNITS = ("minutes", "hundredths", "hhmm", "hh:mm", "decimal")
NUMBER_UNITS = ("whole", "decimal")
"""A whole number is in the last place: cents, hundredths of a unit, ten-thousandths of a unit amount."""
PLACES = {Holds.MONEY: 2, Holds.QUANTITY: 2, Holds.UNIT: 4}
NUMERIC = frozenset({Holds.NUMBER, Holds.TIME, *PLACES})
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
"""Signs with which a spreadsheet takes a text for a formula (OWASP, CSV injection)."""

_DATE_PARTS = re.compile("YYYY|YY|MM|DD")
_DATE_CODES = {"YYYY": "{0:04d}", "YY": "{1:02d}", "MM": "{2:02d}", "DD": "{3:02d}"}
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE",
     "œ": "oe", "Œ": "OE", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...",
     "€": "EUR"}
)  # fmt: skip

Spell = Callable[[Value], str]


class Unspellable(ValueError):  # noqa: N818  (a fault of a value, told to the clerk with its field)
    """A value that a field cannot hold; `text` says why, in the interface language."""

    def __init__(self, text: str) -> None:
        super().__init__("a value does not fit its field")
        self.text = text


def speller(field: Field, holds: Holds, layout: Layout) -> Spell:
    """How `field` writes a value of the kind `holds`, up to its full width; it raises Unspellable."""
    plain = _plain(field, holds, layout)
    fitted = _fitter(field, holds)
    chosen = dict(field.map)

    def spell(value: Value) -> str:
        text = plain(value)
        if chosen:
            if text not in chosen:
                raise Unspellable(t("the map of the layout has nothing for “{value}”", value=text))
            text = chosen[text]
        if not text:
            if field.required:
                raise Unspellable(t("this is empty, and the provider needs it"))
            text = field.empty
        if field.digits and text and not (text.isascii() and text.isdecimal()):
            raise Unspellable(t("“{value}” may hold figures only", value=text))
        return fitted(text)

    return spell


def time_text(amount: Amount, unit: str, decimal_sign: str = ".", sign: str = "minus") -> str:
    """An amount of time in one of TIME_UNITS; `sign` is minus (below 0 only) or always."""
    if unit in ("hundredths", "decimal"):
        number = amount.hundredths
        text = str(abs(number))
        if unit == "decimal":
            text = f"{abs(number) // 100}{decimal_sign}{abs(number) % 100:02d}"
    else:
        number = amount.minutes
        hours, minutes = divmod(abs(number), 60)
        text = {"minutes": str(abs(number)), "hhmm": f"{hours:02d}{minutes:02d}"}.get(
            unit, f"{hours:02d}:{minutes:02d}"
        )
    return _signed(number, text, sign)


def number_text(number: int, places: int, decimal_sign: str = ".", sign: str = "minus") -> str:
    """A number in its last place (cents for two places) with a decimal sign."""
    digits = f"{abs(number):0{places + 1}d}"
    return _signed(number, f"{digits[:-places]}{decimal_sign}{digits[-places:]}", sign)


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before one that begins so."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    """hrtui's own form of CSV (RFC 4180): UTF-8, `;` between the columns, CRLF after each line."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def plain_letters(text: str) -> str:
    """`text` with the letters of ASCII where there is one that stands for it."""
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _date_form(style: str) -> str:
    safe = style.replace("{", "{{").replace("}", "}}")
    return _DATE_PARTS.sub(lambda found: _DATE_CODES[found.group()], safe)


def _plain(field: Field, holds: Holds, layout: Layout) -> Spell:
    """The value as text, before its width counts."""
    if holds is Holds.DATE:
        form = _date_form(field.date)
        return lambda value: (
            form.format(value.year, value.year % 100, value.month, value.day)
            if isinstance(value, date)
            else ""
        )
    if holds is Holds.TIME:
        return lambda value: (
            time_text(value, field.unit or "minutes", field.decimal_sign, field.sign)
            if isinstance(value, Amount)
            else ""
        )
    if holds in PLACES:
        return lambda value: _number(value, holds, field) if isinstance(value, int) else ""
    if holds is Holds.NUMBER:
        return lambda value: "" if value is None else str(value)
    return _texts(layout)


def _number(value: int, holds: Holds, field: Field) -> str:
    if field.unit == "whole":
        return _signed(value, str(abs(value)), field.sign)
    return number_text(value, PLACES[holds], field.decimal_sign, field.sign)


def _signed(number: int, text: str, sign: str) -> str:
    if number < 0:
        return f"-{text}"
    return f"+{text}" if sign == "always" else text


def _texts(layout: Layout) -> Spell:
    """How a text goes into a file of this layout, before encoding."""
    one_line = layout.kind == "fixed" or layout.quotes == "never"

    def spell(value: Value) -> str:
        text = "" if value is None else str(value)
        if not (text.isascii() and text.isprintable()):
            text = _readable(text, one_line=one_line)
        if layout.letters == "plain":
            text = plain_letters(text)
        return _cell(text, layout) if layout.kind == "csv" else text

    return spell


def _readable(text: str, *, one_line: bool) -> str:
    """The text with composed accents and plain spaces; ends of lines stay where it need not be `one_line`."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ").split("\n")
    plain = ["".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in line) for line in lines]
    wrong = next((sign for line in plain for sign in line if not sign.isprintable()), None)
    if wrong:
        raise Unspellable(t("the sign U+{code} cannot be written", code=f"{ord(wrong):04X}"))
    return (" " if one_line else "\n").join(plain)


def _cell(text: str, layout: Layout) -> str:
    """A text as a cell of a CSV file: neither a formula nor several cells."""
    if text.startswith(FORMULA_STARTS):
        if layout.formulas == "refuse":
            raise Unspellable(t("a spreadsheet would take “{sign}” at the start for a formula", sign=text[0]))
        text = safe_cell(text)
    if layout.quotes == "never":
        wrong = next((sign for sign in (layout.separator, '"') if sign in text), None)
        if wrong:
            raise Unspellable(t("the file cannot hold the sign “{sign}”", sign=wrong))
    return text


def _fitter(field: Field, holds: Holds) -> Callable[[str], str]:
    """How a text gets the width of the field."""
    width = field.width
    if not width:
        return lambda text: text
    right = (field.align or ("right" if holds in NUMERIC else "left")) == "right"
    # Zeros go between the sign and the figures.
    signed = right and field.pad == "0"

    def fit(text: str) -> str:
        if len(text) > width:
            if not field.cut:
                raise Unspellable(
                    t("“{value}” has {n} signs; {most} fit", value=text, n=len(text), most=width)
                )
            text = text[:width]
        if signed and text[:1] in ("-", "+"):
            return text[0] + text[1:].rjust(width - 1, "0")
        return text.rjust(width, field.pad) if right else text.ljust(width, field.pad)

    return fit
