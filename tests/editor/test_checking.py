"""Checking months off in the grid: whom it means, what it asks, and what takes the mark away."""

from __future__ import annotations

from hrtui.editor.editor import MonthEditor
from hrtui.store.month_view import Checked
from hrtui.store.people import Filter
from tests.editor.conftest import Desk, make_editor


def checked(desk: Desk) -> set[str]:
    """Who is checked off, as the grid shows it."""
    rows = desk.editor.rows_of(desk.people.values(), desk.editor.month)
    return {name for name, id_ in desk.people.items() if rows[id_].checked is not None}


def test_the_person_under_the_cursor_is_checked_and_the_same_key_takes_it_back(desk: Desk) -> None:
    desk.at("An", 14).act("month.check")
    assert checked(desk) == {"An"}
    assert desk.said == "1 person is checked."
    assert desk.editor.checked == 1
    assert "checked by Clerk One" in desk.editor.status()
    desk.act("month.check")
    assert (checked(desk), desk.editor.checked) == (set(), 0)


def test_an_entry_takes_the_mark_away_and_undo_brings_it_back(desk: Desk) -> None:
    desk.at("An", 14).act("month.check").type("v")
    assert (checked(desk), desk.editor.checked) == (set(), 0)
    desk.act("edit.undo")
    assert (checked(desk), desk.editor.checked) == ({"An"}, 1)


def test_the_marked_people_are_checked_together(desk: Desk) -> None:
    desk.at("An", 14).act("select.all_visible").act("month.check")
    assert checked(desk) == set(desk.people)
    assert desk.outcome.question is None
    desk.act("edit.undo")
    assert checked(desk) == set()


def test_more_than_a_screen_shows_is_asked_about_once(desk: Desk) -> None:
    desk.editor.page_rows = 2
    desk.at("An", 14).act("select.all_visible").act("month.check")
    assert checked(desk) == set()
    assert desk.outcome.question is not None
    assert desk.outcome.question.text == f"Check {len(desk.people)} people off?"
    desk.outcome.question.confirm()
    assert checked(desk) == set(desk.people)


def test_marked_people_that_the_filter_hides_are_named_first(desk: Desk) -> None:
    desk.at("An", 14).act("select.person")
    desk.editor.set_filter(Filter(text="Bo"))
    desk.act("month.check")
    assert desk.outcome.question is not None
    assert "not shown now" in desk.outcome.question.text


def test_with_the_filter_on_unchecked_people_a_checked_one_leaves_the_list(desk: Desk) -> None:
    desk.editor.set_filter(Filter(unchecked_only=True))
    before = len(desk.editor.people)
    desk.act("month.check")
    assert len(desk.editor.people) == before - 1
    assert desk.outcome.rows_changed


def test_who_checked_is_seen_by_another_clerk(desk: Desk) -> None:
    desk.at("An", 14).act("month.check")
    store = desk.office.open_again("Clerk Two")
    other: MonthEditor = make_editor(store, desk.office.employer_id)
    seen = other.rows_of([desk.people["An"]], other.month)[desk.people["An"]].checked
    assert isinstance(seen, Checked)
    assert seen.actor == "Clerk One"
    store.close()
