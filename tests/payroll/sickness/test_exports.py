"""Exports of cases: whole histories, the direction of percentages, paper, and the calendar file."""

from __future__ import annotations

import csv
import io
import json
import stat
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hrtui.domain.sickness.reporting import Report
from hrtui.i18n import set_language
from hrtui.payroll.sickness.files import (
    HISTORY_LAYOUTS,
    export_agenda,
    export_history,
    export_overview,
)
from hrtui.payroll.sickness.icalendar import agenda_ics
from hrtui.payroll.sickness.overview_pdf import overview_pdf
from hrtui.payroll.sickness.providers import Provider, history_json
from hrtui.payroll.sickness.tables import history_csv, history_xlsx
from hrtui.store.errors import StoreError
from hrtui.store.sickness.desk import Desk, accesses
from hrtui.store.sickness.due import agenda
from hrtui.store.sickness.lists import Which
from hrtui.store.sickness.records import CASE
from hrtui.store.sickness.report import report_sick
from hrtui.store.sickness.whole_history import whole_history
from tests.payroll.sickness.conftest import TODAY
from tests.store.conftest import Office
from tests.store.sickness.listed import case_list

REPORTED: dict[Provider, str] = {
    "afas": "DMeB",
    "nmbrs": "RegistrationStartDate",
    "xpert": "meldingBeginVerzuim",
}


def person_id(desk: Desk, number: str) -> int:
    found = desk.store.con.execute("SELECT id FROM person WHERE number = ?", (number,)).fetchone()
    return int(found[0])


@pytest.mark.parametrize("provider", ["afas", "nmbrs", "xpert"])
def test_a_percentage_that_met_a_recovery_is_not_sent(desk: Desk, provider: Provider) -> None:
    sent = history_json(whole_history(desk), provider)
    # What a sync leaves where one closed the case and another one gave a later percentage.
    desk.store.con.execute(
        "INSERT INTO sickness_progress (id, employer_id, case_id, from_date, percent, source, reported_at)"
        " SELECT 77, employer_id, id, '2026-11-23', 40, 'employer', reported_at FROM sickness_case"
        " WHERE last_day = '2026-11-19'"
    )
    assert history_json(whole_history(desk), provider) == sent


def test_the_csv_has_every_step_of_every_case(desk: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(history_csv(whole_history(desk)).decode()), delimiter=";"))
    assert [
        (row["number"], row["first_day"], row["from"], row["percent"], row["source"]) for row in rows
    ] == [
        ("12", "2026-10-05", "2026-10-05", "100", "employer"),
        ("12", "2026-11-04", "2026-11-04", "100", "employer"),
        ("12", "2026-11-04", "2026-11-11", "60", "physician"),
    ]
    assert (rows[1]["last_day"], rows[1]["recovered_from"], rows[1]["counts_on"]) == (
        "2026-11-19", "2026-11-20", "1",
    )  # fmt: skip
    assert rows[0]["counts_on"] == "0"
    assert not {"cause", "diagnosis", "nature", "note", "reason"} & rows[0].keys()


def test_no_cell_of_the_csv_is_a_formula(desk: Desk) -> None:
    desk.store.con.execute("UPDATE person SET last_name = '=1+1' WHERE number = '12'")
    rows = list(csv.DictReader(io.StringIO(history_csv(whole_history(desk)).decode()), delimiter=";"))
    assert {row["last_name"] for row in rows if row["number"] == "12"} == {"'=1+1"}


def test_somebody_comes_with_all_cases_or_is_said_to_have_none(desk: Desk) -> None:
    chosen = whole_history(desk, [person_id(desk, "13")])
    assert [(person.number, person.cases) for person in chosen.people] == [("13", ())]
    assert json.loads(history_json(chosen, "xpert"))["people"] == ["13"]
    with pytest.raises(StoreError, match="no longer there"):
        whole_history(desk, [1])


def test_the_spreadsheet_has_dates_and_words(desk: Desk) -> None:
    from openpyxl import load_workbook

    content = history_xlsx(whole_history(desk))
    assert content == history_xlsx(whole_history(desk))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    titles = [cell.value for cell in sheet[1]]
    row = dict(zip(titles, (cell.value for cell in sheet[4]), strict=True))
    assert row["From"] == datetime(2026, 11, 11)
    assert (row["Classification"], row["Percentage by"]) == ("Ill", "Occupational physician")


def test_afas_gets_what_is_present_and_others_what_is_ill(desk: Desk) -> None:
    history = whole_history(desk)
    afas = json.loads(history_json(history, "afas"))["absences"][1]
    assert [(step["DaTi"], step["PsPc"]) for step in afas["HrAbsIllnessProgress"]] == [
        ("2026-11-04", 0),
        ("2026-11-11", 40),
    ]
    assert (afas["EmId"], afas["DaBe"], afas["DaEn"], afas["ViIt"], afas["ViRs"]) == (
        "12", "2026-11-04", "2026-11-19", "Z", "1",
    )  # fmt: skip
    assert (afas["SfNt"], afas["RuAb"]) == (True, True)
    nmbrs = json.loads(history_json(history, "nmbrs"))["absences"]
    assert (nmbrs[1]["Percentage"], nmbrs[1]["PartialRecoveries"]) == (
        100, [{"StartDate": "2026-11-11", "Percent": 60}],
    )  # fmt: skip
    xpert = json.loads(history_json(history, "xpert"))["absences"]
    assert [step["aoPercentage"] for step in xpert[1]["verloop"]] == [100, 60]
    assert xpert[1]["herstelddatum"] == "2026-11-20"
    assert json.loads(history_json(history, "afas"))["absences"][0]["TPBe"] == 2.0


def test_a_report_after_midnight_is_of_the_new_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.store.con.execute(
        "UPDATE sickness_case SET reported_at = '2026-11-03 23:30:00', recovery_reported_at = NULL"
    )
    monkeypatch.setenv("TZ", "Europe/Brussels")
    time.tzset()
    try:
        days = {
            name: {case[key] for case in json.loads(history_json(whole_history(desk), name))["absences"]}
            for name, key in REPORTED.items()
        }
    finally:
        monkeypatch.undo()
        time.tzset()
    assert days == {name: {"2026-11-04"} for name in REPORTED}


def test_that_a_history_was_exported_is_kept(desk: Desk) -> None:
    whole_history(desk)
    assert [(line.what, line.detail) for line in accesses(desk, CASE, 0)] == [("exported", "people=1")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_overview_of_a_case_on_paper(desk: Desk, language: str) -> None:
    from pypdf import PdfReader

    set_language(language)
    case_id = case_list(desk, Which.ALL)[0].id
    content = overview_pdf(desk, case_id)
    assert content == overview_pdf(desk, case_id)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    for part in ("Testman Ann (12)", "Voorbeeld BV", "60 %", "28"):
        assert part in text
    assert [line.what for line in accesses(desk, CASE, case_id)] == ["exported", "exported"]


def test_a_belgian_overview_says_who_pays(office: Office) -> None:
    from pypdf import PdfReader

    from hrtui.store.sickness.desk import case_desk

    desk = case_desk(office.store, office.employer_id)
    ann = office.add_person("Ann", "Testman")
    office.store.con.execute("UPDATE contract SET worker_status = 'worker'")
    case_id = report_sick(desk, ann, Report(TODAY - timedelta(days=20))).case_id
    text = PdfReader(io.BytesIO(overview_pdf(desk, case_id))).pages[0].extract_text()
    assert "guaranteed wage 85.88 %" in text
    assert "Problem analysis" not in text


def test_the_calendar_file_names_nobody_and_has_short_lines(desk: Desk) -> None:
    report_sick(desk, person_id(desk, "13"), Report(TODAY - timedelta(days=3)))
    lines = agenda(desk)
    content = agenda_ics(lines, "Voorbeeld; de, BV " * 8, datetime(2026, 11, 20, 8, tzinfo=UTC))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    text = content.decode().replace("\r\n ", "")
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == len(lines) > 1
    assert "Fictief" not in text
    assert "SUMMARY:Report to the occupational service\\, employee 13" in text
    assert "DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261124" in text
    assert "DTSTAMP:20261120T080000Z" in text
    assert "Voorbeeld\\; de\\, BV" in text
    uids = [line for line in text.split("\r\n") if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    assert lines[0].item.due == date(2026, 11, 23)


def test_files_are_named_after_the_employer_and_only_for_their_owner(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    case_id = case_list(desk, Which.ALL)[0].id
    written = [
        *(export_history(desk, layout, out) for layout in HISTORY_LAYOUTS),
        export_overview(desk, case_id, out),
        export_agenda(desk, out),
    ]
    assert sorted(path.name for path in out.iterdir()) == [
        "voorbeeld-bv-absence-12-2026-11-04.pdf",
        "voorbeeld-bv-absences-afas.json",
        "voorbeeld-bv-absences-nmbrs.json",
        "voorbeeld-bv-absences-xpert.json",
        "voorbeeld-bv-absences.csv",
        "voorbeeld-bv-absences.xlsx",
        "voorbeeld-bv-agenda.ics",
    ]
    for path in written:
        assert isinstance(path, Path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert export_history(desk, "csv", None) == (out / "voorbeeld-bv-absences.csv").read_bytes()
