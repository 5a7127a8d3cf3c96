"""An employer whose leave year begins in April: what a clerk sees of it, from the setting to its end."""

from __future__ import annotations

from datetime import date

from hrtui.domain.day import Entry
from hrtui.domain.leave_type import Limit
from hrtui.store.allowances import grant
from hrtui.store.changes import DayChange, write
from tests.screens.conftest import Start, told
from tests.screens.leave.test_allowances import BOB, person
from tests.screens.leave.test_allowances_days import limited
from tests.store.conftest import Office

TO_LEAVE_YEAR = ("ctrl+t", "9", *("tab",) * 5)


def starts_in_april(world: Office) -> None:
    world.store.con.execute("UPDATE employer SET leave_year_start = 4")


def leave(world: Office, *days: date) -> None:
    entry = (Entry(world.kind("v"), 456),)
    changes = [DayChange(person(world, "102"), day, (), entry) for day in days]
    write(world.store, world.employer_id, "leave", changes)


async def test_march_and_april_are_of_two_leave_years(start: Start, world: Office) -> None:
    """September 2026 is of 2026/27, whose limit the two days of March do not touch."""
    starts_in_april(world)
    limited(world, Limit.DAYS, 2000)
    leave(world, date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1))
    async with start() as pilot:
        await pilot.press("ctrl+home", "down", "ctrl+o")
        text = told(pilot.app)
        assert "Balances 2026/27" in text
        assert "VAK Legal holiday leave 20 d 1.5 d 18.5 d" in text
        await pilot.press("f6")
        assert "Allowances 2026/27 Baeten Bob" in told(pilot.app)
        await pilot.press("left")
        assert "Allowances 2025/26 Baeten Bob" in told(pilot.app)
        assert "VAK Legal holiday leave 20 d 2 d 18 d" in told(pilot.app)
        await pilot.press("enter")
        assert "Legal holiday leave 2025/26 Baeten Bob" in told(pilot.app)


async def test_the_end_of_a_leave_year_is_that_of_march(start: Start, world: Office) -> None:
    """In September the year before is closed; in October it would be the present one."""
    starts_in_april(world)
    limited(world, Limit.DAYS, 2000)
    leave(world, date(2026, 3, 31), date(2026, 4, 1))
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"vak", "f2", "3")
        assert "End of the leave year 2025/26 (not saved yet)" in told(pilot.app)
        await pilot.press(*"baeten")
        assert "Baeten Bob VAK 19 d 19 d" in told(pilot.app)
        assert "2025/26: 19 d can be taken before 1/7/2026" in told(pilot.app).replace("01/07", "1/7")
        await pilot.press("ctrl+s", "y")
        assert "The leave year 2025/26 is closed." in told(pilot.app)


async def test_another_leave_year_says_what_stays_as_it_was(start: Start, world: Office) -> None:
    grant(world.store, world.employer_id, world.kind("v"), 2026, {person(world, "102"): 20_000})
    async with start() as pilot:
        await pilot.press(*TO_LEAVE_YEAR, *"april", "tab", "shift+tab")
        assert (
            "1 grant keeps the first day that it had; limits and new grants go by this leave year."
            in told(pilot.app)
        )
        expires = world.store.con.execute("SELECT expires FROM allowance").fetchone()
        assert expires == ("2027-04-01",)


async def test_in_belgium_another_leave_year_is_against_the_law_of_holidays(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press(*TO_LEAVE_YEAR, *"april", "tab", "shift+tab")
        assert "By Belgian law the leave year of legal holidays is the calendar year." in told(pilot.app)


async def test_a_limit_that_was_written_down_is_named_and_written_anew(start: Start, world: Office) -> None:
    limited(world, Limit.DAYS, 2000)
    async with start() as pilot:
        await pilot.press(*BOB, "ctrl+n", *"2", "enter", *"seniority", "enter")
        assert "VAK Legal holiday leave 22 d" in told(pilot.app)
        limited(world, Limit.DAYS, 2500)
        await pilot.press("escape", "escape", "ctrl+t", "3", *"vak", "enter")
        for _ in range(20):
            if "beside another limit" in told(pilot.app):
                break
            await pilot.press("tab")
        assert "1 person was granted leave beside another limit and keeps it: F2" in told(pilot.app)
        await pilot.press("f2", "4")
        assert "1 person has the new limit." in told(pilot.app)
        assert "beside another limit" not in told(pilot.app)
        amounts = world.store.con.execute("SELECT days FROM allowance ORDER BY days").fetchall()
        assert amounts == [(2000,), (25_000,)]
