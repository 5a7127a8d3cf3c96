"""The record of a person: fields, contracts from a date, the end, and the history."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from hrtui.domain.day import Entry
from hrtui.store.changes import DayChange, write
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office


def line_of(pilot: Pilot[None], label: str) -> str:
    return next(line for line in screen_text(pilot.app).splitlines() if label in line[:30])


def bottom(pilot: Pilot[None]) -> str:
    return "\n".join(screen_text(pilot.app).splitlines()[-2:])


def person(world: Office, column: str, number: str = "102") -> object:
    return world.store.con.execute(f"SELECT {column} FROM person WHERE number = ?", (number,)).fetchone()[0]


def contracts(world: Office, number: str = "102") -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = world.store.con.execute(
        "SELECT c.start_date, c.end_date, c.job_title FROM contract c JOIN person p ON p.id = c.person_id"
        " WHERE p.number = ? ORDER BY c.start_date",
        (number,),
    ).fetchall()
    return found


OPEN = ("ctrl+t", "2", *"baeten", "enter")


async def test_a_field_is_stored_when_it_is_left_and_found_by_at_once(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, "tab", *"Baetens", "tab")
        assert person(world, "last_name") == "Baetens"
        assert "Baetens Bob" in screen_text(pilot.app).splitlines()[0]
        await pilot.press("escape", "ctrl+u", *"baetens")
        assert "Baetens Bob" in screen_text(pilot.app)
        await pilot.press("escape", "escape")
        assert "Baetens Bob" in screen_text(pilot.app)


async def test_a_national_number_is_hidden_and_doubted_where_the_birth_date_differs(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *["tab"] * 4, *"85073003328", "tab")
        assert person(world, "national_number") == "85073003328"
        assert "••.••.••-•••.28" in line_of(pilot, "National number")
        await pilot.press(*"30/07/1986", "tab")
        assert person(world, "birth_date") == "1986-07-30"
        assert "? The national number says another birth date (30/07/1985)" in told(pilot.app)
        await pilot.press("shift+tab", "shift+tab", "f4")
        assert "85073003328" in line_of(pilot, "National number")


async def test_a_wrong_number_is_refused_with_a_sentence_and_stays(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *["tab"] * 4, *"12345678901", "tab")
        assert person(world, "national_number") == ""
        assert "! The check figures of this national number are wrong" in told(pilot.app)
        assert "12345678901" in line_of(pilot, "National number")


@pytest.mark.parametrize("noticed", [False, True])
async def test_another_terminal_s_change_is_told_and_not_overwritten(
    start: Start, world: Office, noticed: bool
) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, "tab", *"Mine")
        other = world.open_again("Somebody")
        from hrtui.store.changes import RowChange

        person_id = person(world, "id")
        assert isinstance(person_id, int)
        change = RowChange("person", person_id, {"last_name": "Baeten"}, {"last_name": "Theirs"})
        assert write(other, world.employer_id, "Elsewhere", [change]).step_id
        other.close()
        if noticed:
            pilot.app.screen.store_changed()  # type: ignore[attr-defined]
        await pilot.press("tab")
        assert person(world, "last_name") == "Theirs"
        assert "! This was changed elsewhere meanwhile." in told(pilot.app)
        assert "Mine" in line_of(pilot, "Last name")
        await pilot.press("shift+tab", "tab")
        assert person(world, "last_name") == "Mine"


async def test_a_contract_changes_from_a_date_and_the_old_version_stays(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, "f2", "1")
        assert "Change the contract from a date" in screen_text(pilot.app)
        await pilot.press(*"01102026", "enter")
        while "Function" not in str(pilot.app.screen.form.current.field.label):  # type: ignore[attr-defined]
            await pilot.press("tab")
        await pilot.press(*"Foreman", "ctrl+s")
        assert contracts(world) == [
            ("2020-01-01", "2026-09-30", ""),
            ("2026-10-01", None, "Foreman"),
        ]
        await pilot.press("ctrl+s", *["pagedown"] * 4)
        assert "01/10/2026" in screen_text(pilot.app)
        assert "Foreman" in screen_text(pilot.app)


async def test_the_end_of_a_contract_lists_what_falls_outside_and_asks(start: Start, world: Office) -> None:
    person_id = person(world, "id")
    assert isinstance(person_id, int)
    from datetime import date

    late = DayChange(person_id, date(2026, 10, 5), (), (Entry(world.kind("v"), 456),))
    write(world.store, world.employer_id, "Late", [late])
    count = "SELECT count(*) FROM calendar_entry WHERE person_id = ? AND date > '2026-09-30'"
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", *"baeten", "delete")
        assert "End the contract" in screen_text(pilot.app)
        await pilot.press(*"30092026", "ctrl+s")
        text = screen_text(pilot.app)
        assert "1 thing falls outside the contract" in text
        assert "5 Oct" in text
        assert contracts(world) == [("2020-01-01", None, "")]
        await pilot.press("escape")
        assert contracts(world) == [("2020-01-01", None, "")]
        await pilot.press("ctrl+s", "2")
        assert contracts(world) == [("2020-01-01", "2026-09-30", "")]
        assert world.store.con.execute(count, (person_id,)).fetchone() == (0,)
        await pilot.press("ctrl+z")
        assert contracts(world) == [("2020-01-01", None, "")]
        assert world.store.con.execute(count, (person_id,)).fetchone() == (1,)


async def test_the_history_tells_who_changed_what_and_takes_it_back(start: Start, world: Office) -> None:
    async with start(size=(120, 40)) as pilot:
        await pilot.press(*OPEN, "tab", *"Baetens", "tab", "f3")
        text = screen_text(pilot.app)
        assert "History of Baetens Bob" in text
        line = next(line for line in text.splitlines() if "Last name" in line)
        assert "Clerk One" in line
        assert "Baeten " in line
        assert "Baetens" in line
        await pilot.press("enter", "y")
        assert person(world, "last_name") == "Baeten"
        await pilot.press("escape")
        assert "Baeten " in line_of(pilot, "Last name") + " "


async def test_one_version_is_put_right_without_a_new_one(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, "f2", "2", "enter", "tab", "tab", *"open", "tab")
        nature = world.store.con.execute(
            "SELECT c.nature FROM contract c JOIN person p ON p.id = c.person_id WHERE p.number = '102'"
        ).fetchall()
        assert nature == [("open_ended",)]


async def test_a_key_without_a_meaning_says_so(start: Start) -> None:
    """In a list and in a field, and where there is nothing to redo."""
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", "ctrl+b")
        assert "“Ctrl+B” does nothing here." in told(pilot.app)
        await pilot.press("ctrl+y")
        assert "There is nothing to redo." in told(pilot.app)
        await pilot.press(*"baeten", "enter", "ctrl+b")
        assert "“Ctrl+B” does nothing here." in told(pilot.app)
        await pilot.press("ctrl+y")
        assert "There is nothing to redo." in told(pilot.app)
