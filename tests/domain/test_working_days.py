"""Counting in working days."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.working_days import next_working_day, take_working_days
from tests.domain.values import HALF_HOLIDAY, HOLIDAY, day, days

WORK, FREE, AWAY = day(), day(scheduled=0), day(in_contract=False)
FORTNIGHT = [WORK, day(holiday=HOLIDAY), WORK, day(holiday=HALF_HOLIDAY), WORK, FREE, FREE, WORK, AWAY]


def test_skips_free_days_holidays_and_days_out_of_contract_but_not_half_holidays():
    assert take_working_days(FORTNIGHT, 0, 9) == [0, 2, 3, 4, 7]
    assert take_working_days(FORTNIGHT, 1, 2) == [2, 3]
    assert take_working_days(FORTNIGHT, 8, 1) == []
    assert take_working_days(FORTNIGHT, 0, 0) == []


def test_the_next_one():
    assert next_working_day(FORTNIGHT, 4) == 7
    assert next_working_day(FORTNIGHT, 0) == 2
    assert next_working_day(FORTNIGHT, 7) is None


@given(st.lists(days, max_size=40), st.integers(0, 45), st.integers(0, 45))
def test_takes_the_first_so_many(listed, start, count):
    working = [index for index in range(len(listed)) if index >= start and listed[index].available > 0]
    assert take_working_days(listed, start, count) == working[:count]
    assert next_working_day(listed, start) == next((index for index in working if index > start), None)
