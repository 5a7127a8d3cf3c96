"""The dates that go with a month: business days, never in the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.month import Month
from hrtui.domain.pay_dates import DateFault, business_days, date_fault, is_business_day, proposed_date

CHRISTMAS = frozenset({date(2026, 12, 25)})


@pytest.mark.parametrize(
    ("month", "today", "proposed"),
    [
        (Month(2026, 9), date(2026, 9, 10), date(2026, 9, 30)),
        (Month(2026, 8), date(2026, 8, 31), date(2026, 8, 31)),
        (Month(2026, 10), date(2026, 10, 1), date(2026, 10, 30)),
        (Month(2026, 8), date(2026, 9, 5), date(2026, 9, 7)),
        (Month(2026, 12), date(2026, 12, 24), date(2026, 12, 31)),
        (Month(2026, 11), date(2026, 12, 25), date(2026, 12, 28)),
    ],
)
def test_the_last_business_day_or_the_next_one(month: Month, today: date, proposed: date) -> None:
    assert proposed_date(month, today, CHRISTMAS) == proposed


def test_business_days_leave_out_weekends_and_holidays() -> None:
    assert business_days(date(2026, 12, 24), CHRISTMAS, 3) == [
        date(2026, 12, 24),
        date(2026, 12, 28),
        date(2026, 12, 29),
    ]


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.integers(-3, 3),
    st.sets(st.dates(date(2020, 1, 1), date(2036, 12, 31)), max_size=5),
)
def test_a_proposed_day_is_a_business_day_and_not_over(today: date, step: int, holidays: set[date]) -> None:
    day = proposed_date(Month.of(today).shift(step), today, holidays)
    assert day >= today
    assert is_business_day(day, holidays)
    assert date_fault(day, today) is None


def test_a_day_that_is_over_or_far_away_will_not_do() -> None:
    today = date(2026, 9, 10)
    assert date_fault(today, today) is None
    assert date_fault(today - timedelta(days=1), today) is DateFault.PAST
    assert date_fault(date(2028, 1, 1), today) is DateFault.TOO_LATE
