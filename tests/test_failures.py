"""A failure that nobody expected ends in a sentence and a note without personal data, not in a traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hrtui import failures
from hrtui.store.errors import StoreError
from tests.pty.conftest import ROOT
from tests.pty.harness import Program
from tests.screens.conftest import Start, fixed_surroundings, office, start, told, world
from tests.store.conftest import Office

__all__ = ["fixed_surroundings", "office", "start", "world"]

BROKEN_TIMER = """
import hrtui.app, hrtui.__main__ as m
def broken(self): raise ValueError("Peeters An")
hrtui.app.HrtuiApp._look_elsewhere = broken
m.main()
"""


def test_the_note_says_where_and_never_about_whom() -> None:
    try:
        try:
            raise StoreError("Peeters An")
        except StoreError as problem:
            raise ValueError("Peeters An 93.05.18-223.61") from problem
    except ValueError as error:
        text = failures.noted(error)
    assert "ValueError" in text
    assert "StoreError" in text
    assert "tests/test_failures.py:" in text
    assert "Peeters" not in text


async def test_a_key_that_fails_says_so_and_the_next_one_works(
    start: Start, world: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Peeters An")

    monkeypatch.setattr("hrtui.screens.calendar.month.MonthScreen.action_find_filter", broken)
    async with start() as pilot:
        await pilot.press("ctrl+home", "slash")
        await pilot.pause()
        assert "That went wrong inside hrtui; what was saved is safe." in told(pilot.app)
        await pilot.press("1", "7", "enter")
        await pilot.pause()
        assert "Aerts-Voorbeeld Ann, Thu 17 Sep" in told(pilot.app)
    log = world.store.folder / failures.FILE
    assert log.stat().st_mode & 0o777 == 0o600
    assert "KeyError" in log.read_text()
    assert "Peeters" not in log.read_text()


@pytest.mark.pty
def test_a_failure_outside_the_keys_ends_the_program_in_one_sentence(tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", BROKEN_TIMER, "demo", "--people", "5"]
    with Program(command, (80, 24), home=tmp_path, env=env) as program:
        program.wait_for("That went wrong inside hrtui")
        assert "Traceback" not in program.text
        assert "Peeters" not in program.text
