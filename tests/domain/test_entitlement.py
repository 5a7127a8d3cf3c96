"""The leave that the law gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain import entitlement
from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.schedule import WorkSchedule

EMPLOYEE = {1: 2, 2: 4, 3: 5, 4: 7, 5: 9, 6: 10, 7: 12, 8: 14, 9: 15, 10: 17, 11: 19, 12: 20}
WORKER = (
    (231, 400, 20), (221, 230, 19), (212, 220, 18), (202, 211, 17), (192, 201, 16), (182, 191, 15),
    (163, 181, 14), (154, 162, 13), (144, 153, 12), (135, 143, 11), (125, 134, 10), (106, 124, 9),
    (97, 105, 8), (87, 96, 7), (77, 86, 6), (64, 76, 5), (48, 63, 4), (39, 47, 3), (20, 38, 2),
    (10, 19, 1), (0, 9, 0),
)  # fmt: skip


def test_belgian_employees():
    assert {months: entitlement.employee_days(months) for months in EMPLOYEE} == EMPLOYEE
    assert entitlement.employee_days(0) == 0
    with pytest.raises(ValueError):
        entitlement.employee_days(13)


@pytest.mark.parametrize(("least", "most", "days"), WORKER)
def test_belgian_workers(least, most, days):
    assert {entitlement.worker_days(worked) for worked in range(least, most + 1)} == {days}


@pytest.mark.parametrize(("weekly", "leave"), [(36, 144), (40, 160), (16, 64)])
def test_dutch_statutory_leave(weekly, leave):
    assert entitlement.dutch_minutes([(weekly * 60, 365)], 365) == leave * 60


@given(st.integers(0, 4000), st.integers(0, 365))
def test_the_part_of_a_dutch_year_is_a_share(weekly, days):
    whole = entitlement.dutch_minutes([(weekly, 365)], 365)
    assert abs(entitlement.dutch_minutes([(weekly, days)], 365) * 365 - whole * days) <= 183


def test_dutch_leave_builds_up_by_the_hours_of_then():
    """Burgerlijk Wetboek 7:634: 40 hours a week for half a year and 20 for the other are 3 × 40."""
    assert entitlement.dutch_minutes([(2400, 183), (1200, 183)], 366) == 120 * 60


def test_part_time_work_has_its_share_of_the_days():
    assert entitlement.days_in_minutes(20_000, 5 * 456) == 20 * 456
    assert entitlement.days_in_minutes(20_000, 4 * 456) == 16 * 456
    assert entitlement.days_in_minutes(500, 456) == 46


def test_a_week_of_a_cycle_is_the_average():
    weeks = ((456,) * 5 + (0, 0), (450,) * 4 + (480, 0, 0))
    assert entitlement.weekly_minutes(WorkSchedule(1, "two weeks", date(2026, 1, 5), weeks)) == 2280


def test_months_count_when_they_are_whole():
    def months(*periods: tuple[date, date | None]) -> int:
        return entitlement.whole_months(list(periods), 2025)

    assert months((date(2020, 1, 1), None)) == 12
    assert months((date(2025, 1, 2), None)) == 11
    assert months((date(2025, 3, 1), date(2025, 5, 30))) == 2
    assert months((date(2025, 3, 1), date(2025, 5, 31)), (date(2025, 12, 1), None)) == 4
    assert months((date(2026, 1, 1), None)) == 0


def test_a_contract_that_changes_within_a_month_takes_no_month_away():
    """Months in service count (Royal Decree of 30 March 1967); a raise is kept as another contract."""
    parts = [(date(2020, 1, 1), date(2025, 5, 14)), (date(2025, 5, 15), None)]
    assert entitlement.whole_months(parts, 2025) == 12
    assert entitlement.whole_months([parts[0], (date(2025, 5, 16), None)], 2025) == 11


def test_days_in_service_are_counted_once():
    double = [(date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 6, 1), None)]
    assert entitlement.days_covered(double, LeaveYear(2025)) == 365
    assert entitlement.days_covered(double, LeaveYear(2025), weekdays_only=True) == 261
    assert entitlement.days_covered([(date(2027, 1, 1), None)], LeaveYear(2025)) == 0


periods = st.lists(
    st.tuples(
        st.dates(date(2024, 6, 1), date(2026, 6, 1)), st.none() | st.dates(date(2024, 6, 1), date(2026, 6, 1))
    ),
    max_size=4,
)


@given(periods, st.booleans())
def test_days_in_service_are_those_that_some_period_has(found, weekdays_only):
    year = [date(2025, 1, 1) + timedelta(days=number) for number in range(365)]
    expected = [
        day
        for day in year
        if any(start <= day and (end is None or day <= end) for start, end in found)
        and (day.weekday() < 5 or not weekdays_only)
    ]
    assert entitlement.days_covered(found, LeaveYear(2025), weekdays_only=weekdays_only) == len(expected)
