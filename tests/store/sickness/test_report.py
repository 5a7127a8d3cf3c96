"""Reporting ill: the calendar, what gives way, refusals, taking back, undo, locks and roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hrtui.domain.day import Entry, Part
from hrtui.domain.month import Month
from hrtui.domain.sickness.reporting import Report, ReportFault
from hrtui.store.errors import StoreError
from hrtui.store.holiday_records import plan_add, save_plan
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness import classifications
from hrtui.store.sickness.calendar import wage_by_day
from hrtui.store.sickness.course import fill_again, recover
from hrtui.store.sickness.desk import CasesHiddenError, case_desk
from hrtui.store.sickness.records import case_record, latest_case, open_case
from hrtui.store.sickness.report import (
    ReportRefusedError,
    expected,
    report_sick,
    take_back,
    usual_waiting_days,
)
from hrtui.store.sickness.topping_up import top_up
from hrtui.store.undo import redo, undo
from hrtui.store.unlocking import unlock_month
from tests.store.conftest import Office
from tests.store.locking import lock_month
from tests.store.sickness.conftest import TODAY, Ward

MONDAY = TODAY
END = date(2026, 10, 31)


def test_a_report_fills_the_scheduled_days_to_the_end_of_next_month(dutch: Ward) -> None:
    outcome = report_sick(dutch.desk, dutch.id, Report(MONDAY))
    filled = dutch.sick_days(MONDAY - timedelta(days=7), END + timedelta(days=7))
    assert filled[0] == MONDAY
    assert filled[-1] == date(2026, 10, 30)
    assert all(day.weekday() < 5 for day in filled)
    assert outcome.calendar.filled == len(filled) == 35
    assert dutch.entries(MONDAY) == (Entry(dutch.office.kind("z"), 456, Part.FULL, source="case"),)
    assert open_case(dutch.desk, dutch.id) == outcome.case_id == latest_case(dutch.desk, dutch.id)
    assert case_record(dutch.desk, outcome.case_id).name == "Testman Ann"


def test_holidays_stay_holidays(dutch: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2026-12-21")
    report_sick(dutch.desk, dutch.id, Report(date(2026, 12, 21)))
    assert date(2026, 12, 24) in dutch.sick_days(date(2026, 12, 21), date(2027, 1, 31))
    for holiday in (date(2026, 12, 25), date(2027, 1, 1)):
        assert dutch.entries(holiday) == ()


def test_a_first_day_that_was_partly_worked_and_a_partial_illness(dutch: Ward) -> None:
    report_sick(dutch.desk, dutch.id, Report(MONDAY, percent=50, minutes_worked=300))
    assert dutch.entries(MONDAY)[0].minutes == 156
    assert dutch.entries(MONDAY + timedelta(days=1))[0].minutes == 228


def test_planned_leave_gives_way_is_named_and_comes_back_when_the_report_is_taken_back(dutch: Ward) -> None:
    leave = (Entry(dutch.office.kind("v"), 456),)
    days = [MONDAY + timedelta(days=n) for n in (1, 2)]
    for day in days:
        dutch.enter(day, leave)
    outcome = report_sick(dutch.desk, dutch.id, Report(MONDAY))
    assert [one.date for one in outcome.calendar.displaced] == days
    assert any("Tue 15 Sep, Wed 16 Sep" in line for line in outcome.sentences())
    assert dutch.entries(days[0])[0].source == "case"
    back = take_back(dutch.desk, outcome.case_id)
    assert [one.date for one in back.calendar.restored] == days
    assert dutch.entries(days[0]) == leave
    assert dutch.sick_days(MONDAY, END) == []
    assert open_case(dutch.desk, dutch.id) is None
    con = dutch.office.store.con
    for table in ("sickness_case", "sickness_progress", "sickness_displaced"):
        assert con.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_a_preview_tells_what_would_give_way_and_changes_nothing(dutch: Ward) -> None:
    leave = (Entry(dutch.office.kind("v"), 456),)
    dutch.enter(MONDAY, leave)
    outcome = expected(dutch.desk, dutch.id, Report(MONDAY))
    assert [one.date for one in outcome.calendar.displaced] == [MONDAY]
    assert dutch.entries(MONDAY) == leave
    assert open_case(dutch.desk, dutch.id) is None


def test_an_illness_after_the_service_fills_nothing_and_asks_for_no_schedule(dutch: Ward) -> None:
    left = MONDAY - timedelta(days=10)
    dutch.office.store.con.execute("UPDATE contract SET end_date = ?", (left.isoformat(),))
    outcome = report_sick(dutch.desk, dutch.id, Report(MONDAY))
    assert outcome.sentences() == ["The person is out of service then: the calendar stays as it is."]


def test_somebody_without_a_schedule_is_reported_and_the_clerk_told(dutch: Ward) -> None:
    dutch.office.store.con.execute("DELETE FROM schedule_assignment")
    outcome = report_sick(dutch.desk, dutch.id, Report(MONDAY))
    assert outcome.sentences() == ["No working day is filled: give the person a work schedule."]


def test_undo_and_redo_reach_the_report_and_taking_it_back(dutch: Ward) -> None:
    dutch.enter(MONDAY, (Entry(dutch.office.kind("v"), 456),))
    case_id = report_sick(dutch.desk, dutch.id, Report(MONDAY)).case_id
    filled = dutch.sick_days(MONDAY, END)
    take_back(dutch.desk, case_id)
    store, employer = dutch.office.store, dutch.office.employer_id
    for act, left in ((undo, filled), (undo, []), (redo, filled), (redo, [])):
        done = act(store, employer)
        assert done
        assert done.skipped == 0
        assert dutch.sick_days(MONDAY, END) == left
    assert dutch.entries(MONDAY)[0].leave_type_id == dutch.office.kind("v")


def test_what_was_entered_over_an_illness_by_hand_stays_when_the_report_is_taken_back(dutch: Ward) -> None:
    case_id = report_sick(dutch.desk, dutch.id, Report(MONDAY)).case_id
    leave = (Entry(dutch.office.kind("v"), 456),)
    dutch.enter(MONDAY + timedelta(days=3), leave)
    take_back(dutch.desk, case_id)
    assert dutch.entries(MONDAY + timedelta(days=3)) == leave


def test_a_second_open_case_is_refused_with_the_way_into_the_first(dutch: Ward) -> None:
    first = report_sick(dutch.desk, dutch.id, Report(MONDAY)).case_id
    with pytest.raises(ReportRefusedError, match="Testman Ann is reported ill already") as refusal:
        report_sick(dutch.desk, dutch.id, Report(MONDAY))
    assert refusal.value.case_id == first
    assert refusal.value.fault is ReportFault.OPEN_CASE


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (Report(MONDAY + timedelta(days=2)), "tomorrow at the latest"),
        (Report(date(2019, 12, 31)), "no contract that began by then"),
        (Report(MONDAY, classification="safety_net"), "Choose one of the classifications"),
        (Report(MONDAY, minutes_worked=457), "longer than planned"),
        (Report(MONDAY, certificate_free=True), "no first days without certificate left"),
    ],
)
def test_reports_that_are_refused_change_nothing(belgian: Ward, report: Report, sentence: str) -> None:
    office = belgian.office
    office.store.con.execute("UPDATE employer SET certificate_always = 1")
    with pytest.raises(StoreError, match=sentence):
        report_sick(belgian.desk, belgian.id, report)
    assert belgian.sick_days(MONDAY - timedelta(days=10), END) == []


def test_a_locked_month_keeps_its_days_and_the_case_is_entered_after_its_unlock(dutch: Ward) -> None:
    store = dutch.office.store
    lock_month(store, [dutch.id], Month(2026, 9))
    outcome = report_sick(dutch.desk, dutch.id, Report(MONDAY))
    assert outcome.calendar.locked == (Month(2026, 9),)
    assert any("September 2026 is forwarded and locked" in line for line in outcome.sentences())
    assert dutch.sick_days(MONDAY, END)[0] == date(2026, 10, 1)
    unlock_month(store, dutch.office.employer_id, [dutch.id], Month(2026, 9), "illness came in late")
    assert fill_again(dutch.desk, outcome.case_id).calendar.filled == 13
    assert dutch.sick_days(MONDAY, END)[0] == MONDAY


def test_a_case_goes_with_leave_that_a_locked_month_keeps_displaced(dutch: Ward) -> None:
    dutch.enter(MONDAY, (Entry(dutch.office.kind("v"), 456),))
    case_id = report_sick(dutch.desk, dutch.id, Report(MONDAY)).case_id
    lock_month(dutch.office.store, [dutch.id], Month(2026, 9))
    take_back(dutch.desk, case_id)
    assert dutch.sick_days(MONDAY, END)[-1] == date(2026, 9, 30)
    assert open_case(dutch.desk, dutch.id) is None


def test_belgian_days_have_the_type_of_who_pays_them(office: Office) -> None:
    worker = Ward(office)
    office.store.con.execute("UPDATE contract SET worker_status = 'worker'")
    report_sick(worker.desk, worker.id, Report(MONDAY))
    keys = worker.keys(MONDAY, MONDAY + timedelta(days=34))
    assert keys == ["ZGL"] * 5 + ["ZGL2"] * 5 + ["ZGL3"] * 12 + ["ZMU"] * 3
    paid = wage_by_day(worker.desk, worker.id)
    assert (paid[MONDAY + timedelta(days=6)].band, paid[MONDAY + timedelta(days=7)].used) == ("full", 8)


def test_what_half_a_holiday_leaves_is_paid_as_the_days_beside_it(office: Office) -> None:
    """The holiday is the employer's (Royal Decree of 18 April 1974), the illness is in its second week."""
    worker = Ward(office)
    office.store.con.execute("UPDATE contract SET worker_status = 'worker'")
    half = MONDAY + timedelta(days=8)
    names = {"nl": "Brugdag", "fr": "", "en": ""}
    plan = plan_add(office.store, office.employer_id, half, names, half=True)
    save_plan(office.store, office.employer_id, plan)
    report_sick(worker.desk, worker.id, Report(MONDAY))
    assert worker.keys(MONDAY + timedelta(days=7), half + timedelta(days=1)) == ["ZGL2"] * 3
    assert worker.entries(half)[0].minutes == 228
    assert wage_by_day(worker.desk, worker.id)[half].band == "holiday"


def test_an_illness_is_no_relapse_into_a_work_accident_but_into_the_illness_before_it(belgian: Ward) -> None:
    """Employment Contracts Act, art. 52, 54, 70: a relapse has the same cause."""
    spells = (
        (date(2026, 3, 2), date(2026, 3, 22), False),
        (date(2026, 3, 30), date(2026, 4, 20), True),
        (date(2026, 5, 4), date(2026, 5, 25), False),
    )
    for first, back, accident in spells:
        report = Report(first, work_accident=accident)
        recover(belgian.desk, report_sick(belgian.desk, belgian.id, report).case_id, back)
    paid = wage_by_day(belgian.desk, belgian.id)
    assert list(paid) == sorted(paid)
    assert [paid[back - timedelta(days=1)].used for _, back, _ in spells] == [20, 21, 30]
    assert belgian.keys(date(2026, 5, 13), date(2026, 5, 15)) == ["ZGL", ".", "ZMU"]


@pytest.mark.parametrize(
    ("end", "nature", "second_week"),
    [
        ("2026-10-30", "fixed", "ZGL2"),
        ("2026-10-31", "fixed", "ZGL"),
        (None, "fixed", "ZGL"),
        ("2026-10-30", "open_ended", "ZGL"),
    ],
)
def test_employees_with_a_term_of_less_than_three_months_have_the_rules_of_workers(
    belgian: Ward, end: str | None, nature: str, second_week: str
) -> None:
    """Employment Contracts Act, art. 71; the contract begins on 1 August."""
    belgian.office.store.con.execute(
        "UPDATE contract SET start_date = '2026-08-01', end_date = ?, nature = ?, worker_status = 'employee'",
        (end, nature),
    )
    report_sick(belgian.desk, belgian.id, Report(MONDAY))
    second = MONDAY + timedelta(days=7)
    assert belgian.keys(second, second) == [second_week]


def test_a_short_term_that_another_contract_follows_at_once_is_not_short(belgian: Ward) -> None:
    """A change of a contract is kept as a contract of its own."""
    con = belgian.office.store.con
    con.execute("UPDATE contract SET start_date = '2026-08-01', end_date = '2026-09-20', nature = 'fixed'")
    con.execute(
        "INSERT INTO contract (id, person_id, start_date, end_date, nature)"
        " VALUES (7, ?, '2026-09-21', '2026-10-31', 'fixed')",
        (belgian.id,),
    )
    report_sick(belgian.desk, belgian.id, Report(MONDAY))
    second = MONDAY + timedelta(days=7)
    assert belgian.keys(second, second) == ["ZGL"]


def test_the_window_of_a_relapse_is_not_moved_on_by_one_that_the_health_fund_paid(belgian: Ward) -> None:
    """Employment Contracts Act, art. 73: from the last illness with guaranteed wage; 31 March to 1 June."""
    for first, back in ((date(2026, 3, 2), date(2026, 4, 1)), (date(2026, 4, 20), date(2026, 4, 25))):
        recover(belgian.desk, report_sick(belgian.desk, belgian.id, Report(first)).case_id, back)
    outcome = report_sick(belgian.desk, belgian.id, Report(date(2026, 6, 1)))
    assert belgian.keys(date(2026, 4, 20), date(2026, 4, 24)) == ["ZMU"] * 5
    assert belgian.keys(date(2026, 6, 1), date(2026, 6, 5)) == ["ZGL"] * 5
    assert len(outcome.count) == 1


def test_open_cases_are_filled_further_as_time_goes_on(dutch: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    report_sick(dutch.desk, dutch.id, Report(MONDAY))
    store, employer = dutch.office.store, dutch.office.employer_id
    assert top_up(store, employer) == []
    dutch.enter(MONDAY, ())
    monkeypatch.setenv("HRTUI_TODAY", "2026-11-02")
    assert top_up(store, employer) == [dutch.id]
    assert top_up(store, employer) == []
    assert dutch.sick_days(END, date(2027, 1, 31))[-1] == date(2026, 12, 31)
    assert dutch.entries(MONDAY) == ()
    undone = undo(store, employer)
    assert undone
    assert undone.label == "entered"
    assert undo(store, employer) is None
    case_id = open_case(dutch.desk, dutch.id)
    assert case_id
    take_back(dutch.desk, case_id)
    assert dutch.sick_days(MONDAY, date(2027, 1, 31)) == []


def test_days_are_freed_where_no_leave_type_is_left_for_illness(dutch: Ward) -> None:
    case_id = report_sick(dutch.desk, dutch.id, Report(MONDAY - timedelta(days=7))).case_id
    dutch.office.store.con.execute("UPDATE leave_type SET sickness = 0")
    recover(dutch.desk, case_id, MONDAY)
    assert dutch.sick_days(MONDAY - timedelta(days=7), END)[-1] == date(2026, 9, 11)
    other = report_sick(dutch.desk, dutch.office.add_person("Bob", "Fictief"), Report(MONDAY))
    assert other.sentences() == ["This employer has no leave type for illness: the calendar stays as it is."]


def test_who_is_no_case_manager_gets_nothing(dutch: Ward) -> None:
    store, employer = dutch.office.store, dutch.office.employer_id
    report_sick(dutch.desk, dutch.id, Report(MONDAY))
    store.con.execute("INSERT OR REPLACE INTO setting VALUES ('backend', 'https://backend.example')")
    again = dutch.office.open_again()
    set_own_roles(again, employer, ["clerk"])
    with pytest.raises(CasesHiddenError, match="Only case managers") as refusal:
        case_desk(again, employer)
    assert "Testman" not in str(refusal.value)
    assert top_up(again, employer) == []
    set_own_roles(again, employer, ["case_manager"])
    assert open_case(case_desk(again, employer), dutch.id)
    again.close()


def test_steps_and_labels_do_not_speak_of_illness(dutch: Ward) -> None:
    case_id = report_sick(dutch.desk, dutch.id, Report(MONDAY)).case_id
    take_back(dutch.desk, case_id)
    labels = [label for (label,) in dutch.office.store.con.execute("SELECT label FROM step").fetchall()]
    assert "Absence of Testman Ann" in labels
    assert not [label for label in labels if "ill" in label.lower().split() or "sick" in label.lower()]


def test_classifications_in_use_and_their_order(dutch: Ward) -> None:
    classifications.choose(dutch.desk, ["third_party", "safety_net"])
    assert [one.code for one in classifications.offered_by(dutch.desk)] == [
        "third_party",
        "safety_net",
        "ill",
    ]
    assert report_sick(dutch.desk, dutch.id, Report(MONDAY, classification="safety_net")).step_id
    with pytest.raises(StoreError, match="Choose from the list"):
        classifications.choose(dutch.desk, ["flu"])


def test_waiting_days_by_contract(dutch: Ward) -> None:
    dutch.office.store.con.execute("UPDATE contract SET nature = 'phase_a_clause'")
    assert usual_waiting_days(dutch.desk, dutch.id, MONDAY) == 2
