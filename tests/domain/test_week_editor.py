"""Typing the weeks of a work schedule."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.week_editor import WeekDraft, full_time

MONDAY = date(2026, 9, 14)


def test_a_week_starts_from_full_time():
    draft = full_time("38 uren", MONDAY)
    assert draft.week_minutes(0) == 2280
    assert draft.average_minutes == 2280
    assert draft.starts == ((None,) * 7,)
    assert draft.schedule(1).minutes_on(MONDAY) == 456


def test_days_hours_and_starts_are_changed_one_by_one():
    draft = full_time("38 uren", MONDAY).with_minutes(0, 4, 240).with_start(0, 4, 510)
    assert draft.weeks[0] == (456, 456, 456, 456, 240, 0, 0)
    assert draft.starts[0][4] == 510
    copied = draft.with_copied_day(0, 4)
    assert (copied.weeks[0][5], copied.starts[0][5]) == (240, 510)
    assert copied.with_copied_day(0, 6) == copied


def test_weeks_are_added_as_copies_up_to_8_and_dropped_down_to_1():
    draft = full_time("wissel", MONDAY).with_start(0, 0, 480)
    for _ in range(10):
        draft = draft.with_week_added()
    assert len(draft.weeks) == len(draft.starts) == 8
    assert draft.weeks[7] == draft.weeks[0]
    for _ in range(10):
        draft = draft.without_week(0)
    assert len(draft.weeks) == 1


def test_the_average_is_compared_with_the_contract():
    draft = full_time("wissel", MONDAY).with_week_added().with_minutes(1, 4, 0)
    assert draft.average_minutes == 2052
    assert draft.differs_from(3800)
    assert not draft.differs_from(3420)
    assert not draft.differs_from(None)
    # 38:20 is 3833 hundredths; the third of a hundredth that is lost is no difference.
    assert not WeekDraft("38:20", MONDAY, ((460,) * 5 + (0, 0),)).differs_from(3833)


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_day_has_24_hours(minutes):
    with pytest.raises(ValueError):
        full_time("x", MONDAY).with_minutes(0, 0, minutes)


def test_a_start_is_a_time_of_day():
    with pytest.raises(ValueError):
        full_time("x", MONDAY).with_start(0, 0, 1440)
