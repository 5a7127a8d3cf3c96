"""The leave types screen: switching on, making, editing and exceptions, and what the month makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.store import entries as day_entries
from hrtui.store.leave_exceptions import exceptions_of
from hrtui.store.leave_type_records import activate, save_type
from hrtui.store.leave_types import leave_types
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

OPEN = ("ctrl+t", "3")


def kind(world: Office, key: str) -> LeaveType:
    found = leave_types(world.store, world.employer_id).values()
    return next(one for one in found if one.key == key)


def row(pilot: Pilot[None], key: str) -> list[str]:
    lines = screen_text(pilot.app).splitlines()
    return next(line.split() for line in lines if line.split()[:1] == [key])


async def test_a_type_is_found_switched_on_and_entered_by_its_letter(start: Start, world: Office) -> None:
    """The leaflet's example: birth leave, to be requested, with approval, in nine keys after the screen.

    Searching finds it, though the list leaves types out that are switched off.
    """
    other = MonthEditor(
        world.open_again("Clerk Two"), world.employer_id, Month(2026, 9), today=date(2026, 9, 10),
        roles=frozenset(),
    )  # fmt: skip
    async with start() as pilot:
        await pilot.press(*OPEN)
        assert "GVM" not in screen_text(pilot.app)
        await pilot.press(*"gvm", "enter")
        assert "Activate GVM" in screen_text(pilot.app)
        await pilot.press("enter", "y", "enter", "y", "enter")
        made = kind(world, "GVM")
        assert (made.active, made.self_service, made.approval_needed) == (True, True, True)
        assert made.letter
        assert f"{made.letter} enters it in the month" in told(pilot.app)
        await pilot.press("escape", "ctrl+home", "8", "enter", made.letter)
        ann, bob = (p.id for p in map(pilot.app.month.editor.view.row, (0, 1)))  # type: ignore[attr-defined]
        day = date(2026, 9, 8)
        now = day_entries.current(world.store.con, [(ann, day)])
        assert [entry.leave_type_id for entry in now[ann, day]] == [made.id]
        assert made.letter not in other.letters
        assert other.store.changed_elsewhere()
        other.refresh()
        assert other.letters[made.letter].id == made.id
    other.store.close()
    assert ann != bob


async def test_the_grid_takes_the_letter_that_another_terminal_activated(start: Start, world: Office) -> None:
    other = world.open_again("Clerk Two")
    async with start() as pilot:
        made = activate(
            other, world.employer_id, kind(world, "TK").id, self_service=False, approval_needed=False,
            letter="q",
        )  # fmt: skip
        await pilot.pause(0.7)
        await pilot.press("ctrl+home", "8", "enter", "q")
        ann = pilot.app.month.editor.view.row(0).id  # type: ignore[attr-defined]
        now = day_entries.current(world.store.con, [(ann, date(2026, 9, 8))])
        assert [entry.leave_type_id for entry in now[ann, date(2026, 9, 8)]] == [made.id]
    other.close()


async def test_a_letter_that_is_taken_or_says_yes_is_refused_by_name(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, "f9", *"gvm", "enter", "v", "enter")
        assert "The letter v is that of “Legal holiday leave” already" in told(pilot.app)
        await pilot.press("shift+tab", "backspace", "y", "enter")
        assert "The letter y does something else in the month" in told(pilot.app)
        await pilot.press("ctrl+s")
        assert not kind(world, "GVM").active


async def test_an_own_type_is_made_and_a_key_that_is_taken_is_told_at_its_field(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, "ctrl+n", *"vak", "enter")
        assert "The key VAK is that of “Legal holiday leave” already" in told(pilot.app)
        await pilot.press("shift+tab", *["backspace"] * 3, *"hob", "enter")
        assert "Letter in the month" in screen_text(pilot.app)
        await pilot.press("enter", *"Hobbydag", "enter", "enter", *"Hobby day", "enter")
        await pilot.press(*["enter"] * 5, *"days", "enter", *"2,5", "enter", "6", "ctrl+s")
        made = kind(world, "HOB")
        assert made.names == {"nl": "Hobbydag", "fr": "", "en": "Hobby day"}
        assert (made.limit, made.limit_amount, made.carry_over_months) == (Limit.DAYS, 250, 6)
        assert made.active
        assert made.letter
        assert row(pilot, "HOB")[-5:] == ["day", "2.5", "d", "No", "No"]


async def test_the_free_letters_are_listed_and_a_name_of_another_type_is_told(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        before = len(leave_types(world.store, world.employer_id))
        await pilot.press(*OPEN, "ctrl+n", *"hob", "enter")
        free = told(pilot.app).partition("Enters it in the month; free: ")[2].splitlines()[0].split()
        used = {one.letter for one in leave_types(world.store, world.employer_id).values() if one.active}
        assert free
        assert not used & set(free)
        await pilot.press(free[-1], "enter", "enter", "enter", *"legal holiday LEAVE", "enter")
        assert "VAK has this name already in this language: choose another." in told(pilot.app)
        await pilot.press("ctrl+s")
        assert len(leave_types(world.store, world.employer_id)) == before


async def test_a_type_without_a_name_is_not_made(start: Start, world: Office) -> None:
    async with start() as pilot:
        before = len(leave_types(world.store, world.employer_id))
        await pilot.press(*OPEN, "ctrl+n", *"hob", "ctrl+s")
        assert "Type a name in at least one language" in told(pilot.app)
        assert len(leave_types(world.store, world.employer_id)) == before
        await pilot.press("escape")
        assert "This form is not saved." in told(pilot.app)


async def test_a_field_is_stored_when_it_is_left_and_a_limit_in_another_unit_begins_empty(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *"vak", "enter", "pagedown", "pagedown", *"days", "tab", *"20,5", "tab")
        stored = kind(world, "VAK")
        assert (stored.limit, stored.limit_amount) == (Limit.DAYS, 2050)
        await pilot.press("shift+tab", "shift+tab", *"hours", "tab")
        assert (kind(world, "VAK").limit, kind(world, "VAK").limit_amount) == (Limit.MINUTES, None)
        await pilot.press(*"9999", "tab")
        assert "The limit is 0 to 366 days" in told(pilot.app)
        await pilot.press("shift+tab", "ctrl+z", *"152:00", "tab", "ctrl+z")
        assert kind(world, "VAK").limit_amount is None
        await pilot.press("escape", "escape")
        assert "Legal holiday leave" in screen_text(pilot.app)


async def test_a_type_takes_another_place_among_the_active_ones(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *"adv", "enter", *["pagedown"] * 4, *"1", "tab", "escape", "escape")
        active = [one.key for one in leave_types(world.store, world.employer_id).values() if one.active]
        assert active[:3] == ["ADV", "AD", "VAK"]
        assert screen_text(pilot.app).splitlines()[2].split()[0] == "ADV"


async def test_switching_off_asks_and_keeps_what_is_entered(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *"zgl", "delete")
        assert "Deactivate Illness, guaranteed wage? 6 entries stay." in told(pilot.app)
        await pilot.press("n")
        assert kind(world, "ZGL").active
        await pilot.press("delete", "y")
        assert not kind(world, "ZGL").active
        await pilot.press("escape", "escape", "ctrl+home", "8", "enter", "z")
        assert "is no leave type here" in told(pilot.app)


async def test_a_person_gets_another_limit_and_loses_it_again(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*OPEN, *"vak", "f2", "1")
        assert "Everybody has the limit of the type." in screen_text(pilot.app)
        await pilot.press("ctrl+n", *"baeten", "enter", *"days", "enter", *"25,5", "enter")
        vak = kind(world, "VAK").id
        (only,) = exceptions_of(world.store, world.employer_id, vak)
        assert (only.number, only.limit, only.amount) == ("102", Limit.DAYS, 2550)
        assert "25.5 d" in screen_text(pilot.app)
        await pilot.press("enter", "enter", "ctrl+u", *"26", "enter")
        assert exceptions_of(world.store, world.employer_id, vak)[0].amount == 2600
        await pilot.press("escape")
        assert row(pilot, "VAK")[-3:] == ["1", "No", "No"]
        await pilot.press("f2", "1", "delete")
        assert exceptions_of(world.store, world.employer_id, vak) == []


async def test_a_type_that_another_terminal_edits_is_read_anew(start: Start, world: Office) -> None:
    other = world.open_again("Clerk Two")
    async with start() as pilot:
        await pilot.press(*OPEN, *"adv", "enter", "tab", "tab", *"Nieuw")
        before = kind(world, "ADV")
        save_type(other, world.employer_id, replace(before, names={**before.names, "nl": "Ander"}), before)
        await pilot.press("tab")
        assert "changed elsewhere meanwhile" in told(pilot.app)
        assert "Nieuw" in screen_text(pilot.app)
        assert kind(world, "ADV").names["nl"] == "Ander"
    other.close()


async def test_the_month_names_the_types_as_they_are_now(start: Start, world: Office) -> None:
    async with start() as pilot:
        assert "v Legal" in screen_text(pilot.app).splitlines()[-1]
        await pilot.press(*OPEN, *"vak", "delete", "y", "escape", "escape")
        bottom = screen_text(pilot.app).splitlines()[-1]
        assert "v Legal" not in bottom
        assert "i Extra" in bottom


async def test_a_dutch_employer_opens_changes_and_makes_a_type(start: Start, world: Office) -> None:
    """There is no DmfA code then, and none is lost."""
    world.store.con.execute("UPDATE employer SET country = 'NL'")
    before = leave_types(world.store, world.employer_id)[world.kind("v")]
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"vak", "enter", *("tab",) * 3, *"Holiday leave", "tab")
        after = leave_types(world.store, world.employer_id)[before.id]
        assert after.names != before.names
        assert after.dmfa_code == before.dmfa_code
        await pilot.press("escape", "escape", "ctrl+t", "3", "ctrl+n")
        assert "New leave type" in told(pilot.app)
