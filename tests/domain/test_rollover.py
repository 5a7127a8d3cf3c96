"""The end of a leave year, and the account of a type."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.allowance import Bucket, draw
from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.ledger import Grant, Posting, buckets_of, ledger
from hrtui.domain.rollover import EXTENDED, Rule, rule_of, year_end
from tests.domain.values import kind

VAK = kind(1, "VAK", "v")
WV = kind(2, "WV", "v", carry_over_months=6)
BV = kind(3, "BV", "b", carry_over_months=60)
DAY = 456


def test_when_leave_lapses_by_country_and_type():
    assert rule_of(VAK, "BE", 2024).lapses(2024) == date(2025, 1, 1)
    assert rule_of(VAK, "BE", 2024).kept_until(2024) == date(2027, 1, 1)
    assert rule_of(VAK, "BE", 2023).kept_until(2023) == date(2024, 1, 1)
    assert rule_of(WV, "NL", 2021).lapses(2021) == date(2022, 7, 1)
    assert rule_of(BV, "NL", 2022).lapses(2022) == date(2028, 1, 1)
    assert rule_of(WV, "NL", 2021).kept_until(2021) == date(2027, 1, 1)


def test_a_leave_year_that_begins_in_june():
    rule = rule_of(WV, "NL", 2026, first_month=6)
    assert (rule.first_day(2026), rule.lapses(2026)) == (date(2026, 6, 1), date(2027, 12, 1))


def test_belgian_leave_that_illness_blocked_can_be_taken_two_years_longer():
    """Five days left on 1-12-2024, ill to the end of the year, usable until 31-12-2026."""
    bucket = Bucket(2024, "", 20 * DAY, date(2024, 1, 1), None)
    taken = [(date(2024, 7, 1) + timedelta(n), DAY) for n in range(15)]
    closed = year_end([bucket], taken, 2024, rule_of(VAK, "BE", 2024), keep=5 * DAY)
    (rest,) = closed.rests
    assert (rest.left, rest.kept, rest.lapsing, rest.carried) == (5 * DAY, 5 * DAY, 0, 0)
    without = year_end([bucket], taken, 2024, rule_of(VAK, "BE", 2024))
    assert (without.rests[0].lapsing, without.keepable) == (5 * DAY, 5 * DAY)


def test_dutch_leave_is_carried_for_six_months():
    bucket = Bucket(2025, "", 600, date(2025, 1, 1), None)
    (rest,) = year_end([bucket], [(date(2025, 5, 5), 100)], 2025, rule_of(WV, "NL", 2025)).rests
    assert (rest.carried, rest.lapsing, rest.expires) == (500, 0, date(2026, 7, 1))


def test_leave_of_the_next_year_is_not_counted():
    bucket = Bucket(2025, "", 600, date(2025, 1, 1), date(2026, 7, 1))
    closed = year_end([bucket], [(date(2026, 1, 5), 400)], 2025, rule_of(WV, "NL", 2025))
    assert closed.rests[0].left == 600


years = st.integers(2022, 2026)
minutes = st.integers(0, 5000)
days = st.dates(date(2022, 1, 1), date(2027, 12, 31))
buckets_drawn = st.builds(
    lambda year, label, amount, months: Bucket(
        year, label, amount, date(year, 1, 1), None if months is None else Rule(months, 0).lapses(year)
    ),
    years,
    st.sampled_from(["", "extra", EXTENDED]),
    minutes,
    st.sampled_from([None, 0, 6, 60]),
)
uses_drawn = st.lists(st.tuples(days, st.integers(0, 900)), max_size=30)


@given(st.lists(buckets_drawn, max_size=6), uses_drawn, years, st.sampled_from([0, 6, 60]), minutes)
def test_the_end_of_a_year_loses_no_minute(buckets, uses, year, months, keep):
    rule = Rule(months, 24)
    closed = year_end(buckets, uses, year, rule, keep)
    for rest in closed.rests:
        assert rest.left == rest.carried + rest.lapsing + rest.kept
        assert min(rest.carried, rest.lapsing, rest.kept) >= 0
        assert not (rest.bucket.kind == EXTENDED and rest.kept)
    assert sum(rest.kept for rest in closed.rests) == min(keep, closed.keepable)
    last = date(year, 12, 31)
    own = [bucket for bucket in buckets if bucket.year <= year]
    report = draw(own, [use for use in uses if use[0] <= last], last)
    assert sum(rest.left for rest in closed.rests) == sum(balance.left for balance in report.buckets)
    assert closed.overdrawn == report.overdrawn


grants_drawn = st.lists(
    st.builds(
        lambda year, amount, months, month, reason: Grant(
            year,
            "",
            amount,
            date(year, month, 1),
            None if months is None else Rule(months, 0).lapses(year),
            reason,
        ),
        years,
        st.integers(-500, 5000),
        st.sampled_from([None, 0, 6]),
        st.sampled_from([1, 4]),
        st.sampled_from(["", "corrected"]),
    ),
    max_size=8,
)


@given(grants_drawn, uses_drawn, years, days)
def test_the_account_ends_with_the_balance(grants, uses, year, today):
    lines = ledger(grants, uses, LeaveYear(year), today)
    buckets, off = buckets_of(grants)
    if not buckets:
        assert lines == []
        return
    start = min(bucket.valid_from for bucket in buckets)
    taken = [use for use in uses if start <= use[0] <= date(year, 12, 31)]
    report = draw(buckets, [*taken, *off], today)
    shown = [one for one in report.buckets if not one.bucket.lapsed_on(date(year, 1, 1))]
    left = sum(one.left for one in shown) - report.overdrawn
    assert (lines[-1].balance if lines else 0) == left
    assert [line.date for line in lines] == sorted(line.date for line in lines)
    for before, after in pairwise(lines):
        assert after.balance == before.balance + after.amount


def test_the_account_tells_grants_adjustments_uses_and_lapses():
    grants = [
        Grant(2025, "", 600, date(2025, 1, 1), date(2026, 7, 1)),
        Grant(2026, "statutory", 1000, date(2026, 1, 1), date(2027, 7, 1)),
        Grant(2026, "statutory", -40, date(2026, 1, 1), date(2027, 7, 1), "counted twice"),
    ]
    uses = [(date(2025, 3, 3), 100), (date(2026, 3, 2), 456)]
    lines = ledger(grants, uses, LeaveYear(2026), date(2026, 9, 1))
    assert [(line.posting, line.amount, line.balance, line.text) for line in lines] == [
        (Posting.OPENING, 500, 500, ""),
        (Posting.GRANT, 1000, 1500, "statutory"),
        (Posting.ADJUSTMENT, -40, 1460, "counted twice"),
        (Posting.USE, -456, 1004, ""),
        (Posting.LAPSE, -44, 960, ""),
    ]
