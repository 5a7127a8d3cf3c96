"""Amounts of time as clerks write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.hours import HoursError, hundredths, parse_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("7,6", 456),
        ("7.6", 456),
        ("7:36", 456),
        ("7u36", 456),
        ("7h36", 456),
        ("7H36", 456),
        ("7u", 420),
        ("7 u", 420),
        ("3,6u", 216),
        ("456m", 456),
        ("456 min", 456),
        ("8", 480),
        ("0", 0),
        (",5", 30),
        ("0:07", 7),
        ("4.75", 285),
        ("0,33", 20),
        ("7,333", 440),
        (" 7:36 ", 456),
        ("160", 9600),
    ],
)
def test_hours_and_minutes(text, minutes):
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1/2", 228),
        ("½", 228),
        ("50%", 228),
        ("100%", 456),
        ("100 %", 456),
        ("1/4", 114),
        ("12,5%", 57),
        ("0%", 0),
    ],
)
def test_parts_of_a_day(text, minutes):
    assert parse_minutes(text, full_day=456) == minutes


def test_half_of_an_odd_day_is_rounded_up():
    assert parse_minutes("1/2", full_day=453) == 227


NO_AMOUNTS = "u|x|-1|7:3|7:60|7:36:00|7u5|1e3|7,6,5|.|VAK|٧|150%|3/2|1/0|999999999|7..6|+8|8 VAK|8m30"


@pytest.mark.parametrize("text", ["", *NO_AMOUNTS.split("|")])
def test_anything_else_is_refused_with_what_was_typed(text):
    with pytest.raises(HoursError) as caught:
        parse_minutes(text, full_day=456)
    assert caught.value.text == text


@pytest.mark.parametrize("text", ["1/2", "50%"])
def test_a_part_of_no_known_day_is_refused(text):
    with pytest.raises(HoursError):
        parse_minutes(text)


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        (456, 760),
        (450, 750),
        (285, 475),
        (45, 75),
        (20, 33),
        (7, 12),
        (0, 0),
        (36, 60),
        (200, 333),
        (256, 427),
    ],
)
def test_hundredths_of_an_hour(minutes, wanted):
    assert hundredths(minutes) == wanted


@given(st.integers(0, 9999))
def test_every_notation_of_an_amount_reads_as_that_amount(minutes):
    hours, rest = divmod(minutes, 60)
    hundred = hundredths(minutes)
    for text in (
        f"{hours}:{rest:02d}",
        f"{hours}u{rest:02d}",
        f"{minutes}m",
        f"{hundred // 100},{hundred % 100:02d}",
    ):
        assert parse_minutes(text) == minutes


@given(st.text(max_size=12))
def test_no_text_does_anything_but_mean_minutes_or_be_refused(text):
    minutes = 0
    with suppress(HoursError):
        minutes = parse_minutes(text, full_day=456)
    assert minutes >= 0
