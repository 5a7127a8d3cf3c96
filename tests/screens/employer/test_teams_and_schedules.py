"""The teams and the library of schedules."""

from __future__ import annotations

import json

from hrtui.screens.employer.schedules import SchedulesScreen
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office


def teams(world: Office) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = world.store.con.execute(
        "SELECT t.name, p.last_name FROM team t LEFT JOIN person p ON p.id = t.manager_id ORDER BY t.name"
    ).fetchall()
    return found


async def test_a_team_is_made_named_and_led(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "8", "ctrl+n", *"Kitchen", "enter")
        assert ("Kitchen", None) in teams(world)
        await pilot.press("enter", "tab", *"dubois", "tab")
        assert ("Kitchen", "Dubois") in teams(world)
        await pilot.press("escape")
        assert "Dubois Eva" in screen_text(pilot.app)


async def test_a_team_s_name_is_taken_once(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "8", "ctrl+n", *"bakery", "enter")
        assert "! There is a team Bakery already." in told(pilot.app)
        await pilot.press("escape")
        assert len(teams(world)) == 2


async def test_the_people_of_a_deleted_team_go_to_another(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "8", "delete", "1")
        assert teams(world) == [("Shop", None)]
        assert world.store.con.execute("SELECT count(DISTINCT team_id) FROM person").fetchone() == (1,)
        await pilot.press("ctrl+z")
        assert len(teams(world)) == 2


async def test_the_people_of_a_team_are_a_key_away(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "8", "f4")
        text = screen_text(pilot.app)
        assert "Bakery" in text.splitlines()[0]
        assert "Claes" not in text


async def test_a_schedule_of_two_weeks_with_start_times(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "7", "ctrl+n", *"Shifts", "enter", "y", "enter")
        await pilot.press(*"5x8", "enter", *"5x6:30", "enter", *"4x7,5 - 4", "enter", "enter", "enter")
        assert "37:00 a week" in screen_text(pilot.app).splitlines()[0]
        await pilot.press(*"07092026", "ctrl+s")
        assert isinstance(pilot.app.screen, SchedulesScreen)
        row = world.store.con.execute(
            "SELECT weeks, start_times, cycle_start FROM work_schedule WHERE name = 'Shifts'"
        ).fetchone()
        assert json.loads(row[0]) == [[480] * 5 + [0, 0], [450] * 4 + [0, 240, 0]]
        assert json.loads(row[1])[0] == [390] * 5 + [None, None]
        assert row[2] == "2026-09-07"


async def test_hours_that_are_none_are_refused_in_place(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "7", "ctrl+n", *"Odd", "enter", "enter", *"7:36 abc", "tab")
        assert "! These are no hours" in told(pilot.app)
        await pilot.press("shift+tab", "ctrl+u", *"8 8 8 8 8 8 8 8", "tab")
        assert "! A week has seven days; there are 8 here." in told(pilot.app)
        await pilot.press("shift+tab", "ctrl+u", *"25", "tab")
        assert "! A day has 24 hours at most." in told(pilot.app)


async def test_a_schedule_that_people_work_by_changes_from_a_day_on(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "7", "enter", "enter", "enter", *"4x8", "ctrl+s")
        assert "say from which day it changes" in told(pilot.app)
        await pilot.press(*"01102026", "ctrl+s")
        assert isinstance(pilot.app.screen, SchedulesScreen)
        found = world.store.con.execute(
            "SELECT w.weeks FROM schedule_assignment a JOIN work_schedule w ON w.id = a.schedule_id"
            " WHERE a.valid_from = '2026-10-01'"
        ).fetchall()
        assert [json.loads(weeks) for (weeks,) in found] == [[[480] * 4 + [0, 0, 0]]]


async def test_a_schedule_is_given_to_people_from_the_library(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "7", "f4")
        assert "Mark who gets the schedule schedule 101, then F4" in screen_text(pilot.app)
        await pilot.press("down", "space", "f4", *"01102026", "enter")
        found = world.store.con.execute(
            "SELECT p.number FROM schedule_assignment a JOIN person p ON p.id = a.person_id"
            " WHERE a.valid_from = '2026-10-01'"
        ).fetchall()
        assert found == [("102",)]
