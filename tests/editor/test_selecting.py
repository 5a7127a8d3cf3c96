"""Blocks and marks, and what keys do on them."""

from __future__ import annotations

from hrtui.editor.position import Rect
from tests.editor.conftest import Desk


def test_shift_arrows_select_and_a_plain_move_ends_it(desk: Desk) -> None:
    desk.at("An", 14).act("select.right", "select.down")
    assert desk.editor.selection == Rect(0, 14, 1, 15)
    desk.act("select.left", "select.left", "select.up")
    assert desk.editor.selection == Rect(0, 13, 0, 14)
    desk.act("go.right")
    assert desk.editor.selection is None


def test_a_sticky_selection_follows_every_move_until_ended(desk: Desk) -> None:
    desk.at("Bo", 14).type("*").act("go.down").type("18\n")
    assert desk.editor.selection == Rect(1, 14, 2, 18)
    assert desk.type("*").editor.selection is None


def test_a_selection_holds_days_only(desk: Desk) -> None:
    desk.at("An", 2).act("select.left", "select.left", "select.left")
    assert desk.editor.selection == Rect(0, 1, 0, 2)
    assert desk.place == ("An", 1)
    assert desk.at("An", 0).act("select.right").said == "This is a name. Go to a day to enter something."


def test_an_entry_fills_the_selection_and_leaves_it_for_a_correction(desk: Desk) -> None:
    desk.at("An", 14).type("*").act("go.down").type("16\n").type("v")
    assert desk.filled("An") == {14: "VAK", 15: "VAK", 16: "VAK"}
    assert desk.filled("Bo") == {14: "VAK", 15: "VAK"}
    desk.type("z")
    assert desk.filled("Bo") == {14: "ZGL", 15: "ZGL"}
    desk.type("-")
    assert desk.filled("Bo") == {14: "am ZGL", 15: "am ZGL"}
    desk.act("go.down")
    assert desk.editor.selection is None


def test_a_selection_ends_with_its_month(desk: Desk) -> None:
    desk.at("An", 14).type("*").act("go.right", "go.month_next").type("v")
    assert desk.editor.selection is None
    assert desk.filled("An", 10) == {15: "VAK"}


def test_a_selection_is_one_step_to_undo(desk: Desk) -> None:
    desk.at("An", 14).type("*").act("go.down").type("18\n").type("v").act("edit.undo")
    assert desk.filled("An") == desk.filled("Bo") == {}
    assert desk.act("edit.undo").said == "There is nothing to undo."


def test_a_count_on_a_selection_runs_from_its_first_day(desk: Desk) -> None:
    desk.at("An", 14).act("select.down").type("4v")
    assert list(desk.filled("An")) == [14, 15, 16, 17]
    assert list(desk.filled("Bo")) == [14, 15, 17, 18]


def test_clear_empties_the_selection(desk: Desk) -> None:
    desk.at("An", 14).type("5v").at("An", 15).type("*17\n").act("entry.clear")
    assert desk.filled("An") == {14: "VAK", 18: "VAK"}
    assert desk.said == "Cleared: 3 days, 15–17 Sep."


def test_space_marks_and_goes_down_and_again_takes_the_mark_off(desk: Desk) -> None:
    desk.at("An", 14).type(" ")
    assert (desk.place, desk.editor.marks) == (("Bo", 14), {desk.people["An"]})
    desk.at("An", 14).type(" ")
    assert desk.editor.marks == set()


def test_space_marks_all_selected_people(desk: Desk) -> None:
    desk.at("An", 14).act("select.down", "select.down").type(" ")
    assert desk.editor.marks == {desk.people[name] for name in ("An", "Bo", "Cy")}
    assert desk.editor.selection is None
    assert desk.place == ("Di", 14)


def test_mark_all_counts_them(desk: Desk) -> None:
    assert desk.act("select.all_visible").said == "5 people are marked."


def test_a_selection_wins_over_marks(desk: Desk) -> None:
    desk.act("select.all_visible").at("Bo", 14).act("select.right").type("v")
    assert desk.filled("Bo") == {14: "VAK", 15: "VAK"}
    assert desk.filled("An") == {}


def test_the_status_line_says_what_is_pending_before_the_cell(desk: Desk) -> None:
    desk.at("An", 14).type(" ").at("An", 14).act("select.right").type("5")
    assert desk.editor.status() == "5 days · 1 × 2 selected · 1 marked · Alfa An, Tue 15 Sep: 7:36 scheduled"
