"""What a clerk gets from letters, counts, repeats, halves, typed cells and clearing."""

from __future__ import annotations

from datetime import date
from unittest.mock import Mock

import pytest

from hrtui.domain.entering import put
from hrtui.domain.month import Month
from hrtui.editor import applying
from tests.editor.conftest import Desk, make_editor
from tests.store.conftest import Office
from tests.store.locking import lock_month


def test_a_letter_enters_the_day_and_goes_to_the_next_working_day(desk: Desk) -> None:
    desk.at("An", 17).type("vv")
    assert desk.filled("An") == {17: "VAK", 18: "VAK"}
    assert desk.place == ("An", 21)
    assert desk.said == ""


def test_only_the_entered_cell_is_to_be_drawn_again(desk: Desk) -> None:
    desk.at("Bo", 15).type("z")
    assert desk.outcome.cells == {(1, 15)}
    assert not desk.outcome.rows_changed


def test_the_grid_shows_at_once_what_was_entered(desk: Desk) -> None:
    desk.at("An", 14).type("v")
    row = desk.editor.view.row(0)
    assert [entry.minutes for entry in row.days[13].entries] == [456]
    assert row.totals.absent == 456


def test_a_count_takes_that_many_working_days_of_the_person(desk: Desk) -> None:
    desk.at("An", 14).type("6v")
    assert list(desk.filled("An")) == [14, 15, 16, 17, 18, 21]
    assert desk.place == ("An", 22)
    desk.at("Bo", 14).type("3v")
    assert list(desk.filled("Bo")) == [14, 15, 17]
    assert desk.said == "Legal holiday leave: 3 days, 14–17 Sep."


def test_a_count_on_a_day_off_begins_at_the_next_working_day(desk: Desk) -> None:
    desk.at("An", 19).type("2v")
    assert list(desk.filled("An")) == [21, 22]


def test_a_count_runs_on_into_the_next_months(desk: Desk) -> None:
    desk.at("An", 29).type("26v")
    assert list(desk.filled("An")) == [29, 30]
    assert len(desk.filled("An", 10)) == 22
    # 1 November 2026 is a Sunday and a holiday.
    assert len(desk.filled("An", 11)) == 2
    assert desk.place == ("An", 30)


def test_a_count_from_the_last_weekend_of_a_month_takes_the_next_month(desk: Desk) -> None:
    desk.editor.go_to("31/10")
    desk.type("2v")
    # 2 November 2026 is off in place of Sunday 1 November.
    assert (desk.filled("An", 10), list(desk.filled("An", 11))) == ({}, [3, 4])


def test_a_count_says_how_many_days_the_contract_does_not_have(desk: Desk) -> None:
    desk.at("Ed", 16).type("5v")
    assert list(desk.filled("Ed")) == [16, 17, 18]
    assert "2 working days not found" in desk.said


def test_a_count_is_at_most_a_year(desk: Desk) -> None:
    desk.type("366")
    assert desk.editor.count == 366
    desk.editor.cancel()
    desk.type("367")
    assert desk.said == "At most 366 days at once."


def test_a_count_that_is_too_high_enters_nothing_at_all(desk: Desk) -> None:
    desk.at("An", 14).type("999v")
    assert desk.said == "At most 366 days at once."
    assert desk.filled("An") == {}
    desk.type("v")
    assert desk.filled("An") == {14: "VAK"}


def test_a_count_does_not_begin_with_nought(desk: Desk) -> None:
    desk.type("0")
    assert desk.said == "A number of days begins with 1 to 9."
    desk.type("10")
    assert (desk.editor.count, desk.said) == (10, "")


def test_of_very_many_people_it_asks_before_it_reads_their_days(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MANY", 4)
    rules = Mock(wraps=put)
    monkeypatch.setattr("hrtui.editor.entering.put", rules)
    desk.at("An", 18).act("select.all_visible").type("v")
    assert desk.said == "Legal holiday leave: 5 people, Fri 18 Sep. Go on?"
    assert not rules.called
    desk.yes()
    assert desk.held("Ed", 18) == "VAK"
    assert desk.said.startswith("Legal holiday leave: 4 days of 4 people, Fri 18 Sep; 1 skipped")
    desk.type("-")
    assert desk.said == "Half days: 4 days of 4 people, Fri 18 Sep."
    desk.type("3z")
    assert desk.said == "Illness, guaranteed wage: 5 people, 3 days from Mon 21 Sep. Go on?"


def test_a_day_off_refuses_with_its_reason_and_keeps_the_cursor(desk: Desk) -> None:
    desk.at("An", 19).type("v")
    assert desk.said == "Sat 19 Sep: no work is scheduled."
    assert desk.place == ("An", 19)


def test_a_day_before_the_contract_is_refused(desk: Desk) -> None:
    desk.at("Di", 11).type("v")
    assert desk.said == "Fri 11 Sep is outside the contract."


def test_a_holiday_is_refused_by_name(desk: Desk) -> None:
    desk.editor.go_to("11/11")
    desk.type("v")
    assert desk.said == "Wed 11 Nov is a holiday: Armistice Day."


def test_a_locked_month_is_refused_with_when_and_by_whom(desk: Desk) -> None:
    lock_month(desk.office.store, [desk.people["An"]], Month(2026, 9))
    desk.editor.refresh()
    desk.at("An", 14).type("v")
    assert desk.said.startswith("September 2026: locked on ")
    assert desk.said.endswith(" by Clerk One.")
    assert desk.filled("An") == {}


def test_the_same_leave_again_says_so(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).type("v")
    assert desk.said == "Mon 14 Sep holds that already."


def test_overtime_without_hours_says_what_to_type(desk: Desk) -> None:
    desk.at("An", 14).type("o")
    assert desk.said == "Overtime needs hours: type them in the cell, as in 2:30 OVU."


def test_another_type_takes_the_free_half_or_the_full_day(desk: Desk) -> None:
    desk.at("An", 14).type("k-").at("An", 14).type("v")
    assert desk.held("An", 14) == "am KV pm VAK"
    desk.at("An", 15).type("k").at("An", 15).type("v")
    assert desk.held("An", 15) == "VAK"


def test_a_letter_on_a_name_is_refused(desk: Desk) -> None:
    desk.at("An", 0).type("v")
    assert desk.said == "This is a name. Go to a day to enter something."


def test_a_letter_without_a_type_is_named(desk: Desk) -> None:
    desk.type("q")
    assert desk.said == "“q” is no leave type here. F1 lists the keys."


def test_an_empty_list_refuses_every_key_in_words(office: Office) -> None:
    desk = Desk(office, make_editor(office.store, office.employer_id), {})
    assert "Nobody is shown" in desk.type("v").said
    for action in ("entry.clear", "entry.fill_right", "entry.fill_down", "select.extend", "edit.copy"):
        assert "Nobody is shown" in desk.act(action).said
    desk.act("go.down", "go.right", "go.last_person", "go.month_next", "view.next_issue", "entry.clear_back")
    assert desk.editor.status() == ""


def test_repeat_enters_type_count_and_half_again(desk: Desk) -> None:
    desk.at("An", 14).type("2v-").at("Bo", 14).type(".")
    assert desk.filled("Bo") == {14: "am VAK", 15: "am VAK"}


def test_repeat_of_a_typed_cell(desk: Desk) -> None:
    desk.at("An", 14).editor.type_cell("4 ad 3:36 kv")
    desk.at("Bo", 14).type(".")
    assert desk.held("Bo", 14) == "4:00 AD 3:36 KV"


def test_repeat_takes_a_new_count(desk: Desk) -> None:
    desk.at("An", 14).type("5v").at("Bo", 14).type("2.")
    assert list(desk.filled("Bo")) == [14, 15]


def test_repeat_without_anything_to_repeat(desk: Desk) -> None:
    assert desk.type(".").said == "Nothing was entered yet that could be repeated."


def test_half_right_after_an_entry_is_about_that_entry(desk: Desk) -> None:
    desk.at("An", 14).type("v-")
    assert desk.filled("An") == {14: "am VAK"}
    assert desk.said == "Mon 14 Sep: Legal holiday leave 3:48 (morning)"
    assert desk.type("-").held("An", 14) == "pm VAK"
    assert desk.type("-").held("An", 14) == "VAK"
    assert desk.place == ("An", 15)


def test_half_after_a_move_is_about_the_cursor(desk: Desk) -> None:
    desk.at("An", 14).type("vv").at("An", 14).type("-")
    assert desk.filled("An") == {14: "am VAK", 15: "VAK"}


def test_half_after_an_arrow_no_longer_means_the_entry(desk: Desk) -> None:
    desk.at("An", 14).type("v").act("go.down").type("-")
    assert desk.filled("An") == {14: "VAK"}
    assert "no single entry" in desk.said


def test_half_of_an_empty_day_is_refused(desk: Desk) -> None:
    assert desk.at("An", 14).type("-").said == "Mon 14 Sep: there is no single entry to halve."


def test_an_odd_half_day_loses_no_minute(desk: Desk) -> None:
    office = desk.office
    desk.people["Fi"] = office.add_person("Fi", "Foxtrot", weeks=[[455, 455, 455, 455, 455, 0, 0]])
    desk.editor.refresh()
    desk.at("Fi", 14).type("v-").at("Fi", 14).type("z")
    day = desk.editor.rows_of([desk.people["Fi"]], Month(2026, 9))[desk.people["Fi"]].days[13]
    assert sum(entry.minutes for entry in day.entries) == 455


def test_a_typed_cell_splits_the_day(desk: Desk) -> None:
    desk.at("An", 14)
    desk.outcome = desk.editor.type_cell("4 AD 3:36 KV")
    assert desk.held("An", 14) == "4:00 AD 3:36 KV"
    assert desk.place == ("An", 15)
    assert desk.at("An", 14).editor.cell_text() == "4:00 AD 3:36 KV"


def test_a_typed_cell_may_not_exceed_the_schedule(desk: Desk) -> None:
    desk.at("An", 14)
    desk.outcome = desk.editor.type_cell("4 AD 4 KV")
    assert desk.said == "Mon 14 Sep: that does not fit, 3:36 of 7:36 is free."
    assert desk.filled("An") == {}


def test_a_typed_cell_with_an_unknown_code_names_it(desk: Desk) -> None:
    desk.at("An", 14)
    desk.outcome = desk.editor.type_cell("4 AD 4 QQ")
    assert desk.said == "“QQ” is no leave type."


def test_a_corrected_typed_cell_still_has_its_count(desk: Desk) -> None:
    desk.at("An", 14).type("3")
    assert desk.editor.type_cell("4 QQ").refused
    assert not desk.editor.type_cell("4 KV").refused
    assert desk.filled("An") == {14: "4:00 KV", 15: "4:00 KV", 16: "4:00 KV"}
    assert desk.editor.count is None


def test_a_typed_cell_fills_a_selection_by_each_ones_schedule(desk: Desk) -> None:
    desk.at("An", 15).type("*").act("go.right", "go.down")
    desk.outcome = desk.editor.type_cell("vak")
    assert (desk.filled("An"), desk.filled("Bo")) == ({15: "VAK", 16: "VAK"}, {15: "VAK"})
    assert desk.said == "VAK: 3 days of 2 people, 15–16 Sep; 1 skipped: not scheduled."


def test_an_emptied_typed_cell_clears(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).editor.type_cell("  ")
    assert desk.filled("An") == {}


def test_clear_empties_the_cell_and_stays(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).act("entry.clear")
    assert desk.filled("An") == {}
    assert desk.place == ("An", 14)
    assert desk.act("entry.clear").said == "Mon 14 Sep: there is nothing to clear."


def test_backspace_right_after_an_entry_takes_it_back(desk: Desk) -> None:
    desk.at("An", 14).type("v5z\b")
    assert desk.filled("An") == {14: "VAK"}
    assert desk.place == ("An", 15)


def test_backspace_elsewhere_clears_and_steps_over_the_weekend(desk: Desk) -> None:
    desk.at("An", 18).type("vv").at("An", 21).type("\b")
    assert desk.filled("An") == {18: "VAK"}
    assert desk.place == ("An", 18)
    desk.type("\b")
    assert desk.filled("An") == {}


def test_enter_goes_to_the_next_person_where_the_run_began(desk: Desk) -> None:
    desk.at("An", 14).type("vvz\n")
    assert desk.place == ("Bo", 14)
    desk.type("3z\n")
    assert desk.place == ("Cy", 14)


def test_what_a_letter_replaces_is_said(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).type("z")
    assert desk.said == "Mon 14 Sep: replaced Legal holiday leave 7:36."
    desk.at("An", 15).type("k").at("An", 14).type("4v")
    assert desk.said == "Legal holiday leave: 4 days, 14–17 Sep; 2 replaced."
    desk.at("An", 14).type("-")
    assert desk.said == ""
    desk.act("entry.clear")
    assert desk.said == ""


def test_the_question_before_much_is_entered_says_what_is_replaced(desk: Desk) -> None:
    desk.editor.page_rows = 2
    desk.at("Bo", 14).type("z").at("An", 14).act("select.all_visible").type("v")
    assert desk.said == "Legal holiday leave: 5 days of 5 people, Mon 14 Sep; 1 replaced. Go on?"


def test_entering_works_on_the_marked_people_from_the_cursors_day(desk: Desk) -> None:
    desk.at("An", 14).type("  ").type("2v")
    assert (list(desk.filled("An")), list(desk.filled("Bo"))) == ([14, 15], [14, 15])
    assert desk.filled("Cy") == {}
    assert desk.said == "Legal holiday leave: 4 days of 2 people, 14–15 Sep."


def test_more_people_than_a_page_are_asked_about_once(desk: Desk) -> None:
    desk.editor.page_rows = 2
    desk.at("An", 14).act("select.all_visible").type("v")
    assert desk.said == "Legal holiday leave: 5 days of 5 people, Mon 14 Sep. Go on?"
    assert desk.filled("An") == {}
    desk.yes()
    assert all(desk.filled(name) == {14: "VAK"} for name in desk.people)
    desk.act("edit.undo")
    assert not any(desk.filled(name) for name in desk.people)


def test_more_days_than_a_screenful_are_asked_about(desk: Desk) -> None:
    desk.editor.page_rows = 1
    desk.at("An", 1).type("40v")
    assert desk.outcome.question is not None


def test_marked_people_outside_the_filter_are_asked_about(desk: Desk) -> None:
    from hrtui.store.people import Filter

    desk.at("An", 14).type("  ")
    desk.editor.set_filter(Filter("Bravo"))
    desk.editor.go_to("14")
    desk.type("v")
    assert (
        desk.said == "Legal holiday leave: 2 days of 2 people, Mon 14 Sep; 1 of them is not shown now. Go on?"
    )
    desk.yes()
    assert desk.filled("An") == {14: "VAK"}


def test_many_days_report_what_was_skipped_and_why(desk: Desk) -> None:
    lock_month(desk.office.store, [desk.people["Cy"]], Month(2026, 9))
    desk.editor.refresh()
    desk.at("An", 11).act("select.all_visible").type("v")
    assert desk.said == (
        "Legal holiday leave: 3 days of 3 people, Fri 11 Sep;"
        " 2 skipped: locked (1), outside the contract (1)."
    )
    desk.at("An", 12).type("v")
    assert desk.said.startswith("Nothing changed; 5 skipped: ")


def test_the_months_of_a_count_are_stored_where_they_belong(desk: Desk) -> None:
    desk.at("An", 30).type("2v").act("go.month_next")
    assert desk.editor.month == Month(2026, 10)
    assert desk.editor.view.row(0).days[0].entries
    assert desk.held("An", 1, 10) == "VAK"
    assert desk.editor.today == date(2026, 9, 14)


def test_halving_a_day_in_place_is_told_by_its_own_line_only(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14).type("-")
    assert (desk.held("An", 14), desk.said) == ("am VAK", "")
    desk.type("-")
    assert (desk.held("An", 14), desk.said) == ("pm VAK", "")


def test_what_the_day_holds_already_is_told_and_not_refused(desk: Desk) -> None:
    desk.at("An", 14).type("v").at("An", 14)
    desk.outcome = desk.editor.type_cell("7,6 vak")
    assert desk.said == "Mon 14 Sep holds that already."
    assert not desk.outcome.refused
