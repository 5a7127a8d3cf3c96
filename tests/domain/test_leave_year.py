"""The leave year that a date belongs to, in whatever month it begins."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.leave_year import LeaveYear

months = st.integers(1, 12)
days = st.dates(date(1951, 1, 1), date(2190, 12, 31))


@given(days, months)
def test_each_day_is_in_one_leave_year(day, first_month):
    year = LeaveYear.of(day, first_month)
    assert year.first <= day <= year.last
    assert day in year
    assert day not in year.following
    assert year.following.first == year.last + timedelta(days=1)
    assert (year.first.day, year.first.month) == (1, first_month)


def test_a_leave_year_is_named_by_the_years_it_lies_in():
    assert [LeaveYear.of(date(2026, 3, 31), month).label for month in (1, 3, 4)] == [
        "2026", "2026/27", "2025/26",
    ]  # fmt: skip
    assert LeaveYear(1999, 4).label == "1999/00"
