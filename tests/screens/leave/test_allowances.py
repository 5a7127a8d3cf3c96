"""Allowances: the account of a person, granting and adjusting for many, proposals, the end of a year."""

from __future__ import annotations

from datetime import date

from hrtui.domain.allowance_marks import PROPOSED
from hrtui.domain.day import Entry
from hrtui.store.allowances import grant
from hrtui.store.changes import DayChange, write
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

BOB = ("ctrl+home", "down", "ctrl+o", "f6")
"""From the month to the allowances of Baeten Bob."""
TO_TYPE = ("shift+tab", "shift+tab")
"""From the amount back to the leave type."""


def person(world: Office, number: str) -> int:
    return int(world.store.con.execute("SELECT id FROM person WHERE number = ?", (number,)).fetchone()[0])


def granted(world: Office) -> list[tuple[object, ...]]:
    """Number, type, year, thousandths of a day or minutes, label and reason."""
    found: list[tuple[object, ...]] = world.store.con.execute(
        "SELECT p.number, l.key, a.year, coalesce(a.days, a.minutes), a.label, a.reason FROM allowance a"
        " JOIN person p ON p.id = a.person_id JOIN leave_type l ON l.id = a.leave_type_id ORDER BY 1, a.rowid"
    ).fetchall()
    return sorted(found, key=str)


async def test_leave_is_granted_and_adjusted_with_a_reason_from_the_calendar(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press(*BOB)
        assert "Allowances 2026 Baeten Bob" in told(pilot.app)
        await pilot.press("enter", "ctrl+n", *"20", "enter", *"legal", "enter")
        assert granted(world) == [("102", "VAK", 2026, 20_000, "legal", "")]
        assert "Saved for Baeten Bob." in told(pilot.app)
        await pilot.press("f4", *"-7:36", "enter", "enter")
        assert "This must be filled in." in told(pilot.app)
        await pilot.press(*"taken as ADV", "enter")
        assert granted(world)[0] == ("102", "VAK", 2026, -1000, "legal", "taken as ADV")
        text = told(pilot.app)
        assert "Granted 20 d 20 d legal" in text
        assert "Adjusted -1 d 19 d taken as ADV" in text
        assert "Taken -0.5 d 18.5 d" in text
        await pilot.press("escape")
        assert "VAK Legal holiday leave 19 d 0.5 d 18.5 d" in told(pilot.app)
        await pilot.press("escape")
        assert "VAK Legal holiday leave 19 d 0.5 d 18.5 d" in told(pilot.app)


async def test_leave_that_is_limited_in_hours_is_granted_and_told_in_hours(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press(*BOB, "ctrl+n", *TO_TYPE, *"adv", "enter", "enter", *"38", "enter", "enter")
        assert granted(world) == [("102", "ADV", 2026, 38 * 60, "", "")]
        await pilot.press("f4", *TO_TYPE, *"adv", "enter", "enter", *"-1 d", "enter", *"bridge day", "enter")
        assert granted(world)[0][3] == -456
        assert "ADV Time reduction 30:24 0:00 30:24" in told(pilot.app)


async def test_more_than_was_granted_is_not_taken_off_and_the_text_stays(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*BOB, "enter", "ctrl+n", *"8", "enter", "enter")
        await pilot.press("f4", *"-9", "enter", *"too much", "enter")
        assert "Baeten Bob was granted 8 d: no more can be taken off." in told(pilot.app)
        assert "too much" in screen_text(pilot.app)
        assert len(granted(world)) == 1


async def test_other_years_are_a_key_away(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*BOB, "left")
        assert "No leave was granted or taken in 2025." in screen_text(pilot.app)
        await pilot.press("right", "right")
        assert "Allowances 2027" in screen_text(pilot.app)


async def test_marked_people_are_granted_days_of_their_own_schedule_in_one_step(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", "space", "space", "space", "f2", "2")
        assert "Grant leave 3 people" in told(pilot.app)
        await pilot.press("enter", "enter", *"2 d", "enter", "enter")
        assert "Grant 2 d of VAK Legal holiday leave 2026 to 3 people?" in told(pilot.app)
        assert granted(world) == []
        await pilot.press("y")
        assert [line[3] for line in granted(world)] == [2000, 2000, 2000]
        await pilot.press("ctrl+z")
        assert granted(world) == []
        await pilot.press("f2", "2", *"adv", "enter", "enter", *"2 d", "enter", "enter", "y")
        full, part = 912, 730
        assert [line[3] for line in granted(world)] == [full, full, part]


async def test_an_amount_that_is_none_is_told_with_an_example(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*BOB, "f4", *"some", "enter")
        assert "“some” is no amount of leave: write 7:36, 7.6 or 2 d." in told(pilot.app)
        await pilot.press("shift+tab", "ctrl+u", "0", "enter")
        assert "The amount is nothing" in told(pilot.app)
        await pilot.press("escape", "y", "ctrl+n", *"-3", "enter")
        assert "A grant cannot take off: adjust it instead." in told(pilot.app)


async def test_the_leave_of_the_law_is_proposed_and_granted_to_the_marked(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"vak", "f2", "2")
        assert "Proposed: VAK Legal holiday leave 2026" in told(pilot.app)
        assert "12 months in 2025: 20 days 20 d 20 d" in told(pilot.app)
        await pilot.press("space", "ctrl+s")
        assert "Grant 20 d to 1 person?" in told(pilot.app)
        await pilot.press("y")
        assert granted(world) == [("101", "VAK", 2026, 20_000, PROPOSED, "")]
        await pilot.press("ctrl+s", "y", "ctrl+s")
        assert "There is nothing to grant." in told(pilot.app)
        assert sum(line[0] == "101" for line in granted(world)) == 1
        assert ("102", "VAK", 2026, 20_000, PROPOSED, "") in granted(world)


async def test_fewer_months_count_where_the_clerk_knows_better(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"vak", "f2", "2", "f4", *"6", "enter")
        assert "6 months in 2025: 10 days 10 d 10 d" in told(pilot.app)
        await pilot.press("f4", *"six", "enter")
        assert "This is not a whole number" in told(pilot.app)


async def test_a_leave_year_is_closed_after_a_preview_and_what_illness_blocked_is_kept(
    start: Start, world: Office
) -> None:
    vak = world.kind("v")
    bob = person(world, "102")
    grant(world.store, world.employer_id, vak, 2025, {bob: 20_000}, label="legal")
    day = DayChange(bob, date(2025, 8, 4), (), (Entry(vak, 456),))
    write(world.store, world.employer_id, "2025", [day])
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"vak", "f2", "3", "left")
        assert "End of the leave year 2025 (nothing to save)" in told(pilot.app)
        assert "Baeten Bob VAK 19 d 19 d" in told(pilot.app)
        await pilot.press("enter", *"200", "enter")
        assert "No more than 19 d can be kept longer." in told(pilot.app)
        await pilot.press("ctrl+u", *"2", "enter")
        assert "Baeten Bob VAK 19 d 2 d 17 d" in told(pilot.app)
        await pilot.press("escape")
        assert "What is to be kept longer is not saved." in told(pilot.app)
        await pilot.press("n", "ctrl+s")
        assert "Close 2025 for 1 person? 0 d carried, 2 d kept, 17 d lapses." in told(pilot.app)
        assert len(granted(world)) == 1
        await pilot.press("y")
        assert sorted(int(str(line[3])) for line in granted(world)) == [-2000, 2000, 20_000]
        assert "(nothing to save)" in screen_text(pilot.app)
        await pilot.press("ctrl+z")
        assert len(granted(world)) == 1
