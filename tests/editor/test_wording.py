"""Sentences about days, steps and refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hrtui import wording
from hrtui.domain.day import Day, Entry, Holiday, Lock, Part, Reason, Refusal, Status
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.domain.typed_cell import TypedError, TypedProblem
from hrtui.i18n import set_language
from hrtui.store.history import HistoryLine
from tests.editor.conftest import Desk

LEAVE = LeaveType(
    1, "VAK", "v", {"en": "Vacation", "nl": "Vakantie"}, Category.ABSENCE, role_needed="payroll"
)
KINDS = {1: LEAVE}
MONDAY = date(2026, 9, 14)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence_and_a_short_form(reason: Reason) -> None:
    sentence = wording.refusal_sentence(Refusal(reason, MONDAY, 228, 456, 1), KINDS)
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert wording.skipped_in_words([reason, reason]).startswith("2 skipped: ")


@pytest.mark.parametrize("problem", list(TypedProblem))
def test_every_typing_problem_has_a_sentence_with_the_wrong_word(problem: TypedProblem) -> None:
    assert "“4x”" in wording.typed_sentence(TypedError(problem, "4x"))


def test_hours_and_names_stand_in_the_sentences() -> None:
    def said(reason: Reason) -> str:
        return wording.refusal_sentence(Refusal(reason, MONDAY, 456, 456, 1), KINDS)

    assert said(Reason.NO_TIME_LEFT) == "Mon 14 Sep: no time is left, 7:36 of 7:36 is taken."
    too_much = wording.refusal_sentence(Refusal(Reason.TOO_MANY_MINUTES, MONDAY, 120, 456, 1), KINDS)
    assert too_much == "Mon 14 Sep: that does not fit, 5:36 of 7:36 is free."
    assert said(Reason.ROLE_NEEDED) == "Vacation may only be entered by somebody with the role “payroll”."


def test_a_sentence_begins_with_a_capital_also_with_a_day_or_month() -> None:
    day = Day(MONDAY, True, 456, None, Lock(datetime(2026, 10, 1, 9, 0, tzinfo=UTC), "jan"))
    set_language("fr")
    try:
        locked = wording.refusal_sentence(Refusal(Reason.LOCKED, MONDAY), KINDS, day)
        weekend = wording.refusal_sentence(Refusal(Reason.NOT_SCHEDULED, MONDAY), KINDS)
    finally:
        set_language("en")
    assert locked.startswith("Septembre 2026\xa0: ")
    assert weekend.startswith("Lun 14 sep")


def test_the_commonest_reasons_come_first() -> None:
    reasons = [Reason.LOCKED] + [Reason.NOT_SCHEDULED] * 3 + [Reason.HOLIDAY] * 2
    assert wording.skipped_in_words(reasons) == "6 skipped: not scheduled (3), holiday (2), locked (1)"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([], ""),
        ([MONDAY], "Mon 14 Sep"),
        ([date(2026, 9, 18), MONDAY, MONDAY], "14–18 Sep"),
        ([date(2026, 9, 28), date(2026, 10, 2)], "28 Sep – 2 Oct"),
        ([date(2026, 12, 28), date(2027, 1, 2)], "28 Dec 2026 – 2 Jan 2027"),
    ],
)
def test_spans_of_dates(days: list[date], text: str) -> None:
    assert wording.dates_in_words(days) == text


def _said(day: Day, *, backend: bool = False, last: HistoryLine | None = None) -> str:
    return wording.day_in_words("Alfa An", day, KINDS, backend=backend, last=last)


def test_a_day_says_schedule_entries_and_state() -> None:
    half = Entry(1, 228, Part.MORNING, Status.PENDING)
    day = Day(MONDAY, in_contract=True, scheduled=456, entries=(half,), conflict=True, unsynced=True)
    assert _said(day) == (
        "Alfa An, Mon 14 Sep: 7:36 scheduled; changed in two places;"
        " Vacation 3:48 (morning, awaiting approval)"
    )
    assert "; changed in two places; not sent yet; Vacation" in _said(day, backend=True)


def test_a_day_says_why_nobody_works() -> None:
    christmas = Holiday(MONDAY, (("en", "Christmas Day"),))
    eve = Holiday(MONDAY, (("en", "Christmas Eve"),), half=True)
    assert _said(Day(MONDAY, in_contract=False, scheduled=0)) == "Alfa An, Mon 14 Sep: outside the contract"
    assert _said(Day(MONDAY, in_contract=True, scheduled=0)) == "Alfa An, Mon 14 Sep: not scheduled"
    assert _said(Day(MONDAY, True, 456, christmas)) == "Alfa An, Mon 14 Sep: holiday Christmas Day"
    assert _said(Day(MONDAY, True, 456, eve)) == "Alfa An, Mon 14 Sep: holiday Christmas Eve, 3:48 scheduled"


def test_a_day_says_who_entered_it_and_who_locked_it() -> None:
    at = datetime(2026, 9, 14, 12, 30, tzinfo=UTC)
    moment = wording.moment_name(at)
    assert moment.startswith("14 Sep 2026 ")
    entered = HistoryLine(at, "Clerk Two", "edit", "Vacation", (), (Entry(1, 456),), 1, 0)
    day = Day(MONDAY, True, 456, None, Lock(at, "Clerk One"), (Entry(1, 456),))
    assert _said(day, last=entered) == (
        f"Alfa An, Mon 14 Sep: 7:36 scheduled; Vacation 7:36, entered by Clerk Two on {moment};"
        f" locked on {moment} by Clerk One"
    )


def test_the_name_column_says_the_months_totals(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 15)
    desk.editor.type_cell("1:30 OVU")
    desk.at("An", 0)
    assert desk.editor.status() == (
        "Alfa An (1001): September 2026, 167:12 scheduled, 159:36 worked, 7:36 absent, 1:30 overtime"
    )
    assert wording.month_name(Month(2026, 9)) == "September 2026"


def test_the_cell_under_the_cursor_in_words(desk: Desk) -> None:
    desk.at("Bo", 14).type("v").at("Bo", 14)
    assert desk.editor.status().startswith(
        "Bravo Bo, Mon 14 Sep: 7:36 scheduled; Legal holiday leave 7:36, entered by Clerk One on "
    )
