"""The screens of forwarding as text, in three sizes and languages, against the files in `golden`.

Rewrite them as those of `test_golden`: HRTUI_REWRITE_GOLDEN=1.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.day import Entry, Part
from hrtui.domain.month import Month
from hrtui.i18n import LANGUAGES
from hrtui.store.changes import DayChange, write
from hrtui.store.check_off import check
from hrtui.store.messages import add_message
from hrtui.store.people import person_ids
from tests.screens.conftest import Start, screen_text
from tests.screens.test_golden import GOLDEN, SIZES
from tests.store.conftest import Office
from tests.store.locking import lock_month

SEPTEMBER = Month(2026, 9)
OPEN = ("greater_than_sign", "enter")
TO_PREVIEW = (*OPEN, "tab", "tab", "tab", "tab", "ctrl+u", *"/tmp", "ctrl+s", "ctrl+s")
SCENES = {
    "forward": ("greater_than_sign",),
    "forward-form": (*OPEN, "tab", "tab", "tab", "tab", "ctrl+u", *"/tmp", "up"),
    "forward-check": ("greater_than_sign", "f4", "down"),
    "forward-preview": TO_PREVIEW,
    "forward-ask": (*TO_PREVIEW, "pagedown", "ctrl+s"),
    "unlock": ("up", "ctrl+home", "number_sign", *"late"),
}


def month_end(world: Office) -> None:
    """What the check finds something in, and one person whose month is locked."""
    store, employer_id = world.store, world.employer_id
    people = person_ids(store, employer_id, SEPTEMBER)
    leave = (Entry(world.kind("v"), 456, Part.FULL),)
    overtime = (Entry(world.kind("o"), 90, Part.HOURS),)
    changes = [
        DayChange(people[3], date(2026, 9, 15), (), leave),
        DayChange(people[6], date(2026, 9, 8), (), overtime),
    ]
    write(store, employer_id, "Month", changes)
    add_message(store, employer_id, SEPTEMBER, "For the employer\nin two lines")
    add_message(store, employer_id, SEPTEMBER.shift(-1), "Left behind")
    check(store, employer_id, people[:3], SEPTEMBER)
    lock_month(store, people[:1], SEPTEMBER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_looks_as_it_did(
    start: Start, world: Office, scene: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRTUI_CONFIG_DIR", str(tmp_path))
    month_end(world)
    shown = []
    for size in SIZES:
        async with start(size=size, language=language) as pilot:
            await pilot.press(*SCENES[scene])
            await pilot.pause()
            shown.append(f"== {size[0]}×{size[1]} ==\n{screen_text(pilot.app)}")
    file = GOLDEN / f"{scene}.{language}.txt"
    if os.environ.get("HRTUI_REWRITE_GOLDEN"):
        file.write_text("\n".join(shown), encoding="utf-8")
    assert "\n".join(shown) == file.read_text(encoding="utf-8")
