"""Texts and names: what can be stored, printed and declared, in Latin letters."""

from __future__ import annotations

import re
import unicodedata

from hrtui.domain.identity.problem import Fault, Given, Problem, Value, short

MAX_FIRST_NAME, MAX_LAST_NAME = 24, 48
"""The lengths that Dimona takes (NSSO glossary 2023/3)."""

_NAME_SIGNS = frozenset(" '-.")
_FORMULA_STARTS = ("=", "@", "+", "-")
_HOUSE_NUMBER = re.compile(r"[1-9]\d{0,4}(?: ?[-/+ ]? ?[0-9A-Za-z]{1,5})?", re.ASCII)
_NO_HOUSE_NUMBER = frozenset({"zn", "z/n", "sn", "s/n"})
_EMPLOYEE_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./_-]*", re.ASCII)
_DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_NOT_WRITTEN = frozenset({"Cn", "Co", "Cs"})
_EMOJI_PARTS = "\u200d\ufe0e\ufe0f\u20e3"
_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")


def clean(text: str, longest: int | None = None) -> str | Problem:
    """The text with composed accents and single spaces; a problem where it holds signs that nobody can read.

    With `longest` a text of more signs is a problem, too.

    Unseen signs are refused since two texts could look alike and differ, marks of direction since they turn
    the text of the screen around (Unicode Technical Report 36, 2.4 and 3.5).
    """
    # Spreadsheets and web pages paste spaces that do not break.
    plain = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in text.strip())
    plain = re.sub(" +", " ", unicodedata.normalize("NFC", plain))
    for sign in plain:
        fault = None if sign.isascii() and sign.isprintable() else _unreadable(sign)
        if fault:
            return Problem(fault, f"U+{ord(sign):04X}")
    return Problem(Fault.TOO_LONG, limit=longest) if longest is not None and len(plain) > longest else plain


def matched(text: str, form: re.Pattern[str], longest: int) -> str | Problem:
    """The text as `clean` gives it where all of it has the form."""
    plain = clean(text, longest)
    if isinstance(plain, Problem):
        return plain
    return plain if form.fullmatch(plain) else Problem(Fault.BAD_SIGN, short(plain))


def _unreadable(sign: str) -> Fault | None:
    if unicodedata.bidirectional(sign) in _DIRECTIONS or sign in "\u200e\u200f\u061c":
        return Fault.DIRECTION_MARK
    category = unicodedata.category(sign)
    # Below the arrows, "other symbols" are signs of the keyboard such as ° and ©.
    if category in _NOT_WRITTEN or (ord(sign) >= 0x2190 and category in {"So", "Sk"}) or sign in _EMOJI_PARTS:
        return Fault.PICTURE
    return Fault.CONTROL_CHARACTER if category in {"Cc", "Cf", "Zl", "Zp"} else None


def _latin(sign: str) -> bool:
    """Whether a letter or digit is one that Belgian and Dutch offices write."""
    category = unicodedata.category(sign)
    if sign.isascii() or not (category[0] in "LM" or category == "Nd"):
        return True
    # Accents that have no composed form with their letter stay apart: M̄.
    return unicodedata.name(sign, "").startswith(("LATIN ", "COMBINING "))


def text_of(text: str, given: Given, *, longest: int) -> Value | Problem:
    """A text of one line; spreadsheets that get it later would run one that begins like a formula."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    wrong = next((sign for sign in plain if not _latin(sign)), None)
    if wrong:
        return Problem(Fault.NOT_LATIN, wrong)
    if plain.startswith(_FORMULA_STARTS):
        return Problem(Fault.FORMULA, plain[0])
    return Problem(Fault.TOO_LONG, limit=longest) if len(plain) > longest else plain


def name_of(text: str, given: Given, *, longest: int) -> Value | Problem:
    """A person's name or a place: letters with accents, spaces, hyphens, apostrophes and full stops."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    plain = plain.translate(_APOSTROPHES)
    for sign in plain:
        if not _latin(sign):
            return Problem(Fault.NOT_LATIN, sign)
        if not (sign.isalpha() or sign in _NAME_SIGNS or unicodedata.combining(sign)):
            return Problem(Fault.BAD_SIGN, sign)
    if not any(sign.isalpha() for sign in plain):
        return Problem(Fault.NO_LETTER, short(plain))
    return Problem(Fault.TOO_LONG, limit=longest) if len(plain) > longest else plain


def initials(text: str, given: Given) -> Value | Problem:
    """Initials as the Netherlands writes them: `J.P.`, typed `jp`, `J P` or `J.P.`; `Th.` stays one."""
    plain = name_of(text, given, longest=40)
    if isinstance(plain, Problem):
        return plain
    parts = [part for part in re.split(r"[ .'-]", str(plain)) if part]
    if len(parts) == 1 and parts[0].isascii() and (parts[0].isupper() or parts[0].islower()):
        parts = list(parts[0])
    result = "".join(f"{_capital(part[0])}{part[1:].lower()}." for part in parts)
    return Problem(Fault.TOO_LONG, limit=20) if len(result) > 20 else result


def _capital(letter: str) -> str:
    """The capital of a letter; itself where that would be two (ß)."""
    return letter.upper() if len(letter.upper()) == 1 else letter


def house_number(text: str, given: Given) -> Value | Problem:
    """A house number of up to 10 signs: `12`, `12A`, `12-14`, `12 bis`; `zn` where there is none."""
    plain = clean(text, 10)
    if isinstance(plain, Problem):
        return plain
    if plain.lower() in _NO_HOUSE_NUMBER:
        return plain.lower()
    return plain if _HOUSE_NUMBER.fullmatch(plain) else Problem(Fault.HOUSE_NUMBER, short(plain))


def employee_number(text: str, given: Given) -> Value | Problem:
    """A number of a person at the employer or the provider: figures and letters, up to 15."""
    plain = clean(text, 15)
    if isinstance(plain, Problem):
        return plain
    if _EMPLOYEE_NUMBER.fullmatch(plain):
        return plain
    allowed = frozenset("0123456789abcdefghijklmnopqrstuvwxyz ./_-")
    return Problem(Fault.BAD_SIGN, next((sign for sign in plain if sign.lower() not in allowed), plain[0]))
