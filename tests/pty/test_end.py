"""The program ends with its terminal, gives it back when asked to stop, and takes it again."""

from __future__ import annotations

import signal
import time

import pytest

from tests.pty.conftest import Start
from tests.pty.harness import Program

pytestmark = pytest.mark.pty

ALTERNATE_SCREEN = 1049
SHORT = 15.0  # seconds: a program that ends by itself is far quicker, one that spins is not


def ends(program: Program) -> int:
    """The exit code of a program that must end soon, without working much."""
    cpu, since = program.cpu(), time.monotonic()
    code = program.exit_code()
    assert time.monotonic() - since < SHORT
    assert program.cpu() - cpu < 3
    return code


def test_a_hang_up_ends_it(start: Start):
    program = start()
    program.hang_up()
    assert ends(program) == 128 + signal.SIGHUP


def test_a_hang_up_ends_it_where_signals_are_ignored(start: Start):
    program = start(shell='trap "" HUP; exec "$0" "$@"')
    program.hang_up()
    assert ends(program) == 128 + signal.SIGHUP


def test_the_end_of_input_ends_it_without_any_signal(start: Start):
    # The kernel tells only the leader of the session, here a shell that does not care.
    program = start(shell='trap "" HUP; "$0" "$@"; exit $?')
    program.hang_up()
    assert ends(program) == 128 + signal.SIGHUP


def test_a_hang_up_ends_it_in_the_middle_of_output(start: Start):
    program = start()
    program.keys("<C-l>" * 200)
    program.hang_up()
    assert ends(program) == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_and_the_terminal_is_as_before(start: Start, number: signal.Signals):
    program = start()
    assert program.raw
    program.signal(number)
    assert ends(program) == 128 + number
    assert not program.raw
    assert ALTERNATE_SCREEN not in program.emulator.modes
    assert 25 in program.emulator.modes  # the cursor is visible


def test_quitting_gives_the_terminal_back(start: Start):
    program = start()
    program.keys("<C-q>")
    assert ends(program) == 0
    assert not program.raw
    assert ALTERNATE_SCREEN not in program.emulator.modes


@pytest.mark.parametrize("output", ["changed", "stock"])
def test_suspend_gives_the_terminal_back_and_resume_shows_all_again(start: Start, output: str):
    program = start(HRTUI_OUTPUT=output)
    program.press("vv<down>v")
    shown, cells = program.text, program.cells()
    for round_ in range(3):
        if round_ == 1:
            program.keys("<C-t>")  # the app's own way
        else:
            program.signal(signal.SIGTSTP)
        program.until(program.stopped, "the program to stop")
        program.until(lambda: ALTERNATE_SCREEN not in program.emulator.modes, "the normal screen")
        assert not program.raw
        program.emulator.feed(b"\x1b[m$ other output\r\n")
        program.signal(signal.SIGCONT)
        program.until(lambda: program.text == shown, "the same screen as before")
        program.settle()
        assert program.raw
        assert program.cells() == cells
    program.press("z")
    program.wait_for("4 entries")


def test_suspend_in_a_smaller_window(start: Start):
    program = start()
    program.press("vv")
    program.signal(signal.SIGTSTP)
    program.until(program.stopped, "the program to stop")
    program.resize(70, 10)
    program.signal(signal.SIGCONT)
    program.until(lambda: "2 entries" in program.lines[9], "the new size")
    program.press("z")
    assert "3 entries" in program.lines[9]


def test_a_stop_without_warning_does_not_disturb_input(start: Start):
    program = start()
    program.press("v")
    for _ in range(2):
        program.signal(signal.SIGSTOP)
        program.until(program.stopped, "the program to stop")
        program.signal(signal.SIGCONT)
        program.settle()
    # A second reader of the keyboard would tear these sequences apart.
    program.press("<S-right><C-left><down><up>" * 50)
    program.press("z")
    program.wait_for("2 entries")
    program.keys("<C-q>")
    assert program.exit_code() == 0
    assert not program.raw


def test_a_change_of_size_and_back_at_once_shows_all_again(start: Start):
    program = start()
    program.press("vv")
    shown = program.text
    program.resize(60, 10)
    program.resize(80, 24)
    program.emulator.feed(b"\x1b[H\x1b[2J")
    program.until(lambda: program.text == shown, "the same screen as before")


def test_redraw_mends_a_screen_that_others_wrote_on(start: Start):
    program = start()
    program.press("vv")
    shown = program.text
    program.emulator.feed(b"\x1b[5;5HMessage from root\x1b[7m")
    program.press("<right>")
    assert "Message from root" in program.text
    program.press("<left><C-l>")
    assert program.text.splitlines()[:23] == shown.splitlines()[:23]
