"""The report of a transmission says who, what, which files with which hashes, and what came back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from hrtui.domain.day import Entry
from hrtui.forwarding.layouts import usable_layouts
from hrtui.forwarding.port import AnswerOrder
from hrtui.forwarding.report import read_report, report_csv, save_report
from hrtui.store.messages import add_message
from hrtui.store.transmissions import sent_people
from tests.forwarding.conftest import SEPTEMBER, Desk


@pytest.fixture
def sent(desk: Desk) -> int:
    """A transmission with leave, overtime and messages, of whose people one was rejected."""
    desk.folder.mkdir()
    ann, bob, _ = desk.people
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.enter(ann, 7, desk.leave(228))
    desk.enter(bob, 8, Entry(desk.office.kind("o"), 90))
    add_message(store, employer_id, SEPTEMBER, "Ann moves to the shop.", ann)
    add_message(store, employer_id, SEPTEMBER, "We moved.")
    done = desk.forward().transmission_id
    desk.port.answer(AnswerOrder(employer_id, done, {bob: "=unknown number"}, "by phone"))
    return done


def rows(desk: Desk, transmission_id: int) -> list[list[str]]:
    content = report_csv(read_report(desk.office.store, desk.office.employer_id, transmission_id))
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"))


def test_the_table_has_people_with_their_time_and_answers(desk: Desk, sent: int) -> None:
    people = {row[1]: row[2:] for row in rows(desk, sent) if row[0] == "person"}
    kept = {one.number: one for one in sent_people(desk.office.store, sent)}
    full, less = str(22 * 456), str(22 * 456 - 228)
    assert people == {
        "101": ["Testman Ann", "accepted", "", kept["101"].sha256, full, less, "228", "0"],
        "102": ["Testman Bob", "rejected", "'=unknown number", kept["102"].sha256, full, full, "0", "90"],
        "103": ["Testman Cem", "accepted", "", kept["103"].sha256, full, full, "0", "0"],
    }


def test_the_table_has_the_hashes_of_the_files_as_they_lie_there(desk: Desk, sent: int) -> None:
    (place,) = desk.folder.iterdir()
    told = {row[1]: (int(row[2]), row[3]) for row in rows(desk, sent) if row[0] == "file"}
    assert told == {
        file.name: (file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest())
        for file in place.iterdir()
        if file.name != "SHA256SUMS"
    }


def test_a_program_gets_all_of_it(desk: Desk, sent: int, tmp_path: Path) -> None:
    path = save_report(desk.office.store, desk.office.employer_id, sent, "json", tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = json.loads(path.read_bytes())
    assert (told["month"], told["number"], told["kind"], told["status"]) == (
        "2026-09", 1, "first", "partly_rejected",
    )  # fmt: skip
    assert [(one["number"], one["status"], one["reason"]) for one in told["people"]] == [
        ("101", "accepted", ""), ("102", "rejected", "=unknown number"), ("103", "accepted", ""),
    ]  # fmt: skip
    for one in told["people"]:
        same = json.dumps(one["snapshot"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(same.encode()).hexdigest() == one["sha256"]
    assert {one["name"]: one["sha256"] for one in told["files"]} == {
        row[1]: row[3] for row in rows(desk, sent) if row[0] == "file"
    }
    assert {one["type"]: one["minutes"] for one in told["hours"]}["OVU"] == 90


def test_the_table_has_what_became_of_it(desk: Desk, sent: int) -> None:
    events = [row[2] for row in rows(desk, sent) if row[0] == "event"]
    assert events == ["delivered", "partly_rejected"]
    hours = {row[1]: row[3:] for row in rows(desk, sent) if row[0] == "hours"}
    assert hours["VAK"] == ["1", "1", "228"]
    assert hours["OVU"] == ["1", "1", "90"]


def test_the_printed_report_is_a_private_file_with_all_of_it(desk: Desk, sent: int, tmp_path: Path) -> None:
    path = save_report(desk.office.store, desk.office.employer_id, sent, "pdf", tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    lines = text.splitlines()
    told = ("Testman Ann", "Testman Bob", "=unknown number", "We moved.", "Ann moves to the shop.", "1:30")
    assert [part for part in told if part not in text] == []
    (place,) = desk.folder.iterdir()
    for file in place.glob("*.csv"):
        assert file.name in text
        assert hashlib.sha256(file.read_bytes()).hexdigest() in lines, "a hash stands whole"


def test_no_layout_without_a_calendar_is_offered() -> None:
    offered = [layout.key for layout in usable_layouts(None, frozenset({"acerta"}))]
    assert offered[:2] == ["acerta", "acerta-zeros"]
    assert "generic" in offered
    assert "pay-and-messages" not in offered
    assert "partena" not in offered
