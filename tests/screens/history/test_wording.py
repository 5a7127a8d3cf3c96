"""The words of a record's history: no table and no column of the operation log shows as it is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import SQLModel

from hrtui.domain.roles import Area
from hrtui.screens.history.columns import TABLES, Holds, column_of, field_of
from hrtui.screens.history.wording import HistoryWords
from hrtui.store import tables
from hrtui.store.changes import ROW_TABLES
from hrtui.store.employers import employers
from hrtui.store.record_history import RecordChange, What
from hrtui.store.roles import EVERYTHING
from tests.store.conftest import Office

NEVER_SHOWN = {"id", "sort_name", "search_text"}
STORED = {
    Holds.DAY: ("2026-05-01", "01/05/2026"),
    Holds.MONTH: ("2026-05", "05/2026"),
    Holds.MOMENT: ("2026-05-01 12:00:00.000000", None),
    Holds.FLAG: (1, "Yes"),
    Holds.LINK: (404, "?"),
    Holds.EMPLOYER: (404, "?"),
    Holds.MINUTES: (456, "7:36"),
    Holds.CENTS: (123450, "1234.50"),
    Holds.UNIT_AMOUNT: (123456, "12.3456"),
    Holds.QUANTITY: (250, "2.50"),
    Holds.CODES: ('{"sdworx": "070"}', "SD Worx 070"),
    Holds.AREAS: (f'["{Area.WAGES}"]', "Wages"),
    Holds.WEEKS: ("[[456, 456, 456, 456, 240, 0, 0]]", "4×7:36 4:00"),
    Holds.TIMES: ("[[510, 510, 510, 510, 510, null, null]]", "5×8:30"),
    Holds.STATE: ("forwarded", "forwarded"),
    Holds.COUNTRY: ("BE", "Belgium"),
    Holds.HIDDEN: ("4711", "…"),
}
"""A value as it is stored and as it has to be read, by what a column holds."""
GONE = 987_654_321_987
"""The id of a row that is nowhere."""


def columns() -> Iterator[tuple[str, str]]:
    for table in sorted(ROW_TABLES):
        for column in SQLModel.metadata.tables[table].columns:
            if column.name not in NEVER_SHOWN:
                yield table, column.name


@pytest.fixture
def words(office: Office) -> HistoryWords:
    employer = employers(office.store)[0]
    session: Any = SimpleNamespace(store=office.store, employer=employer, rights=EVERYTHING)
    return HistoryWords(session, [])


def change(table: str, column: str, value: object, what: What = What.CHANGED) -> RecordChange:
    old = value if what is What.DELETED else None
    new = None if what is What.DELETED else value
    at = datetime(2026, 5, 1, tzinfo=UTC)
    return RecordChange(
        1, 0, at, "Clerk", "edit", "Label", (table, 1), what, column, None, old, new, current=True
    )


def test_every_table_of_the_operation_log_has_a_name() -> None:
    assert set(TABLES) == ROW_TABLES
    assert tables.Person.__tablename__ in TABLES


@pytest.mark.parametrize(("table", "column"), list(columns()))
def test_no_column_shows_its_own_name(words: HistoryWords, table: str, column: str) -> None:
    label = words.what(change(table, column, None))
    assert re.fullmatch(r"[A-Za-z][^_]*", label)
    assert label != column


@pytest.mark.parametrize(("table", "column"), list(columns()))
def test_no_value_shows_as_it_is_stored(words: HistoryWords, table: str, column: str) -> None:
    if field_of(table, column) or column == "limit_amount":
        return  # Fields word their own values; limits have tests of their own.
    holds = column_of(column).holds
    if holds in STORED:
        stored, read = STORED[holds]
        shown = words.after(change(table, column, stored))
        assert shown == read if read else shown and shown != stored


def test_a_person_shows_by_name(words: HistoryWords, office: Office) -> None:
    person = office.add_person("Ann", "Voorbeeld", number="1")
    assert words.after(change("pay_component", "person_id", person)) == "Voorbeeld Ann"
    assert words.after(change("pay_component", "person_id", 404)) == "?"


def sample(table: str) -> dict[str, Any]:
    """A row of a table with a value of the right kind in every column."""
    row: dict[str, Any] = {}
    for column in SQLModel.metadata.tables[table].columns:
        python = column.type.python_type
        choices = field.choices if (field := field_of(table, column.name)) else ()
        if choices:
            row[column.name] = choices[0].value
        elif field is None and column.name in ("areas", "weeks", "state", "month", "first_month"):
            row[column.name] = STORED[column_of(column.name).holds][0]
        elif python in (int, bool):
            row[column.name] = GONE if column.name.endswith("_id") else 1
        elif python is str:
            row[column.name] = "Text"
        else:
            row[column.name] = "2026-05-01"
    return row


@pytest.mark.parametrize("table", sorted(ROW_TABLES))
@pytest.mark.parametrize("what", [What.CREATED, What.DELETED])
def test_a_whole_record_is_told_in_words(words: HistoryWords, table: str, what: What) -> None:
    one = change(table, "", sample(table), what)
    text = words.after(one) if what is What.CREATED else words.before(one)
    assert text
    assert str(GONE) not in text
    assert not re.search(r"[\[\]{}_]", text)
