"""A day becomes lines that hold all of its time, and whose hours add up to the schedule's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from hrtui.domain.day import Day, Entry, Holiday, Part, Status
from hrtui.domain.hours import hundredths
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.snapshot import Person, Snapshot, balanced, build
from tests.domain.snapshot.months import KINDS, MONTH, snapshots

ID_OF = {kind.key: kind.id for kind in KINDS.values()}
ON = date(2026, 9, 1)
WORKED, ABSENCE, OVERTIME = Category.WORKED, Category.ABSENCE, Category.OVERTIME


def entered(*entries: tuple[str, int], status: Status = Status.APPROVED) -> tuple[Entry, ...]:
    return tuple(Entry(ID_OF[key], minutes, Part.HOURS, status) for key, minutes in entries)


def lines(
    *entries: tuple[str, int], scheduled: int = 456, holiday: Holiday | None = None
) -> list[tuple[str, int, int]]:
    """The lines of a day as key, minutes and hundredths."""
    made = month(Day(ON, True, scheduled, holiday, None, entered(*entries)))
    return [(line.kind.key, line.minutes, line.hundredths) for _, line in made.lines()]


def month(*days: Day, kinds: dict[int, LeaveType] = KINDS) -> Snapshot:
    return build(1, MONTH, Person(7, "1", "Adelro", "Testman"), days, kinds)


def test_a_day_without_entries_is_worked() -> None:
    assert lines() == [("AD", 456, 760)]


def test_what_absences_leave_is_worked() -> None:
    assert lines(("GA", 45)) == [("AD", 411, 685), ("GA", 45, 75)]
    assert lines(("VAK", 456)) == [("VAK", 456, 760)]


def test_time_that_was_entered_as_worked_is_not_counted_twice() -> None:
    assert lines(("KV", 228), ("AD", 228)) == lines(("KV", 228)) == [("AD", 228, 380), ("KV", 228, 380)]
    assert lines(("TW", 200)) == [("AD", 256, 427), ("TW", 200, 333)]


def test_a_holiday_is_a_line_and_a_day_that_replaces_one_has_its_own_type() -> None:
    assert lines(holiday=Holiday(ON, ())) == [("BF", 456, 760)]
    assert lines(holiday=Holiday(ON, (), date(2026, 8, 15))) == [("VF", 456, 760)]
    assert lines(holiday=Holiday(ON, (), half=True)) == [("AD", 228, 380), ("BF", 228, 380)]


def test_work_on_a_holiday_takes_the_place_of_the_holiday() -> None:
    assert lines(("GF", 456), holiday=Holiday(ON, ())) == [("GF", 456, 760)]
    assert lines(("GF", 200), holiday=Holiday(ON, ())) == [("GF", 200, 333), ("BF", 256, 427)]


def test_overtime_comes_on_top() -> None:
    assert lines(("OVU", 20)) == [("AD", 456, 760), ("OVU", 20, 33)]
    assert lines(("OVU", 20), scheduled=0) == [("OVU", 20, 33)]


def test_the_hundredth_too_many_or_too_few_goes_to_the_worked_line() -> None:
    assert lines(("KV", 7), ("GA", 7)) == [("AD", 442, 736), ("GA", 7, 12), ("KV", 7, 12)]
    assert lines(("KV", 200), ("VAK", 256)) == [("KV", 200, 333), ("VAK", 256, 427)]
    assert balanced([(ABSENCE, 1), (ABSENCE, 1), (ABSENCE, 1)], 3) == (1, 2, 2)
    # 1:40, 1:40 and 4:16 round to 167 + 167 + 427, one hundredth above 7.60.
    assert balanced([(ABSENCE, 100), (ABSENCE, 100), (ABSENCE, 256)], 456) == (167, 167, 426)
    assert balanced([(WORKED, 100), (ABSENCE, 100), (ABSENCE, 256)], 456) == (166, 167, 427)
    assert balanced([(WORKED, 1), *[(ABSENCE, 10)] * 6], 61) == (0, 17, 17, 17, 17, 17, 17)


def test_days_outside_the_contract_and_free_days_are_left_out() -> None:
    assert month(Day(ON, False, 456, None, None, entered(("VAK", 456))), Day(ON, True, 0)).days == ()


def test_a_pending_entry_marks_its_line() -> None:
    made = month(Day(ON, True, 456, None, None, entered(("VAK", 200), status=Status.PENDING)))
    assert {line.kind.key: line.pending for _, line in made.lines()} == {"AD": False, "VAK": True}
    halves = (*entered(("VAK", 100), status=Status.PENDING), *entered(("VAK", 50)))
    made = month(Day(ON, True, 456, None, None, halves))
    assert [(line.minutes, line.pending) for _, line in made.lines()] == [(306, False), (150, True)]


def test_the_order_of_entries_makes_no_other_snapshot() -> None:
    one = month(Day(ON, True, 456, None, None, entered(("VAK", 100), ("KV", 56))))
    other = month(Day(ON, True, 456, None, None, entered(("KV", 56), ("VAK", 100))))
    assert one == other


@pytest.mark.parametrize("missing", ["AD", "BF"])
def test_an_employer_without_the_usual_types_gets_lines_all_the_same(missing: str) -> None:
    kinds = {id_: kind for id_, kind in KINDS.items() if kind.key != missing}
    made = month(Day(ON, True, 456), Day(date(2026, 9, 2), True, 456, Holiday(ON, ())), kinds=kinds)
    assert made.scheduled == sum(line.minutes for _, line in made.lines()) == 912
    worked, holiday = (line.kind for _, line in made.lines())
    if missing == "AD":
        # The first type of worked time stands in, but not the one for work on holidays.
        assert worked.key == "OPL"
    else:
        assert (holiday.id, holiday.key, holiday.codes) == (0, "BF", ())


@given(snapshots())
def test_minutes_and_hundredths_of_a_day_add_up_to_the_schedule(made: Snapshot) -> None:
    for day in made.days:
        inside = [line for line in day.lines if line.inside]
        assert sum(line.minutes for line in inside) == day.scheduled
        assert sum(line.hundredths for line in inside) == hundredths(day.scheduled)
        for line in day.lines:
            assert line.minutes > 0
            assert line.hundredths >= 0
            if not line.inside:
                assert line.hundredths == hundredths(line.minutes)
    assert made.total(WORKED) + made.total(ABSENCE) == made.scheduled


@given(snapshots())
def test_no_line_but_the_one_that_balances_is_rounded_otherwise(made: Snapshot) -> None:
    for day in made.days:
        inside = [line for line in day.lines if line.inside]
        odd = [line for line in inside if line.hundredths != hundredths(line.minutes)]
        assert len(odd) <= 1 or all(line.hundredths == 0 for line in odd[:-1])
        if odd and any(line.kind.category is WORKED for line in inside):
            assert odd[0].kind.category is WORKED


@given(snapshots(valid=False))
def test_a_damaged_calendar_still_gives_lines_of_all_that_is_entered(made: Snapshot) -> None:
    for day in made.days:
        assert all(line.minutes > 0 and line.hundredths >= 0 for line in day.lines)
        assert len({line.kind for line in day.lines}) == len(day.lines)
