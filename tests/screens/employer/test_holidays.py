"""The holidays screen: what a change touches is shown first, days move, and missing ones are proposed."""

from __future__ import annotations

from datetime import date

from hrtui.domain.holidays import legal_holidays
from hrtui.store.holiday_records import holiday_lines, plan_delete, save_plan
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

OPEN = ("ctrl+t", "6")


def days(world: Office, year: int = 2026) -> dict[date, str]:
    lines = holiday_lines(world.store, world.employer_id, year)
    return {line.holiday.date: line.holiday.name("en") for line in lines}


async def test_the_seeded_days_and_their_replacements_are_listed_by_year(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN)
        text = told(pilot.app)
        assert "Sat 15 Aug Assumption Day whole" in text
        assert "Mon 17 Aug Replacement day Assumption Day whole Sat 15 Aug" in text
        await pilot.press(*["right"] * 3)
        assert "Holidays 2029" in screen_text(pilot.app)
        assert set(days(world, 2029)) >= {one.date for one in legal_holidays("BE", 2029)}


async def test_a_moved_replacement_shows_the_entries_it_touches_and_asks(start: Start, world: Office) -> None:
    """On 14 September Baeten Bob is ill: the replacement of Assumption Day moves there."""
    async with start() as pilot:
        await pilot.press(*OPEN, *"replacement assumption", "enter", *"14/09/2026", "ctrl+s")
        text = told(pilot.app)
        assert "1 entry on these days" in text
        assert "Mon 14 Sept 2026 Baeten Bob 102 ZGL" in text
        await pilot.press("2")
        assert "Nothing was changed." in told(pilot.app)
        assert date(2026, 8, 17) in days(world)
        await pilot.press("ctrl+s", "escape")
        assert "14/09/2026" in told(pilot.app)
        await pilot.press("ctrl+s", "1")
        assert date(2026, 8, 17) not in days(world)
        assert date(2026, 9, 14) in days(world)
        assert "1 entry stays as it is." in told(pilot.app)
        await pilot.press("escape", "escape")
        assert "September 2026" in screen_text(pilot.app)
        await pilot.press("ctrl+home", "down", "down", "down", "1", "4", "enter", "v")
        assert "Replacement day Assumption Day" in told(pilot.app)


async def test_a_replacement_stays_in_its_year_and_no_day_is_a_holiday_twice(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *"replacement assumption", "enter", *"04/01/2027", "ctrl+s")
        assert "A replacement day stays in 2026, the year of its holiday." in told(pilot.app)
        assert "04/01/2027" in screen_text(pilot.app)
        await pilot.press("shift+tab", *["up"] * 6, *"25/12/2026", "ctrl+s")
        assert "is Christmas Day already" in told(pilot.app)
        assert date(2026, 8, 17) in days(world)


async def test_a_half_day_of_one_team_is_added_changed_and_deleted(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, "ctrl+n", *"24/12/2026", "enter", *"Christmas Eve", *["enter"] * 3)
        await pilot.press("y", "enter", *"shop", "enter")
        made = next(
            line
            for line in holiday_lines(world.store, world.employer_id, 2026)
            if line.holiday.date == date(2026, 12, 24)
        )
        assert (made.holiday.half, made.team) == (True, "Shop")
        assert dict(made.holiday.names) == dict.fromkeys(("nl", "fr", "en"), "Christmas Eve")
        assert "Thu 24 Dec Christmas Eve half Shop" in told(pilot.app)
        await pilot.press("delete")
        assert "Delete Christmas Eve?" in told(pilot.app)
        await pilot.press("y")
        assert date(2026, 12, 24) not in days(world)
        await pilot.press("ctrl+z")
        assert date(2026, 12, 24) in days(world)


async def test_missing_replacement_days_are_proposed_and_saved_together(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *"replacement assumption", "delete", "y", "escape")
        assert "1 replacement day is missing: F2 proposes it." in told(pilot.app)
        await pilot.press("f2", "1", "ctrl+s")
        assert "Mon 17 Aug 2026 instead of Sat 15 Aug 2026" in told(pilot.app)
        assert date(2026, 8, 17) not in days(world)
        await pilot.press("1")
        assert "1 replacement day of 2026 added." in told(pilot.app)
        assert days(world)[date(2026, 8, 17)] == "Replacement day Assumption Day"
        await pilot.press("f2", "1", "ctrl+s")
        assert "No replacement day is missing." in told(pilot.app)


async def test_a_holiday_on_a_sunday_goes_with_its_replacement_and_only_that_is_told(
    start: Start, world: Office
) -> None:
    sunday, monday = date(2026, 11, 1), date(2026, 11, 2)
    assert {sunday, monday} <= set(days(world))
    async with start() as pilot:
        await pilot.press(*OPEN, *"1 nov", "delete")
        shown = screen_text(pilot.app)
        assert "Its replacement day goes too." in shown
        assert "is a Sunday" not in shown
        assert "entries" not in shown
        assert {sunday, monday} <= set(days(world))
        await pilot.press("1")
        assert not {sunday, monday} & set(days(world))
        await pilot.press("ctrl+z")
        assert {sunday, monday} <= set(days(world))


async def test_a_day_that_another_terminal_deleted_is_not_brought_back(start: Start, world: Office) -> None:
    other = world.open_again("Clerk Two")
    async with start() as pilot:
        await pilot.press(*OPEN, *"labour", "enter", *["enter"] * 4, "y")
        line = next(
            one
            for one in holiday_lines(other, world.employer_id, 2026)
            if one.holiday.date == date(2026, 5, 1)
        )
        save_plan(other, world.employer_id, plan_delete(other, world.employer_id, line))
        await pilot.press("ctrl+s")
        assert "This is no longer there: it was deleted elsewhere." in told(pilot.app)
        assert "Half day" in screen_text(pilot.app)
        assert date(2026, 5, 1) not in days(world)
    other.close()
