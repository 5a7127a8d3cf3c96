"""Importing as a whole: trial runs, files that are refused, undo, and clerks who are not alone."""

from __future__ import annotations

import pytest

from hrtui.imports import run
from hrtui.imports.headers import Kind
from hrtui.store import changes as writing
from hrtui.store.errors import StoreError
from hrtui.store.undo import undo
from tests.imports.office import PEOPLE, SCHEDULES, Office

FILES: tuple[tuple[Kind, str], ...] = (
    ("schedules", SCHEDULES),
    ("people", PEOPLE),
    ("entries", "number;date;code\n1;07/09/2026;VAK\n2;07/09/2026;ZGL\n"),
)


def test_a_dry_run_reports_the_same_and_writes_nothing(office: Office) -> None:
    for kind, content in FILES:
        before = office.dump()
        tried = office.take(kind, content, dry_run=True)
        assert not tried.imported
        assert office.dump() == before
        done = office.take(kind, content)
        assert (tried.new, tried.changed, tried.warnings) == (done.new, done.changed, done.warnings)
        assert done.imported


def test_undo_takes_back_each_file_until_nothing_is_left(office: Office) -> None:
    empty = {name: rows for name, rows in office.dump().items() if name != "step"}
    for kind, content in FILES:
        office.take(kind, content)
    for _ in FILES:
        undone = undo(office.store, office.employer_id)
        assert undone is not None
        assert undone.skipped == 0
    assert {name: rows for name, rows in office.dump().items() if name != "step"} == empty
    assert undo(office.store, office.employer_id) is None


def test_unknown_column_stops_an_import_unless_bad_things_are_skipped(office: Office) -> None:
    office.take("schedules", SCHEDULES)
    content = PEOPLE.replace("number;", "hobby;number;", 1).replace("\n", "\n-;", 4)
    refused = office.take("people", content)
    assert [(one.line, one.text) for one in refused.problems] == [(1, "The column “hobby” is not known.")]
    assert not refused.imported
    assert office.take("people", content, skip_bad=True).new == 4


@pytest.mark.parametrize("skip_bad", [False, True])
def test_missing_column_stops_an_import_always(office: Office, skip_bad: bool) -> None:
    report = office.take("entries", "\nnumber;date\n1;07/09/2026\n", skip_bad=skip_bad)
    assert [(one.line, one.text) for one in report.problems] == [(2, "The column “code” is missing.")]


@pytest.mark.parametrize("skip_bad", [False, True])
def test_unreadable_file_is_a_problem_of_the_whole_file(office: Office, skip_bad: bool) -> None:
    report = office.take("people", office.folder / "none.csv", skip_bad=skip_bad)
    assert [(one.line, one.text) for one in report.problems] == [(0, "There is no such file.")]
    assert (report.ok, report.imported) == (False, False)


def test_a_change_made_meanwhile_by_somebody_else_stops_the_import(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.fill()
    real = writing.write

    def late(*arguments):  # the other clerk is faster than the writing of this import
        monkeypatch.setattr(run, "write", real)
        office.take("entries", "number;date;code\n1;07/09/2026;ZGL\n")
        return real(*arguments)

    monkeypatch.setattr(run, "write", late)
    with pytest.raises(StoreError, match="Nothing was imported"):
        office.take("entries", "number;date;code\n1;07/09/2026;VAK\n1;08/09/2026;VAK\n")
    assert [day.date.day for day in office.rows()["1"].days if day.entries] == [7]


def test_people_of_another_employer_are_not_touched(office: Office) -> None:
    from hrtui.store.employers import create_employer

    office.fill()
    other = create_employer(office.store, "Exemple SA", "BE", "fr", 2026)
    content = "number;last name;first name\n1;Modèle;Éloric\n"
    report = run.import_file(office.store, other, "people", office.file(content))
    assert (report.new, report.changed) == (1, 0)
    assert office.rows()["1"].name == "Testman Adelro"
