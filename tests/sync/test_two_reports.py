"""Two case managers report one person sick, each away from the other: one matter that one of them decides."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hrtui import keybindings
from hrtui.app import HrtuiApp, Opened
from hrtui.domain.day import Entry
from hrtui.domain.sickness.agenda import Task
from hrtui.domain.sickness.reporting import Report
from hrtui.i18n import set_language
from hrtui.store.employers import employers
from hrtui.store.errors import StoreError
from hrtui.store.sickness.course import recover
from hrtui.store.sickness.desk import Desk, case_desk
from hrtui.store.sickness.documents import Folder, add_document, documents
from hrtui.store.sickness.due import agenda
from hrtui.store.sickness.joining import join, keep_both, overlap_of
from hrtui.store.sickness.lists import Which, case_ids
from hrtui.store.sickness.marks import mark
from hrtui.store.sickness.notes import Note, notes_of, take_over_notes
from hrtui.store.sickness.report import report_sick
from hrtui.store.undo import undo
from hrtui.sync.conflicts import conflicts
from tests.screens.conftest import told
from tests.store.sickness.listed import case_list
from tests.sync.conftest import Office
from tests.sync.invariants import assert_whole
from tests.sync.test_cases import ANN, DAY, connected, employ, today
from tests.sync.world import FIRST_TYPE, TENANT, Clerk, Server

__all__ = ["today"]
EARLIER = DAY - timedelta(days=3)
LEAVE = DAY + timedelta(days=1)
HOLIDAY = Entry(FIRST_TYPE, 456)
Pair = tuple[Clerk, Clerk]


def desk(one: Clerk) -> Desk:
    return case_desk(one.store, TENANT)


@pytest.fixture
def pair(clerk: Office) -> Pair:
    """Two case managers with the same person, who has leave on one day."""
    ann = connected(clerk("Ann", "case_manager"), "case_manager")
    bob = connected(clerk("Bob", "case_manager"), "case_manager")
    employ(ann)
    ann.enter(ANN, LEAVE, HOLIDAY)
    for one in (ann, bob):
        one.sync()
    return ann, bob


def both_report(pair: Pair, first: Report, second: Report) -> tuple[int, int]:
    """Both report before they hear of each other; then both hear."""
    reports = zip(pair, (first, second), strict=True)
    one, other = (report_sick(desk(manager), ANN, report).case_id for manager, report in reports)
    together(pair)
    return one, other


def together(pair: Pair) -> None:
    for one in (*pair, *pair):
        one.sync()


def sick_days(one: Clerk) -> dict[date, int]:
    """The minutes of illness of the days around."""
    days = [EARLIER + timedelta(days=number) for number in range(8)]
    return {
        day: sum(entry.minutes for entry in one.entries(ANN, day) if entry.source == "case") for day in days
    }


@pytest.mark.parametrize("second", [Report(DAY), Report(EARLIER), Report(DAY, percent=50)], ids=str)
def test_both_see_one_matter_and_one_decides(
    pair: Pair, server: Server, tmp_path: Path, second: Report
) -> None:
    ann, bob = pair
    first_id, second_id = both_report(pair, Report(DAY), second)
    for one in pair:
        assert set(case_ids(desk(one))) == {first_id, second_id}
        assert all(line.overlaps for line in case_list(desk(one)))
        due = [line for line in agenda(desk(one)) if line.item.what == Task.OVERLAP]
        assert {line.item.case_id for line in due} == {first_id, second_id}
        assert due[0].label == "Two reports: decide which one holds"
        assert overlap_of(desk(one), first_id) == (second_id, DAY)
    paper = tmp_path / "letter.txt"
    paper.write_text("letter", encoding="utf-8")
    add_document(desk(bob), second_id, Folder.OTHER, paper)
    take_over_notes(desk(bob), second_id, [Note(DAY, "C. Casemanager", "Talked")])
    mark(desk(bob), second_id, "problem_analysis", done_on=DAY)
    together(pair)
    join(desk(ann), first_id, second_id)
    together(pair)
    for one in pair:
        assert case_ids(desk(one), Which.ALL) == [first_id]
        assert [line for line in agenda(desk(one)) if line.item.what == Task.OVERLAP] == []
        assert [one.name for one in documents(desk(one), first_id)] == ["letter.txt"]
        assert [note.body for note in notes_of(desk(one), first_id)] == ["Talked"]
        assert "Problem analysis" not in [line.label for line in agenda(desk(one))]
        assert overlap_of(desk(one), first_id) is None
    assert sick_days(ann) == sick_days(bob)
    assert_whole(ann, server)


def test_the_days_of_the_report_that_goes_are_free_and_leave_comes_back_once(pair: Pair) -> None:
    ann, bob = pair
    first_id, second_id = both_report(pair, Report(DAY), Report(EARLIER))
    join(desk(bob), first_id, second_id)
    together(pair)
    assert sick_days(ann)[EARLIER] == 0
    assert sick_days(ann)[DAY] == 456
    recover(desk(ann), first_id, LEAVE)
    together(pair)
    assert bob.entries(ANN, LEAVE) == (HOLIDAY,)
    assert not bob.store.con.execute("SELECT * FROM sickness_displaced").fetchall()


def test_joining_is_one_step_back(pair: Pair) -> None:
    ann, _ = pair
    first_id, second_id = both_report(pair, Report(DAY), Report(EARLIER))
    before = sick_days(ann)
    join(desk(ann), first_id, second_id)
    undo(ann.store, TENANT)
    assert set(case_ids(desk(ann))) == {first_id, second_id}
    assert sick_days(ann) == before
    together(pair)
    assert sick_days(pair[1]) == before


def test_both_stay_one_after_the_other(pair: Pair) -> None:
    ann, bob = pair
    first_id, second_id = both_report(pair, Report(EARLIER), Report(DAY))
    keep_both(desk(bob), second_id, first_id)
    together(pair)
    assert case_ids(desk(ann)) == [second_id]
    assert case_ids(desk(ann), Which.CLOSED) == [first_id]
    assert overlap_of(desk(ann), first_id) is None
    assert [line.linked for line in case_list(desk(ann))] == [True]
    assert sick_days(ann)[DAY] == 456


def test_what_is_no_pair_is_refused(pair: Pair) -> None:
    ann, _ = pair
    first_id, second_id = both_report(pair, Report(DAY), Report(DAY))
    with pytest.raises(StoreError, match="begin on the same day"):
        keep_both(desk(ann), first_id, second_id)
    with pytest.raises(StoreError, match="not two reports"):
        join(desk(ann), first_id, first_id)
    with pytest.raises(StoreError, match="Open the case to decide"):
        mark(desk(ann), first_id, Task.OVERLAP, done_on=DAY)


@pytest.mark.parametrize("digit", ["1", "2"])
async def test_the_screen_tells_and_a_digit_decides(pair: Pair, digit: str) -> None:
    """Both reports and the days on which they fill the calendar differently, in one go."""
    ann, _ = pair
    first_id, _ = both_report(pair, Report(DAY), Report(DAY, percent=50))
    assert conflicts(ann.store, TENANT)
    set_language("en")
    app = HrtuiApp(Opened(ann.store, employers(ann.store)[0], keybindings.load(None)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+t", "s")
        text = told(app)
        assert "! Testman 0" in text
        assert "two reports for the same days: open one to decide" in text
        await pilot.press("enter")
        assert "Two reports: decide which one holds" in told(app)
        await pilot.press("home", "enter")
        text = told(app)
        assert "ill from 14 Sep 2026, 50 %" in text
        assert "Keep both" not in text
        await pilot.press(digit)
        assert "One report is kept, the other is taken back." in told(app)
    (kept,) = case_ids(desk(ann))
    together(pair)
    for one in pair:
        assert case_ids(desk(one)) == [kept]
        assert conflicts(one.store, TENANT) == []
        assert sick_days(one)[DAY] == (456 if kept == first_id else 228)
