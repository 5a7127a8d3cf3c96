"""How leave is measured: what an entry takes of a day, and grants in another unit than the account's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.allowance_measure import DAY, Held, Measure, kept_in_days, measured
from hrtui.domain.leave_type import Limit
from hrtui.domain.schedule import ScheduleAssignment, WorkSchedule

MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)
START = date(2026, 1, 1)


def working(*week: int, from_: date = date(2020, 1, 1)) -> ScheduleAssignment:
    """A schedule of one week."""
    return ScheduleAssignment(from_, WorkSchedule(1, "", date(2020, 1, 6), (week,)))


FULL = Measure(True, [working(456, 456, 456, 456, 456, 0, 0)])
FOUR_DAYS = Measure(True, [working(456, 456, 456, 456, 0, 0, 0)])
HALF_DAYS = Measure(True, [working(228, 228, 228, 228, 228, 0, 0)])
IN_HOURS = Measure(False, FULL.schedules)


def held(minutes: int = 0, days: int | None = None, reason: str = "") -> Held:
    return Held(2026, "", minutes, days, START, None, reason)


@pytest.mark.parametrize(
    ("measure", "minutes", "amount"),
    [
        (FULL, 456, DAY),
        (FULL, 228, DAY // 2),
        (FULL, 60, 132),
        (FULL, 0, 0),
        (HALF_DAYS, 228, DAY),
        (Measure(True, [working(480, 480, 480, 480, 480, 0, 0)]), 60, 125),
        (Measure(True, [working(455, 455, 455, 455, 455, 0, 0)]), 227, DAY // 2),
        (Measure(True, [working(455, 455, 455, 455, 455, 0, 0)]), 228, DAY // 2),
        (Measure(True, [working(455, 455, 455, 455, 455, 0, 0)]), 455, DAY),
        (IN_HOURS, 228, 228),
    ],
)
def test_an_entry_takes_its_part_of_what_is_scheduled_that_day(
    measure: Measure, minutes: int, amount: int
) -> None:
    assert measure.taken(MONDAY, minutes) == amount


def test_each_date_is_measured_by_the_schedule_of_then() -> None:
    changed = Measure(True, [*FULL.schedules, working(228, 228, 228, 228, 228, 0, 0, from_=date(2026, 4, 1))])
    assert changed.taken(MONDAY, 228) == DAY // 2
    assert changed.taken(date(2026, 4, 6), 228) == DAY


def test_leave_on_a_date_that_is_no_longer_scheduled_still_counts() -> None:
    assert FULL.taken(SATURDAY, 456) == DAY
    assert HALF_DAYS.taken(SATURDAY, 114) == DAY // 2
    assert Measure(True).taken(MONDAY, 240) == DAY // 2


def test_what_was_granted_in_hours_counts_by_the_usual_day() -> None:
    """Four weeks of anyone: sixteen days of four a week, twenty short days of five a week."""
    assert measured([held(20 * 456)], FULL)[0].amount == 20 * DAY
    assert measured([held(16 * 456)], FOUR_DAYS)[0].amount == 16 * DAY
    assert measured([held(20 * 228)], HALF_DAYS)[0].amount == 20 * DAY
    assert measured([held(days=20 * DAY)], IN_HOURS)[0].amount == 20 * 456
    assert measured([held(4 * 480)], Measure(True))[0].amount == 4 * DAY


def test_an_own_limit_tells_the_unit_and_an_unlimited_person_has_that_of_the_type() -> None:
    assert kept_in_days(Limit.DAYS, Limit.MINUTES)
    assert not kept_in_days(Limit.MINUTES, Limit.DAYS)
    assert kept_in_days(Limit.UNLIMITED, Limit.DAYS)
    assert not kept_in_days(Limit.UNLIMITED, Limit.UNLIMITED)


amounts = st.lists(st.integers(-3000, 3000), max_size=6)
measures = st.sampled_from([FULL, FOUR_DAYS, HALF_DAYS, Measure(True), IN_HOURS])


@given(amounts, measures)
def test_what_cancels_out_in_one_unit_does_so_in_the_other(found: list[int], measure: Measure) -> None:
    """However the parts are rounded, the sum is that of the whole, to a thousandth or a minute."""
    found = [*found, -sum(found)]
    rows = [held(days=one) if not measure.in_days else held(one) for one in found]
    assert sum(grant.amount for grant in measured(rows, measure)) == 0
    whole = measured([*rows, replace(rows[0], reason="again")], measure)
    assert sum(grant.amount for grant in whole) == measured([rows[0]], measure)[0].amount


@given(st.integers(1, 720), st.integers(0, 720))
def test_part_of_a_day_is_never_more_than_the_day_nor_turned_around(scheduled: int, minutes: int) -> None:
    measure = Measure(True, [working(scheduled, 0, 0, 0, 0, 0, 0)])
    minutes = min(minutes, scheduled)
    taken, rest = measure.taken(MONDAY, minutes), measure.taken(MONDAY, scheduled - minutes)
    assert 0 <= taken <= DAY
    assert abs(taken + rest - DAY) <= 1
    assert measure.taken(MONDAY, scheduled) == DAY
    assert minutes == 0 or measure.taken(MONDAY, minutes - 1) <= taken
