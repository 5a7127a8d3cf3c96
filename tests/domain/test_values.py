"""The small values that the rules work on: months, days, holidays and leave types."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.day import Holiday
from hrtui.domain.month import Month
from tests.domain.values import HALF_HOLIDAY, HOLIDAY, VAK, day, kind, scheduled

months = st.builds(Month, st.integers(1950, 2150), st.integers(1, 12))


class TestMonth:
    def test_reads_and_writes_itself(self):
        assert Month.parse("2026-09") == Month(2026, 9)
        assert str(Month(2026, 9)) == "2026-09"

    @pytest.mark.parametrize(
        "text", ["2026-9", "2026-13", "2026-00", "26-09", "2026/09", "2026-09-01", "", "1066-10"]
    )
    def test_reads_nothing_else(self, text):
        with pytest.raises(ValueError, match="month"):
            Month.parse(text)

    def test_knows_its_days(self):
        february = Month(2028, 2)
        assert (february.length, february.first, february.last) == (29, date(2028, 2, 1), date(2028, 2, 29))
        assert february.day(29) in february
        assert date(2028, 3, 1) not in february
        assert date(2027, 2, 1) not in february
        with pytest.raises(ValueError, match="day"):
            february.day(30)

    @given(months, st.integers(-500, 500), st.integers(-500, 500))
    def test_shifts_by_months(self, month, one, other):
        assert month.shift(one).shift(-one) == month
        assert month.shift(1).first == date.fromordinal(month.last.toordinal() + 1)
        assert (month.shift(one) < month.shift(other)) is (one < other)

    @given(months)
    def test_lists_its_days_in_order(self, month):
        dates = month.dates()
        assert (dates[0], dates[-1], len(dates)) == (month.first, month.last, month.length)
        assert all(Month.of(one) == month for one in dates)
        assert sorted(set(dates)) == list(dates)


class TestDay:
    def test_a_holiday_takes_the_time_and_half_a_holiday_the_smaller_half(self):
        assert day().available == 456
        assert day(holiday=HOLIDAY).available == 0
        assert day(holiday=HALF_HOLIDAY, scheduled=455).available == 228

    @given(scheduled)
    def test_both_halves_of_a_half_holiday_are_the_schedule(self, minutes):
        half = day(holiday=HALF_HOLIDAY, scheduled=minutes)
        assert half.available + minutes // 2 == minutes

    def test_is_a_working_day_where_there_is_time_to_work(self):
        assert day().is_working_day
        assert day(holiday=HALF_HOLIDAY).is_working_day
        assert not day(holiday=HOLIDAY).is_working_day
        assert not day(scheduled=0).is_working_day
        assert not day(in_contract=False).is_working_day


def test_names_fall_back_to_one_there_is():
    holiday = Holiday(date(2026, 7, 21), (("nl", "Nationale feestdag"), ("fr", "")))
    assert [holiday.name(language) for language in ("nl", "fr", "en")] == ["Nationale feestdag"] * 3
    assert Holiday(date(2026, 7, 21), ()).name("nl") == ""
    assert VAK.name("fr") == "VAK"
    assert kind(1, "TW", "t").name("en") == "TW"
