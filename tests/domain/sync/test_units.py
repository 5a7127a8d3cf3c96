"""The registry of synced rows against the tables of the client, and the month that a change belongs to."""

from __future__ import annotations

import sqlite3

import pytest
from sqlmodel import SQLModel

from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import DAY, ENTITIES, LOCAL, locked_spans, person_of
from hrtui.store import migrations, tables
from hrtui.store.changes import ROW_TABLES
from hrtui.sync.rows import Rows

TABLES = {table.name: table for table in SQLModel.metadata.tables.values() if tables}
SYNCED = sorted(ROW_TABLES - {"form_draft"})
COMPONENT: dict[str, Value] = {
    "person_id": 7,
    "first_month": "2026-03",
    "last_month": "2026-05",
    "cents": 100,
}


def test_every_synced_table_is_there_and_no_other() -> None:
    assert sorted(set(ENTITIES) - {DAY}) == SYNCED


@pytest.mark.parametrize("name", SYNCED)
def test_every_column_travels_in_exactly_one_unit(name: str) -> None:
    travelling = [column for columns in ENTITIES[name].units.values() for column in columns]
    assert sorted(travelling) == sorted({*TABLES[name].columns.keys()} - LOCAL - {"id"})


@pytest.mark.parametrize("name", SYNCED)
def test_references_are_the_foreign_keys(name: str) -> None:
    keys = {
        column.name: key.column.table.name
        for column in TABLES[name].columns
        for key in column.foreign_keys
        if column.name not in LOCAL
    }
    assert ENTITIES[name].references == keys


@pytest.mark.parametrize("name", SYNCED)
def test_unique_keys_are_those_of_the_table(name: str) -> None:
    unique = [
        [column.name for column in index.columns if column.name not in LOCAL]
        for index in TABLES[name].indexes
        if index.unique
    ]
    assert [list(ENTITIES[name].once)] == (unique or [[]])


def test_what_was_not_given_is_as_the_tables_of_clients_have_it() -> None:
    con = sqlite3.connect(":memory:", isolation_level=None)
    migrations.upgrade(con)
    rows = Rows(con, 1)
    for name in SYNCED:
        travelling = {column for columns in ENTITIES[name].units.values() for column in columns}
        held = {
            column: value
            for column, value in rows.defaults(name).items()
            if column in travelling and value is not None
        }
        assert ENTITIES[name].defaults == held, name


def test_a_row_of_an_older_program_is_completed() -> None:
    entity = ENTITIES["pay_component"]
    assert entity.completed({"note": "x"}) == {"note": "x", "amount": [None, None, None, "EUR"]}
    whole = entity.completed({"note": "", "amount": [1, 2, 3, "USD"]})
    assert whole == {"note": "", "amount": [1, 2, 3, "USD"]}


def test_a_group_travels_as_the_list_of_its_columns() -> None:
    entity = ENTITIES["contract"]
    units = entity.to_units({"wage_type": "hour", "wage_cents": 1750, "nature": "open", "start_date": None})
    assert units == {"nature": "open", "start_date": None, "wage": ["hour", 1750]}
    assert entity.to_columns(units)["wage_cents"] == 1750
    assert entity.unit_of("wage_cents") == "wage"


def test_a_group_of_another_version_is_read_as_far_as_both_know_it() -> None:
    entity = ENTITIES["contract"]
    assert entity.to_columns({"wage": ["hour", 1750, "later"]}) == {"wage_type": "hour", "wage_cents": 1750}
    assert entity.to_columns({"wage": ["hour"]}) == {"wage_type": "hour"}
    assert entity.to_columns({"wage": None}) == {"wage_type": None, "wage_cents": None}
    assert entity.widened("wage", ["hour"]) == ["hour", None]
    assert entity.widened("wage", ["hour"], ["month", 5]) == ["hour", 5]
    assert entity.widened("wage", ["hour", 1, 2]) == ["hour", 1, 2]
    assert entity.fitted({"wage": ["hour", 1, 2], "later": 1}) == {"wage": ["hour", 1]}
    assert entity.fitted({"wage": ["hour"], "nature": ""}) == {"wage": ["hour", None], "nature": ""}


def test_half_a_group_is_no_unit() -> None:
    assert ENTITIES["contract"].to_units({"wage_cents": 1}) == {}


def test_a_column_that_stays_at_home_has_no_unit() -> None:
    with pytest.raises(KeyError):
        ENTITIES["person"].unit_of("sort_name")


def test_a_day_belongs_to_its_month() -> None:
    assert locked_spans(DAY, 7, "2026-03-31", {}, {}) == [(7, "2026-03", "2026-03")]
    assert person_of(DAY, 7, {}) == 7


def test_a_component_belongs_to_all_its_months() -> None:
    assert locked_spans("pay_component", 1, "", {}, COMPONENT) == [(7, "2026-03", "2026-05")]
    without_end = COMPONENT | {"last_month": None}
    assert locked_spans("pay_component", 1, "", without_end, {}) == [(7, "2026-03", "9999-12")]
    dearer = COMPONENT | {"cents": 200}
    assert locked_spans("pay_component", 1, "", COMPONENT, dearer) == [(7, "2026-03", "2026-05")] * 2


def test_a_component_that_ends_earlier_or_later_touches_only_those_months() -> None:
    shorter, longer = COMPONENT | {"last_month": "2026-03"}, COMPONENT | {"last_month": None}
    assert locked_spans("pay_component", 1, "", COMPONENT, shorter) == [(7, "2026-04", "2026-05")]
    assert locked_spans("pay_component", 1, "", COMPONENT, longer) == [(7, "2026-06", "9999-12")]
    turn_of_the_year = [COMPONENT | {"last_month": month} for month in ("2026-12", "2027-02")]
    assert locked_spans("pay_component", 1, "", *turn_of_the_year) == [(7, "2027-01", "2027-02")]


def test_other_rows_belong_to_no_month() -> None:
    assert locked_spans("person", 7, "", {"number": "1"}, {"number": "2"}) == []
