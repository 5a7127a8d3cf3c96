"""The course of a case: percentages, recovery, reopening, correcting, linking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hrtui.domain.day import Entry
from hrtui.domain.sickness.case import CloseReason, Progress, Source
from hrtui.domain.sickness.reporting import Report
from hrtui.store.errors import StoreError
from hrtui.store.sickness.course import (
    correct,
    displaced_from,
    recover,
    remove_percentage,
    reopen,
    set_percentage,
)
from hrtui.store.sickness.records import case_record
from hrtui.store.sickness.report import ReportRefusedError, report_sick, usual_waiting_days
from hrtui.store.undo import undo
from tests.store.sickness.conftest import TODAY, Ward

MONDAY = date(2026, 8, 31)
END = date(2026, 10, 31)


@pytest.fixture
def case_id(dutch: Ward) -> int:
    return report_sick(dutch.desk, dutch.id, Report(MONDAY)).case_id


def test_a_partial_recovery_changes_the_days_from_it_on(dutch: Ward, case_id: int) -> None:
    set_percentage(dutch.desk, case_id, Progress(TODAY, 40, Source.PHYSICIAN))
    assert dutch.entries(TODAY - timedelta(days=3))[0].minutes == 456
    assert dutch.entries(TODAY)[0].minutes == 182
    course = case_record(dutch.desk, case_id).case.course
    assert [(step.from_date, step.percent, step.source) for step in course] == [
        (MONDAY, 100, Source.EMPLOYER),
        (TODAY, 40, Source.PHYSICIAN),
    ]
    set_percentage(dutch.desk, case_id, Progress(TODAY, 60))
    assert dutch.entries(TODAY)[0].minutes == 274
    remove_percentage(dutch.desk, case_id, TODAY)
    assert dutch.entries(TODAY)[0].minutes == 456


def test_steps_that_say_nothing_new_are_refused(dutch: Ward, case_id: int) -> None:
    with pytest.raises(StoreError, match="holds on that day already"):
        set_percentage(dutch.desk, case_id, Progress(TODAY, 100))
    with pytest.raises(StoreError, match="before the first sick day"):
        set_percentage(dutch.desk, case_id, Progress(date(2026, 8, 1), 50))
    with pytest.raises(StoreError, match="corrected, not removed"):
        remove_percentage(dutch.desk, case_id, MONDAY)


def test_the_physician_confirms_a_percentage_of_the_employer(dutch: Ward, case_id: int) -> None:
    before = dutch.sick_days(MONDAY, END)
    set_percentage(dutch.desk, case_id, Progress(MONDAY, 100, Source.PHYSICIAN))
    assert case_record(dutch.desk, case_id).case.course == (Progress(MONDAY, 100, Source.PHYSICIAN),)
    assert dutch.sick_days(MONDAY, END) == before


def test_recovery_frees_the_days_after_it_and_offers_leave_back(dutch: Ward) -> None:
    leave = (Entry(dutch.office.kind("v"), 456),)
    friday = date(2026, 9, 18)
    dutch.enter(friday, leave)
    case_id = report_sick(dutch.desk, dutch.id, Report(MONDAY)).case_id
    assert displaced_from(dutch.desk, case_id, date(2026, 9, 16)) == [friday]
    outcome = recover(dutch.desk, case_id, date(2026, 9, 16))
    assert dutch.sick_days(MONDAY, END)[-1] == date(2026, 9, 15)
    assert [one.date for one in outcome.calendar.restored] == [friday]
    assert dutch.entries(friday) == leave
    record = case_record(dutch.desk, case_id)
    assert (record.values["last_day"], record.values["close_reason"]) == ("2026-09-15", "recovered")
    undo(dutch.office.store, dutch.office.employer_id)
    assert dutch.entries(friday)[0].source == "case"
    outcome = recover(dutch.desk, case_id, date(2026, 9, 16), give_back=False)
    assert dutch.entries(friday) == ()
    assert [one.date for one in outcome.calendar.kept_away] == [friday]


def test_recovery_that_cannot_be(dutch: Ward, case_id: int) -> None:
    with pytest.raises(StoreError, match="take the report back instead"):
        recover(dutch.desk, case_id, MONDAY)
    with pytest.raises(StoreError, match="too far ahead"):
        recover(dutch.desk, case_id, date(2026, 11, 1))
    recover(dutch.desk, case_id, TODAY)
    with pytest.raises(StoreError, match="closed already"):
        recover(dutch.desk, case_id, TODAY)


def test_a_case_closed_too_early_is_opened_again(dutch: Ward, case_id: int) -> None:
    filled = dutch.sick_days(MONDAY, END)
    set_percentage(dutch.desk, case_id, Progress(date(2026, 9, 21), 50))
    recover(dutch.desk, case_id, TODAY, reason=CloseReason.LEFT)
    assert len(case_record(dutch.desk, case_id).case.course) == 1
    reopen(dutch.desk, case_id)
    assert dutch.sick_days(MONDAY, END) == filled
    record = case_record(dutch.desk, case_id)
    assert (record.values["last_day"], record.values["close_reason"]) == (None, "")
    with pytest.raises(StoreError, match="This case is open"):
        reopen(dutch.desk, case_id)


def test_a_case_before_another_stays_closed(dutch: Ward, case_id: int) -> None:
    recover(dutch.desk, case_id, date(2026, 9, 7))
    report_sick(dutch.desk, dutch.id, Report(TODAY))
    with pytest.raises(ReportRefusedError, match="reported ill already"):
        reopen(dutch.desk, case_id)


def test_a_new_illness_within_four_weeks_counts_on_and_says_why(dutch: Ward, case_id: int) -> None:
    recover(dutch.desk, case_id, date(2026, 9, 7))
    dutch.office.store.con.execute("UPDATE contract SET nature = 'phase_a'")
    assert usual_waiting_days(dutch.desk, dutch.id, TODAY) == 0
    outcome = report_sick(dutch.desk, dutch.id, Report(TODAY))
    assert outcome.sentences()[-1] == (
        "7 sick days from Mon 31 Aug;"
        " 1 sick day from Mon 14 Sep; counts on: 7 days in between, fewer than 28."
    )
    record = case_record(dutch.desk, outcome.case_id)
    assert record.chain.counted(TODAY) == 8
    correct(dutch.desk, outcome.case_id, {"linking": "separate"})
    assert case_record(dutch.desk, outcome.case_id).chain.counted(TODAY) == 1


@pytest.mark.parametrize("first", [date(2026, 8, 24), date(2026, 9, 3), date(2026, 9, 14), date(2026, 9, 15)])
def test_another_first_day_moves_calendar_and_course(dutch: Ward, case_id: int, first: date) -> None:
    set_percentage(dutch.desk, case_id, Progress(TODAY, 50))
    correct(dutch.desk, case_id, {"first_day": first.isoformat()})
    assert dutch.sick_days(date(2026, 8, 1), END)[0] == first
    course = case_record(dutch.desk, case_id).case.course
    assert course[0].from_date == first
    assert [step.percent for step in course] == ([100, 50] if first < TODAY else [50])
    assert dutch.entries(date(2026, 9, 16))[0].minutes == 228


def test_another_last_day_moves_the_calendar(dutch: Ward, case_id: int) -> None:
    recover(dutch.desk, case_id, TODAY)
    correct(dutch.desk, case_id, {"last_day": "2026-09-16"})
    assert dutch.sick_days(MONDAY, END)[-1] == date(2026, 9, 16)
    with pytest.raises(StoreError, match="no sick day"):
        correct(dutch.desk, case_id, {"last_day": "2026-08-01"})


def test_corrections_are_checked_and_kept(dutch: Ward, case_id: int) -> None:
    correct(dutch.desk, case_id, {"nursing_city": "Testdam", "classification": "work_accident"})
    for wrong in (
        {"classification": "flu"},
        {"person_id": 1},
        {"nursing_city": "12"},
        {"linking": "perhaps"},
        {"last_day": "2026-09-10"},
        {"first_day": "2026-09-20"},
        {"first_day": "2019-12-31"},
        {"minutes_worked": 1000},
        {"expected_end": "2026-08-01"},
    ):
        with pytest.raises(StoreError):
            correct(dutch.desk, case_id, wrong)
    set_percentage(dutch.desk, case_id, Progress(TODAY, 50))
    remove_percentage(dutch.desk, case_id, TODAY)
    told = case_record(dutch.desk, case_id)
    assert told.values["nursing_city"] == "Testdam"
    assert [step.percent for step in told.case.course] == [100]


def test_a_belgian_correction_moves_who_pays_in_a_later_relapse(belgian: Ward) -> None:
    belgian.office.store.con.execute("UPDATE contract SET worker_status = 'worker'")
    first = report_sick(belgian.desk, belgian.id, Report(date(2026, 8, 3))).case_id
    recover(belgian.desk, first, date(2026, 8, 10))
    report_sick(belgian.desk, belgian.id, Report(TODAY))
    assert belgian.keys(TODAY, TODAY) == ["ZGL2"]
    correct(belgian.desk, first, {"last_day": "2026-08-16"})
    assert belgian.keys(TODAY, TODAY) == ["ZGL3"]
    relapse = belgian.desk
    later = case_record(relapse, first).chain
    assert len(later.spells) == 1
