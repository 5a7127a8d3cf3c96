"""JSON in one form only, so that equal values have equal bytes and equal hashes everywhere."""

from __future__ import annotations

import json
from hashlib import sha256

from typing_extensions import TypeAliasType

Value = TypeAliasType("Value", "str | int | bool | list[Value] | dict[str, Value] | None")
"""What a unit can hold: what SQLite holds without floats, and lists and objects of it."""


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical(value: object) -> str:
    """`value` as JSON without spaces, keys sorted, text as it is.

    Raises TypeError or ValueError for what is no `Value`: a float has several spellings.
    """
    _refuse_floats(value)
    return canonical_text(value)


def canonical_text(value: object) -> str:
    """The canonical form of a value that is known to hold no float."""
    return _ENCODER.encode(value)


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return sha256(canonical(value).encode()).hexdigest()


def number_of(*parts: object) -> int:
    """A positive 63-bit id that is the same wherever the same parts are known."""
    return int.from_bytes(sha256(canonical(list(parts)).encode()).digest()[:8], "big") >> 1 | 1


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a synced value is never a float")
    if isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
    elif isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
