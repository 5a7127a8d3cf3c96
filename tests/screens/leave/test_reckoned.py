"""Lists that are reckoned some people at a time: shown at once, keys answered meanwhile, in the end all."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from hrtui.screens.leave import reckoned
from hrtui.screens.leave.reckoned import ReckonedTable
from tests.screens.conftest import Start, told
from tests.screens.leave.test_allowances import granted
from tests.store.conftest import Office

PROPOSALS = ("ctrl+t", "3", *"vak", "f2", "2")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person at a time, the next one only when the test says so."""
    monkeypatch.setattr(reckoned, "PORTION", 1)
    monkeypatch.setattr(reckoned, "_PAUSE", 3600)


def list_of(pilot: Pilot[None]) -> ReckonedTable:
    screen = pilot.app.screen
    assert isinstance(screen, ReckonedTable)
    return screen


def go_on(pilot: Pilot[None]) -> None:
    """Reckon until everybody is there."""
    table = list_of(pilot)
    while table.reckoning:
        table._next(table._run)


async def test_the_first_ones_are_there_at_once_and_nothing_is_saved_too_early(
    start: Start, world: Office, slow: None
) -> None:
    async with start() as pilot:
        await pilot.press(*PROPOSALS)
        assert "(reckoning: 12 %)" in told(pilot.app)
        assert "Aerts-Voorbeeld Ann" in told(pilot.app)
        assert "Baeten Bob" not in told(pilot.app)
        await pilot.press("ctrl+s")
        assert "Not everybody is reckoned yet" in told(pilot.app)
        assert granted(world) == []
        go_on(pilot)
        await pilot.press("down")
        text = told(pilot.app)
        assert "reckoning" not in text
        assert "Baeten Bob" in text
        assert len(list_of(pilot).ids) == 8
        await pilot.press("ctrl+s", "y")
        assert len(granted(world)) == 7


async def test_the_old_lines_and_the_cursor_stay_while_it_is_reckoned_anew(
    start: Start, world: Office, slow: None
) -> None:
    async with start() as pilot:
        await pilot.press(*PROPOSALS)
        go_on(pilot)
        await pilot.press("end")
        here = list_of(pilot).current
        list_of(pilot).store_changed()
        assert list_of(pilot).reckoning
        assert list_of(pilot).current == here
        assert len(list_of(pilot).ids) == 8
        go_on(pilot)
        assert list_of(pilot).current == here
        await pilot.press("f4", *"6", "enter")
        assert not list_of(pilot).reckoning
        assert "6 months in 2025: 10 days" in told(pilot.app)


async def test_another_year_shows_nothing_of_the_one_before(start: Start, world: Office, slow: None) -> None:
    async with start() as pilot:
        await pilot.press(*PROPOSALS)
        go_on(pilot)
        await pilot.press("right")
        assert len(list_of(pilot).ids) == 1
        assert "2027" in told(pilot.app)
