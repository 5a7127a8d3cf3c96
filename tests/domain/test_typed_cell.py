"""The little language of a typed cell, read and written back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.day import Reason, Refusal, Status
from hrtui.domain.entering import is_inside, set_entries
from hrtui.domain.typed_cell import TypedError, TypedProblem, cell_text, parse_cell
from hrtui.i18n import set_language
from tests.domain.values import (
    AD,
    GF,
    HALF_HOLIDAY,
    HOLIDAY,
    KINDS,
    KV,
    NO_ROLES,
    OLD,
    OVU,
    VAK,
    am,
    day,
    days,
    full,
    hours,
    kind,
    pm,
)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("", ()),
        ("  ", ()),
        ("VAK", (full(VAK),)),
        ("vak", (full(VAK),)),
        ("v", (full(VAK),)),
        ("V", (full(VAK),)),
        ("4 AD 3:36 KV", (hours(AD, 240), hours(KV, 216))),
        ("4u VAK 3,6u KV", (hours(VAK, 240), hours(KV, 216))),
        ("AD 4 KV 3:36", (hours(AD, 240), hours(KV, 216))),
        ("1/2 VAK", (am(VAK),)),
        ("½ v", (am(VAK),)),
        ("50% VAK", (am(VAK),)),
        ("VAK 1/2", (am(VAK),)),
        ("100% VAK", (full(VAK),)),
        ("pm VAK", (pm(VAK),)),
        ("nm VAK", (pm(VAK),)),
        ("vm VAK nm KV", (am(VAK), pm(KV))),
        ("1/2 VAK 1/2 KV", (am(VAK), pm(KV))),
        ("1/2 VAK KV", (am(VAK), pm(KV))),
        ("VAK 4u KV", (hours(VAK, 216), hours(KV, 240))),
        ("4u KV VAK", (hours(KV, 240), hours(VAK, 216))),
        ("KV VAK 4u", (hours(KV, 216), hours(VAK, 240))),
        ("VAK 2:00 OVU", (full(VAK), hours(OVU, 120))),
        ("25% VAK", (hours(VAK, 114),)),
        ("1/2 OVU", (hours(OVU, 228),)),
        ("456m VAK", (hours(VAK, 456),)),
        ("7:36 OLD", (hours(OLD, 456),)),
    ],
)
def test_what_a_text_means(text, entries):
    assert parse_cell(text, day(), KINDS) == entries


def test_four_hours_of_two_types_split_a_day_of_eight():
    on = day(scheduled=480)
    typed = parse_cell("4 AD 4 KV", on, KINDS)
    assert set_entries(on, typed, KINDS, NO_ROLES) == (hours(AD, 240), hours(KV, 240))
    refusal = set_entries(day(), typed, KINDS, NO_ROLES)
    assert refusal == Refusal(Reason.TOO_MANY_MINUTES, day().date, 240, 456, KV.id)


def test_more_than_the_day_has_is_refused_with_the_scheduled_time():
    typed = parse_cell("VAK 8u", day(), KINDS)
    assert set_entries(day(), typed, KINDS, NO_ROLES) == Refusal(
        Reason.TOO_MANY_MINUTES, day().date, 0, 456, VAK.id
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("OVU", Reason.NEEDS_HOURS),
        ("VAK KV", Reason.NEEDS_HOURS),
        ("0 VAK", Reason.NEEDS_HOURS),
        ("1/2 BEV", Reason.WHOLE_DAYS_ONLY),
        ("4u KV BEV", Reason.WHOLE_DAYS_ONLY),
        ("20 OVU", Reason.OVER_24_HOURS),
        ("am VAK am KV", Reason.NO_TIME_LEFT),
        ("OLD", Reason.INACTIVE_TYPE),
    ],
)
def test_what_means_something_but_cannot_be(text, reason):
    result = set_entries(day(), parse_cell(text, day(), KINDS), KINDS, NO_ROLES)
    assert isinstance(result, Refusal)
    assert result.reason is reason


@pytest.mark.parametrize(
    ("on", "text", "reason"),
    [
        (day(scheduled=0), "VAK", Reason.NOT_SCHEDULED),
        (day(scheduled=0), "1/2 VAK", Reason.NOT_SCHEDULED),
        (day(holiday=HOLIDAY), "4u VAK", Reason.HOLIDAY),
        (day(in_contract=False, scheduled=0), "VAK", Reason.OUTSIDE_CONTRACT),
    ],
)
def test_a_day_without_time_says_why(on, text, reason):
    result = set_entries(on, parse_cell(text, on, KINDS), KINDS, NO_ROLES)
    assert isinstance(result, Refusal)
    assert result.reason is reason


def test_a_holiday_is_worked_by_its_schedule():
    assert parse_cell("GF", day(holiday=HOLIDAY), KINDS) == (full(GF, 456),)
    assert parse_cell("VAK GF", day(holiday=HALF_HOLIDAY), KINDS) == (full(VAK, 228), hours(GF, 228))


def test_overtime_without_hours_is_what_the_day_has():
    assert parse_cell("OVU", day(hours(OVU, 90)), KINDS) == (hours(OVU, 90),)


def test_an_entry_typed_again_keeps_its_status_and_source():
    pending = replace(am(VAK), status=Status.PENDING, source="import")
    assert parse_cell("am VAK 1:00 OVU", day(pending), KINDS) == (pending, hours(OVU, 60))
    assert parse_cell("pm VAK", day(pending), KINDS) == (pm(VAK),)


@pytest.mark.parametrize(
    ("text", "problem", "word"),
    [
        ("XYZ", TypedProblem.UNKNOWN_CODE, "XYZ"),
        ("4 AD 4 XYZ", TypedProblem.UNKNOWN_CODE, "XYZ"),
        ("7:99 VAK", TypedProblem.BAD_AMOUNT, "7:99"),
        ("-1 VAK", TypedProblem.BAD_AMOUNT, "-1"),
        ("150% VAK", TypedProblem.BAD_AMOUNT, "150%"),
        ("4", TypedProblem.AMOUNT_WITHOUT_CODE, "4"),
        ("am", TypedProblem.AMOUNT_WITHOUT_CODE, "am"),
        ("4 4 VAK", TypedProblem.AMOUNT_WITHOUT_CODE, "4"),
        ("VAK 3 4", TypedProblem.AMOUNT_WITHOUT_CODE, "4"),
        ("4 VAK 3", TypedProblem.AMOUNT_WITHOUT_CODE, "4"),
    ],
)
def test_what_means_nothing_is_refused_with_the_word(text, problem, word):
    with pytest.raises(TypedError) as caught:
        parse_cell(text, day(), KINDS)
    assert (caught.value.problem, caught.value.text) == (problem, word)


class TestCodes:
    def test_a_key_goes_before_a_letter(self):
        kinds = {one.id: one for one in (kind(1, "VAK", "k"), kind(2, "K", "v"))}
        assert [parse_cell(text, day(), kinds)[0].leave_type_id for text in ("k", "K", "v", "vak")] == [
            2,
            2,
            2,
            1,
        ]

    def test_an_active_type_goes_before_an_inactive_one(self):
        kinds = {one.id: one for one in (kind(1, "VAK", "", active=False), kind(2, "VAK", "v"))}
        assert parse_cell("VAK", day(), kinds) == (full(kinds[2]),)

    def test_a_code_may_be_called_am(self):
        kinds = {one.id: one for one in (kind(1, "AM", "a"), kind(2, "VAK", "v"))}
        assert parse_cell("AM", day(), kinds) == (full(kinds[1]),)
        assert parse_cell("am am", day(), kinds) == (am(kinds[1]),)
        assert parse_cell("AM 3 VAK 2", day(), kinds) == (hours(kinds[1], 180), hours(kinds[2], 120))
        assert parse_cell("3 AM VAK", day(), kinds) == (hours(kinds[1], 180), hours(kinds[2], 276))
        assert parse_cell("3 AM 2 VAK", day(), kinds) == (hours(kinds[1], 180), hours(kinds[2], 120))


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        ((), ""),
        ((full(VAK),), "VAK"),
        ((am(VAK), pm(KV)), "am VAK pm KV"),
        ((hours(VAK, 65), hours(OVU, 120)), "1:05 VAK 2:00 OVU"),
        ((full(OVU, 120),), "2:00 OVU"),
    ],
)
def test_the_text_of_entries(entries, text):
    assert cell_text(entries, KINDS) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "vm VAK nm KV"), ("fr", "matin VAK après-midi KV"), ("en", "am VAK pm KV")],
)
def test_halves_are_shown_in_the_words_of_the_language_and_read_in_all(language, text):
    set_language(language)
    try:
        assert cell_text((am(VAK), pm(KV)), KINDS) == text
    finally:
        set_language("en")
    assert parse_cell(text, day(), KINDS) == (am(VAK), pm(KV))


@given(days)
def test_the_text_of_a_day_means_that_day(on):
    assert parse_cell(cell_text(on.entries, KINDS), replace(on, entries=()), KINDS) == on.entries


@given(days)
def test_typing_what_a_day_holds_changes_nothing(on):
    result = set_entries(on, parse_cell(cell_text(on.entries, KINDS), on, KINDS), KINDS, NO_ROLES)
    assert isinstance(result, Refusal)
    assert result.reason in (Reason.UNCHANGED, Reason.NOTHING_TO_CLEAR)


amount_words = st.sampled_from(["4", "7,6", "7:36", "1/2", "50%", "am", "nm", "30m", "7:99"])
words = amount_words | st.sampled_from(["VAK", "kv", "v", "OVU", "AD", "bev", "gf", "x"])


@given(days, st.lists(words, max_size=6).map(" ".join) | st.text(max_size=10))
def test_no_text_does_anything_but_enter_a_day_or_be_refused(on, text):
    with suppress(TypedError):
        typed = parse_cell(text, on, KINDS)
        assert (typed == ()) is (text.split() == [])
        result = set_entries(on, typed, KINDS, NO_ROLES)
        if not isinstance(result, Refusal):
            inside = sum(entry.minutes for entry in result if is_inside(entry, KINDS))
            assert inside <= on.scheduled
