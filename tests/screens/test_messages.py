"""Messages to the provider: written in the calendar or for the employer, listed, never lost."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from hrtui.domain.month import Month
from hrtui.store.changes import RowChange, write
from hrtui.store.messages import add_message, messages
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

SEPTEMBER = Month(2026, 9)
OPEN = ("ctrl+home", "1", "0", "enter", "ctrl+o")


async def shown(pilot: Pilot[None], *keys: str) -> str:
    """The screen after these keys."""
    await pilot.press(*keys)
    await pilot.pause()
    return screen_text(pilot.app)


def bodies(world: Office, month: Month = SEPTEMBER) -> list[tuple[str, str]]:
    """About whom, and the text, of the month's messages."""
    return [(one.name, one.body) for one in messages(world.store, world.employer_id, month)]


async def test_a_message_of_several_lines_is_written_in_the_calendar(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "f5", *"One", "enter", *"two", "ctrl+s")
        assert bodies(world) == [("Aerts-Voorbeeld Ann", "One\ntwo")]
        assert "Messages to the provider: 1 draft" in text


async def test_the_clerk_is_reminded_what_may_not_be_written(start: Start) -> None:
    async with start(size=(60, 15)) as pilot:
        text = await shown(pilot, *OPEN, "f5")
        assert "Write nothing about why or how somebody is ill" in text
        assert "may not record that." in text


async def test_one_for_the_employer_and_one_for_a_marked_person(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "down", "space", "ctrl+t", "5")
        assert "There is no message for this month; Ctrl+N writes one." in text
        await shown(pilot, "ctrl+n", *"For all", "ctrl+s", "ctrl+n", *"Raise", "tab", *"baet", "ctrl+s")
        assert bodies(world) == [("", "For all"), ("Baeten Bob", "Raise")]
        text = screen_text(pilot.app)
        assert "The employer" in text
        assert "draft" in text


async def test_escape_never_loses_text_without_asking(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "f5", *"Some text", "escape")
        assert "This form is not saved. Leave without it?" in text
        text = await shown(pilot, "n")
        assert "Some text" in text
        await shown(pilot, "escape", "y")
        assert bodies(world) == []


async def test_a_draft_is_changed_removed_and_brought_back(start: Start, world: Office) -> None:
    add_message(world.store, world.employer_id, SEPTEMBER, "Old")
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "5", "enter", *" new", "ctrl+s")
        assert bodies(world) == [("", "Old new")]
        text = await shown(pilot, "delete")
        assert "The draft is removed; Ctrl+Z brings it back." in text
        assert bodies(world) == []
        await shown(pilot, "ctrl+z")
        assert bodies(world) == [("", "Old new")]


async def test_a_forwarded_message_is_read_and_stays(start: Start, world: Office) -> None:
    message_id = add_message(world.store, world.employer_id, SEPTEMBER, "Line one\nline two")
    change = RowChange("provider_message", message_id, {"state": "draft"}, {"state": "forwarded"})
    write(world.store, world.employer_id, "Forwarded", [change])
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "5")
        assert "forwarded" in text
        text = await shown(pilot, "enter")
        assert "line two" in text.splitlines()[2]
        text = await shown(pilot, "escape", "delete")
        assert "This message was forwarded: write another one." in text
        assert bodies(world) == [("", "Line one\nline two")]


async def test_months_are_gone_through_and_texts_found(start: Start, world: Office) -> None:
    add_message(world.store, world.employer_id, SEPTEMBER.shift(-1), "About August")
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "5", "left")
        assert "About August" in text
        text = await shown(pilot, *"july")
        assert "Nothing here is called “july”." in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x" * 2001, "too long"),
        ("\u202edrawkcab\u202c", ""),
        ("a\x07b", ""),
        ("🎉", "Pictures and emoji (U+1F389) cannot be stored"),
        ("   \n  ", "must be filled in"),
    ],
)
async def test_no_text_breaks_the_form(start: Start, world: Office, typed: str, told: str) -> None:
    async with start() as pilot:
        await shown(pilot, *OPEN, "f5")
        await pilot.app.on_event(Paste(typed))
        text = await shown(pilot, "ctrl+s")
        if told:
            assert told in text
            assert bodies(world) == []
        else:
            ((_, body),) = bodies(world)
            assert body.isprintable()


async def test_a_blank_line_is_no_text_that_would_be_lost(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "f5", "enter", "space", "enter", "escape")
        assert "Leave without it?" not in text
        assert "Message to the provider" not in text
        text = await shown(pilot, "f5", "enter", "x", "escape")
        assert "Leave without it?" in text
