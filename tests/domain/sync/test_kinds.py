"""What columns hold as the registry says, against the tables of clients, and the values that do not fit."""

from __future__ import annotations

import pytest
from sqlmodel import SQLModel

from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import DAY, ENTITIES
from hrtui.domain.sync.values import fits
from hrtui.store import tables

TABLES = {table.name: table for table in SQLModel.metadata.tables.values() if tables}
STORED_AS = {
    "VARCHAR": {"text", "month", "category", "unit", "limit", "input", "basis", "country", "language"},
    "INTEGER": {"number", "minute", "month_number", "year"},
    "BOOLEAN": {"flag"},
    "DATE": {"date"},
    "DATETIME": {"moment"},
    "JSON": {"texts", "codes", "weeks", "starts", "list", "object"},
}


@pytest.mark.parametrize("name", sorted(set(ENTITIES) - {DAY}))
def test_columns_hold_what_the_tables_of_clients_want(name: str) -> None:
    entity = ENTITIES[name]
    travelling = {column for columns in entity.units.values() for column in columns}
    assert set(entity.kinds) <= travelling
    for column in travelling:
        stored, kind = TABLES[name].columns[column], entity.kinds.get(column, "text")
        assert kind.rstrip("?") in STORED_AS[str(stored.type)], column
        assert kind.endswith("?") == stored.nullable, column


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", ""),
        ("text", "Zoë\n\tDe Vries"),
        ("number", -(2**63)),
        ("number?", None),
        ("flag", 1),
        ("minute", 1440),
        ("date", "2024-02-29"),
        ("month", "2026-12"),
        ("moment", "2026-03-02 10:00:00.000001"),
        ("weeks", "[[480, 480, 480, 480, 480, 0, 0]]"),
        ("starts", "[[540, null, null, null, null, null, null]]"),
        ("codes", '{"SECUREX": "001"}'),
        ("category", "absence"),
        ("basis", ""),
        ("country", "NL"),
    ],
)
def test_what_fits(kind: str, value: Value) -> None:
    assert fits(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", None),
        ("text", 5),
        ("text", "\x1b[2J"),
        ("text", "\x9b2J"),
        ("text", "\ud800"),
        ("text", "x" * 20_001),
        ("number", True),
        ("number", "5"),
        ("number", 2**63),
        ("flag", 2),
        ("minute", 1441),
        ("year", 0),
        ("date", "2026-W10-1"),
        ("date", "20260302"),
        ("date", "2026-02-30"),
        ("date?", ""),
        ("month", "2026-13"),
        ("month", "2026-1"),
        ("month", "٢٠٢٦-01"),
        ("moment", "yesterday"),
        ("weeks", "[]"),
        ("weeks", "[[1, 2, 3]]"),
        ("weeks", "[[480, 480, 480, 480, 480, 0, null]]"),
        ("weeks", "[" * 19_000),
        ("weeks", "no JSON"),
        ("weeks", [[0, 0, 0, 0, 0, 0, 0]]),
        ("codes", '{"SECUREX": 1}'),
        ("texts", '["\\u001b[2J"]'),
        ("object", "[]"),
        ("category", ["absence"]),
        ("category", "nonsense"),
        ("basis", "hearsay"),
        ("country", "XX"),
        ("language", ""),
    ],
)
def test_what_does_not_fit(kind: str, value: Value) -> None:
    assert not fits(kind, value)
