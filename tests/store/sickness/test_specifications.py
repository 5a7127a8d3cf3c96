"""Benefit specifications kept with their file, months to come, notes taken over, figures of teams."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.month import Month
from hrtui.domain.sickness.benefit import BenefitLine, Specification
from hrtui.domain.sickness.reporting import Report
from hrtui.store.errors import StoreError
from hrtui.store.sickness.course import recover
from hrtui.store.sickness.desk import accesses
from hrtui.store.sickness.documents import documents
from hrtui.store.sickness.notes import NOTE, Note, notes_of, take_over_notes
from hrtui.store.sickness.report import report_sick
from hrtui.store.sickness.specifications import (
    add_specification,
    months_to_come,
    remove_specification,
    specifications,
)
from hrtui.store.sickness.statistics import bars, monthly_figures, team_figures
from hrtui.store.undo import undo
from tests.store.sickness.conftest import Ward

PAID = Specification(
    Month(2026, 7),
    date(2026, 8, 7),
    "P-9",
    "Voorbeeldverzekeraar",
    {"Polisnummer": "P-9"},
    (BenefitLine("12", date(2026, 7, 1), date(2026, 7, 31), 23, 1234_56),),
    1234_56,
)
NOTHING = Specification(Month(2026, 6), date(2026, 7, 7))


def test_specifications_are_newest_first_with_the_day_of_payment_and_their_file(
    dutch: Ward, tmp_path: Path
) -> None:
    file = tmp_path / "spec.pdf"
    file.write_bytes(b"%PDF-1.7\nx")
    add_specification(dutch.desk, NOTHING)
    add_specification(dutch.desk, PAID, file)
    first, second = specifications(dutch.desk)
    assert first.specification == PAID
    assert first.paid_by == date(2026, 8, 14)
    assert (second.specification, second.paid_by, second.document_id) == (NOTHING, None, None)
    assert [one.id for one in documents(dutch.desk, None)] == [first.document_id]
    with pytest.raises(StoreError, match="there already"):
        add_specification(dutch.desk, PAID)
    undo(dutch.office.store, dutch.office.employer_id)
    assert [one.specification for one in specifications(dutch.desk)] == [NOTHING]
    assert documents(dutch.desk, None) == []
    remove_specification(dutch.desk, second.id)
    assert specifications(dutch.desk) == []


def test_months_with_absence_and_no_specification(dutch: Ward) -> None:
    assert months_to_come(dutch.desk) == []
    case_id = report_sick(dutch.desk, dutch.id, Report(date(2026, 5, 11))).case_id
    recover(dutch.desk, case_id, date(2026, 8, 3))
    add_specification(dutch.desk, NOTHING)
    assert months_to_come(dutch.desk) == [Month(2026, 7), Month(2026, 8)]
    add_specification(dutch.desk, PAID)
    assert months_to_come(dutch.desk) == [Month(2026, 8)]


def test_notes_of_the_service_are_taken_over_once_and_reading_them_is_kept(dutch: Ward) -> None:
    case_id = report_sick(dutch.desk, dutch.id, Report(date(2026, 9, 14))).case_id
    assert notes_of(dutch.desk, case_id) == []
    notes = [
        Note(date(2026, 9, 15), "Casemanager", "Spoken by phone."),
        Note(date(2026, 9, 20), "Casemanager", "Plan agreed."),
    ]
    assert take_over_notes(dutch.desk, case_id, notes[:1]) == 1
    assert take_over_notes(dutch.desk, case_id, [*notes, *notes]) == 1
    assert notes_of(dutch.desk, case_id) == notes[::-1]
    assert [line.what for line in accesses(dutch.desk, NOTE, case_id)] == ["opened"]


def test_figures_of_teams_and_months(dutch: Ward) -> None:
    office = dutch.office
    office.store.con.execute(
        "INSERT INTO team (id, employer_id, name) VALUES (5, ?, 'Lab')", (office.employer_id,)
    )
    ill = office.add_person("Bob", "Fictief", team_id=5)
    case_id = report_sick(dutch.desk, ill, Report(date(2026, 8, 3))).case_id
    recover(dutch.desk, case_id, date(2026, 8, 13))
    everybody, lab = team_figures(dutch.desk, date(2026, 8, 1), date(2026, 8, 31))
    assert (everybody.team, lab.team) == ("", "Lab")
    assert (everybody.figures.people, lab.figures.people) == (2, 1)
    assert (lab.figures.percentage, lab.figures.mean_days) == (3226, 100)
    months = monthly_figures(dutch.desk, Month(2026, 9), 3, until=date(2026, 9, 14))
    assert [one.percentage for one in months] == [0, 1613, 0]
    assert bars(months) == [0, 8, 0]
    assert bars(monthly_figures(dutch.desk, Month(2026, 7), 2, until=date(2026, 9, 14))) == [0, 0]


def test_the_days_to_come_of_an_open_case_are_in_no_figure(dutch: Ward) -> None:
    """Ill from 7 September on and today the 14th: 8 of the 28 days of two people that have come."""
    ill = dutch.office.add_person("Bob", "Fictief")
    report_sick(dutch.desk, ill, Report(date(2026, 9, 7)))
    today = date(2026, 9, 14)
    (month,) = monthly_figures(dutch.desk, Month(2026, 9), 1, until=today)
    assert month == team_figures(dutch.desk, date(2026, 9, 1), today)[0].figures
    assert (month.people, month.percentage) == (2, 2857)
