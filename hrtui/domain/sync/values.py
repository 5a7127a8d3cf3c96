"""Whether a value is one that a column of a synced row can hold (the words of `kinds`)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import get_args

from hrtui.domain.holidays import Country
from hrtui.domain.leave_type import Category, Limit, Unit
from hrtui.domain.pay_fields import PayInput
from hrtui.domain.sickness.no_risk import Basis
from hrtui.domain.sync.canonical import Value
from hrtui.i18n import LANGUAGES

LONGEST_TEXT = 20_000
NUMBERS = range(-(2**63), 2**63)
_MINUTES, _WEEKDAYS, _YEARS = range(24 * 60 + 1), 7, range(1800, 10_000)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Signs that are no text: terminals obey some of them. Lines and tabs may stand in a message."""
_MOST_MOMENT = 40


def is_text(value: object, longest: int = LONGEST_TEXT) -> bool:
    """Whether this is a text that both databases can hold and every terminal can show."""
    return isinstance(value, str) and len(value) <= longest and _CONTROL.search(value) is None


def is_date(value: object) -> bool:
    """Whether this is a date as ISO 8601 has it, spelt in the one way that is used here."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value and _in_years(value)
    except ValueError:
        return False


def fits(kind: str, value: Value) -> bool:
    """Whether a column of this kind can hold the value."""
    if value is None:
        return kind.endswith("?")
    return _CHECKS[kind.rstrip("?")](value)


def _in_years(text: str) -> bool:
    return int(text[:4]) in _YEARS


def _is_number(value: object, among: range = NUMBERS) -> bool:
    return type(value) is int and value in among


def _is_month(value: object) -> bool:
    return isinstance(value, str) and _MONTH.fullmatch(value) is not None and _in_years(value)


def _is_moment(value: object) -> bool:
    try:
        return is_text(value, _MOST_MOMENT) and bool(datetime.fromisoformat(str(value)))
    except ValueError:
        return False


def _json(check: Callable[[object], bool]) -> Callable[[object], bool]:
    """A text of JSON whose content passes."""

    def passes(value: object) -> bool:
        if not is_text(value):
            return False
        try:
            content = json.loads(str(value))
            return _holds_text(content) and check(content)
        except (ValueError, RecursionError):
            return False

    return passes


def _holds_text(content: object) -> bool:
    """Whether what is escaped in JSON is text too."""
    if isinstance(content, list | dict):
        parts = content if isinstance(content, list) else [*content, *content.values()]
        return all(_holds_text(part) for part in parts)
    return not isinstance(content, str) or is_text(content)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_codes(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(code, str) for code in value.values())


def _are_weeks(value: object, *, empty: bool) -> bool:
    """Weeks of seven numbers of minutes; with `empty` a day may have none."""
    if not isinstance(value, list) or not value:
        return False
    days = [day for week in value if isinstance(week, list) and len(week) == _WEEKDAYS for day in week]
    return len(days) == _WEEKDAYS * len(value) and all(
        (empty and day is None) or _is_number(day, _MINUTES) for day in days
    )


def _among(words: Iterable[str]) -> Callable[[object], bool]:
    known = frozenset(words)
    return lambda value: isinstance(value, str) and value in known


_CHECKS: Mapping[str, Callable[[object], bool]] = {
    "text": is_text,
    "number": _is_number,
    "flag": lambda value: _is_number(value, range(2)),
    "minute": lambda value: _is_number(value, _MINUTES),
    "month_number": lambda value: _is_number(value, range(1, 13)),
    "year": lambda value: _is_number(value, _YEARS),
    "date": is_date,
    "month": _is_month,
    "moment": _is_moment,
    "texts": _json(_is_texts),
    "codes": _json(_is_codes),
    "weeks": _json(lambda value: _are_weeks(value, empty=False)),
    "starts": _json(lambda value: _are_weeks(value, empty=True)),
    "list": _json(lambda value: isinstance(value, list)),
    "object": _json(lambda value: isinstance(value, dict)),
    "category": _among(Category),
    "unit": _among(Unit),
    "limit": _among(Limit),
    "input": _among(PayInput),
    "basis": _among(["", *Basis]),
    "country": _among(get_args(Country)),
    "language": _among(LANGUAGES),
}
