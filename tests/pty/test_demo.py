"""The demo on a real terminal: few bytes for each key, every size, its end, and nothing personal outside."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from statistics import mean, median

import pytest

from tests.pty.calendar import entries
from tests.pty.conftest import Start
from tests.pty.harness import Program

pytestmark = pytest.mark.pty

SIZES = [(80, 24), (120, 40)]
MOVE, ENTRY = 160, 180
"""Bytes of an ordinary move and entry, with everything that tells of them."""
WORST = 400
"""Bytes that no move and no entry exceeds: the status line's whole text may change."""
LINE = {(80, 24): 450, (120, 40): 600}
"""Bytes of a step down while the view scrolls with it, a half page at a time."""
PAGE = {(80, 24): 2600, (120, 40): 6000}
SMALL_DIALOG = 3000
"""Bytes of both, for a prompt, a question, and a short list that takes the whole screen."""


def costs(program: Program, *keys: str) -> list[int]:
    """The bytes that each key cost, pressed after the one before it has been drawn."""
    return [program.press(key) for key in keys]


@pytest.mark.parametrize("size", SIZES)
def test_a_move_costs_few_bytes(demo: Start, size: tuple[int, int]):
    program = demo(size)
    moves = costs(program, *["<right>", "<down>", "<down>", "<left>", "<up>", "<tab>"] * 4)
    assert median(moves) <= MOVE
    assert max(moves) <= WORST


@pytest.mark.parametrize("size", SIZES)
def test_an_entry_costs_few_bytes(demo: Start, size: tuple[int, int]):
    program = demo(size)
    program.press("<C-home>")
    entered = costs(program, *["v", "z", "<down>", "v", "<up>", "z", "z", "5v", "-", "<delete>"] * 3)
    assert median(entered) <= ENTRY
    assert max(entered) <= WORST
    assert max(costs(program, *["<C-z>", "<C-y>"] * 3)) <= WORST


@pytest.mark.parametrize("size", SIZES)
def test_scrolling_by_lines_costs_few_bytes(demo: Start, size: tuple[int, int]):
    program = demo(size)
    shown = size[1] - 5
    program.press("<C-home>" + "<down>" * (shown - 1))
    lines = costs(program, *["<down>"] * min(shown, 59 - shown))
    assert mean(lines) <= LINE[size]
    assert max(lines) <= PAGE[size]


@pytest.mark.parametrize("keys", ["/", "<f5>", "=", "<f6>z", "&"])
def test_opening_and_closing_a_small_dialog_costs_little(demo: Start, keys: str):
    program = demo()
    assert sum(costs(program, keys, "<esc>")) <= SMALL_DIALOG


@pytest.mark.parametrize("size", SIZES)
def test_a_page_costs_little_more_than_its_changed_letters(demo: Start, size: tuple[int, int]):
    program = demo(size)
    assert max(costs(program, "<pgdn>", "<pgup>", "<pgdn>", "<pgdn>", "<pgup>")) <= PAGE[size]


def test_only_a_large_frame_is_held_back_until_it_is_complete(demo: Start):
    program = demo()
    program.press("<C-home>")
    before = len(program.output)
    program.press("<right>")
    assert b"\x1b[?2026" not in program.output[before:]
    before = len(program.output)
    program.press("<pgdn>")
    assert program.output[before:].startswith(b"\x1b[?2026h")
    assert program.output.endswith(b"\x1b[?2026l")


def test_a_held_key_is_drawn_by_its_end_not_by_its_steps(demo: Start):
    program = demo()
    assert program.press("<down>" * 60 + "<up>" * 60) <= 120 * 200


def test_stock_output_keeps_the_wider_budget(demo: Start):
    program = demo(HRTUI_OUTPUT="stock")
    assert median(costs(program, "<right>", "<down>", "<left>", "<up>")) <= 2 * WORST
    assert max(costs(program, "<pgdn>", "<pgup>")) <= 9000


def test_every_size_down_to_60_by_15_shows_the_grid(demo: Start):
    program = demo((120, 40))
    for size in [(80, 24), (60, 15), (200, 60), (61, 16), (80, 24)]:
        program.resize(*size)
        program.until(lambda: "60 people" in program.lines[0], "the grid")
        program.settle()
        program.press("<down><up>")
        assert len(program.lines) == size[1]


def test_below_that_it_says_so_and_nothing_is_lost(demo: Start, tmp_path: Path):
    program = demo()
    before = entries(tmp_path / "home")
    program.press("<C-home><down>")
    shown = [program.lines[0], *program.lines[-2:]]
    for size in [(59, 15), (60, 14), (20, 5), (3, 1), (1, 1)]:
        program.resize(*size)
        program.settle()
        assert "60 people" not in program.text
        if size[0] >= 20:
            assert "60×15" in program.text.replace(" ", "").replace("x", "×")
        program.press("vzv")
    program.resize(80, 24)
    program.until(lambda: [program.lines[0], *program.lines[-2:]] == shown, "the cursor where it was")
    assert entries(tmp_path / "home") == before


def test_a_window_that_grows_back_shows_what_it_did(demo: Start):
    program = demo()
    program.press("<C-home>" + "<down>" * 14 + "<end>")
    shown, cells = program.text, program.cells()
    for size in [(60, 15), (30, 6), (1, 1), (80, 24)]:
        program.resize(*size)
        program.settle()
    program.until(lambda: program.text == shown, "the view as it was")
    assert program.cells() == cells


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_and_gives_the_terminal_back(demo: Start, number: signal.Signals):
    program = demo()
    program.press("v")
    program.signal(number)
    assert program.exit_code() == 128 + number
    assert not program.raw


def test_a_dropped_connection_ends_it_and_loses_nothing(demo: Start, tmp_path: Path):
    program = demo()
    before = entries(tmp_path / "home")
    program.press("<C-home><end>z")
    program.hang_up()
    assert program.exit_code() == 128 + signal.SIGHUP
    assert len(entries(tmp_path / "home")) == len(before) + 1


def test_suspend_and_resume_show_the_same_month(demo: Start):
    program = demo()
    program.press("<C-home><down>v")
    shown, cells = program.text, program.cells()
    program.signal(signal.SIGTSTP)
    program.until(program.stopped, "the program to stop")
    program.signal(signal.SIGCONT)
    program.until(lambda: program.text == shown, "the same screen")
    program.settle()
    assert program.cells() == cells


def test_redraw_mends_the_screen(demo: Start):
    program = demo()
    program.press("<C-home>")
    shown = program.text
    program.emulator.feed(b"\x1b[9;9Hstray text\x1b[7m\x1b[3;5r")
    assert program.text != shown
    program.press("<C-l>")
    assert program.text == shown


def test_no_name_reaches_the_title_or_another_program(demo: Start):
    program = demo()
    names = {name for line in program.lines for name in re.findall(r"[A-Z]\w{5,}", line[2:16])}
    assert len(names) > 5
    program.press("<C-home><down>v<C-c>")
    program.press("<f1>")
    program.press("<esc>")
    program.press("/" + next(iter(names))[:4] + "<enter>")
    assert not any(name in title for title in program.emulator.titles for name in names)
    written = Path(f"/proc/{program.pid}/cmdline").read_text()
    assert not any(name in written for name in names)
