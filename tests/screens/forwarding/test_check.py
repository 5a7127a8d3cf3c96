"""The check list of a month on the screen: what it shows, where it leads, and the way back to its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual import events

from hrtui.domain.day import Entry, Part
from hrtui.domain.month_end.finding import Rule
from hrtui.i18n import tn
from hrtui.payroll.layouts import load_layout
from hrtui.screens.calendar.person_calendar import CalendarScreen
from hrtui.screens.forwarding.check import CheckScreen
from hrtui.store.changes import DayChange, RowChange, write
from hrtui.store.check_off import count_checked
from hrtui.store.provider_links import provider_links, save_provider
from tests.screens.conftest import Start, screen_text, told
from tests.screens.forwarding.test_forwarding import SEPTEMBER, folder, people
from tests.store.conftest import Office

__all__ = ["folder"]


async def test_the_check_list_leads_to_the_day_and_back_to_its_line(
    start: Start, world: Office, folder: Path
) -> None:
    cem = people(world)[2]
    wednesday = date(2026, 9, 9)
    long = (Entry(world.kind("o"), 60, Part.HOURS),)
    twice = (Entry(world.kind("v"), 456), Entry(world.kind("z"), 100, Part.HOURS))
    changes = [
        DayChange(cem, wednesday, (), twice),
        DayChange(people(world)[1], date(2026, 9, 8), (), long),
    ]
    write(world.store, world.employer_id, "Wrong", changes)
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4")
        text = told(pilot.app)
        assert "1 blocks" in text
        assert "! Claes Cem Wed 9 Sep: 9:16 entered, the day has 0:00." in text
        assert text.index("9:16 entered") < text.index("1:00 overtime")
        await pilot.press("down", "up", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CalendarScreen)
        assert "Claes Cem, Wed 9 Sep" in told(pilot.app)
        await pilot.press("delete", "escape")
        assert isinstance(pilot.app.screen, CheckScreen)
        assert "0 block" in told(pilot.app)
        assert "9:16 entered" not in told(pilot.app)


async def test_what_blocks_keeps_the_month_here(start: Start, world: Office, folder: Path) -> None:
    twice = (Entry(world.kind("v"), 456), Entry(world.kind("z"), 100, Part.HOURS))
    ann = people(world)[0]
    write(world.store, world.employer_id, "Wrong", [DayChange(ann, date(2026, 9, 9), (), twice)])
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter", "ctrl+s", "ctrl+s")
        assert isinstance(pilot.app.screen, CheckScreen)
        assert "1 line blocks: mend it first." in told(pilot.app)


async def test_the_list_keeps_its_place_after_a_look(start: Start, world: Office, folder: Path) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4", "down", "down", "down")
        screen = pilot.app.screen
        assert isinstance(screen, CheckScreen)
        before = screen.check.findings[screen.cursor]
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, CheckScreen)
        await pilot.press("escape")
        back = pilot.app.screen
        assert isinstance(back, CheckScreen)
        assert back.check.findings[back.cursor] == before


async def test_the_cursor_stays_with_whom_it_was_where_something_else_is_found(
    start: Start, world: Office, folder: Path
) -> None:
    """What was entered is cleared again: other words about the same person, on the same line."""
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4")
        screen = pilot.app.screen
        assert isinstance(screen, CheckScreen)
        place = [one.rule for one in screen.check.findings].index(Rule.UNTOUCHED)
        before = screen.check.findings[place]
        await pilot.press(*["down"] * place)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("v")
        screen.store_changed()  # as where the backend has taken what was entered
        await pilot.press("backspace", "escape")
        after = screen.check.findings[screen.cursor]
        assert (after.rule, after.person_id) == (Rule.EMPTIED, before.person_id)


async def test_people_are_checked_off_in_the_list(start: Start, world: Office, folder: Path) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4", *"nothing was entered", "f6", "f4")
        assert "6 people are checked off." in told(pilot.app)
    assert count_checked(world.store, world.employer_id, SEPTEMBER) == 6


@pytest.mark.parametrize(
    ("table", "values", "said", "shown"),
    [
        ("contract", {"dimona_status": "refused"}, "Dimona has not confirmed", "Put a contract right"),
    ],
)
async def test_a_record_is_opened_on_its_field(
    start: Start, world: Office, folder: Path, table: str, values: dict[str, str], said: str, shown: str
) -> None:
    ann = people(world)[0]
    (row_id,) = world.store.con.execute(f"SELECT id FROM {table} WHERE person_id = ?", (ann,)).fetchone()
    old = dict.fromkeys(values, "")
    write(world.store, world.employer_id, "Record", [RowChange(table, row_id, old, dict(values))])
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4", *said.lower(), "enter")
        await pilot.pause()
        assert shown in told(pilot.app)
        assert pilot.app.screen.form.current.field.name == next(iter(values))  # type: ignore[attr-defined]
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, CheckScreen)


@pytest.mark.parametrize(
    ("said", "field", "typed"),
    [
        ("number at acerta is missing", "client_number", "1111111"),
        ("hours worked has no code", "code_acerta", "0100"),
    ],
)
async def test_what_the_provider_misses_is_mended_in_its_field(
    start: Start, world: Office, folder: Path, said: str, field: str, typed: str
) -> None:
    store, employer_id = world.store, world.employer_id
    save_provider(store, employer_id, {"provider": "acerta", "client_number": "", "active": 1})
    (link,) = provider_links(store, employer_id)
    rows = [
        RowChange("person", one, {"provider_link_id": None}, {"provider_link_id": link.id})
        for one in people(world)
    ]
    write(store, employer_id, "Sent to Acerta", rows)
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter", "tab", *"klx", "tab", "ctrl+s")
        assert isinstance(pilot.app.screen, CheckScreen)
        await pilot.press(*said)
        for key, character in (("enter", "\r"), *zip(typed, typed, strict=True)):
            pilot.app.take_key_now(events.Key(key, character))  # type: ignore[attr-defined]
        await pilot.pause()
        current = pilot.app.screen.form.current  # type: ignore[attr-defined]
        assert (current.field.name, current.edit.text) == (field, typed)
        await pilot.press("ctrl+s")
        if not isinstance(pilot.app.screen, CheckScreen):
            await pilot.press("escape")
        assert isinstance(pilot.app.screen, CheckScreen)
        assert pilot.app.screen.ids == []


async def test_everyone_is_checked_off_where_nobody_is(start: Start, world: Office, folder: Path) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "exclamation_mark", "greater_than_sign", "f4")
        store = world.store
        store.con.execute("DELETE FROM month_check")
        await pilot.press("f5", "f5", "escape", "f4", *"nobody is checked", "f4")
        assert "Check 8 people off?" in told(pilot.app)
        await pilot.press("y")
        assert "8 people are checked off." in told(pilot.app)
    assert count_checked(world.store, world.employer_id, SEPTEMBER) == 8


@pytest.mark.parametrize(("language", "size"), [("nl", (60, 15)), ("fr", (60, 15)), ("nl", (80, 24))])
async def test_the_whole_reason_stands_above_the_line_of_keys(
    start: Start, world: Office, folder: Path, language: str, size: tuple[int, int]
) -> None:
    save_provider(
        world.store, world.employer_id, {"provider": "acerta", "client_number": "7654321", "active": 1}
    )
    async with start(size, language) as pilot:
        session = pilot.app.screen.session  # type: ignore[attr-defined]
        screen = CheckScreen(session, SEPTEMBER, people(world), load_layout("acerta"))
        await pilot.app.push_screen(screen)
        await pilot.press("up")
        lines = screen_text(pilot.app).splitlines()
        assert " ".join(lines[-3:-1]).split() == screen.in_words().split()
        assert lines[-1].startswith(" Enter ")
        await pilot.press("space", "up")
        marked, words = told(pilot.app), " ".join(screen.in_words().split())
        assert marked.count(words) == marked.count(tn("{n} marked", "{n} marked", 1)) == 1
