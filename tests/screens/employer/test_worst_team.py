"""The form of a team under keys without sense, in any order and size: the program stays."""

from __future__ import annotations

import random

import pytest

from tests.screens.conftest import Start, screen_text

KEYS = (
    *("enter", "enter", "enter", "tab", "shift+tab", "down", "up", "escape", "f1", "f2", "f3", "f4", "f5"),
    *(
        "f6",
        "f7",
        "f8",
        "f9",
        "ctrl+n",
        "ctrl+s",
        "ctrl+z",
        "ctrl+y",
        "ctrl+p",
        "delete",
        "backspace",
        "home",
    ),
    *("end", "space", "left", "right", "pageup", "pagedown", *"aebsyn1", "é", "\u0301"),
)
SIZES = ((40, 10), (60, 15), (80, 24), (200, 60))


@pytest.mark.parametrize("seed", range(6))
async def test_no_key_and_no_size_ends_the_program(start: Start, seed: int) -> None:
    choose = random.Random(seed)
    async with start() as pilot:
        for _ in range(12):
            await pilot.press(*["escape"] * 4, "ctrl+t", "8", *choose.choices(KEYS, k=8))
            if choose.random() < 0.5:
                await pilot.resize_terminal(*choose.choice(SIZES))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pilot.app.is_running
        assert screen_text(pilot.app).strip()
