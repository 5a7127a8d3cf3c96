"""Whole screens as text, in three sizes and languages, against the files in `golden`.

After a wanted change: HRTUI_REWRITE_GOLDEN=1 pytest tests/screens/test_golden.py, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hrtui.i18n import LANGUAGES
from tests.screens.conftest import Start, screen_text

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((60, 15), (80, 24), (200, 60))
SCENES = {
    "month": ("ctrl+home", "1", "0", "enter"),
    "month-selected": ("ctrl+home", "space", "9", "enter", "shift+right", "shift+down", "5"),
    "filter": ("slash", "down", "down", "down", "down"),
    "hours": ("ctrl+home", "2", "enter", "equals_sign", *"4 qq", "enter"),
    "person-month": ("ctrl+home", "ctrl+o"),
    "person-year": ("ctrl+home", "ctrl+o", "tab"),
    "person-add": ("ctrl+home", "ctrl+o", "enter", "down"),
    "year": ("ctrl+home", "ctrl+e"),
    "places": ("ctrl+t",),
    "people": ("ctrl+t", "2", *"shop"),
    "person": ("ctrl+t", "2", "enter", "tab", "tab", *"x1", "tab"),
    "person-more": ("ctrl+t", "2", "enter", "f2"),
    "contract-change": ("ctrl+t", "2", "enter", "f2", "1"),
    "contract-end": ("ctrl+t", "2", *"claes", "delete", *"02092026", "tab"),
    "new-person": ("ctrl+t", "2", "ctrl+n", "enter", *"Dubois", "enter", *"Eva", "enter"),
    "schedules": ("ctrl+t", "7"),
    "schedule": ("ctrl+t", "7", *"103", "enter", "enter", "enter"),
    "teams": ("ctrl+t", "8"),
    "paste": ("ctrl+home", "home", "shift+right", "shift+right", "ctrl+c", "4", "enter", "ctrl+v"),
    "leave-types": ("ctrl+t", "3", "f9"),
    "leave-type": ("ctrl+t", "3", "down", "enter", "pagedown"),
    "leave-activate": ("ctrl+t", "3", "f9", *"gvm", "enter"),
    "leave-new": ("ctrl+t", "3", "ctrl+n", *"vak", "enter"),
    "allowances": ("ctrl+home", "down", "ctrl+o", "f6"),
    "entitlements": ("ctrl+t", "3", *"vak", "f2", "2"),
    "roll-over": ("ctrl+t", "3", "f2", "3"),
    "holidays": ("ctrl+t", "6"),
    "holiday": ("ctrl+t", "6", "enter"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_looks_as_it_did(start: Start, scene: str, language: str) -> None:
    shown = []
    for size in SIZES:
        async with start(size=size, language=language) as pilot:
            await pilot.press(*SCENES[scene])
            await pilot.pause()
            shown.append(f"== {size[0]}×{size[1]} ==\n{screen_text(pilot.app)}")
    file = GOLDEN / f"{scene}.{language}.txt"
    if os.environ.get("HRTUI_REWRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(shown), encoding="utf-8")
    assert "\n".join(shown) == file.read_text(encoding="utf-8")
