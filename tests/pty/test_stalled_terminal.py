"""A terminal that nobody reads holds up neither the keys nor their entries, and catches up in one frame."""

from __future__ import annotations

import fcntl
import struct
import termios
import time
from pathlib import Path

import pytest

from tests.pty.calendar import steps
from tests.pty.conftest import Start
from tests.pty.harness import PATIENCE, Program

pytestmark = pytest.mark.pty

STALL = 10.0
KEYS = 500
TOGETHER = 25
FRAME = 14_000
"""Bytes that a whole screen of 120 by 40 never exceeds."""


def waiting(program: Program) -> int:
    """How many bytes of output the terminal could read now."""
    answer = fcntl.ioctl(program.terminal, termios.FIONREAD, b"\0\0\0\0")
    count: int = struct.unpack("I", answer)[0]
    return count


def fill(program: Program) -> int:
    """Change the whole screen again and again, until the terminal takes nothing more; what it holds then."""
    held: list[int] = []
    while len(held) < 4 or len(set(held[-4:])) > 1:
        program.type_blindly("<f9>" if len(held) % 8 < 4 else "<f7>")
        time.sleep(0.25)
        held.append(waiting(program))
    return held[-1]


def test_entries_are_committed_while_the_terminal_is_not_read(demo: Start, tmp_path: Path):
    home = tmp_path / "home"
    program = demo((120, 40))
    program.press("<C-home><end>")  # on the last day the cursor stays where it is
    held = fill(program)
    program.type_blindly("<C-home><end>")
    begin, made = time.monotonic(), steps(home)
    for turn in range(KEYS // TOGETHER):
        number = (turn + 1) * TOGETHER
        # Another month each time: a whole screen that is out of date before anybody can see it.
        program.type_blindly("<f7><end>" if turn % 2 else "<f9><end>" if turn else "")
        program.type_blindly(("zv" * TOGETHER)[turn // 2 % 2 :][:TOGETHER])
        end = time.monotonic() + PATIENCE
        while steps(home) < made + number:
            assert time.monotonic() < end, f"{steps(home) - made} of {number} entries are in the database"
            time.sleep(0.01)
        time.sleep(max(0.0, begin + STALL * number / KEYS - time.monotonic()))
    assert time.monotonic() - begin >= STALL
    assert waiting(program) == held, "nothing more went to the terminal"
    before = len(program.output)
    program.settle()
    assert len(program.output) - before <= held + 2 * FRAME, "the rest of a frame, and one new one"
    shown, cells, cursor = program.text, program.cells(), program.cursor
    program.press("<C-l>")
    assert (program.text, program.cells(), program.cursor) == (shown, cells, cursor)
    assert steps(home) == made + KEYS


def test_leaving_does_not_wait_for_a_terminal_that_is_not_read(demo: Start):
    program = demo((120, 40))
    fill(program)
    program.type_blindly("<C-q>")
    end = time.monotonic() + PATIENCE
    while program.running():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert program.exit_code() == 0
