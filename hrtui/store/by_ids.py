"""Questions about many ids, asked in portions: SQLite bounds the places of a statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hrtui.store.database import Connection

PORTION = 400
"""How many ids one statement asks for."""


def select(con: Connection, query: str, ids: Sequence[int], *values: object) -> Iterator[tuple[Any, ...]]:
    """The rows that a query finds of these ids: `{marks}` in it is where they go, before the `values`."""
    for portion in portions(ids):
        yield from con.execute(query.format(marks=marks(len(portion))), (*portion, *values))


def portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids, as many at a time as one statement takes."""
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]


def marks(count: int) -> str:
    """The places of a statement for so many values."""
    return ", ".join("?" * count)
