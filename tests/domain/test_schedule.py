"""Work schedules in cycles of weeks, and which one is in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.schedule import ScheduleAssignment, WorkSchedule, scheduled_minutes
from tests.domain.values import dates

WEEK_1 = (456, 456, 456, 456, 456, 0, 0)
WEEK_2 = (450, 450, 450, 450, 480, 0, 0)
weeks = st.lists(st.tuples(*[st.integers(0, 1440)] * 7), min_size=1, max_size=8).map(tuple)


def test_two_weeks_in_turn():
    """A cycle that starts on Mon 11-07-2016."""
    schedule = WorkSchedule(1, "Alternating", date(2016, 7, 11), (WEEK_1, WEEK_2))
    assert schedule.minutes_on(date(2016, 7, 15)) == 456
    assert schedule.minutes_on(date(2016, 7, 18)) == 450
    assert schedule.minutes_on(date(2016, 7, 22)) == 480
    assert schedule.minutes_on(date(2016, 7, 25)) == 456
    assert schedule.minutes_on(date(2016, 7, 8)) == 480
    assert schedule.minutes_on(date(2016, 7, 16)) == 0


def test_a_start_that_is_no_monday_uses_its_own_monday():
    schedule = WorkSchedule(1, "Alternating", date(2016, 7, 14), (WEEK_1, WEEK_2))
    assert [schedule.minutes_on(date(2016, 7, day)) for day in (11, 15, 18)] == [456, 456, 450]


@given(weeks, dates, dates, st.integers(-600, 600))
def test_a_cycle_repeats_and_its_weeks_follow_one_another(weeks, start, day, cycles):
    schedule = WorkSchedule(1, "Any", start, weeks)
    whole_cycle = timedelta(weeks=len(weeks))
    assert schedule.minutes_on(day) == schedule.minutes_on(day + whole_cycle * (cycles % 50))
    monday = start - timedelta(days=start.weekday())
    listed = [schedule.minutes_on(monday + timedelta(days=n)) for n in range(7 * len(weeks))]
    assert listed == [minutes for week in weeks for minutes in week]


@pytest.mark.parametrize(
    "weeks",
    [(), (WEEK_1,) * 9, ((456,) * 6,), ((456,) * 8,), ((-1, 0, 0, 0, 0, 0, 0),), ((1441, 0, 0, 0, 0, 0, 0),)],
)
def test_other_shapes_are_refused(weeks):
    with pytest.raises(ValueError, match="week"):
        WorkSchedule(1, "Wrong", date(2026, 1, 5), weeks)


@given(st.lists(st.tuples(dates, st.integers(1, 1440)), max_size=6, unique_by=lambda pair: pair[0]), dates)
def test_the_last_assignment_that_has_begun_is_in_force(starts, day):
    def assignment(start: date, minutes: int) -> ScheduleAssignment:
        return ScheduleAssignment(start, WorkSchedule(1, "Any", start, ((minutes,) * 7,)))

    begun = [pair for pair in sorted(starts) if pair[0] <= day]
    wanted = begun[-1][1] if begun else 0
    assert scheduled_minutes([assignment(*pair) for pair in starts], day) == wanted
