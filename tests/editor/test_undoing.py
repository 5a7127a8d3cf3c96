"""Undo and redo: every key is one step, named, shown, and there after a restart."""

from __future__ import annotations

import pytest

from hrtui.domain.day import Day
from hrtui.domain.month import Month
from hrtui.store.changes import RowChange, write
from hrtui.store.leave_types import leave_types
from hrtui.store.people import Filter
from tests.editor.conftest import Desk, make_editor
from tests.store.conftest import Office


def test_undo_names_the_step_and_goes_there(desk: Desk) -> None:
    desk.at("Cy", 14).type("2v").at("An", 1).act("edit.undo")
    assert desk.said == "Undone: Legal holiday leave 14–15 Sep, Charlie Cy."
    assert desk.place == ("Cy", 14)
    assert desk.filled("Cy") == {}
    desk.at("An", 1).act("edit.redo")
    assert desk.said == "Redone: Legal holiday leave 14–15 Sep, Charlie Cy."
    assert desk.filled("Cy") == {14: "VAK", 15: "VAK"}
    assert desk.outcome.cells == {(2, 14), (2, 15)}


def test_enter_after_undo_stays_on_the_day_that_was_undone(desk: Desk) -> None:
    desk.at("An", 14).type("v5").at("An", 21).type("vv").act("edit.undo").type("\n")
    assert desk.place == ("Bo", 22)


def test_each_key_is_a_step_of_its_own(desk: Desk) -> None:
    desk.at("An", 14).type("v-").at("An", 15)
    desk.editor.type_cell("4 kv")
    assert desk.act("edit.undo").filled("An") == {14: "am VAK"}
    assert desk.said == "Undone: 4 KV Tue 15 Sep, Alfa An."
    assert desk.act("edit.undo").filled("An") == {14: "VAK"}
    assert desk.said == "Undone: Half days Mon 14 Sep, Alfa An."
    assert desk.act("edit.undo").filled("An") == {}


def test_a_step_in_another_month_is_shown_there(desk: Desk) -> None:
    desk.at("An", 30).type("v").act("go.month_next", "go.month_next", "edit.undo")
    assert (desk.editor.month, desk.place) == (Month(2026, 9), ("An", 30))
    assert desk.outcome.rows_changed


def test_a_step_for_a_person_whom_the_filter_hides_names_them(desk: Desk) -> None:
    desk.at("An", 14).type("v")
    desk.editor.set_filter(Filter("Charlie"))
    desk.act("edit.undo")
    assert desk.said == "Undone: Legal holiday leave Mon 14 Sep, Alfa An (Alfa An is not in this list)."
    assert desk.filled("An") == {}


def test_undo_works_after_a_restart(desk: Desk) -> None:
    desk.at("An", 14).type("v")
    desk.editor = make_editor(desk.office.store, desk.office.employer_id)
    assert desk.act("edit.undo").filled("An") == {}


def test_nothing_to_undo_or_redo_says_so(desk: Desk) -> None:
    assert desk.act("edit.undo").said == "There is nothing to undo."
    assert desk.act("edit.redo").said == "There is nothing to redo."


def test_half_after_an_undo_is_about_the_cursor(desk: Desk) -> None:
    desk.at("An", 14).type("z").at("Bo", 14).type("v").act("edit.undo").type("-")
    assert desk.filled("An") == {14: "ZGL"}
    assert "no single entry" in desk.said


def test_a_step_made_in_another_terminal_names_who_made_it_and_when(desk: Desk, office: Office) -> None:
    second = office.open_again("Clerk Two")
    Desk(office, make_editor(second, office.employer_id), desk.people).at("An", 14).type("z")
    second.close()
    desk.act("edit.undo")
    assert desk.said.startswith("Undone: Illness, guaranteed wage Mon 14 Sep, Alfa An (by Clerk Two on ")
    assert desk.said.endswith(", not in this terminal).")
    assert desk.act("edit.redo").said.startswith("Redone: Illness")
    assert "by Clerk Two" in desk.said
    assert desk.at("An", 15).type("z").act("edit.undo").said == (
        "Undone: Illness, guaranteed wage Tue 15 Sep, Alfa An."
    )


def test_undo_leaves_alone_what_was_changed_elsewhere_since(desk: Desk, office: Office) -> None:
    desk.at("An", 14).type("2v")
    other = Desk(office, make_editor(office.open_again("Clerk Two"), office.employer_id), desk.people)
    other.at("An", 14).type("z")
    # The colleague's own step is the later one; undo it and the two days that are left.
    office.store.con.execute("UPDATE step SET state = 'gone' WHERE actor = 'Clerk Two'")
    desk.act("edit.undo")
    assert desk.filled("An") == {14: "ZGL"}
    assert desk.said.endswith("; 1 day was changed since and stays.")
    other.editor.store.close()


def test_an_undone_setting_is_read_anew(desk: Desk, office: Office) -> None:
    kind = next(kind for kind in desk.editor.kinds.values() if kind.letter == "k")
    write(
        office.store,
        office.employer_id,
        "Letter",
        [RowChange("leave_type", kind.id, {"letter": "k"}, {"letter": "q"})],
    )
    desk.editor.refresh()
    assert desk.at("An", 14).type("q").held("An", 14) == "KV"
    desk.act("edit.undo", "edit.undo")
    assert desk.outcome.rows_changed
    assert "no leave type" in desk.type("q").said


def test_a_change_elsewhere_is_not_overwritten_unseen(desk: Desk, office: Office) -> None:
    second = office.open_again("Clerk Two")
    other = Desk(office, make_editor(second, office.employer_id), desk.people)
    draw(desk.at("An", 14))
    other.at("An", 14).type("z")
    desk.type("v")
    assert desk.filled("An") == {14: "ZGL"}
    assert desk.said == "Changed elsewhere: Mon 14 Sep. Nothing written; the same key overwrites it."
    assert desk.place == ("An", 14)
    assert shown(desk, 14).entries[0].leave_type_id == office.kind("z")
    assert (0, 14) in desk.outcome.cells
    assert desk.type("v").filled("An") == {14: "VAK"}
    second.close()


def test_of_many_days_none_is_written_when_one_changed_elsewhere(desk: Desk, office: Office) -> None:
    second = office.open_again("Clerk Two")
    other = Desk(office, make_editor(second, office.employer_id), desk.people)
    draw(desk.at("An", 14))
    other.at("An", 15).type("2z")
    desk.type("5v")
    assert desk.filled("An") == {15: "ZGL", 16: "ZGL"}
    assert "Tue 15 Sep and 1 more day." in desk.said
    second.close()


def test_refresh_shows_the_other_terminal_and_keeps_the_place(desk: Desk, office: Office) -> None:
    second = office.open_again("Clerk Two")
    desk.at("Cy", 16).type("5")
    other = Desk(office, make_editor(second, office.employer_id), desk.people)
    other.at("Cy", 16).type("z")
    office.add_person("Aa", "Aardvark")
    assert office.store.changed_elsewhere()
    assert desk.editor.refresh().rows_changed
    assert desk.editor.view.row(desk.editor.cursor.row).name == "Charlie Cy"
    assert desk.editor.cursor.day == 16
    assert desk.editor.count == 5
    assert "entered by Clerk Two on" in desk.editor.status()
    second.close()


def test_refresh_keeps_a_selection_only_while_the_list_stays(desk: Desk, office: Office) -> None:
    desk.at("Cy", 14).act("select.right")
    desk.editor.refresh()
    assert desk.editor.selection is not None
    office.add_person("Aa", "Aardvark")
    desk.editor.refresh()
    assert desk.editor.selection is None


def draw(desk: Desk) -> None:
    """Read the rows as the screen does before the clerk presses a key."""
    for row in range(len(desk.editor.view)):
        desk.editor.view.row(row)


def shown(desk: Desk, number: int) -> Day:
    """The day as the grid has it for the person under the cursor."""
    return desk.editor.view.row(desk.editor.cursor.row).days[number - 1]


def test_a_leave_type_that_is_switched_off_is_refused_by_its_key(desk: Desk, office: Office) -> None:
    kind = next(kind for kind in leave_types(office.store, office.employer_id).values() if kind.letter == "k")
    write(
        office.store,
        office.employer_id,
        "Off",
        [RowChange("leave_type", kind.id, {"active": 1}, {"active": 0})],
    )
    desk.editor.refresh()
    desk.outcome = desk.at("An", 14).editor.type_cell("KV")
    assert desk.said == "Short leave is no longer in use."
    assert "no leave type" in desk.type("k").said


@pytest.mark.parametrize("action", ["edit.undo", "edit.redo"])
def test_undo_with_an_empty_list(office: Office, action: str) -> None:
    editor = make_editor(office.store, office.employer_id)
    assert editor.act(action).message is not None
