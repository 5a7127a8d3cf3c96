"""A terminal that stays open for days: the date goes on in it, and so do settings that others change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from textual.pilot import Pilot

from hrtui.domain.sickness.reporting import Report
from hrtui.store.employer_records import employer_settings, save_settings
from hrtui.store.entries import current
from tests.screens.conftest import screen_text, told
from tests.screens.sickness.employers import TODAY, Ward, dutch, office, opened, today

__all__ = ["dutch", "office", "today"]


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait for what the app notices by itself."""
    for _ in range(60):
        if true():
            return
        await pilot.pause(0.05)
    pytest.fail(screen_text(pilot.app))


async def test_the_next_day_begins_in_a_terminal_that_stays_open(
    dutch: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    dutch.ill("Baeten", Report(TODAY))
    last = (dutch.people["Baeten"], date(2026, 12, 31))
    async with opened(dutch) as pilot:
        monkeypatch.setenv("HRTUI_TODAY", "2026-11-02")
        await until(pilot, lambda: current(dutch.office.store.con, [last])[last] != ())
        await pilot.press("ctrl+t", "r", *"aer", "enter")
        assert "02/11/2026" in told(pilot.app)
        await pilot.press("ctrl+s", "escape", "escape", "f5", *"today", "enter")
        assert "November 2026" in told(pilot.app)
    assert dutch.cases() == [("2026-09-14", None), ("2026-11-02", None)]


async def test_the_title_follows_a_name_that_another_terminal_gives(dutch: Ward) -> None:
    other = dutch.office.open_again("Clerk Two")
    async with opened(dutch) as pilot:
        assert "Proef BV" in screen_text(pilot.app)
        known = employer_settings(other, dutch.office.employer_id)
        save_settings(other, dutch.office.employer_id, known, known | {"name": "Andere BV"})
        await until(pilot, lambda: "Andere BV" in screen_text(pilot.app))
        await pilot.press("ctrl+t", "s")
        assert "Sick reports Andere BV" in told(pilot.app)
    other.close()
