"""Changed-cells output shows exactly what Textual's own does: characters, colours, attributes, cursor."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.conftest import Start
from tests.pty.harness import Program

pytestmark = pytest.mark.pty

COLOURS = {
    "truecolor": {"COLORTERM": "truecolor"},
    "256": {"TEXTUAL_COLOR_SYSTEM": "256"},
    "16": {"TEXTUAL_COLOR_SYSTEM": "standard"},
    "none": {"NO_COLOR": "1"},
}
MOVES = ["<up>", "<down>", "<left>", "<right>", "<pgdn>", "<pgup>", "<down><down>", "<right><right>"]
OTHERS = ["v", "z", "5v", "<C-l>"]
DIALOG = ["!", "ab張", "<left>", "é", "<enter>"]


def key_bursts(seed: int, count: int) -> Iterator[str]:
    """Bursts of random keys, the same for the same seed."""
    choose = random.Random(seed)
    for number in range(count):
        if number % 12 == 5:
            yield from DIALOG
        yield "".join(choose.choice(MOVES * 2 + OTHERS) for _ in range(choose.randint(1, 4)))


def assert_equal(stock: Program, changed: Program, after: str) -> None:
    """Both terminals show the same, cell by cell."""
    for program in (stock, changed):
        program.settle()
    assert changed.text == stock.text, after
    for row, (ours, theirs) in enumerate(zip(changed.cells(), stock.cells(), strict=True)):
        assert ours == theirs, f"row {row} after {after}"
    assert changed.cursor == stock.cursor, after


@pytest.mark.parametrize("how", ["frame", "version"])
def test_output_that_fails_gives_way_to_stock_output(start: Start, how: str):
    stock, broken = start(HRTUI_OUTPUT="stock"), start(SABOTAGE=how)
    for keys in ["v", "v", "<down>", "v", "<pgdn>", "z", "<C-l>"]:
        for program in (stock, broken):
            program.keys(keys)
        assert_equal(stock, broken, keys)
    broken.hang_up()
    assert broken.exit_code() == 129


@pytest.mark.parametrize("colours", COLOURS)
def test_the_same_screens(colours: str, tmp_path: Path):
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-m", "tests.pty.small_app"]
    with ExitStack() as stack:
        stock, changed = (
            stack.enter_context(
                Program(
                    command, home=tmp_path, env=COLOURS[colours] | {"PYTHONPATH": root, "HRTUI_OUTPUT": kind}
                )
            )
            for kind in ("stock", "changed")
        )
        for program in (stock, changed):
            program.wait_for("ready")
        assert_equal(stock, changed, "the start")
        sizes = [(60, 15), (120, 40), (61, 7), (80, 24)]
        for number, keys in enumerate(key_bursts(len(colours), 36)):
            for program in (stock, changed):
                program.keys(keys)
                if number % 9 == 8:
                    program.resize(*sizes[number // 9 % len(sizes)])
            assert_equal(stock, changed, keys)
        assert len(changed.output) < len(stock.output) / 5
