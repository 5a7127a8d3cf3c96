"""An auditor is told at once, before a form is filled in, that nothing new can be made."""

from __future__ import annotations

import pytest

from hrtui.domain.roles import AUDITOR
from hrtui.store.roles import set_own_roles
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

SENTENCE = "Your role is auditor: you may see everything and change nothing."
NEW = ("ctrl+t", "2", *"baeten", "enter", "f2")


@pytest.fixture
def auditor(world: Office) -> Office:
    """The world on a backend, of which this clerk is the auditor."""
    world.store.con.execute("INSERT INTO setting VALUES ('backend', 'https://127.0.0.1')")
    set_own_roles(world.store, world.employer_id, [AUDITOR])
    return world


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+t", "2", "ctrl+n"),
        ("ctrl+t", "2", "f4"),
        ("ctrl+t", "2", "delete"),
        (*NEW, "1"),
        (*NEW, "3"),
        (*NEW, "5"),
        *(("ctrl+t", place, "ctrl+n") for place in "345678"),
        ("ctrl+t", "9", "f2", "1", "ctrl+n"),
        ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "ctrl+n"),
        ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "f5"),
    ],
    ids="-".join,
)
async def test_nothing_new_is_begun_by_an_auditor(
    start: Start, auditor: Office, keys: tuple[str, ...]
) -> None:
    async with start(size=(120, 40)) as pilot:
        await pilot.press(*keys[:-1])
        before = screen_text(pilot.app)
        assert SENTENCE not in before
        await pilot.press(keys[-1])
        assert SENTENCE in screen_text(pilot.app)
        assert "is not saved" not in screen_text(pilot.app)


async def test_an_auditor_may_still_open_another_employer_of_the_profile(
    start: Start, auditor: Office
) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "0", "ctrl+n")
        assert SENTENCE not in screen_text(pilot.app)
