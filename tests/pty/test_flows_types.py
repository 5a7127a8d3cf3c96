"""Leave types, holidays and the leave year as a clerk works with them, from the first key to the export."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.desk import Desk, export, of

pytestmark = pytest.mark.pty

LOTMAR = 1056


def enter_on(desk: Desk, who: str, day: int, letter: str, says: str) -> None:
    """Enter a day of a type by its letter in the month."""
    desk.do(f"/{who}<enter>", "1 of 1 person")
    desk.do(f"{day}<enter>", f" {day} Sep:")
    desk.do(f"{letter}{day}<enter>", says)


def test_a_type_that_is_activated_can_be_entered_at_once(home: Path):
    assert not [line for line in export(home, "month") if line["code"] == "GVM"]
    with Desk(home) as desk:
        desk.do("<C-t>3", "Leave types  Demo NV")
        desk.do("<f9>gvm", "Birth leave, fund", " off ")
        desk.do("<enter>", "Activate GVM Birth leave, fund")
        desk.do("<tab>y<tab>n<enter>", "Birth leave, fund is active: ")
        letter = desk.found("Birth leave, fund is active: (.) enters it in the month")
        desk.do("<esc>", "1 of 60 people")
        enter_on(desk, "1056", 16, letter, "Wed 16 Sep: 8:00 scheduled; Birth leave, fund")
        desk.leave()
    entered = [line for line in export(home, "month") if line["code"] == "GVM"]
    assert [(line["number"], line["date"], line["hours"]) for line in entered] == [
        (str(LOTMAR), "2026-09-16", "8.00")
    ]
    with Desk(home) as desk:
        desk.do("<C-t>3gvm", "Find: gvm")
        line = next(line for line in desk.program.lines if "Birth leave, fund" in line)
        assert line.split()[-2:] == ["Yes", "No"]
        assert f" {letter} " in line


def test_an_own_type_is_made_and_a_taken_letter_refused(home: Path):
    with Desk(home) as desk:
        desk.do("<C-t>3", "Leave types  Demo NV")
        desk.do("<C-n>", "New leave type")
        desk.do("vak<enter>", "! ", "Legal holiday leave")
        desk.do("<S-tab><backspace><backspace><backspace>tst<enter>", "TST")
        desk.do("<backspace>v<enter>", "! ", "Legal holiday leave")
        desk.do("<S-tab><backspace>q<enter>Testverlof<enter>Congé d'essai<enter>Test leave")
        desk.do("<C-s>", "Test leave is active: q enters it in the month.")
        desk.do("<esc>", "1 of 60 people")
        enter_on(desk, "1056", 17, "q", "Thu 17 Sep: 8:00 scheduled; Test leave")
        desk.leave()
    (entered,) = [line for line in export(home, "month") if line["code"] == "TST"]
    assert (entered["number"], entered["leave_type_name"]) == (str(LOTMAR), "Test leave")


def test_a_holiday_that_moves_shows_what_it_touches_and_frees_its_old_day(home: Path):
    before = of(export(home, "month", "2026-11"), LOTMAR)
    assert not before
    with Desk(home) as desk:
        desk.do("<f9><f9>", "November 2026")
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("9<enter>v", "Tue 10 Nov")
        desk.do("<C-t>6", "Holidays 2026  Demo NV")
        desk.do("armis<enter>", "Holiday  Armistice Day")
        desk.do("9/11<C-s>", "1 entry on these days", "Beispiel Lotmar", "VAK")
        desk.do("<enter>", "Mon 9 Nov   Armistice Day", "1 entry stays as it is")
        desk.do("<esc><esc>", "November 2026")
        desk.do("11<enter>", "Wed 11 Nov: 8:00 scheduled")
        desk.do("v", "Thu 12 Nov")
        desk.do("9<enter>", "Mon 9 Nov: holiday Armistice Day; Legal holiday leave 8:00")
        desk.leave()
    entered = of(export(home, "month", "2026-11"), LOTMAR)
    assert [line["date"] for line in entered] == ["2026-11-09", "2026-11-11"]
    with Desk(home) as desk:
        desk.do("<C-t>6", "Mon 9 Nov   Armistice Day")


def test_an_allowance_is_adjusted_with_a_reason_that_stays(home: Path):
    with Desk(home) as desk:
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("<C-o><f6>", "Allowances 2026  Beispiel Lotmar", " 21 d")
        desk.do("<f4>", "Adjust leave")
        desk.do("2<enter><enter>", "2 d", "Reason")
        assert " 23 d" not in desk.text
        desk.do("Seniority test<enter>", " 23 d")
        desk.leave()
    with Desk(home) as desk:
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("<C-o>", " 23 d")
        desk.do("<f6><enter>", "Legal holiday leave 2026", " 2 d", "Seniority test")
        desk.do("<f3>", "History of", "Seniority test")


def test_the_year_is_closed_only_after_it_was_shown(home: Path):
    with Desk(home) as desk:
        desk.do("<C-t>3vak<f2>", "Close a leave year")
        desk.do("3", "End of the leave year 2026  (nothing to save)", "Beispiel Lotmar")
        lapsing = desk.found(r"Beispiel Lotmar +VAK +14 d +(14 d)")
        desk.do("<enter>", "keeps longer:", f"at most {lapsing}")
        desk.do("1<enter>", "(not saved yet)")
        assert desk.found(r"Beispiel Lotmar +VAK +14 d +(1 d +13 d)")
        desk.do("<C-s>", "Close 2026 for ", "1 d kept")
        desk.do("n", "(not saved yet)")
        desk.leave_unsaved("What is to be kept longer is not saved.")
    with Desk(home) as desk:
        desk.do("<C-t>3vak<f2>3", "(nothing to save)")
        desk.do("<enter>1<enter>", "(not saved yet)")
        desk.do("<C-s>y", "The leave year 2026 is closed.", "(nothing to save)")
        desk.leave()
    with Desk(home) as desk:
        desk.do("/1056<enter><C-o><f6>", "Allowances 2026  Beispiel Lotmar")
        desk.do("<right>", "Allowances 2027  Beispiel Lotmar", "kept 2026: 1 d left")
        desk.do("<esc>", "Balances 2026")
        desk.do("<esc>", "1 of 1 person")
        desk.do("<C-z>", "Undone: ")
        desk.do("<C-o><f6><right>", "Allowances 2027  Beispiel Lotmar")
        assert "1 d left" not in desk.text


def test_leave_of_a_whole_team_is_adjusted_as_one_step(home: Path):
    with Desk(home) as desk:
        desk.do("<C-t>2transport", "Find: transport")
        desk.do("<f6><f2>", "Leave of 4 people")
        desk.do("3", "Adjust leave  4 people")
        desk.do("vak<enter><enter>-1 d<enter>Bridge day test<enter>", "by -1 d for 4 people?")
        desk.do("y", "Saved for 4 people.")
        desk.leave()
    with Desk(home) as desk:
        desk.do("/1009<enter>", "1 of 1 person")
        desk.do("<C-o><f6><enter>", "Legal holiday leave 2026", "Bridge day test")
        assert desk.found(r"Adjusted +(-1 d) +19 d")
        desk.do("<esc>", "Allowances 2026")
        desk.do("<esc>", "Balances 2026")
        desk.do("<esc>", "1 of 1 person")
        desk.do("<C-z>", "Undone: ")
        desk.do("<C-o><f6><enter>", "Legal holiday leave 2026")
        assert "Bridge day test" not in desk.text
