"""Around the month: two-week schedules, replacement days, half holidays, forwarded messages, doubles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.desk import Desk, export, of

pytestmark = pytest.mark.pty

LOTMAR = 1056
RIKKOLT = 1003
"""Every third Monday and the Friday before are days off."""
NEW = 1061


def test_a_schedule_of_two_weeks_is_made_in_the_middle_of_a_new_person(home: Path) -> None:
    with Desk(home) as desk:
        desk.do("<C-t>2<C-n>", "New person  Demo NV")
        desk.do("<enter>Testpersoon<enter>Tess<C-s>", "Start date")
        desk.do("01092026")
        desk.skip_to("Work schedule")
        desk.do("<C-t>7", "Work schedules  Demo NV")
        desk.do("<C-n>Proefrooster<tab><tab>5x8 - -<tab>4x8 - - -", "Proefrooster")
        desk.do("<tab><tab>31/08/2026<C-s>", "Proefrooster is saved.")
        desk.do("<esc>", "New person  Testpersoon Tess")
        desk.do("proefr<C-s>", "Testpersoon Tess is created.")
        desk.do("<esc>/1061<enter>", "1 of 1 person")
        desk.do("3<enter>8v", "Tue 15 Sep")
        desk.leave()
    entered = of(export(home, "month"), NEW)
    assert [(line["date"], line["minutes"]) for line in entered] == [
        (f"2026-09-{day:02d}", "480") for day in (3, 4, 7, 8, 9, 10, 14, 15)
    ]


def test_a_replacement_day_is_off_for_whom_the_holiday_was_a_day_off_anyway(home: Path) -> None:
    with Desk(home) as desk:
        desk.do("<C-t>6", "Holidays 2026  Demo NV")
        desk.do("<f2>1", "Replacement days of 2026", "Working days")
        desk.do("<tab>n<tab><tab><tab><tab><tab>y<C-s>", "Tue 26 May 2026 instead of Mon 25 May 2026")
        desk.do("1", "Tue 26 May")
        desk.do("<esc>" + "<f7>" * 4, "May 2026")
        desk.do(f"/{RIKKOLT}<enter>21<enter>2v", "Thu 28 May")
        desk.do(f"<esc>/{LOTMAR}<enter>22<enter>2v", "Wed 27 May")
        desk.leave()
    entered = export(home, "month", "2026-05")
    assert [line["date"] for line in of(entered, RIKKOLT)] == ["2026-05-21", "2026-05-27"]
    assert [line["date"] for line in of(entered, LOTMAR)] == ["2026-05-22", "2026-05-26"]


def test_half_a_holiday_of_a_team_leaves_half_a_day_of_leave(home: Path) -> None:
    with Desk(home) as desk:
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("<C-t>6<C-n>", "New holiday")
        desk.do("17/09/2026<enter>Halve proef<enter><enter><enter>y<C-s>", "Halve proef")
        desk.do("<esc>17<enter>v", "Fri 18 Sep")
        desk.leave()
    (entered,) = of(export(home, "month"), LOTMAR)[-1:]
    assert (entered["date"], entered["minutes"]) == ("2026-09-17", "240")


def test_a_forwarded_message_says_so_and_is_only_read(home: Path) -> None:
    with Desk(home) as desk:
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("<C-o><f5>", "Message to the provider")
        desk.do("A rise please<C-s>", "1 draft")
        desk.do("<esc><space>", "1 marked")
        desk.do("><enter>", "Forward  September 2026")
        desk.do(f"<tab><tab><tab><tab><C-u>{home}/sent<C-s>", "Check  September 2026")
        desk.do("<C-s>", "Preview  September 2026")
        desk.do("<C-s>y", "September 2026 is forwarded")
        desk.do("<C-t>5", "A rise please", "forwarded")
        desk.do("<enter>", "A rise please")
        desk.do("x<esc><delete>", "This message was forwarded: write another one.")
        desk.leave()
    (line,) = of(export(home, "messages"), LOTMAR)
    assert (line["state"], line["text"]) == ("forwarded", "A rise please")


def test_somebody_out_of_service_is_not_made_a_second_time_unasked(home: Path) -> None:
    with Desk(home) as desk:
        desk.do("<C-t>21056<delete>", "End the contract  Beispiel Lotmar")
        desk.do("31082026<C-s>", "fall outside the contract")
        desk.do("1", "The contract ends on 31 Aug 2026.")
        desk.do("<esc>")
        desk.program.until(lambda: "Find: 1056" not in desk.text)
        desk.do("<C-n>", "New person  Demo NV")
        desk.do("<enter>Beispiel<enter>Lotmar<enter>", "somebody who is there already", "out of service")
        desk.do("<C-s>", "Start date")
        desk.do("01102026<C-s>", "may be the same person.")
        desk.do("n", "Nothing was changed.")
        desk.leave()
    assert of(export(home, "people", "2026-10"), NEW) == []
    with Desk(home) as desk:
        desk.do("<C-t>2", "1 form begun")
