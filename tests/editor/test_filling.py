"""Filling right and down, with and without a selection."""

from __future__ import annotations

from tests.editor.conftest import Desk


def test_fill_right_copies_the_first_day_of_each_person(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("Bo", 14).type("z-")
    desk.at("An", 14).type("*").act("go.down").type("18\n").type("+")
    assert desk.filled("An") == dict.fromkeys(range(14, 19), "VAK")
    assert desk.filled("Bo") == dict.fromkeys((14, 15, 17, 18), "am ZGL")
    assert desk.said == "Filled right: 7 days of 2 people, 15–18 Sep."


def test_fill_right_at_the_cursor_copies_the_working_day_before(desk: Desk) -> None:
    desk.at("An", 18).type("v++")
    assert list(desk.filled("An")) == [18, 21, 22]
    assert desk.place == ("An", 23)


def test_filling_says_what_it_replaces(desk: Desk) -> None:
    desk.at("An", 15).type("z").at("An", 14).type("v").at("An", 15).type("2+")
    assert desk.said == "Filled right: 2 days, 15–16 Sep; 1 replaced."


def test_fill_right_takes_a_count(desk: Desk) -> None:
    desk.at("An", 17).type("k-").at("An", 18).type("3+")
    assert desk.filled("An") == dict.fromkeys((17, 18, 21, 22), "am KV")


def test_fill_right_at_the_cursor_leaves_marked_people_alone(desk: Desk) -> None:
    for name in ("Bo", "Cy"):
        desk.at(name, 14).type("k")
    desk.at("Cy", 14).type(" ").at("Bo", 15).type("+")
    assert desk.held("Bo", 15) == "KV"
    assert desk.held("Cy", 15) == ""


def test_fill_right_from_an_empty_day_changes_nothing(desk: Desk) -> None:
    desk.at("An", 15).type("v").at("An", 15).type("+")
    assert desk.said == "There is nothing to fill from: the first cell is empty."
    assert desk.filled("An") == {15: "VAK"}


def test_fill_down_copies_the_first_person_by_each_ones_hours(desk: Desk) -> None:
    desk.at("An", 15).type("2v").at("An", 15).type("*16\n").act("go.down", "go.down", "entry.fill_down")
    assert desk.filled("Bo") == {15: "VAK"}
    assert desk.filled("Cy") == {15: "VAK", 16: "VAK"}
    assert [entry.minutes for entry in desk.editor.view.row(2).days[14].entries] == [240]
    assert desk.said == "Filled down: 3 days of 2 people, 15–16 Sep; 1 skipped: not scheduled."


def test_fill_down_at_the_cursor_copies_the_person_above_and_goes_down(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("Bo", 14).act("entry.fill_down", "entry.fill_down")
    assert desk.filled("Bo") == desk.filled("Cy") == {14: "VAK"}
    assert desk.place == ("Di", 14)


def test_fill_down_takes_a_count_of_people(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("Bo", 14).type("3").act("entry.fill_down")
    assert [name for name in desk.people if desk.filled(name)] == ["An", "Bo", "Cy", "Di"]
    assert desk.place == ("Ed", 14)


def test_fill_down_on_the_first_person_has_no_source(desk: Desk) -> None:
    assert desk.at("An", 14).act("entry.fill_down").said == "There is nobody above to fill from."


def test_a_fill_is_one_step(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).type("*18\n").type("+").act("edit.undo")
    assert desk.filled("An") == {14: "VAK"}
