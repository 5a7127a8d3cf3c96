"""An auditor is told at once, before anything is typed or asked, that nothing can be changed."""

from __future__ import annotations

import pytest
from textual.events import Paste

from hrtui.domain.roles import AUDITOR
from hrtui.store.roles import set_own_roles
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

SENTENCE = "Your role is auditor: you may look, and change nothing."
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


@pytest.mark.parametrize(
    "keys",
    [
        ("equals_sign",),
        ("5", "v"),
        ("exclamation_mark",),
        ("ctrl+w",),
        ("ctrl+o", "enter"),
        ("ctrl+o", "equals_sign"),
        ("ctrl+o", "f6", "f4"),
        ("ctrl+o", "f6", "f2", "1"),
        *(("ctrl+t", place, "delete") for place in "36"),
        ("ctrl+t", "2", "enter", "x"),
        ("ctrl+t", "2", "enter", "delete"),
        ("ctrl+t", "2", "enter", "f2", "2", "enter", "x"),
        ("ctrl+t", "2", "enter", "f3", "enter"),
        *(("ctrl+t", place, "enter", "x") for place in "3678"),
        ("ctrl+t", "9", "x"),
        ("ctrl+t", "f", "enter"),
        ("ctrl+t", "f", "f4", "f4"),
    ],
    ids="-".join,
)
async def test_nothing_is_typed_or_asked_in_vain(
    start: Start, auditor: Office, keys: tuple[str, ...]
) -> None:
    async with start(size=(120, 40)) as pilot:
        await pilot.press(*keys[:-1])
        assert SENTENCE not in screen_text(pilot.app)
        await pilot.press(keys[-1])
        shown = screen_text(pilot.app)
        assert SENTENCE in shown
        assert "y = yes" not in shown
        await pilot.press("escape")
        assert "is not saved" not in screen_text(pilot.app)


async def test_an_auditor_looks_for_people_and_moves_in_a_form(start: Start, auditor: Office) -> None:
    async with start(size=(120, 40)) as pilot:
        await pilot.press("ctrl+t", "2", "f5", "space")
        assert SENTENCE not in screen_text(pilot.app)
        await pilot.press("escape", "enter", "tab", "right", "f3")
        assert SENTENCE not in screen_text(pilot.app)


async def test_what_was_pasted_into_a_field_is_not_taken_either(start: Start, auditor: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "9")
        pilot.app.post_message(Paste("Other name"))
        await pilot.pause()
        assert SENTENCE in screen_text(pilot.app)
        assert "Other name" not in screen_text(pilot.app)
