"""The arguments of the commands of forwarding, checked and with their types; ids travel as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hrtui.backend.errors import ApiError
from hrtui.domain.sync.values import is_text

MOST_PEOPLE = 5000
MOST_BYTES = 2**40
LONGEST_REASON = 500
_MONTH = re.compile(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[^\x00-\x1f/\\]{1,120}")


@dataclass(frozen=True, slots=True)
class SentPerson:
    """A person of a transmission: number and name at the provider, SHA-256 of snapshot and content."""

    number: str
    name: str
    snapshot: str
    content: str


@dataclass(frozen=True, slots=True)
class ForwardOrder:
    """What the clerk confirmed, and by which revision (`basis`) of the employer's history.

    `bases` are the transmissions that brought what the provider holds of people, for differences to add to;
    `beside` the days (ISO) close to the month on which the clerk saw people ill.
    """

    id: int
    month: str
    number: int
    kind: str
    provider: str
    layout: str
    resend: str
    wage_payment_date: str | None
    meal_voucher_date: str | None
    people: Mapping[int, SentPerson]
    bases: Mapping[int, int]
    beside: Mapping[int, frozenset[str]]
    messages: Sequence[int]
    files: Sequence[tuple[str, str, int]]
    bundle: str
    basis: int


class Arguments:
    """Reads arguments one by one; raises ApiError 400 for one that is missing or of another kind."""

    def __init__(self, args: Mapping[str, Any]) -> None:
        self._args = args

    def text(self, name: str, longest: int = 200, least: int = 0) -> str:
        """A text within lengths."""
        value = self._args.get(name, "")
        if not (is_text(value, longest) and len(value) >= least):
            raise wrong()
        return str(value)

    def month(self) -> str:
        """The month, `YYYY-MM`."""
        return _matching(_MONTH, self._args.get("period"))

    def day(self, name: str) -> str | None:
        """An ISO date, or None."""
        value = self._args.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise wrong() from None

    def number(self, name: str, most: int = 2**63 - 1) -> int:
        """A number from 0 on."""
        value = self._args.get(name)
        if type(value) is not int or not 0 <= value <= most:
            raise wrong()
        return value

    def id(self, name: str) -> int:
        """The id of a row."""
        return id_of(self._args.get(name))

    def ids(self, name: str) -> list[int]:
        """Ids, none of them twice."""
        value = self._args.get(name)
        if not isinstance(value, list) or len(value) > MOST_PEOPLE:
            raise wrong()
        return list(dict.fromkeys(id_of(one) for one in value))

    def by_id(self, name: str, read: Callable[[Any], Any]) -> dict[int, Any]:
        """Values by the ids of rows."""
        value = self._args.get(name, {})
        if not isinstance(value, dict) or len(value) > MOST_PEOPLE:
            raise wrong()
        return {id_of(key): read(one) for key, one in value.items()}

    def hash(self, name: str) -> str:
        """A SHA-256 in hexadecimal digits."""
        return _matching(_HASH, self._args.get(name))


def forward_order(args: Mapping[str, Any]) -> ForwardOrder:
    """The arguments of `forward`."""
    read = Arguments(args)
    files = args.get("files")
    if not isinstance(files, list) or len(files) > 40:
        raise wrong()
    return ForwardOrder(
        read.id("id"),
        read.month(),
        read.number("number", 9999),
        _one_of(args.get("kind"), "first", "correction"),
        read.text("provider", 60),
        read.text("layout", 60, 1),
        _one_of(args.get("resend"), "replace", "delta"),
        read.day("wage_payment_date"),
        read.day("meal_voucher_date"),
        read.by_id("people", _person),
        read.by_id("bases", id_of),
        read.by_id("beside", _days),
        read.ids("messages"),
        [_file(one) for one in files],
        read.hash("bundle"),
        read.number("basis"),
    )


def reason(value: Any) -> str:
    """A reason that somebody typed."""
    if not is_text(value, LONGEST_REASON) or not value.strip():
        raise wrong()
    return " ".join(value.split())


def id_of(value: Any) -> int:
    """An id from its text."""
    if not isinstance(value, str) or not value.isascii() or not value.isdecimal() or len(value) > 19:
        raise wrong()
    if not 0 < (found := int(value)) < 2**63:
        raise wrong()
    return found


def wrong() -> ApiError:
    """The refusal of arguments that no client of ours sends."""
    return ApiError(400, "bad_request")


def _person(value: Any) -> SentPerson:
    if not isinstance(value, list) or len(value) != 4 or not all(is_text(one, 200) for one in value):
        raise wrong()
    number, name, *hashes = value
    if not (number.isprintable() and name.isprintable()):
        raise wrong()
    return SentPerson(number, name, *(_matching(_HASH, one) for one in hashes))


def _days(value: Any) -> frozenset[str]:
    if not isinstance(value, list) or len(value) > 62:
        raise wrong()
    return frozenset(_matching(_DAY, one) for one in value)


def _file(value: Any) -> tuple[str, str, int]:
    if not isinstance(value, list) or len(value) != 3 or type(value[2]) is not int:
        raise wrong()
    name = _matching(_NAME, value[0])
    if name.startswith(".") or not is_text(name) or not 0 <= value[2] < MOST_BYTES:
        raise wrong()
    return name, _matching(_HASH, value[1]), value[2]


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise wrong()
    return value


def _one_of(value: Any, *known: str) -> str:
    if value not in known:
        raise wrong()
    return str(value)
