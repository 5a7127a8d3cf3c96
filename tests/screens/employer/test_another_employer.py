"""Going to another employer: an empty month says how to begin, and keys that hide its letters are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrtui.app import HrtuiApp
from hrtui.screens.people.people import PeopleScreen
from hrtui.store.changes import RowChange, write
from hrtui.store.employers import create_employer
from hrtui.store.leave_types import leave_types
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office


@pytest.fixture
def other(world: Office) -> int:
    """A second employer without people."""
    return create_employer(world.store, "Other Ltd", "BE", "en", 2026)


async def test_a_month_without_people_says_how_to_add_them(start: Start, other: int) -> None:
    async with start() as pilot:
        pilot.app.session.open_employer(other)  # type: ignore[attr-defined]
        await pilot.pause()
        lines = screen_text(pilot.app).splitlines()
        assert lines[3] == "  Nobody has a contract in this month."
        assert lines[4] == "  Ctrl+T 2 adds people; from a file: hrtui import people FILE"
        await pilot.press("ctrl+t", "2")
        assert isinstance(pilot.app.screen, PeopleScreen)


async def test_nobody_who_matches_is_no_empty_month(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("slash", *"zzzz", "enter")
        text = screen_text(pilot.app)
        assert "Nobody matches." in text
        assert "adds people" not in text


async def test_a_key_of_the_clerk_that_is_a_letter_there_is_told(
    start: Start, world: Office, other: int, tmp_path: Path
) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[grid]\nedit.undo = ["q"]\n')
    async with start(keys=file) as pilot:
        assert isinstance(pilot.app, HrtuiApp)
        kind = next(one for one in leave_types(world.store, other).values() if one.key == "VAK")
        change = RowChange("leave_type", kind.id, {"letter": kind.letter}, {"letter": "q"})
        write(world.store, other, "Letter", [change])
        assert "keys file" not in told(pilot.app)
        pilot.app.session.open_employer(other)
        await pilot.pause()
        assert "Your keys file takes letters of leave types here: q = VAK." in told(pilot.app)
        pilot.app.session.open_employer(world.employer_id)
        await pilot.pause()
        assert "keys file" not in told(pilot.app)
