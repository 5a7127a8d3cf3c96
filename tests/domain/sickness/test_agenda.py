"""What is due about cases, certificates, figures of a team, and the message to the occupational service."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.contract import ContractPeriod
from hrtui.domain.sickness.agenda import Subject, Task, agenda
from hrtui.domain.sickness.case import Case, Progress, Spell
from hrtui.domain.sickness.certificates import Certificate, certificate_due, free_days_left
from hrtui.domain.sickness.counting import Chain
from hrtui.domain.sickness.figures import Length, Member, figures
from hrtui.domain.sickness.message import Telling, Told, message
from hrtui.domain.sickness.poortwachter import Mark, State, Step
from hrtui.domain.sickness.sickness_act import UwvTerms
from tests.domain.sickness.simulation import spells

TODAY = date(2026, 9, 14)


def subject(first: date, last: date | None = None, **more: object) -> Subject:
    return Subject(1, 2, Chain((Spell(1, first, last),)), **more)  # type: ignore[arg-type]


def test_the_agenda_has_what_is_late_and_due_soon_earliest_first() -> None:
    ill_long = subject(TODAY - timedelta(days=50), marks=(Mark(Step.SERVICE_REPORT, 0, TODAY),))
    found = agenda([ill_long, subject(TODAY)], TODAY)
    assert [(item.what, item.state) for item in found[:2]] == [
        (Step.PROBLEM_ANALYSIS, State.LATE),
        (Step.PLAN_OF_ACTION, State.OPEN),
    ]
    assert [item.due for item in found] == sorted(item.due for item in found)
    assert max(item.due for item in found) <= TODAY + timedelta(days=56)
    assert Step.EARLY_WIA not in {item.what for item in found}


def test_a_closed_case_asks_for_the_messages_only() -> None:
    uwv = UwvTerms(TODAY, TODAY + timedelta(days=30))
    closed = subject(TODAY - timedelta(days=20), TODAY - timedelta(days=1), uwv=uwv, recovery_told=False)
    assert [item.what for item in agenda([closed], TODAY)] == [
        Task.RECOVERY_MESSAGE, Task.UWV_ILLNESS, Task.UWV_RECOVERY,
    ]  # fmt: skip
    marks = tuple(Mark(task, 0, TODAY) for task in (Task.UWV_ILLNESS, Task.UWV_RECOVERY))
    told = subject(TODAY - timedelta(days=20), TODAY - timedelta(days=1), uwv=uwv, marks=marks)
    assert agenda([told], TODAY) == []


def test_a_recovery_goes_to_uwv_within_its_days_once_the_illness_was_reported_and_with_it_before() -> None:
    """UWV, eigenrisicodrager Ziektewet: werknemer is ziek."""
    uwv = UwvTerms(TODAY + timedelta(days=30), TODAY + timedelta(days=2))
    for marks, due in (((), uwv.illness), ((Mark(Task.UWV_ILLNESS, 0, TODAY),), uwv.recovery)):
        closed = subject(TODAY - timedelta(days=20), TODAY - timedelta(days=1), uwv=uwv, marks=marks)
        assert {item.what: item.due for item in agenda([closed], TODAY)}[Task.UWV_RECOVERY] == due


def test_a_re_integration_report_goes_to_uwv_with_who_left_after_six_weeks_of_illness() -> None:
    """Regeling procesgang eerste en tweede ziektejaar; UWV wants it with the report of illness."""
    ill = subject(TODAY, uwv=UwvTerms(TODAY + timedelta(days=3), None, work_report=True), steps=False)
    assert {item.what: item.due for item in agenda([ill], TODAY)} == {
        Task.UWV_ILLNESS: TODAY + timedelta(days=3),
        Task.WORK_REPORT: TODAY + timedelta(days=3),
    }
    sent = subject(TODAY, uwv=ill.uwv, marks=(Mark(Task.WORK_REPORT, 0, TODAY),), steps=False)
    assert [item.what for item in agenda([sent], TODAY)] == [Task.UWV_ILLNESS]


def test_an_expected_end_that_passed_is_due() -> None:
    passed = subject(TODAY, expected_end=TODAY - timedelta(days=1), steps=False)
    assert [item.what for item in agenda([passed], TODAY)] == [Task.EXPECTED_END]


def test_certificates_are_due_in_two_working_days_and_cover_their_days() -> None:
    thursday, saturday, monday = date(2026, 9, 10), date(2026, 9, 12), date(2026, 9, 14)
    due = certificate_due(thursday, None, [], monday)
    assert due
    assert (due.from_date, due.due) == (thursday, saturday)
    covered = Certificate(thursday, saturday, thursday)
    due = certificate_due(thursday, None, [covered], monday)
    assert due
    assert due.from_date == date(2026, 9, 13)
    assert certificate_due(thursday, saturday, [covered], monday) is None
    announced = Certificate(thursday, saturday, None)
    assert certificate_due(thursday, saturday, [announced], monday)
    assert certificate_due(thursday, thursday, [], monday, certificate_free=True) is None
    assert [item.what for item in agenda([subject(thursday, certificates=(), steps=False)], monday)] == [
        Task.CERTIFICATE
    ]


@pytest.mark.parametrize(("day", "left"), [(date(2025, 12, 1), 2), (date(2026, 12, 1), 1)])
def test_first_days_without_certificate(day: date, left: int) -> None:
    taken = [date(2025, 3, 1), date(2026, 3, 1)]
    assert free_days_left(taken, day, opted_out=False) == left
    assert free_days_left(taken, day, opted_out=True) == 0


@given(st.lists(spells(longest=30), min_size=1, max_size=4), st.dates(date(2020, 1, 1), date(2027, 1, 1)))
@settings(max_examples=40)
def test_figures_are_those_of_a_count_day_by_day(of_people: list[list[Spell]], first: date) -> None:
    last = first + timedelta(days=90)
    service = ContractPeriod(first + timedelta(days=10), None)
    members = [
        Member((service,), tuple(Case(one, (Progress(one.first_day, 50),)) for one in found))
        for found in of_people
    ]
    found = figures(members, first, last)
    halves = 0
    for cases in of_people:
        for number in range(10, 91):
            halves += any(first + timedelta(days=number) in one for one in cases)
    assert found.percentage == round(halves * 50 * 100 / (81 * len(of_people)) + 1e-9)
    assert found.reports == sum(first <= one.first_day <= last for cases in of_people for one in cases)
    assert sum(found.by_length.values()) == found.ended


def test_figures_of_a_small_team() -> None:
    """One of two ill for ten days of January, another case of 50 days that ended in it."""
    first, last = date(2026, 1, 1), date(2026, 1, 31)
    service = (ContractPeriod(date(2020, 1, 1), None),)

    def ill(start: date, end: date) -> Case:
        return Case(Spell(1, start, end), (Progress(start, 100),))

    members = [
        Member(service, (ill(date(2026, 1, 12), date(2026, 1, 21)),)),
        Member(service, (ill(date(2025, 11, 13), date(2026, 1, 1)),)),
    ]
    found = figures(members, first, last)
    assert (found.people, found.percentage) == (2, 1774)
    assert (found.reports, found.frequency) == (1, 589)
    assert (found.ended, found.mean_days) == (2, 300)
    assert found.by_length[Length.MEDIUM] == 1
    assert found.by_length[Length.LONG] == 1
    assert figures([], first, last).percentage == 0


def test_the_message_says_what_may_be_said_in_the_receiver_s_language() -> None:
    told = Told(
        Telling.RECOVERY, "Voorbeeld BV", "P-1", "Ann Testman", "12", date(2026, 9, 1), TODAY, sender="Clerk"
    )
    english = message(told, "en")
    assert english.subject == "Recovery: Ann Testman, Voorbeeld BV"
    assert "works again from 14 September 2026 on" in english.body
    for part in ("P-1", "12", "1 September 2026", "Clerk"):
        assert part in english.body
    assert "14 september 2026" in message(told, "nl").body
