"""The year overview: days of absence by person and month, and the way into the grid."""

from __future__ import annotations

from tests.screens.calendar.test_person_calendar import line_with, shown
from tests.screens.conftest import Start


async def test_days_of_absence_by_month_and_where_there_is_no_contract(start: Start) -> None:
    async with start(size=(100, 24)) as pilot:
        text = await shown(pilot, "ctrl+home", "ctrl+e")
        assert "Days absent in 2026" in text.splitlines()[0]
        assert line_with(text, "Baeten").split()[2:] == ["·"] * 8 + ["6"] + ["·"] * 3 + ["6"]
        assert line_with(text, "Dubois").split()[2:11] == ["/"] * 8 + ["·"]
        assert "Aerts-Voorbeeld Ann, September 2026: 2.3 days absent" in text


async def test_enter_opens_the_month_on_the_person(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "ctrl+e", "down", "down", "right", "enter")
        assert "October 2026" in text.splitlines()[0]
        assert "Claes Cem" in text.splitlines()[-2]


async def test_enter_on_a_month_without_contract_says_so(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "ctrl+e", *["down"] * 3, *["left"] * 3, "enter")
        assert "Dubois Eva, June 2026: no contract" in text.splitlines()[-1]


async def test_another_year_and_back_to_the_grid_as_it_was(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "ctrl+e", "f7")
        assert "Days absent in 2025" in text
        text = await shown(pilot, "escape")
        assert "September 2026" in text.splitlines()[0]


async def test_the_months_run_on_and_the_ends_of_the_list_say_so(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "ctrl+e", *["right"] * 4)
        assert "Days absent in 2027" in text
        assert "January 2027: 0 days absent" in text.splitlines()[-2]
        text = await shown(pilot, "left")
        assert "December 2026" in text.splitlines()[-2]
        text = await shown(pilot, "up")
        assert "This is the first person." in text.splitlines()[-1]
        text = await shown(pilot, "pagedown", "pagedown")
        assert "This is the last person." in text.splitlines()[-1]


async def test_a_key_without_a_meaning_says_so(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+e", "v")
        assert "“v” does nothing here. F1 lists the keys." in text.splitlines()[-1]
        text = await shown(pilot, "escape", "V")
        assert "Is Caps Lock on?" in text.splitlines()[-1]
        text = await shown(pilot, "ctrl+b")
        assert "“Ctrl+B” does nothing here." in text.splitlines()[-1]
