"""Entries files: dates and periods, types in three languages, parts and hours, and the rules of a day."""

from __future__ import annotations

from datetime import date, time

import openpyxl
import pytest

from hrtui.domain.month import Month
from hrtui.store.undo import redo, undo
from tests.imports.office import SEPTEMBER, Office
from tests.store.locking import lock_month

HEAD = "nummer;datum;van;tot;code;deel;uren\n"
MONDAY = date(2026, 9, 7)


def test_a_line_of_each_form_arrives(office: Office) -> None:
    office.fill()
    report = office.take(
        "entries",
        HEAD
        + "1;07/09/2026;;;VAK;;\n"
        + "1;8-9-2026;;;vak;½;\n"
        + "1;2026-09-09;;;ZGL;namiddag;\n"
        + "1;10/09/2026;;;KV;;4\n"
        + "1;10/09/2026;;;VAK;;\n"
        + "1;11/09/2026;;;OVU;;1u30\n"
        + "2;07/09/2026;;;VAK;uren;1,5\n",
    )
    assert (report.new, report.problems, report.warnings) == (6, (), ())
    assert [office.entries("1", date(2026, 9, number)) for number in range(7, 12)] == [
        [("VAK", 456, "full")],
        [("VAK", 228, "am")],
        [("ZGL", 228, "pm")],
        [("KV", 240, "hours"), ("VAK", 216, "hours")],
        [("OVU", 90, "hours")],
    ]
    assert office.entries("2", MONDAY) == [("VAK", 90, "hours")]


@pytest.mark.parametrize("name", ["VAK", "Wettelijke vakantie", "vacances legales", "LEGAL HOLIDAY LEAVE"])
def test_a_type_is_named_by_code_or_in_any_language(office: Office, name: str) -> None:
    office.fill()
    assert office.take("entries", f"number;date;leave type\n1;07/09/2026;{name}\n").problems == ()
    assert office.entries("1", MONDAY) == [("VAK", 456, "full")]


def test_a_period_covers_the_persons_working_days_only(office: Office) -> None:
    office.fill()
    report = office.take("entries", HEAD + "1;;30/10/2026;12/11/2026;VAK;;\n3;;10/09/2026;24/09/2026;VAK;;\n")
    assert report.problems == ()
    november = office.rows(Month(2026, 11))["1"].days
    # Sunday 1 November is replaced on the 2nd, and the 11th is a holiday.
    assert [day.date.day for day in november if day.entries] == [3, 4, 5, 6, 9, 10, 12]
    assert office.entries("1", date(2026, 10, 30)) == [("VAK", 456, "full")]
    assert [day.date.day for day in office.rows()["3"].days if day.entries] == [10, 14, 15, 21, 22, 23, 24]


def test_two_lines_of_a_day_split_it_and_a_second_import_replaces_the_day(office: Office) -> None:
    office.fill()
    office.take("entries", HEAD + "1;07/09/2026;;;KV;voormiddag;\n1;07/09/2026;;;VAK;namiddag;\n")
    assert office.entries("1", MONDAY) == [("KV", 228, "am"), ("VAK", 228, "pm")]
    report = office.take("entries", HEAD + "1;07/09/2026;;;ZGL;;\n1;08/09/2026;;;ZGL;;\n")
    assert (report.new, report.changed) == (1, 1)
    assert [(one.line, one.text) for one in report.warnings] == [
        (2, "Mon 7 Sep: what was entered before is replaced.")
    ]
    assert office.entries("1", MONDAY) == [("ZGL", 456, "full")]


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    office.fill()
    content = HEAD + "1;07/09/2026;;;KV;;4\n1;07/09/2026;;;VAK;;\n2;;07/09/2026;11/09/2026;VAK;½;\n"
    office.take("entries", content)
    before = office.dump()
    report = office.take("entries", content)
    assert (report.new, report.changed, report.unchanged, report.imported) == (0, 0, 6, True)
    assert office.dump() == before


BAD = [
    (";07/09/2026;;;VAK;;", "The line has no person number."),
    ("99;07/09/2026;;;VAK;;", "There is no person with number 99."),
    ("1;;;;VAK;;", "The line has no date."),
    ("1;07/09/2026;08/09/2026;;VAK;;", "The line has both a date and a period: leave one empty."),
    ("1;;08/09/2026;07/09/2026;VAK;;", "The period ends before it starts."),
    ("1;;01/01/2026;02/01/2027;VAK;;", "The period is longer than a year."),
    ("1;;12/09/2026;13/09/2026;VAK;;", "The person works on no day of this period."),
    ("1;32/09/2026;;;VAK;;", "datum: There is no such date: 32/09/2026."),
    ("1;07/09/2026;;;;;", "The line has no leave type."),
    ("1;07/09/2026;;;QQQ;;", "There is no leave type “QQQ”."),
    (
        "1;07/09/2026;;;VAK;kwart;",
        "deel: “kwart” is no part of a day; it can be full, ½, am or pm. Hours have their own column.",
    ),
    ("1;07/09/2026;;;VAK;uren;", "Legal holiday leave needs hours here."),
    ("1;07/09/2026;;;OVU;;", "Overtime needs hours here."),
    ("1;07/09/2026;;;VAK;;0", "The hours are 0: leave the line out."),
    ("1;07/09/2026;;;VAK;;26", "uren: A day has 0 to 24 hours, not 26."),
    ("1;07/09/2026;;;VAK;full;4", "The file gives this part of the day 4:00, the work schedule 7:36."),
]
# The sentences are the editor's own; what matters here is the day and the reason.
REFUSED_BY_THE_RULES = [
    ("1;07/09/2026;;;VAK;;8", ("7 Sep", "7:36")),
    ("1;12/09/2026;;;VAK;;", ("12 Sep", "scheduled")),
    ("1;11/11/2026;;;VAK;;", ("11 Nov", "holiday", "Armistice Day")),
    ("4;16/09/2026;;;VAK;;", ("16 Sep", "contract")),
    ("1;07/09/2026;;;JVD;;", ("Youth holiday leave", "no longer in use")),
]


@pytest.mark.parametrize(("line", "text"), BAD, ids=[text[:30] for _, text in BAD])
def test_each_problem_has_its_line_and_nothing_is_written(office: Office, line: str, text: str) -> None:
    office.fill()
    before = office.dump()
    report = office.take("entries", f"{HEAD}2;07/09/2026;;;VAK;;\n{line}\n")
    assert [(remark.line, remark.text) for remark in report.problems] == [(3, text)]
    assert (report.new, report.imported) == (0, False)
    assert office.dump() == before


@pytest.mark.parametrize(("line", "words"), REFUSED_BY_THE_RULES)
def test_the_rules_of_a_day_hold_for_files_too(office: Office, line: str, words: tuple[str, ...]) -> None:
    office.fill()
    before = office.dump()
    report = office.take("entries", f"{HEAD}2;07/09/2026;;;VAK;;\n{line}\n")
    assert [remark.line for remark in report.problems] == [3]
    assert all(word in report.problems[0].text for word in words)
    assert office.dump() == before


def test_a_day_that_its_lines_overfill_blames_the_last_one(office: Office) -> None:
    office.fill()
    report = office.take("entries", HEAD + "1;07/09/2026;;;KV;;4\n1;07/09/2026;;;VAK;;4\n")
    assert [remark.line for remark in report.problems] == [3]
    assert "3:36 of 7:36 is free" in report.problems[0].text


def test_a_locked_month_takes_nothing(office: Office) -> None:
    office.fill()
    lock_month(office.store, [office.rows()["1"].id], SEPTEMBER)
    before = office.dump()
    report = office.take("entries", HEAD + "1;07/09/2026;;;VAK;;\n2;07/09/2026;;;VAK;;\n")
    assert [remark.line for remark in report.problems] == [2]
    assert "September 2026" in report.problems[0].text
    assert "locked" in report.problems[0].text
    assert office.dump() == before


def test_skip_bad_holds_back_all_lines_of_a_bad_day(office: Office) -> None:
    office.fill()
    report = office.take(
        "entries",
        HEAD
        + "1;07/09/2026;;;KV;;4\n"
        + "1;07/09/2026;;;QQQ;;2\n"
        + "1;;07/09/2026;08/09/2026;TW;;1\n"
        + "1;08/09/2026;;;VAK;;2\n"
        + "1;09/09/2026;;;VAK;;\n",
        skip_bad=True,
    )
    assert (report.new, report.skipped, report.imported) == (1, 4, True)
    assert [(one.line, one.text) for one in report.problems] == [
        (2, "Skipped, since it belongs with line 3."),
        (3, "There is no leave type “QQQ”."),
        (4, "Skipped, since it belongs with line 3."),
        (5, "Skipped, since it belongs with line 3."),
    ]
    assert [day.date.day for day in office.rows()["1"].days if day.entries] == [9]


def test_a_date_far_away_is_warned_about(office: Office) -> None:
    office.fill()
    report = office.take("entries", HEAD + "1;06/09/2027;;;VAK;;\n1;08/09/2028;;;VAK;;\n")
    assert [(one.line, one.text) for one in report.warnings] == [(3, "2028-09-08 is more than a year away.")]


def test_holidays_of_a_year_that_has_none_yet_are_there_before_the_check(office: Office) -> None:
    office.fill()
    report = office.take("entries", HEAD + "1;25/12/2029;;;VAK;;\n")
    assert [(one.line, one.text) for one in report.problems] == [
        (2, "Tue 25 Dec is a holiday: Christmas Day.")
    ]


def test_undo_takes_a_whole_import_back_and_redo_brings_it_again(office: Office) -> None:
    office.fill()
    empty = [row.days for row in office.rows().values()]
    office.take("entries", HEAD + "1;;07/09/2026;18/09/2026;VAK;;\n2;08/09/2026;;;ZGL;;\n")
    full = [row.days for row in office.rows().values()]
    undone = undo(office.store, office.employer_id)
    assert undone is not None
    assert (undone.label, len(undone.days), undone.skipped) == ("Imported entries from file.csv", 11, 0)
    assert [row.days for row in office.rows().values()] == empty
    redo(office.store, office.employer_id)
    assert [row.days for row in office.rows().values()] == full


def test_spreadsheet_of_entries_with_real_dates_and_times(office: Office) -> None:
    office.fill()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Matricule", "Date", "Type de congé", "Heures"])
    sheet.append([1, date(2026, 9, 7), "Petit chômage", time(3, 48)])
    sheet.append([1, date(2026, 9, 8), "VAK", 7.6])
    sheet.append([1, "9/9/2026", "VAK", "2:15"])
    book.save(office.folder / "entries.xlsx")
    assert office.take("entries", office.folder / "entries.xlsx").problems == ()
    assert [office.entries("1", date(2026, 9, number)) for number in (7, 8, 9)] == [
        [("KV", 228, "hours")], [("VAK", 456, "full")], [("VAK", 135, "hours")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "part"),
    [("½", "am"), ("1/2", "am"), ("0,5", "am"), ("Voormiddag", "am"), ("matinée", "am"), ("halve dag", "am"),
     ("namiddag", "pm"), ("après-midi", "pm"), ("PM", "pm"), ("volledig", "full"), ("journée", "full"),
     ("100%", "full"), ("1", "full")],
)  # fmt: skip
def test_part_of_a_day_is_read_in_every_language(office: Office, written: str, part: str) -> None:
    office.fill()
    assert office.take("entries", HEAD + f"1;07/09/2026;;;VAK;{written};\n").problems == ()
    assert office.entries("1", MONDAY) == [("VAK", 456 if part == "full" else 228, part)]


def test_every_problem_of_one_line_is_reported(office: Office) -> None:
    office.fill()
    report = office.take(
        "entries",
        "number;from;to;code;part;minutes;status\n77;31/02/2026;x;NOPE;soon;9999;maybe\n",
    )
    assert [one.text for one in report.problems] == [
        "There is no leave type “NOPE”.",
        "There is no person with number 77.",
        "from: There is no such date: 31/02/2026.",
        "minutes: Minutes are a whole number from 0 to 1440, not “9999”.",
        "part: “soon” is no part of a day; it can be full, ½, am or pm. Hours have their own column.",
        "status: “maybe” is not known; it can be approved, pending.",
        "to: “x” is not a date: write it like 31/12/2026.",
    ]


@pytest.mark.parametrize("allowed", [1, 0])
def test_leave_beyond_the_balance_is_told_or_refused_on_its_line(office: Office, allowed: int) -> None:
    office.fill()
    office.store.con.execute(
        "UPDATE leave_type SET limit_kind = 'days', limit_amount = 100, negative_allowed = ?"
        " WHERE key = 'VAK'",
        (allowed,),
    )
    report = office.take("entries", HEAD + "1;07/09/2026;;;VAK;;\n1;08/09/2026;;;VAK;;\n")
    told, said = (report.warnings, report.problems) if allowed else (report.problems, report.warnings)
    assert [(one.line, one.text) for one in told] == [
        (3, "Tue 8 Sep: not enough Legal holiday leave is left.")
    ]
    assert (said, report.imported) == ((), bool(allowed))
