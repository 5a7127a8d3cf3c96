"""The screens of forwarding under keys without sense, in any order and size: the program stays."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hrtui.forwarding.folder import remember
from tests.screens.conftest import Start, screen_text
from tests.screens.employer.test_worst_team import KEYS, SIZES
from tests.store.conftest import Office

BEGINNINGS = (
    ("greater_than_sign",),
    ("greater_than_sign", "enter", "ctrl+s"),
    ("greater_than_sign", "enter", "ctrl+s", "ctrl+s"),
    ("greater_than_sign", "enter", "ctrl+s", "ctrl+s", "ctrl+s", "y"),
    ("greater_than_sign", "f3", "enter"),
    ("greater_than_sign", "f3", "enter", "f4"),
    ("greater_than_sign", "f2"),
    ("number_sign",),
    ("number_sign", *"why", "ctrl+s"),
)


@pytest.mark.parametrize("seed", range(3))
async def test_no_key_and_no_size_ends_the_program(
    start: Start, world: Office, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRTUI_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    remember(world.store, world.employer_id, tmp_path / "out")
    choose = random.Random(seed)
    async with start() as pilot:
        for _ in range(5):
            begin = choose.choice(BEGINNINGS)
            await pilot.press(*["escape"] * 6, "home", *begin, *choose.choices(KEYS, k=8))
            if choose.random() < 0.4:
                await pilot.resize_terminal(*choose.choice(SIZES))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pilot.app.is_running
        assert screen_text(pilot.app).strip()
