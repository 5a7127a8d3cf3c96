"""In tmux, too, changed-cells output shows exactly what Textual's own does."""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pty.conftest import HRTUI, ROOT
from tests.pty.harness import PATIENCE
from tests.pty.test_equal_screens import PLACES, random_bursts
from tests.pty.tmux import POLL, Tmux, cells

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed (apt install tmux)"),
]

SIZES = [(120, 40), (60, 15), (80, 24)]


def assert_equal(stock: Tmux, changed: Tmux, after: str) -> None:
    """Both show the same, twice in a row."""
    end = time.monotonic() + PATIENCE
    equal = 0
    while equal < 2:
        time.sleep(POLL)
        theirs, ours = stock.screen(), changed.screen()
        equal = equal + 1 if theirs == ours else 0
        if time.monotonic() > end:
            assert ours == theirs, after


@pytest.mark.parametrize("colours", ["16", "256"])
def test_all_screens_are_the_same_in_tmux(demo_home: Path, tmp_path: Path, colours: str):
    system = {"16": "standard", "256": "256"}[colours]
    with ExitStack() as stack:
        both = []
        for kind in ("stock", "changed"):
            home = tmp_path / kind
            shutil.copytree(demo_home, home)
            env = {"PYTHONPATH": str(ROOT), "HRTUI_OUTPUT": kind, "TEXTUAL_COLOR_SYSTEM": system}
            both.append(stack.enter_context(Tmux([*HRTUI, "demo"], (80, 24), home=home, env=env)))
        for program in both:
            program.wait_for("F1 help")
        stock, changed = both
        assert_equal(stock, changed, "the start")
        seen = []
        for number, keys in enumerate(random_bursts(50 + len(colours), PLACES[len(colours) :: 12])):
            if number % 10 == 9:
                for program in both:
                    program.resize(*SIZES[number // 10 % len(SIZES)])
                assert_equal(stock, changed, f"a resize before burst {number}")
            for program in both:
                program.keys(keys)
            assert_equal(stock, changed, f"burst {number}, {keys}")
            seen.append(changed.screen()[0])
        time.sleep(1)  # whatever still waits for the rest of a sequence
        assert_equal(stock, changed, "the end")
        assert sum(one != other for one, other in pairwise(seen)) > len(seen) / 2


def test_the_colours_of_tmux_are_read():
    first, second = cells(["a\x1b[2mb\x1b[0;1;38;5;208;44mc", "\x1b[39;49md"], 3)
    plain, dim, coloured, after = *first, second[0]
    assert plain == ("a", frozenset(), "", "")
    assert dim == ("b", frozenset("2"), "", "")
    assert coloured == ("c", frozenset("1"), "5;208", "44")
    assert after == ("d", frozenset("1"), "", "")
