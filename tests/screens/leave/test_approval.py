"""Approving requested leave on the screens: from the check list, the grid and a person's calendar."""

from __future__ import annotations

import json
from datetime import date

from hrtui.domain.day import Entry, Part, Status
from hrtui.domain.month import Month
from hrtui.screens.calendar.person_calendar import CalendarScreen
from hrtui.screens.forwarding.check import CheckScreen
from hrtui.store.changes import DayChange, write
from hrtui.store.entries import current
from hrtui.store.people import person_ids
from tests.screens.conftest import Start, told
from tests.store.conftest import Office

MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)


def ask(world: Office, letter: str = "v") -> int:
    """Two days of the second person wait, as a file brought them; returns the person."""
    person = person_ids(world.store, world.employer_id, Month(2026, 9))[1]
    entry = Entry(world.kind(letter), 456, Part.FULL, Status.PENDING, "import")
    now = current(world.store.con, [(person, MONDAY), (person, TUESDAY)])
    changes = [DayChange(*place, old, (entry,)) for place, old in now.items()]
    write(world.store, world.employer_id, "Asked", changes)
    return person


def statuses(world: Office, person: int) -> list[list[Status]]:
    now = current(world.store.con, [(person, MONDAY), (person, TUESDAY)])
    return [[entry.status for entry in entries] for entries in now.values()]


async def test_the_check_list_approves_all_that_waits_and_one_undo_takes_it_back(
    start: Start, world: Office
) -> None:
    person = ask(world)
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4", *"approval", "f6")
        assert "F2 approve or refuse" in told(pilot.app)
        await pilot.press("f2")
        assert "Waits for approval 2 days, 14–15 Sep" in told(pilot.app)
        assert "Mon 14 Sep: Legal holiday leave 7:36 (awaiting approval)" in told(pilot.app)
        await pilot.press("1")
        assert isinstance(pilot.app.screen, CheckScreen)
        assert "Approved: 2 days, 14–15 Sep." in told(pilot.app)
        assert "waits for approval." not in told(pilot.app)
        assert statuses(world, person) == [[Status.APPROVED], [Status.APPROVED]]
        await pilot.press("escape", "escape", "escape", "ctrl+z")
        assert statuses(world, person) == [[Status.PENDING], [Status.PENDING]]


async def test_enter_goes_to_the_day_which_says_how_it_is_decided(start: Start, world: Office) -> None:
    person = ask(world)
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4", *"approval", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert "$ approves or refuses it" in told(pilot.app)
        assert "VAK? 7:36" in told(pilot.app)
        await pilot.press("dollar_sign", "2", *"Too many away", "ctrl+s")
        assert "Refused (Too many away): 1 day, Mon 14 Sep." in told(pilot.app)
        assert statuses(world, person) == [[], [Status.PENDING]]
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, CheckScreen)
        assert "Mon 14 Sep: waits" not in told(pilot.app)
        assert "Tue 15 Sep: waits" in told(pilot.app)


async def test_a_refusal_needs_a_reason_but_of_illness_none_is_kept(start: Start, world: Office) -> None:
    person = ask(world)
    async with start() as pilot:
        await pilot.press("ctrl+home", "down", "1", "4", "enter", "dollar_sign", "2", "ctrl+s")
        assert statuses(world, person)[0] == [Status.PENDING]
        await pilot.press(*"No", "ctrl+s")
        assert statuses(world, person)[0] == []
    ask(world, "z")
    async with start() as pilot:
        await pilot.press("ctrl+home", "down", "1", "4", "enter", "dollar_sign")
        assert "of illness no reason is kept" in told(pilot.app)
        await pilot.press("2")
        assert "Refused: 1 day, Mon 14 Sep." in told(pilot.app)
        assert statuses(world, person)[0] == []


async def test_with_a_backend_it_is_a_managers(start: Start, world: Office) -> None:
    person = ask(world)
    con = world.store.con
    con.execute("INSERT INTO setting VALUES ('backend', 'https://hr.example')")
    roles = f"roles:{world.employer_id}"
    for own, decides in ((["clerk"], False), (["manager"], True)):
        con.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (roles, json.dumps(own)))
        async with start() as pilot:
            await pilot.press("ctrl+home", "down", "1", "4", "enter", "dollar_sign")
            assert ("Your roles may not approve leave: ask a manager." in told(pilot.app)) is not decides
            if decides:
                await pilot.press("1")
    assert statuses(world, person)[0] == [Status.APPROVED]
