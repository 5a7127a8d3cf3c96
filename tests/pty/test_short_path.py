"""Keys that change cells only go past the compositor, which then finds nothing left to send."""

from __future__ import annotations

import random
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.conftest import ROOT
from tests.pty.harness import Program
from tests.pty.test_equal_screens import GRID

pytestmark = pytest.mark.pty


@pytest.fixture
def watched(demo_home: Path, tmp_path: Path) -> Iterator[Program]:
    """The demo, with its compositor watched."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    command = [sys.executable, "-m", "tests.pty.watched_demo", "demo"]
    env = {"PYTHONPATH": str(ROOT), "COUNT": str(tmp_path / "count"), "ESCDELAY": "40"}
    with Program(command, home=home, env=env) as program:
        program.wait_for("60 people")
        program.settle()
        yield program


def updates(tmp_path: Path) -> int:
    """How many updates the compositor has sent so far."""
    return int((tmp_path / "count").read_text())


def compositor_finds(program: Program, tmp_path: Path) -> bytes:
    """What is sent when the compositor paints all anew."""
    before, already = len(program.output), updates(tmp_path)
    program.signal(signal.SIGUSR1)
    program.until(lambda: updates(tmp_path) > already, "the compositor")
    program.settle()
    return bytes(program.output[before:])


def test_the_compositor_has_nothing_to_do_for_keys_of_the_grid(watched: Program, tmp_path: Path):
    before = updates(tmp_path)
    for keys in [
        "<down><right>",
        "v",
        "z",
        "5v",
        "-",
        "<delete>",
        "<C-z>",
        "<pgdn>",
        "<C-end>",
        "<f9>",
        "<f7>",
    ]:
        assert watched.press(keys), keys
        assert watched.press("<S-right><S-down><esc>3<right>")
    choose = random.Random(7)
    for _ in range(30):
        watched.press("".join(choose.choices([key for key in GRID if key != "<enter>"], k=12)))
    assert updates(tmp_path) == before
    assert compositor_finds(watched, tmp_path) == b""


@pytest.mark.parametrize(
    "place", ["/an", "<f5>", "=4", "<C-e><down>", "<C-o><right>", "<C-t><down>", "<f1><pgdn>"]
)
def test_after_keys_of_other_screens_it_finds_nothing_either(watched: Program, tmp_path: Path, place: str):
    watched.press(place)
    assert compositor_finds(watched, tmp_path) == b""
    watched.press("<esc><right>v")
    assert compositor_finds(watched, tmp_path) == b""


def test_another_screen_is_painted_by_the_compositor(watched: Program, tmp_path: Path):
    before = updates(tmp_path)
    watched.press("<C-t>")
    assert updates(tmp_path) > before
    watched.press("<esc>")
    assert compositor_finds(watched, tmp_path) == b""
