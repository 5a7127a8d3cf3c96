"""Typing the weeks of a work schedule."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.week_editor import WeekDraft

MONDAY = date(2026, 9, 14)
FULL = (456, 456, 456, 456, 456, 0, 0)
SHORT = (456, 456, 456, 456, 0, 0, 0)


def test_a_draft_becomes_a_schedule():
    draft = WeekDraft("wissel", MONDAY, (FULL, SHORT))
    assert draft.starts == ((None,) * 7,) * 2
    assert draft.average_minutes == 2052
    schedule = draft.schedule(1)
    assert [schedule.minutes_on(date(2026, 9, day)) for day in (18, 25)] == [456, 0]


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_day_has_24_hours(minutes):
    with pytest.raises(ValueError):
        WeekDraft("x", MONDAY, ((minutes, *FULL[1:]),))


@pytest.mark.parametrize("starts", [((1440, *(None,) * 6),), ((480,) * 6,), ((480,) * 7, (480,) * 7)])
def test_starts_are_seven_times_of_day_for_each_week(starts):
    with pytest.raises(ValueError):
        WeekDraft("x", MONDAY, (FULL,), starts)
