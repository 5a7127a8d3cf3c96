"""What illness makes of a day: holidays and overtime stay, leave gives way, nothing exceeds the schedule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.day import Day, Entry, Holiday, Part
from hrtui.domain.leave_type import Category, LeaveType, Unit
from hrtui.domain.sickness.filling import CASE, Portion, fill, has_case, sick_minutes, without_case
from hrtui.domain.sickness.guaranteed_wage import Band
from hrtui.domain.sickness.leave_types import belgian_type, dutch_type
from hrtui.domain.starter_types import STARTER

MONDAY = date(2026, 9, 14)
LEAVE, ILL, DAYS, OVERTIME, TELEWORK, BY_HAND = 1, 2, 3, 4, 5, 6
KINDS = {
    LEAVE: LeaveType(LEAVE, "V", "v", {}, Category.ABSENCE),
    ILL: LeaveType(ILL, "Z", "z", {}, Category.ABSENCE, sickness=True),
    DAYS: LeaveType(DAYS, "D", "d", {}, Category.ABSENCE, unit=Unit.DAY),
    OVERTIME: LeaveType(OVERTIME, "O", "o", {}, Category.OVERTIME),
    TELEWORK: LeaveType(TELEWORK, "T", "t", {}, Category.WORKED),
    BY_HAND: LeaveType(BY_HAND, "ZM", "m", {}, Category.ABSENCE, sickness=True),
}
FULL = Portion(ILL, 100)


def day(*entries: Entry, scheduled: int = 456, holiday: Holiday | None = None) -> Day:
    return Day(MONDAY, True, scheduled, holiday, entries=entries)


def sick(minutes: int, part: Part = Part.FULL) -> Entry:
    return Entry(ILL, minutes, part, source=CASE)


def test_a_full_day_is_filled() -> None:
    assert fill(day(), FULL, KINDS).entries == (sick(456),)


@pytest.mark.parametrize(
    "one",
    [
        day(scheduled=0),
        day(holiday=Holiday(MONDAY, ())),
        Day(MONDAY, False, 0),
    ],
)
def test_days_without_work_take_no_illness(one: Day) -> None:
    assert fill(one, FULL, KINDS).entries == ()


def test_half_a_holiday_leaves_half() -> None:
    half = day(holiday=Holiday(MONDAY, (), half=True))
    assert fill(half, FULL, KINDS).entries == (sick(228),)


def test_planned_leave_gives_way_and_is_told() -> None:
    leave = Entry(LEAVE, 456)
    filled = fill(day(leave), FULL, KINDS)
    assert filled.entries == (sick(456),)
    assert filled.displaced == (leave,)


def test_leave_keeps_what_a_partial_illness_leaves() -> None:
    leave, whole_day = Entry(LEAVE, 456), Entry(DAYS, 456)
    filled = fill(day(leave), Portion(ILL, 50), KINDS)
    assert filled.entries == (sick(228, Part.HOURS), Entry(LEAVE, 228, Part.HOURS))
    assert filled.displaced == (leave,)
    assert fill(day(whole_day), Portion(ILL, 50), KINDS).entries == (sick(228, Part.HOURS),)


def test_overtime_stays_and_illness_by_hand_is_taken_over() -> None:
    overtime, by_hand = Entry(OVERTIME, 60, Part.HOURS), Entry(BY_HAND, 456)
    filled = fill(day(overtime, by_hand), FULL, KINDS)
    assert filled.entries == (sick(456), overtime)
    assert filled.displaced == (by_hand,)


def test_the_first_day_keeps_what_was_worked() -> None:
    filled = fill(day(Entry(TELEWORK, 120, Part.HOURS)), Portion(ILL, 100, worked=180), KINDS)
    assert filled.entries == (sick(276, Part.HOURS), Entry(TELEWORK, 120, Part.HOURS))
    assert fill(day(), Portion(ILL, 100, worked=456), KINDS).entries == ()


def test_without_a_case_the_day_is_as_it_was() -> None:
    entries = (sick(228, Part.HOURS), Entry(LEAVE, 228, Part.HOURS))
    assert fill(day(*entries), None, KINDS).entries == entries[1:]
    assert has_case(entries)
    assert without_case(entries) == entries[1:]


ENTRIES = st.builds(
    Entry, st.sampled_from([LEAVE, DAYS, TELEWORK, BY_HAND]), st.integers(1, 456), st.just(Part.HOURS)
)


@given(
    st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.leave_type_id),
    st.integers(1, 100),
    st.integers(0, 500),
    st.integers(0, 600),
)
def test_a_day_never_holds_more_than_its_schedule(entries, percent, worked, scheduled) -> None:
    portion = Portion(ILL, percent, worked)
    own = day(*entries, scheduled=scheduled)
    filled = fill(own, portion, KINDS)
    used = sum(entry.minutes for entry in filled.entries)
    if has_case(filled.entries):
        assert used <= scheduled
        assert filled.entries[0].minutes == sick_minutes(scheduled, portion)
    else:
        assert filled.entries == own.entries
    kept = [entry for entry in filled.entries if entry in entries]
    assert sorted(map(repr, entries)) == sorted(map(repr, [*kept, *filled.displaced])) or not filled.displaced
    again = Day(MONDAY, True, scheduled, entries=filled.entries)
    assert fill(again, portion, KINDS).entries == filled.entries


def test_percentages_of_a_day_round_half_up() -> None:
    assert [sick_minutes(455, Portion(ILL, percent)) for percent in (1, 50, 99, 100)] == [5, 228, 450, 455]


def test_leave_types_of_illness() -> None:
    kinds = STARTER["BE"]
    keys = {
        Band.FULL: "ZGL",
        Band.REDUCED: "ZGL2",
        Band.SUPPLEMENT: "ZGL3",
        Band.MUTUALITY: "ZMU",
        Band.DAILY_WAGE: "ZGL",
    }
    for band, key in keys.items():
        found = belgian_type(kinds, band, work_accident=False)
        assert found
        assert found.key == key
    accident = belgian_type(kinds, Band.FULL, work_accident=True)
    assert accident
    assert accident.key == "AO"
    dutch = dutch_type(STARTER["NL"])
    assert dutch
    assert dutch.key == "ZK"
    assert dutch_type([KINDS[LEAVE]]) is None
