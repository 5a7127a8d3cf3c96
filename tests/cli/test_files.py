"""Importing, exporting and the key table on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Hrtui

ENTRIES = "number;date;code;hours\n1001;2026-09-01;VAK;\n1002;2026-09-02;VAK;4\n1003;2026-09-02;VAK;4\n"


def test_what_is_imported_comes_out_again(office: Hrtui) -> None:
    good = office.file("good.csv", ENTRIES.rsplit("1003", 1)[0])
    answer = office.unlocked("import", "entries", good)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "Imported: 2 new, 0 changed, 0 as they were.\n"
    month = office.unlocked("export", "month", "2026-09")
    assert (month.code, month.err) == (0, "")
    lines = month.out.splitlines()
    assert sum("2026-09-01;VAK" in line for line in lines) == 1
    assert sum("2026-09-02;VAK" in line for line in lines) == 1
    again = office.unlocked("import", "entries", office.file("again.csv", month.out))
    assert again.err == "Imported: 0 new, 0 changed, 2 as they were.\n"


def test_nothing_is_imported_from_a_file_with_a_bad_line(office: Hrtui) -> None:
    bad = office.file("bad.csv", ENTRIES)
    answer = office.unlocked("import", "entries", bad)
    assert answer.code == 1
    assert answer.out == f"{bad}:4: There is no person with number 1003.\n"
    assert answer.err.startswith("Nothing was imported")
    assert len(office.unlocked("export", "month", "2026-09").out.splitlines()) == 1


def test_skip_bad_imports_the_rest_and_lists_what_it_left(office: Hrtui) -> None:
    bad = office.file("bad.csv", ENTRIES)
    answer = office.unlocked("import", "entries", bad, "--skip-bad")
    assert answer.code == 1
    assert answer.out == f"{bad}:4: There is no person with number 1003.\n"
    assert answer.err == "Imported: 2 new, 0 changed, 0 as they were, 1 line skipped.\n"
    assert len(office.unlocked("export", "month", "2026-09").out.splitlines()) == 3


def test_a_dry_run_says_what_would_happen_and_writes_nothing(office: Hrtui) -> None:
    bad = office.file("bad.csv", ENTRIES)
    answer = office.unlocked("import", "entries", bad, "--skip-bad", "--dry-run")
    assert answer.err == (
        "Nothing was written (--dry-run): 2 new, 0 changed, 0 as they were, 1 line skipped.\n"
    )
    assert len(office.unlocked("export", "month", "2026-09").out.splitlines()) == 1


def test_a_script_gets_the_report_as_json(office: Hrtui) -> None:
    answer = office.unlocked("import", "entries", office.file("bad.csv", ENTRIES), "--json", "--skip-bad")
    report = json.loads(answer.out)
    assert answer.err == ""
    assert (report["new"], report["skipped"], report["imported"]) == (2, 1, True)
    assert report["problems"] == [{"line": 4, "text": "There is no person with number 1003."}]


def test_a_file_that_is_not_there_is_one_sentence(office: Hrtui) -> None:
    answer = office.unlocked("import", "people", str(office.home / "gone.csv"))
    assert answer.code == 1
    assert "gone.csv" in answer.out
    assert "Traceback" not in answer.out + answer.err


def test_skipping_lines_is_offered_only_where_it_helps(office: Hrtui) -> None:
    answer = office.unlocked("import", "schedules", office.file("week.csv", "name;mon\nx;8\n"))
    assert (answer.code, answer.err) == (1, "Nothing was imported: correct the file.\n")
    assert "week.csv:1: The column “friday” is missing." in answer.out


def test_an_employer_that_is_not_there_is_refused_by_name(office: Hrtui) -> None:
    answer = office.unlocked("export", "month", "2026-09", "--employer", "Anders BV")
    assert answer.code == 1
    assert answer.err == "There is no employer “Anders BV” in this profile; there is: “Proef NV”.\n"
    assert office.unlocked("export", "month", "2026-09", "--employer", "proef nv").code == 0


@pytest.mark.parametrize(("layout", "start"), [("csv", b""), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_month_goes_to_a_folder_or_to_standard_output(office: Hrtui, layout: str, start: bytes) -> None:
    answer = office.unlocked("export", "month", "2026-09", "--layout", layout, "--out", str(office.home))
    assert (answer.code, answer.out) == (0, "")
    file = Path(answer.err.removeprefix("Written to ").removesuffix(".\n"))
    assert file.parent == office.home
    assert file.read_bytes().startswith(start)
    assert file.stat().st_mode & 0o077 == 0
    assert office.unlocked("export", "month", "2026-09", "--layout", layout).raw.startswith(start)


def test_an_export_that_cannot_be_written_says_so(office: Hrtui) -> None:
    answer = office.unlocked(
        "export", "month", "2026-09", "--out", str(office.home / "no" / "such" / "folder")
    )
    assert answer.code == 1
    assert "cannot be written" in answer.err


def test_the_keys_are_those_in_force(hrtui: Hrtui) -> None:
    line = next(line for line in hrtui("keys").out.splitlines() if "edit.undo" in line)
    assert "Ctrl+Z" in line
    (hrtui.home / "config").mkdir()
    own = hrtui.home / "config" / "keybindings.toml"
    own.write_text('[grid]\nedit.undo = ["f3"]\nfind.next = []\n')
    answer = hrtui("keys")
    line = next(line for line in answer.out.splitlines() if "edit.undo" in line)
    assert "Ctrl+Z" not in line
    assert "F3" in line
    assert str(own) in answer.err
    rows = {row["action_id"]: row["keys"] for row in json.loads(hrtui("keys", "--json").out)}
    assert rows["edit.undo"] == ["F3"]


def test_a_keys_file_is_checked_whole(hrtui: Hrtui) -> None:
    file = hrtui.file("my.toml", '[grid]\nedit.undoo = ["f3"]\nfind.next = ["bogus"]\nentry.repeat = ["v"]\n')
    answer = hrtui("keys", "--check", file)
    assert answer.code == 2
    assert [line.removeprefix(file)[:3] for line in answer.out.splitlines()] == [":2:", ":3:", ":4:"]
    assert "edit.undo" in answer.out
    found = json.loads(hrtui("keys", "--check", file, "--json").out)
    assert [problem["line"] for problem in found["problems"]] == [2, 3, 4]
    fine = hrtui("keys", "--check", hrtui.file("fine.toml", '[grid]\nedit.undo = ["f3"]\nfind.next = []\n'))
    assert (fine.code, fine.out) == (0, "")
    assert "is fine" in fine.err


def test_a_wrong_keys_file_in_force_stops_with_every_problem(hrtui: Hrtui) -> None:
    (hrtui.home / "config").mkdir()
    (hrtui.home / "config" / "keybindings.toml").write_text(
        '[grid]\nedit.undoo = ["f3"]\nfind.next = ["bogus"]\n'
    )
    answer = hrtui("keys")
    assert (answer.code, answer.out) == (2, "")
    assert [line.split("keybindings.toml:")[1][0] for line in answer.err.splitlines()] == ["2", "3"]


def test_lists_of_people_components_and_messages_come_out(office: Hrtui) -> None:
    people = office.unlocked("export", "people")
    assert (people.code, people.err) == (0, "")
    assert [line.split(";")[1] for line in people.out.splitlines()] == ["number", "1002", "1001"]
    assert office.unlocked("export", "people", "1999-01").out.count("\n") == 1
    for kind in ("components", "messages"):
        assert office.unlocked("export", kind, "2026-09").out.startswith("employer;number;name;month;")
    file = office.home / "people.xlsx"
    assert office.unlocked("export", "people", "--layout", "xlsx", "--out", str(file)).code == 0
    assert file.read_bytes().startswith(b"PK")
    refused = office.unlocked("export", "people", "--layout", "pdf")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("There is no layout “pdf” of a list; choose csv or xlsx.")
