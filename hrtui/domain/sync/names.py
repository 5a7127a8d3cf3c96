"""Taking somebody's name out of the words about a step that others have a part in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hrtui.domain.sync.canonical import Value

GAP = "…"
"""What stands where a name was."""


def names_in(rows: Sequence[Mapping[str, Value]]) -> tuple[list[str], list[str]]:
    """The full names of a person, in both orders, and the single ones, by (parts of) rows; longest first."""
    first, last = (
        {str(row[column]).strip() for row in rows if str(row.get(column) or "").strip()}
        for column in ("first_name", "last_name")
    )
    prefixes = {str(row.get("name_prefix") or "").strip() for row in rows} - {""}
    whole = {name for one in first for other in last for name in _orders(one, other, prefixes)}
    return sorted(whole, key=len, reverse=True), sorted(first | last, key=len, reverse=True)


def without(text: str, names: Iterable[str]) -> str:
    """The text with a gap where one of these names stands as a word of its own."""
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", GAP, text)
    return text


def _orders(first: str, last: str, prefixes: Iterable[str]) -> Iterator[str]:
    yield f"{last} {first}"
    yield f"{first} {last}"
    for prefix in prefixes:
        yield f"{last} {first} {prefix}"
        yield f"{first} {prefix} {last}"
