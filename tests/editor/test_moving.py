"""Where the cursor goes, what Esc drops, and how months and filters keep the clerk's place."""

from __future__ import annotations

from datetime import date

from hrtui.domain.month import Month
from hrtui.editor.position import Cursor
from hrtui.store.people import Filter
from tests.editor.conftest import Desk, make_editor


def test_it_opens_on_today_and_on_day_one_of_any_other_month(desk: Desk) -> None:
    assert desk.editor.cursor == Cursor(0, 14)
    other = make_editor(desk.office.store, desk.office.employer_id, Month(2026, 10))
    assert other.cursor == Cursor(0, 1)


def test_the_cursor_stops_at_the_edges_and_says_which(desk: Desk) -> None:
    desk.at("An", 1)
    assert desk.act("go.left").place == ("An", 0)
    assert desk.act("go.left").said == "This is the name."
    assert desk.act("go.last_day", "go.right").said == "This is the last day of the month."
    assert desk.act("go.up").said == "This is the first person."
    assert desk.act("go.last_person", "go.down").said == "This is the last person."
    assert desk.place == ("Ed", 30)


def test_pages_are_as_long_as_the_screen(desk: Desk) -> None:
    desk.editor.page_rows = 3
    assert desk.at("An", 14).act("go.page_down").place == ("Di", 14)
    assert desk.act("go.page_down").place == ("Ed", 14)
    assert desk.act("go.page_up").place == ("Bo", 14)


def test_digits_and_enter_go_to_the_day(desk: Desk) -> None:
    assert desk.at("Bo", 3).type("21\n").place == ("Bo", 21)
    assert desk.type("31\n").said == "September 2026 has 30 days."
    assert desk.place == ("Bo", 21)
    assert desk.editor.count is None


def test_digits_and_enter_work_on_a_name_too(desk: Desk) -> None:
    assert desk.at("Bo", 0).type("9\n").place == ("Bo", 9)


def test_enter_returns_to_where_tab_began(desk: Desk) -> None:
    desk.at("An", 7).act("go.next_day", "go.next_day").type("\n")
    assert desk.place == ("Bo", 7)
    assert desk.act("go.next_day", "go.prev_day", "go.prev_day").type("\n").place == ("Cy", 7)


def test_an_arrow_ends_the_run_and_drops_the_count(desk: Desk) -> None:
    desk.at("An", 7).type("v").act("go.right").type("\n")
    assert desk.place == ("Bo", 9)
    desk.type("5").act("go.right")
    assert desk.editor.count is None


def test_months_keep_person_and_day(desk: Desk) -> None:
    desk.at("Cy", 30)
    assert desk.act("go.month_next").outcome.rows_changed
    assert (desk.editor.month, desk.place) == (Month(2026, 10), ("Cy", 30))
    desk.act("go.month_prev", "go.month_prev")
    assert (desk.editor.month, desk.place) == (Month(2026, 8), ("Cy", 30))


def test_a_month_without_that_person_shows_the_next_one(desk: Desk) -> None:
    desk.at("Di", 20).act("go.month_prev")
    assert desk.place == ("Ed", 20)
    desk.at("Ed", 20).act("go.month_next", "go.month_next")
    assert desk.place == ("Di", 20)


def test_a_shorter_month_keeps_the_cursor_inside(desk: Desk) -> None:
    desk.editor.go_to("2026-01-31")
    desk.act("go.month_next")
    assert desk.editor.cursor.day == 28


def test_a_month_without_anybody_says_so(desk: Desk) -> None:
    desk.outcome = desk.editor.show_month(Month(2019, 5))
    assert desk.said == "Nobody has a contract in May 2019."


def test_escape_drops_count_selection_marks_and_filter_one_at_a_time(desk: Desk) -> None:
    editor = desk.editor
    editor.set_filter(Filter("Charlie"))
    desk.type("*").act("select.all_visible").type("5")
    assert editor.cancel() is not None
    assert (editor.count, editor.selection is None, editor.marks) == (None, False, {desk.people["Cy"]})
    assert editor.cancel() is not None
    assert (editor.selection, editor.marks) == (None, {desk.people["Cy"]})
    assert editor.cancel() is not None
    assert (editor.marks, len(editor.people)) == (set(), 1)
    outcome = editor.cancel()
    assert outcome is not None
    assert outcome.rows_changed
    assert len(editor.people) == 5
    assert desk.place == ("Cy", 14)
    assert editor.cancel() is None


def test_a_filter_keeps_the_person_or_goes_to_the_first_match_on_the_same_day(desk: Desk) -> None:
    desk.at("Di", 16)
    desk.editor.set_filter(Filter("l"))
    assert desk.place == ("Di", 16)
    desk.editor.set_filter(Filter("1003"))
    assert desk.place == ("Cy", 16)
    desk.editor.set_filter(Filter())
    desk.editor.set_filter(Filter("o"))
    assert desk.place == ("Bo", 16)
    desk.outcome = desk.editor.set_filter(Filter("nobody"))
    assert desk.said == "Nobody matches."


def test_people_without_entries_come_first_when_asked(desk: Desk) -> None:
    desk.at("An", 14).type("v")
    desk.editor.set_filter(Filter(without_entries_first=True))
    assert desk.editor.people[-1] == desk.people["An"]


def test_go_to_understands_what_clerks_type(desk: Desk) -> None:
    def after(text: str) -> date:
        desk.editor.go_to(text)
        return desk.editor.month.day(desk.editor.cursor.day)

    desk.at("Bo", 14)
    assert after("3") == date(2026, 9, 3)
    assert after("+7") == date(2026, 9, 10)
    assert after("+30") == date(2026, 10, 10)
    assert after("-10") == date(2026, 9, 30)
    assert after("24/12") == date(2026, 12, 24)
    assert after("2-1") == date(2027, 1, 2)
    assert after("2026-11-05") == date(2026, 11, 5)
    assert after("1.6.2026") == date(2026, 6, 1)
    assert after("today") == date(2026, 9, 14)
    assert after("14/9") == date(2026, 9, 14)
    assert after("1") == date(2026, 9, 1)
    assert after("") == date(2026, 9, 14)
    assert desk.place[0] == "Bo"


def test_go_to_refuses_what_is_no_date(desk: Desk) -> None:
    for text in ("31/11", "0/5", "14/13", "2026-02-30", "1/1/0000", "1/1/9999"):
        desk.outcome = desk.editor.go_to(text)
        assert desk.said == f"There is no date “{text}”."
    assert desk.editor.cursor.day == 14


def test_go_to_a_name_and_f3_to_the_next_match(desk: Desk) -> None:
    desk.office.add_person("Els", "Bravo", number="2002")
    desk.editor.refresh()
    desk.at("Di", 15).editor.go_to("bravo")
    first = desk.editor.cursor
    desk.act("find.next")
    second = desk.editor.cursor
    assert {desk.editor.view.row(cursor.row).name for cursor in (first, second)} == {"Bravo Bo", "Bravo Els"}
    assert first.day == second.day == 15
    assert desk.act("find.next").editor.cursor == first
    desk.outcome = desk.editor.go_to("zulu")
    assert desk.said == "Nobody matches “zulu”."


def test_next_match_without_a_search(desk: Desk) -> None:
    assert desk.act("find.next").said == "Nothing was searched for yet."
