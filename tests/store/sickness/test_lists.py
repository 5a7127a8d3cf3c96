"""Lists over all cases, the agenda with its marks, certificates, messages, people for reports; their cost."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from hrtui.domain.sickness.agenda import Task
from hrtui.domain.sickness.case import Progress, Source
from hrtui.domain.sickness.certificates import Certificate
from hrtui.domain.sickness.message import Message, Telling
from hrtui.domain.sickness.poortwachter import State, Step
from hrtui.domain.sickness.reporting import Report
from hrtui.store.errors import StoreError
from hrtui.store.sickness.contacts import SENT, TOLD, WAITING, contacts_of, mark_sent, message_for, tell
from hrtui.store.sickness.course import recover, set_percentage
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.due import agenda, what_is_due
from hrtui.store.sickness.lists import Which, case_ids, case_lines
from hrtui.store.sickness.marks import (
    add_certificate,
    certificate_free_left,
    certificates_of,
    mark,
    receive_certificate,
    remove_certificate,
    timeline_of,
    unmark,
)
from hrtui.store.sickness.people import add_person, no_risk, set_no_risk
from hrtui.store.sickness.report import report_sick
from tests.store.conftest import Office
from tests.store.sickness.conftest import TODAY, Ward
from tests.store.sickness.crowd import many_cases
from tests.store.sickness.listed import case_list


def settings(office: Office, **columns: object) -> None:
    places = ", ".join(f"{name} = ?" for name in columns)
    office.store.con.execute(
        f"UPDATE employer SET {places} WHERE id = ?", (*columns.values(), office.employer_id)
    )


def test_cases_are_listed_with_where_they_stand(dutch: Ward) -> None:
    office = dutch.office
    other = office.add_person("Bob", "Fictief", number="77")
    first = report_sick(dutch.desk, dutch.id, Report(TODAY - timedelta(days=30))).case_id
    set_percentage(dutch.desk, first, Progress(TODAY - timedelta(days=10), 40))
    recover(dutch.desk, first, TODAY - timedelta(days=5))
    second = report_sick(dutch.desk, dutch.id, Report(TODAY)).case_id
    third = report_sick(dutch.desk, other, Report(TODAY - timedelta(days=2), percent=50)).case_id
    assert [line.id for line in case_list(dutch.desk)] == [second, third]
    assert [line.id for line in case_list(dutch.desk, Which.CLOSED)] == [first]
    lines = {line.id: line for line in case_list(dutch.desk, Which.ALL)}
    assert (lines[first].percent, lines[first].provisional, lines[first].linked) == (40, True, False)
    assert (lines[second].days, lines[second].week, lines[second].linked) == (26, 4, True)
    assert (lines[third].days, lines[third].percent, lines[third].provisional) == (3, 50, True)
    set_percentage(dutch.desk, third, Progress(TODAY, 30, Source.PHYSICIAN))
    assert case_ids(dutch.desk, text="fict 77") == [third]
    assert not case_lines(dutch.desk, [third])[third].provisional
    assert case_ids(dutch.desk, text="nobody") == []
    assert [line.id for line in case_list(dutch.desk, person_id=other)] == [third]
    assert case_ids(dutch.desk, team_id=99) == []


def test_the_agenda_takes_marks_and_names_what_is_due(dutch: Ward) -> None:
    case_id = report_sick(dutch.desk, dutch.id, Report(TODAY - timedelta(days=43))).case_id
    lines = agenda(dutch.desk)
    assert [(line.label, line.item.state) for line in lines[:3]] == [
        ("Report to the occupational service", State.LATE),
        ("Problem analysis", State.LATE),
        ("Plan of action", State.OPEN),
    ]
    assert "Evaluation 1" in [line.label for line in lines]
    assert lines[0].person.name == "Testman Ann"
    mark(dutch.desk, case_id, Step.SERVICE_REPORT, done_on=TODAY - timedelta(days=40))
    mark(dutch.desk, case_id, Step.PROBLEM_ANALYSIS, done_on=None)
    assert agenda(dutch.desk)[0].label == "Plan of action"
    states = {(due.step, due.number): due.state(TODAY) for due in timeline_of(dutch.desk, case_id)}
    assert states[Step.SERVICE_REPORT, 0] is State.DONE
    assert states[Step.PROBLEM_ANALYSIS, 0] is State.NOT_NEEDED
    mark(dutch.desk, case_id, Step.SERVICE_REPORT, done_on=TODAY)
    assert timeline_of(dutch.desk, case_id)[0].state(TODAY) is State.DONE_LATE
    unmark(dutch.desk, case_id, Step.SERVICE_REPORT)
    assert unmark(dutch.desk, case_id, Step.SERVICE_REPORT) is None
    assert agenda(dutch.desk)[0].label == "Report to the occupational service"
    with pytest.raises(StoreError, match="in the future"):
        mark(dutch.desk, case_id, Step.EVALUATION, 1, done_on=TODAY + timedelta(days=1))
    with pytest.raises(StoreError, match="no such step"):
        mark(dutch.desk, case_id, "dance", done_on=TODAY)


def test_marks_of_linked_cases_count_on(dutch: Ward) -> None:
    first = report_sick(dutch.desk, dutch.id, Report(TODAY - timedelta(days=60))).case_id
    mark(dutch.desk, first, Step.PROBLEM_ANALYSIS, done_on=TODAY - timedelta(days=20))
    recover(dutch.desk, first, TODAY - timedelta(days=5))
    second = report_sick(dutch.desk, dutch.id, Report(TODAY)).case_id
    states = {due.step: due.state(TODAY) for due in timeline_of(dutch.desk, second)}
    assert states[Step.PROBLEM_ANALYSIS] is State.DONE
    assert Step.PROBLEM_ANALYSIS not in {line.item.what for line in agenda(dutch.desk)}


def test_a_self_insurer_is_told_the_terms_of_uwv(dutch: Ward) -> None:
    settings(dutch.office, zw_self_insured=1)
    leaver = dutch.office.add_person("Cor", "Vertrokken", end=TODAY - timedelta(days=14))
    leaving = dutch.office.add_person("Dis", "Vertrekkend", end=TODAY + timedelta(days=5))
    report_sick(dutch.desk, leaving, Report(TODAY))
    report_sick(dutch.desk, dutch.id, Report(TODAY))
    case_id = report_sick(dutch.desk, leaver, Report(TODAY - timedelta(days=1))).case_id
    due = [
        (line.person.id, line.item.due) for line in agenda(dutch.desk) if line.item.what == Task.UWV_ILLNESS
    ]
    assert due == [(leaver, TODAY + timedelta(days=41)), (leaving, TODAY + timedelta(days=47))]
    mark(dutch.desk, case_id, Task.UWV_ILLNESS, done_on=TODAY)
    assert [line.person.id for line in agenda(dutch.desk) if line.item.what == Task.UWV_ILLNESS] == [leaving]


def test_belgian_certificates(belgian: Ward) -> None:
    case_id = report_sick(belgian.desk, belgian.id, Report(TODAY - timedelta(days=3))).case_id
    assert [line.item.what for line in agenda(belgian.desk)] == [Task.CERTIFICATE]
    first = TODAY - timedelta(days=3)
    announced = add_certificate(belgian.desk, case_id, Certificate(first, TODAY, None))
    assert len(agenda(belgian.desk)) == 1
    receive_certificate(belgian.desk, announced, TODAY)
    assert agenda(belgian.desk) == []
    assert certificates_of(belgian.desk, case_id)[0].certificate.received_on == TODAY
    remove_certificate(belgian.desk, announced)
    assert certificates_of(belgian.desk, case_id) == []
    for wrong in (
        Certificate(TODAY, first, None),
        Certificate(first - timedelta(days=9), first - timedelta(days=1), None),
        Certificate(first, TODAY, TODAY + timedelta(days=1)),
    ):
        with pytest.raises(StoreError):
            add_certificate(belgian.desk, case_id, wrong)


def test_first_days_without_certificate_are_counted_per_year(belgian: Ward) -> None:
    for first, back in ((date(2026, 3, 2), date(2026, 3, 3)), (date(2026, 8, 3), date(2026, 8, 4))):
        case_id = report_sick(belgian.desk, belgian.id, Report(first, certificate_free=True)).case_id
        recover(belgian.desk, case_id, back)
    assert certificate_free_left(belgian.desk, belgian.id, TODAY) == 0
    assert certificate_free_left(belgian.desk, belgian.id, date(2025, 5, 1)) == 3
    assert agenda(belgian.desk) == []


def test_the_service_is_told_of_a_recovery_and_that_is_kept(dutch: Ward) -> None:
    settings(
        dutch.office,
        occupational_service="Zorgvoorbeeld",
        occupational_email="verzuim@zorg.example",
        occupational_language="en",
        policy_number="P-9",
    )
    case_id = report_sick(dutch.desk, dutch.id, Report(TODAY - timedelta(days=7))).case_id
    with pytest.raises(StoreError, match="Report the recovery first"):
        message_for(dutch.desk, case_id, Telling.RECOVERY)
    recover(dutch.desk, case_id, TODAY)
    assert Task.RECOVERY_MESSAGE in {line.item.what for line in agenda(dutch.desk)}
    text = message_for(dutch.desk, case_id, Telling.RECOVERY)
    assert "Ann Testman has recovered and works again from 14 September 2026 on" in text.body
    assert "P-9" in text.body
    sent: list[tuple[str, Message]] = []
    contact = tell(dutch.desk, case_id, Telling.RECOVERY, "email", lambda to, what: sent.append((to, what)))
    assert sent == [("verzuim@zorg.example", text)]
    assert (contact.state, contact.actor) == (SENT, "Clerk One")
    assert Task.RECOVERY_MESSAGE not in {line.item.what for line in agenda(dutch.desk)}
    assert tell(dutch.desk, case_id, Telling.RECOVERY, "phone").state == TOLD
    waiting = tell(dutch.desk, case_id, Telling.CORRECTION, "email")
    assert waiting.state == WAITING
    mark_sent(dutch.desk, waiting.id)
    assert {one.state for one in contacts_of(dutch.desk, case_id)} == {SENT, TOLD}


def test_a_message_that_cannot_be_sent_is_not_kept_as_sent(dutch: Ward) -> None:
    case_id = report_sick(dutch.desk, dutch.id, Report(TODAY)).case_id
    with pytest.raises(StoreError, match="no e-mail address"):
        tell(dutch.desk, case_id, Telling.REPORT, "email")
    settings(dutch.office, occupational_email="verzuim@zorg.example")

    def fail(to: str, what: Message) -> None:
        raise StoreError("The backend cannot be reached.")

    with pytest.raises(StoreError, match="cannot be reached"):
        tell(dutch.desk, case_id, Telling.REPORT, "email", fail)
    assert contacts_of(dutch.desk, case_id) == []


PERSON = {
    "last_name": "Nieuweling",
    "name_prefix": "van",
    "given_name": "Dora",
    "initials": "D.",
    "sex": "f",
    "street": "Teststraat",
    "house_number": "1",
    "postcode": "1234 AB",
    "city": "Testdam",
    "phone": "+31612345678",
    "email": "dora@voorbeeld.example",
    "start_date": "2026-06-01",
    "job_title": "Tester",
    "nature": "phase_a",
}


def test_a_person_is_added_with_what_a_report_needs_and_reported(dutch: Ward) -> None:
    person_id = add_person(dutch.desk, PERSON)
    row = dutch.office.store.con.execute(
        "SELECT first_name, last_name, bsn, iban, number FROM person WHERE id = ?", (person_id,)
    ).fetchone()
    assert row[:4] == ("Dora", "Nieuweling", "", "")
    assert row[4]
    assert report_sick(dutch.desk, person_id, Report(TODAY)).case_id
    with pytest.raises(StoreError, match="does not need this: bsn"):
        add_person(dutch.desk, PERSON | {"bsn": "111222333"})
    with pytest.raises(StoreError, match="Postcode"):
        add_person(dutch.desk, PERSON | {"postcode": "12"})
    settings(dutch.office, zw_self_insured=1)
    assert add_person(dutch.desk, PERSON | {"bsn": "111222333", "last_name": "Ander"})


def test_the_no_risk_mark_is_kept_on_a_ground_only(dutch: Ward) -> None:
    person_id = add_person(dutch.desk, PERSON | {"start_date": "2026-08-01"})
    assert no_risk(dutch.desk, person_id).ask_from == date(2026, 10, 1)
    with pytest.raises(StoreError, match="after two months"):
        set_no_risk(dutch.desk, person_id, "disclosed")
    with pytest.raises(StoreError, match="told it or UWV gave proof"):
        set_no_risk(dutch.desk, person_id, "rumour")
    set_no_risk(dutch.desk, person_id, "proof")
    kept = no_risk(dutch.desk, person_id)
    assert (kept.marked, kept.basis, kept.recorded_on) == (True, "proof", TODAY)
    set_no_risk(dutch.desk, person_id, "")
    assert not no_risk(dutch.desk, person_id).marked


def test_five_thousand_cases_cost_little(dutch_office: Office) -> None:
    """Far below what a slow and busy machine needs; `tests/bench/sickness.py` measures what they cost."""
    many_cases(dutch_office.store, dutch_office.employer_id, 5000, TODAY)
    desk = case_desk(dutch_office.store, dutch_office.employer_id)
    for read in (lambda: case_ids(desk, Which.ALL), lambda: what_is_due(desk).items):
        start = time.process_time()
        found = read()
        spent = time.process_time() - start
        assert len(found) >= 5000
        assert spent < 0.6
