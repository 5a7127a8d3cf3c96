"""Copying blocks, and what the preview of a paste promises and does."""

from __future__ import annotations

from datetime import date

from hrtui.domain.month import Month
from tests.editor.conftest import Desk
from tests.store.locking import lock_month


def _paste(desk: Desk, text: str | None = None) -> None:
    desk.outcome = desk.editor.paste(desk.editor.paste_preview(text))


def test_a_block_goes_to_the_same_weekdays_of_another_week(desk: Desk) -> None:
    desk.at("An", 14).type("v-k").at("An", 14).type("*15\n").act("edit.copy")
    assert desk.said == "Copied: 2 days, 14–15 Sep."
    desk.at("Cy", 21)
    _paste(desk)
    assert desk.filled("Cy") == {21: "am VAK", 22: "KV"}
    assert desk.said == "Pasted: 2 days, 21–22 Sep."


def test_the_preview_says_cell_by_cell_what_happens_and_why_not(desk: Desk) -> None:
    desk.at("Bo", 15).type("z").at("Bo", 15)
    preview = desk.editor.paste_preview("VAK\tVAK\t4 KV\tQQ")
    assert [(line.person, line.date.day, line.old, line.new, line.refusal) for line in preview.lines] == [
        ("Bravo Bo", 15, "ZGL", "VAK", ""),
        ("Bravo Bo", 16, "", "VAK", "Wed 16 Sep: no work is scheduled."),
        ("Bravo Bo", 17, "", "4:00 KV", ""),
        ("Bravo Bo", 18, "", "QQ", "“QQ” is no leave type."),
    ]
    assert preview.summary == "2 days, 15–17 Sep will change; 1 replaced; 2 are skipped."
    assert desk.filled("Bo") == {15: "ZGL"}
    desk.outcome = desk.editor.paste(preview)
    assert desk.filled("Bo") == {15: "VAK", 17: "4:00 KV"}
    desk.act("edit.undo")
    assert desk.filled("Bo") == {15: "ZGL"}


def test_empty_cells_leave_days_alone_and_equal_ones_are_left_out(desk: Desk) -> None:
    desk.at("An", 14).type("3v").at("An", 14)
    preview = desk.editor.paste_preview("VAK\t\tZGL\n")
    assert [(line.date.day, line.new) for line in preview.lines] == [(16, "ZGL")]


def test_a_paste_says_on_how_many_days_something_else_was(desk: Desk) -> None:
    desk.at("Bo", 14).type("v").at("An", 14).type("z").at("An", 14).act("edit.copy").at("Bo", 14).type("*")
    desk.act("go.down")
    preview = desk.editor.paste_preview(None)
    assert preview.summary == "2 days of 2 people, Mon 14 Sep will change; 1 replaced."
    desk.outcome = desk.editor.paste(preview)
    assert desk.said == "Pasted: 2 days of 2 people, Mon 14 Sep; 1 replaced."


def test_one_row_fills_all_selected_people(desk: Desk) -> None:
    desk.at("An", 14).type("2v").at("An", 14).type("*15\n").act("edit.copy")
    desk.at("Bo", 14).act("select.down")
    _paste(desk)
    assert list(desk.filled("Bo")) == list(desk.filled("Cy")) == [14, 15]


def test_one_row_fills_all_marked_people(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).act("edit.copy").at("Bo", 15).type("  ")
    _paste(desk)
    assert desk.filled("Bo") == desk.filled("Cy") == {15: "VAK"}
    assert desk.filled("Di") == {}


def test_one_cell_fills_the_whole_selection(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).act("edit.copy").at("Cy", 14).type("*").act("go.down").type(
        "15\n"
    )
    _paste(desk)
    assert desk.filled("Cy") == desk.filled("Di") == {14: "VAK", 15: "VAK"}


def test_a_pasted_selection_ends_with_the_next_move(desk: Desk) -> None:
    desk.at("An", 14).type("*").act("go.right")
    _paste(desk, "VAK")
    assert desk.filled("An") == {14: "VAK", 15: "VAK"}
    desk.act("go.down")
    assert desk.editor.selection is None


def test_a_persons_month_is_copied_from_the_name(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 30).type("k").at("An", 0).act("edit.copy").at("Cy", 0)
    _paste(desk)
    assert desk.filled("Cy") == {14: "VAK", 30: "KV"}


def test_a_block_runs_on_into_the_next_month(desk: Desk) -> None:
    desk.at("An", 30)
    _paste(desk, "VAK\tKV")
    assert (desk.filled("An"), desk.filled("An", 10)) == ({30: "VAK"}, {1: "KV"})


def test_rows_below_the_list_are_counted_not_pasted(desk: Desk) -> None:
    desk.at("Ed", 14)
    preview = desk.editor.paste_preview("VAK\r\nVAK\r\nVAK\r\n")
    assert len(preview.changes) == 1
    assert preview.summary == "1 day, Mon 14 Sep will change; 2 fall below the list."


def test_a_locked_person_is_skipped_and_the_others_are_pasted(desk: Desk) -> None:
    lock_month(desk.office.store, [desk.people["Bo"]], Month(2026, 9))
    desk.editor.refresh()
    desk.at("An", 14)
    _paste(desk, "VAK\nVAK\nVAK")
    assert [name for name in desk.people if desk.filled(name)] == ["An", "Cy"]
    desk.act("edit.undo")
    assert not any(desk.filled(name) for name in desk.people)


def test_the_copied_text_reads_back_as_the_same_block(desk: Desk) -> None:
    desk.at("An", 14).editor.type_cell("4 AD 3:36 KV")
    desk.at("Bo", 15).type("z-").at("An", 14).act("select.down", "select.right", "edit.copy")
    text = desk.editor.copied_text()
    assert text == "4:00 AD 3:36 KV\t\n\tam ZGL"
    desk.at("An", 21)
    _paste(desk, text)
    assert (desk.held("An", 21), desk.held("Bo", 22)) == ("4:00 AD 3:36 KV", "am ZGL")


def test_nothing_to_paste_says_so(desk: Desk) -> None:
    assert desk.editor.paste_preview(None).summary == "Nothing was copied yet."
    assert desk.editor.paste_preview("\n\t\n").summary == "The pasted text is empty."
    desk.at("An", 14).act("edit.copy")
    assert desk.editor.paste_preview(None).summary == "The copied days are empty."
    desk.at("An", 14).type("v").at("An", 14)
    preview = desk.editor.paste_preview("vak")
    assert preview.summary == "Nothing changes: the days hold this already."
    desk.outcome = desk.editor.paste(preview)
    assert desk.said == preview.summary


def test_any_pasted_text_is_only_ever_refused(desk: Desk) -> None:
    preview = desk.editor.paste_preview("Dear colleague,\n\tsee attached\n" + "!\t" * 500)
    assert preview.changes == ()
    assert all(line.refusal for line in preview.lines)
    assert preview.lines[0].date == date(2026, 9, 14)
