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
from tests.pty.pair import Pair

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


@pytest.mark.parametrize("how", ["frame", "version"])
def test_output_that_fails_gives_way_to_stock_output(start: Start, how: str):
    broken = start(SABOTAGE=how)
    pair = Pair(start(HRTUI_OUTPUT="stock"), broken)
    for keys in ["v", "v", "<down>", "v", "<pgdn>", "z", "<C-l>"]:
        pair.keys(keys)
        pair.assert_equal(keys)
    assert len(broken.output) > len(pair.stock.output) / 2, "as much as stock output sends"
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
        pair = Pair(stock, changed)
        for program in pair.both:
            program.wait_for("ready")
        pair.assert_equal("the start")
        sizes = [(60, 15), (120, 40), (61, 7), (80, 24)]
        for number, keys in enumerate(key_bursts(len(colours), 60)):
            pair.keys(keys)
            if number % 9 == 8:
                pair.resize(*sizes[number // 9 % len(sizes)])
            pair.assert_equal(keys)
        assert len(changed.output) < len(stock.output) / 5
