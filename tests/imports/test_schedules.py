"""Schedule files: cycles of weeks, and each problem on its line."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.office import SCHEDULES, Office

HEAD = "naam;begin cyclus;week;maandag;dinsdag;woensdag;donderdag;vrijdag;zaterdag;zondag\n"


def test_weeks_alternate_from_the_start_of_the_cycle(office: Office) -> None:
    office.fill()
    days = office.rows()["3"].days
    assert [days[number - 1].scheduled for number in (10, 11, 14, 15, 16, 21, 24, 28)] == [
        480, 0, 480, 480, 0, 480, 480, 480,
    ]  # fmt: skip


def test_the_same_file_again_changes_nothing_and_new_hours_change_the_schedule(office: Office) -> None:
    office.fill()
    assert office.take("schedules", SCHEDULES).unchanged == 3
    report = office.take("schedules", SCHEDULES.replace("Half 19;;;3,8;", "Half 19;;;4;"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 2)
    assert "past months too" in report.warnings[0].text
    assert office.day("2", date(2026, 9, 7)).scheduled == 240


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (";;;8;8;8;8;8;;", [(2, "The schedule has no name.")]),
        ("A;;;8;8;8;8;25;;", [(2, "vrijdag: A day has 0 to 24 hours, not 25.")]),
        ("A;;;8;8;8;8;acht;;", [(2, "vrijdag: “acht” is not an amount of hours: write it like 7:36.")]),
        ("A;;9;8;8;8;8;8;;", [(2, "week: A week is a number from 1 to 8, not “9”.")]),
        ("A;;;;;;;;;", [(2, "“A” has no hours.")]),
        ("A;;1;8;;;;;;\nA;;2;8;;;;;;", [(3, "“A” has several weeks and needs the start of its cycle.")]),
        ("A;5/1/2026;1;8;;;;;;\nA;;3;8;;;;;;", [(3, "Week 2 of “A” is missing.")]),
        ("A;5/1/2026;1;8;;;;;;\nA;;1;8;;;;;;", [(3, "Week 1 of “A” is there twice.")]),
        (
            "A;5/1/2026;1;8;;;;;;\nA;12/1/2026;2;8;;;;;;",
            [(3, "The weeks of “A” have different starts of the cycle.")],
        ),
    ],
)
def test_each_problem_has_its_line_and_nothing_is_written(
    office: Office, lines: str, problems: list[tuple[int, str]]
) -> None:
    before = office.dump()
    report = office.take("schedules", HEAD + lines + "\nGoed;;;8;8;8;8;8;;\n")
    assert [(remark.line, remark.text) for remark in report.problems] == problems
    assert office.dump() == before


def test_a_bad_week_holds_back_the_other_weeks(office: Office) -> None:
    report = office.take(
        "schedules", HEAD + "A;5/1/2026;1;8;;;;;;\nA;;2;x;;;;;;\nGoed;;;8;8;8;8;8;;\n", skip_bad=True
    )
    assert (report.new, report.skipped) == (1, 2)
    assert [remark.line for remark in report.problems] == [2, 3]
    assert report.problems[0].text == "Skipped, since it belongs with line 3."
    assert office.store.con.execute("SELECT name FROM work_schedule").fetchall() == [("Goed",)]


def test_every_problem_of_one_schedule_is_reported(office: Office) -> None:
    report = office.take(
        "schedules",
        "name;cycle start;week;monday;tuesday;wednesday;thursday;friday\n"
        "Ploeg;;1;8;8;8;8;x\nPloeg;31/02/2026;1;25;8;8;8;8\n;;;8;8;8;8;y\n",
    )
    assert [(one.line, one.text) for one in report.problems] == [
        (2, "friday: “x” is not an amount of hours: write it like 7:36."),
        (3, "Week 1 of “Ploeg” is there twice."),
        (3, "cycle start: There is no such date: 31/02/2026."),
        (3, "monday: A day has 0 to 24 hours, not 25."),
        (4, "The schedule has no name."),
        (4, "friday: “y” is not an amount of hours: write it like 7:36."),
    ]
