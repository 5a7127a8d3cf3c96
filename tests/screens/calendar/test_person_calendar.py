"""A person's own calendar: entering, balances, the year, and the history of a day."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot

from hrtui.domain.day import Entry, Part
from hrtui.store.changes import DayChange, RowChange, write
from hrtui.store.ids import new_id
from hrtui.store.people import Filter, person_ids
from tests.screens.calendar.test_month import SEPTEMBER, entered
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

OPEN = ("ctrl+home", "1", "0", "enter", "ctrl+o")


async def shown(pilot: Pilot[None], *keys: str) -> str:
    """The screen after these keys."""
    await pilot.press(*keys)
    await pilot.pause()
    return screen_text(pilot.app)


def line_with(text: str, word: str) -> str:
    return next(line for line in text.splitlines() if word in line)


async def test_it_shows_entries_with_their_hours_and_the_schedule(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN)
        assert "September 2026  Aerts-Voorbeeld Ann  101  Bakery" in text
        assert "VAK< 3:48  VAK> 3:48  VAK: 2:00" in text
        assert "Aerts-Voorbeeld Ann, Thu 10 Sep: 7:36 scheduled" in text


async def test_a_letter_enters_for_this_person_only_even_with_others_marked(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "f6", *OPEN, "v")
        assert entered(world, "Aerts", 10) == [("v", 456)]
        assert entered(world, "Baeten", 10) == []
        assert "Fri 11 Sep" in text
        text = await shown(pilot, "escape")
        assert "8 marked" in text
        assert line_with(text, "Aerts").split("v:")[1].startswith("· ·       v ")


async def test_add_takes_a_type_and_hours_behind_what_is_there(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "enter")
        assert "Hours of VAK Legal holiday leave: 7:36" in text
        await shown(pilot, *"4:00", "enter")
        assert entered(world, "Aerts", 10) == [("v", 240)]
        text = await shown(pilot, "ctrl+z", "enter", *"4 vak 3:36 z", "enter")
        assert entered(world, "Aerts", 10) == [("v", 240), ("z", 216)]
        assert "VAK:4:00+" in text


async def test_add_keeps_a_mistake_to_put_it_right(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "enter", *"99", "enter")
        assert text.splitlines()[-1].endswith(": 99")
        assert text.splitlines()[-2].startswith(" !")
        assert entered(world, "Aerts", 10) == []
        text = await shown(pilot, "escape")
        assert "Enter add" in text


async def test_add_stays_on_the_day_so_that_its_history_is_next(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "enter", *"4", "enter")
        assert "Thu 10 Sep" in text
        text = await shown(pilot, "f3")
        assert "Thu 10 Sep 2026" in text
        assert "VAK" in text


async def test_add_finds_a_type_by_its_letter_code_or_name(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "enter", *"ove")
        assert text.splitlines()[-1] == " Leave type: ove"
        assert text.splitlines()[-2].startswith(" ↑↓ OVU Overtime")
        text = await shown(pilot, "enter")
        assert "Hours of OVU Overtime: 7:36" in text
        await shown(pilot, *"2", "enter")
        assert entered(world, "Aerts", 10) == [("o", 120)]
        text = await shown(pilot, "enter", "z")
        assert text.splitlines()[-2].startswith(" ↑↓ ZGL")
        text = await shown(pilot, "backspace", *"qqq", "enter")
        assert "No leave type has “qqq”" in text
        text = await shown(pilot, *["backspace"] * 3, *"am")
        assert "Hours of VAK Legal holiday leave: am" in text
        await shown(pilot, "enter")
        assert ("v", 228) in entered(world, "Aerts", 10)


async def test_add_without_an_amount_leaves_the_day_as_it_is(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "home", "enter", "enter")
        assert "Type the hours" in text
        assert entered(world, "Aerts", 1) == [("v", 456)]


@pytest.mark.parametrize(
    ("opens", "then"), [("enter", [("z", 228), ("v", 120)]), ("equals_sign", [("v", 120)])]
)
async def test_what_came_meanwhile_is_not_overwritten_unseen(
    start: Start, world: Office, opens: str, then: list[tuple[str, int]]
) -> None:
    async with start() as pilot:
        await shown(pilot, *OPEN, opens, *"2 vak" if opens != "enter" else "2")
        (person,) = person_ids(world.store, world.employer_id, SEPTEMBER, Filter("Aerts"))
        ill = (Entry(world.kind("z"), 228, Part.HOURS),)
        other = world.open_again("Clerk Two")
        write(other, world.employer_id, "x", [DayChange(person, date(2026, 9, 10), (), ill)])
        other.close()
        await pilot.pause(1.2)
        text = await shown(pilot, "enter")
        assert "Changed elsewhere meanwhile: 3:48 ZGL" in text
        assert entered(world, "Aerts", 10) == [("z", 228)]
        await shown(pilot, "enter")
        assert entered(world, "Aerts", 10) == then


async def test_keys_mean_what_they_mean_in_the_grid(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "v", "minus")
        assert entered(world, "Aerts", 10) == [("v", 228)]
        assert "Fri 11 Sep" in text
        await shown(pilot, "full_stop")
        assert entered(world, "Aerts", 11) == [("v", 228)]
        await shown(pilot, "backspace")
        assert entered(world, "Aerts", 11) == []
        await shown(pilot, "left", "minus")
        assert entered(world, "Aerts", 10) == [("v", 228)]
        text = await shown(pilot, *"17", "enter")
        assert "Thu 17 Sep" in text
        text = await shown(pilot, "f2", *"4 vak 3:36 kv", "enter")
        assert entered(world, "Aerts", 17) == [("v", 240), ("k", 216)]
        text = await shown(pilot, "right_parenthesis")
        assert "October 2026" in text


async def test_half_after_a_move_is_about_the_day_under_the_cursor(start: Start, world: Office) -> None:
    async with start() as pilot:
        await shown(pilot, *OPEN, "v", "home", "minus")
        assert entered(world, "Aerts", 10) == [("v", 456)]
        assert entered(world, "Aerts", 1) == [("v", 228)]


async def test_clear_undo_and_history(start: Start, world: Office) -> None:
    async with start() as pilot:
        await shown(pilot, *OPEN, "home", "delete")
        assert entered(world, "Aerts", 1) == []
        await shown(pilot, "ctrl+z")
        assert entered(world, "Aerts", 1) == [("v", 456)]
        text = await shown(pilot, "home", "f3")
        assert "History: Aerts-Voorbeeld Ann, Tue 1 Sep 2026" in text
        assert text.count("Clerk One") == 3
        assert any(line.split()[-2:] == ["VAK", "empty"] for line in text.splitlines())
        text = await shown(pilot, "escape", "right")
        assert "September 2026" in text
        assert "Wed 2 Sep" in text


async def test_the_year_has_twelve_rows_and_moves_by_months(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "tab")
        assert line_with(text, " Sep ").split()[1:5] == ["v", "v<v>v:·", "·", "·"]
        assert line_with(text, " Sep ").endswith("17:12")
        text = await shown(pilot, "down")
        assert "Sat 10 Oct: not scheduled" in text
        text = await shown(pilot, "f9", "tab")
        assert "October 2027" in text


async def test_left_of_the_first_day_is_the_month_before(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "home", "left")
        assert "August 2026" in text
        assert "Mon 31 Aug" in text
        text = await shown(pilot, "escape")
        assert "September 2026" in text.splitlines()[0]


async def test_outside_the_contract_nothing_can_be_entered(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "f5", *"dubois", "enter", "ctrl+o", "f7", "v")
        assert "No contract in August 2026" in text
        assert "Dubois Eva" in text.splitlines()[0]


async def test_the_next_person_of_the_list(start: Start) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "pagedown")
        assert "Baeten Bob" in text.splitlines()[0]
        text = await shown(pilot, "pageup", "pageup")
        assert "Aerts-Voorbeeld Ann" in text.splitlines()[0]
        assert "nobody further" in text.splitlines()[-1]


async def test_balances_with_lapsed_hours(start: Start, world: Office) -> None:
    (person,) = person_ids(world.store, world.employer_id, SEPTEMBER, Filter("Aerts"))
    granted = {
        "person_id": person, "leave_type_id": world.kind("v"), "year": 2026, "label": "last year",
        "minutes": 600, "valid_from": "2026-01-01", "expires": "2026-03-01",
    }  # fmt: skip
    current = {**granted, "label": "this year", "minutes": 9120, "expires": "2027-01-01"}
    rows = [RowChange("allowance", new_id(), None, values) for values in (granted, current)]
    write(world.store, world.employer_id, "Allowances", rows, undoable=False)
    async with start() as pilot:
        text = await shown(pilot, *OPEN)
        assert line_with(text, "VAK Legal").endswith(" 21.316 d  2.263 d  1.316 d 17.737 d")


async def test_a_long_amount_of_days_is_shown_whole(start: Start, world: Office) -> None:
    (person,) = person_ids(world.store, world.employer_id, SEPTEMBER, Filter("Aerts"))
    taken = {
        "person_id": person, "leave_type_id": world.kind("v"), "year": 2026, "label": "", "minutes": 0,
        "days": -10_000, "valid_from": "2026-01-01", "expires": None, "reason": "wrong",
    }  # fmt: skip
    write(world.store, world.employer_id, "Wrong", [RowChange("allowance", new_id(), None, taken)])
    async with start() as pilot:
        text = await shown(pilot, *OPEN)
        assert line_with(text, "VAK Legal").endswith(" 12.263 d           -12.263 d")


async def test_what_another_terminal_enters_appears(start: Start, world: Office) -> None:
    async with start() as pilot:
        await shown(pilot, *OPEN)
        other = world.open_again("Clerk Two")
        (person,) = person_ids(other, world.employer_id, SEPTEMBER, Filter("Aerts"))
        write(
            other,
            world.employer_id,
            "x",
            [DayChange(person, date(2026, 9, 21), (), (Entry(world.kind("z"), 456),))],
        )
        other.close()
        await pilot.pause(1.2)
        assert "ZGL 7:36" in screen_text(pilot.app)
