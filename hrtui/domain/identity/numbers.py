"""Numbers that governments give people and employers, with their check digits, and how they are shown."""

from __future__ import annotations

import re
from datetime import date

from hrtui.domain.identity.problem import Caution, Doubt, Fault, Given, Problem, Value
from hrtui.domain.identity.texts import clean

HIDDEN = "•"
_SEPARATORS = re.compile(r"[ .\-/–]")
_NSSO_FIRST, _NSSO_LAST = 100_006, 199_999_934


def _figures(text: str, fault: Fault) -> str | Problem:
    """The figures of a number without its separators; a problem where there is anything else."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    figures = _SEPARATORS.sub("", plain)
    return figures if figures.isascii() and figures.isdigit() else Problem(fault)


def national_number(text: str, given: Given) -> Value | Problem:
    """A Belgian INSZ/NISS as 11 figures: a number of the National Register or a BIS number.

    The last two are 97 less the rest by 97 of the others, with a 2 before them for who was born from 2000 on;
    month and day may be 00, and the month of a BIS number is 20 or 40 higher (IBZ, instruction IT000).
    """
    from stdnum.be import ssn
    from stdnum.exceptions import InvalidChecksum, ValidationError

    figures = _figures(text, Fault.NATIONAL_NUMBER_DIGITS)
    if isinstance(figures, Problem):
        return figures
    if len(figures) != 11 or not figures.strip("0"):
        return Problem(Fault.NATIONAL_NUMBER_DIGITS)
    try:
        return str(ssn.validate(figures))
    except InvalidChecksum:
        return Problem(Fault.NATIONAL_NUMBER_CHECK)
    except ValidationError:
        return Problem(Fault.NATIONAL_NUMBER_DATE)


def bsn(text: str, given: Given) -> Value | Problem:
    """A Dutch citizen service number as 9 figures; one of 8 gets its leading 0 back.

    The figures times 9, 8, 7, 6, 5, 4, 3, 2 and -1 add up to a multiple of 11 (RvIG, the 11 test).
    """
    from stdnum.exceptions import ValidationError
    from stdnum.nl import bsn as rule

    figures = _figures(text, Fault.BSN_DIGITS)
    if isinstance(figures, Problem):
        return figures
    if len(figures) not in (8, 9) or not figures.strip("0"):
        return Problem(Fault.BSN_DIGITS)
    try:
        return str(rule.validate(figures))
    except ValidationError:
        return Problem(Fault.BSN_CHECK)


def enterprise_number(text: str, given: Given) -> Value | Problem:
    """A Belgian enterprise (KBO/BCE) number as 10 figures, with or without BE before it.

    The first is 0 or 1 and the last two are 97 less the rest of the first eight by 97; the older form of 9
    figures gets its 0.
    """
    from stdnum.be import vat
    from stdnum.exceptions import InvalidChecksum, ValidationError

    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    if plain[:2].upper() == "BE":
        plain = plain[2:]
    figures = _figures(plain, Fault.ENTERPRISE_DIGITS)
    if isinstance(figures, Problem):
        return figures
    if len(figures) not in (9, 10) or not figures.strip("0"):
        return Problem(Fault.ENTERPRISE_DIGITS)
    try:
        number = str(vat.validate(figures))
    except InvalidChecksum:
        return Problem(Fault.ENTERPRISE_CHECK)
    except ValidationError:
        return Problem(Fault.ENTERPRISE_DIGITS)
    # 00, 98 and 99 leave the same rest as 97, 01 and 02 do, which are those that are given.
    return number if 1 <= int(number[-2:]) <= 97 else Problem(Fault.ENTERPRISE_CHECK)


def nsso_number(text: str, given: Given) -> Value | Problem:
    """A Belgian NSSO employer number without leading zeros: 100006 to 199999934 (NSSO glossary 2023/3)."""
    figures = _figures(text, Fault.NSSO_NUMBER)
    if isinstance(figures, Problem):
        return figures
    if len(figures) > 10 or not _NSSO_FIRST <= int(figures) <= _NSSO_LAST:
        return Problem(Fault.NSSO_NUMBER)
    return str(int(figures))


def nsso_cautions(number: str) -> tuple[Caution, ...]:
    """A doubt where the two check digits of an NSSO number are not 96 less (the others × 100) modulo 97.

    The two ends of the published range follow this rule; since no public text states it, it does not refuse.
    """
    if not number.isdigit():
        return ()
    expected = 96 - int(number[:-2] or "0") * 100 % 97
    return () if int(number[-2:]) == expected else (Caution(Doubt.NSSO_CHECK_DIGITS),)


def birth_date_in(number: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of birth that a valid Belgian national number tells; None for what it does not."""
    from stdnum.be import nn

    born = nn.get_birth_date(number)
    if born:
        return born.year, born.month, born.day
    year, month = nn.get_birth_year(number), nn.get_birth_month(number)
    return year, month, None


def sex_in(number: str) -> str:
    """m or f as a valid Belgian national number tells; empty for a BIS number given without it."""
    return "" if 20 <= int(number[2:4]) < 40 else "m" if int(number[6:9]) % 2 else "f"


def national_number_cautions(number: str, birth_date: str, sex: str) -> tuple[Caution, ...]:
    """What a valid national number says otherwise than the birth date (ISO text) and sex (m, f, x) beside it.

    Doubts only: the number stays as it was given when the register puts birth date or sex right later.
    """
    if not number:
        return ()
    found: list[Caution] = []
    told = birth_date_in(number)
    if birth_date:
        born = date.fromisoformat(birth_date)
        pairs = zip(told, (born.year, born.month, born.day), strict=True)
        if any(part is not None and part != own for part, own in pairs):
            year, month, day = (f"{part:02d}" if part else "??" for part in told)
            found.append(Caution(Doubt.BIRTH_DATE_DIFFERS, f"{day}/{month}/{year}"))
    if sex in {"m", "f"} and sex_in(number) not in {"", sex}:
        found.append(Caution(Doubt.SEX_DIFFERS, sex_in(number)))
    return tuple(found)


def national_number_text(number: str, *, hidden: bool) -> str:
    """`85.07.30-033.28`, or hidden but for the check digits: `••.••.••-•••.28`."""
    if len(number) != 11:
        return HIDDEN * len(number) if hidden else number
    shown = HIDDEN * 9 + number[9:] if hidden else number
    return f"{shown[:2]}.{shown[2:4]}.{shown[4:6]}-{shown[6:9]}.{shown[9:]}"


def bsn_text(number: str, *, hidden: bool) -> str:
    """`1112.22.333`, or hidden but for the last two figures: `••••.••.•33`."""
    if len(number) != 9:
        return HIDDEN * len(number) if hidden else number
    shown = HIDDEN * 7 + number[7:] if hidden else number
    return f"{shown[:4]}.{shown[4:6]}.{shown[6:]}"
