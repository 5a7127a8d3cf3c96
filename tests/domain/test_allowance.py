"""Which bucket leave is taken from, what lapses and what is left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.allowance import Bucket, draw

HOUR = 60
OLD_STATUTORY = Bucket(2025, "wettelijk", 5 * HOUR, date(2025, 1, 1), date(2026, 7, 1))
STATUTORY = Bucket(2026, "wettelijk", 160 * HOUR, date(2026, 1, 1), date(2027, 7, 1))
EXTRA = Bucket(2023, "bovenwettelijk", 3 * HOUR, date(2023, 1, 1), date(2028, 12, 31))
PRIORITY_SCHEME = [EXTRA, STATUTORY, OLD_STATUTORY]


def test_the_earliest_to_lapse_goes_first():
    """Eight hours on 15-05-2026."""
    report = draw(PRIORITY_SCHEME, [(date(2026, 5, 15), 8 * HOUR)], date(2026, 5, 20))
    assert [balance.used for balance in report.buckets] == [0, 3 * HOUR, 5 * HOUR]
    assert (report.granted, report.used, report.lapsed, report.left) == (168 * HOUR, 8 * HOUR, 0, 160 * HOUR)


def test_what_lapsed_is_shown_as_lapsed():
    report = draw(PRIORITY_SCHEME, [(date(2026, 5, 15), 2 * HOUR)], date(2026, 7, 1))
    assert report.buckets[2].lapsed == 3 * HOUR
    assert report.buckets[2].left == 0
    assert draw(PRIORITY_SCHEME, [], date(2026, 6, 30)).lapsed == 0


def test_a_bucket_can_be_used_to_the_day_before_it_lapses_and_from_its_first_day():
    only = [Bucket(2025, "wettelijk", 60, date(2025, 1, 1), date(2026, 7, 1))]
    uses = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [draw(only, [(day, 60)], date(2026, 1, 1)).overdrawn for day in uses] == [60, 0, 0, 60]


def test_more_than_there_is_shows_below_zero():
    report = draw([OLD_STATUTORY], [(date(2026, 5, 15), 8 * HOUR)], date(2026, 5, 20))
    assert (report.used, report.overdrawn, report.left) == (8 * HOUR, 3 * HOUR, -3 * HOUR)
    assert draw([], [(date(2026, 5, 15), 60)], date(2026, 5, 20)).left == -60


def test_a_bucket_without_end_goes_last():
    endless = Bucket(2020, "overuren", 60, date(2020, 1, 1), None)
    report = draw([endless, OLD_STATUTORY], [(date(2026, 5, 15), 60)], date(2100, 1, 1))
    assert [balance.used for balance in report.buckets] == [0, 60]
    assert report.buckets[0].left == 60


def test_nothing_below_zero_is_granted_or_taken():
    with pytest.raises(ValueError, match="below 0"):
        Bucket(2026, "wettelijk", -1, date(2026, 1, 1), None)
    with pytest.raises(ValueError, match="below 0"):
        draw([STATUTORY], [(date(2026, 5, 15), -1)], date(2026, 5, 20))


START = date(2026, 1, 1)
moments = st.integers(0, 60).map(lambda number: START + timedelta(days=number))
buckets = st.builds(
    lambda minutes, start, days: Bucket(
        2026, "any", minutes, start, start + timedelta(days=days) if days else None
    ),
    st.integers(0, 20),
    moments,
    st.none() | st.integers(1, 40),
)
bucket_lists = st.lists(buckets, max_size=5)
use_lists = st.lists(st.tuples(moments, st.integers(0, 12)), max_size=12)


def most_coverable(listed: list[Bucket], uses: list[tuple[date, int]]) -> int:
    """The most minutes of leave that any choice of buckets covers, by looking for augmenting paths."""
    wanted = [day for day, minutes in uses for _ in range(minutes)]
    units = [bucket for bucket in listed for _ in range(bucket.amount)]
    owner: dict[int, int] = {}

    def covers(use: int, seen: set[int]) -> bool:
        for index, bucket in enumerate(units):
            if index not in seen and bucket.valid_on(wanted[use]):
                seen.add(index)
                if index not in owner or covers(owner[index], seen):
                    owner[index] = use
                    return True
        return False

    return sum(covers(use, set()) for use in range(len(wanted)))


@given(bucket_lists, use_lists, moments)
def test_a_simulation_day_by_day_minute_by_minute_agrees(listed, uses, today):
    left = [bucket.amount for bucket in listed]
    overdrawn = 0
    for number in range(101):
        day = START + timedelta(days=number)
        for _ in range(sum(minutes for moment, minutes in uses if moment == day)):
            usable = [
                index
                for index, bucket in enumerate(listed)
                if left[index]
                and bucket.valid_from <= day
                and (bucket.expires is None or day < bucket.expires)
            ]
            if usable:
                first = min(
                    usable, key=lambda index: (listed[index].expires or date.max, listed[index].valid_from)
                )
                left[first] -= 1
            else:
                overdrawn += 1
    report = draw(listed, uses, today)
    assert report.overdrawn == overdrawn
    for balance, bucket, rest in zip(report.buckets, listed, left, strict=True):
        lost = bucket.expires is not None and bucket.expires <= today
        assert (balance.left, balance.lapsed) == ((0, rest) if lost else (rest, 0))


@given(bucket_lists, use_lists, moments)
def test_no_minute_appears_or_disappears(listed, uses, today):
    report = draw(listed, uses, today)
    assert report.used == sum(minutes for _, minutes in uses)
    assert report.granted == report.used + report.lapsed + report.left
    for balance in report.buckets:
        assert balance.used + balance.lapsed + balance.left == balance.granted
        assert min(balance.used, balance.lapsed, balance.left) >= 0


@given(st.lists(buckets, max_size=4), st.lists(st.tuples(moments, st.integers(0, 6)), max_size=6))
def test_no_other_choice_of_buckets_would_cover_more_leave(listed, uses):
    covered = sum(minutes for _, minutes in uses) - draw(listed, uses, START).overdrawn
    assert covered == most_coverable(listed, uses)
