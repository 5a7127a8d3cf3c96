"""What a cell means: dates and hours in the forms that clerks write."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.imports.cells import CellError, parse_date, parse_hours, parse_text, plain_text


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_way_to_write_a_date_gives_that_date(day: date) -> None:
    written: list[str | date] = [
        day.isoformat(),
        f"{day.day:02d}/{day.month:02d}/{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f" {day.day}.{day.month:02d}.{day.year} ",
        day,
    ]
    assert {parse_date(text) for text in written} == {day}


@pytest.mark.parametrize(
    "text", ["31/02/2026", "1/9/26", "09/31/2026", "2026-9", "tomorrow", "1 sep 2026", "01/01/1899", "45000"]
)
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_date(text)


@pytest.mark.parametrize("cell", ["7,6", "7.6", "7:36", "7u36", "7h36", "456m", 7.6, timedelta(minutes=456)])
def test_hours_in_every_form(cell: str | float | timedelta) -> None:
    assert parse_hours(cell) == 456


@pytest.mark.parametrize("cell", ["25", "-1", "7:60", "x", -1.0, 24.5, timedelta(hours=25), "1441m"])
def test_impossible_hours_are_refused(cell: str | float | timedelta) -> None:
    with pytest.raises(CellError):
        parse_hours(cell)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|x", "-cmd", "a\x07b", "x" * 101])
def test_texts_that_would_do_harm_elsewhere_are_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_text(text)


def test_numbers_and_accents_become_plain_text() -> None:
    assert plain_text(42.0) == "42"
    assert plain_text(7.5) == "7.5"
    assert plain_text("e\u0301  x\ny") == "é x y"
    assert parse_text("½") == "½"
