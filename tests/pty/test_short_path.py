"""Keys that change cells only go past the compositor, which then finds nothing left to send."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.conftest import HRTUI, ROOT
from tests.pty.harness import Program, environment
from tests.pty.test_equal_screens import GRID

pytestmark = pytest.mark.pty


Watch = Callable[..., Program]


@pytest.fixture
def watch(demo_home: Path, tmp_path: Path) -> Iterator[Watch]:
    """Starts the demo with its compositor watched, in `tmp_path`/home."""
    with ExitStack() as stack:

        def starter(**more: str) -> Program:
            home = tmp_path / "home"
            shutil.copytree(demo_home, home)
            command = [sys.executable, "-m", "tests.pty.watched_demo", "demo"]
            env = {"PYTHONPATH": str(ROOT), "COUNT": str(tmp_path / "count"), "ESCDELAY": "40"} | more
            program = stack.enter_context(Program(command, home=home, env=env))
            program.wait_for("60 people")
            program.settle()
            return program

        yield starter


@pytest.fixture
def watched(watch: Watch) -> Program:
    """The demo with its compositor watched."""
    return watch()


def doctor(tmp_path: Path, **more: str) -> str:
    """What `hrtui doctor` says of the demo."""
    home = tmp_path / "home"
    env = environment(home) | {"PYTHONPATH": str(ROOT)} | more
    done = subprocess.run(
        [*HRTUI, "--profile", "demo", "doctor"], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout


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


def test_an_error_in_the_output_costs_the_clerk_nothing_and_is_told_by_the_doctor(
    watch: Watch, tmp_path: Path
):
    broken = watch(SABOTAGE="frame")
    assert "only changed cells are sent" in doctor(tmp_path)
    broken.press("<C-home>")
    for _ in range(4):
        broken.press("<down>vz")
    assert "  5 of 60 people" in broken.lines[0]
    assert broken.lines[-2].startswith(f" {broken.lines[7][2:12]}"), broken.text
    names = [line[2:14] for line in broken.lines[3:-2]]
    broken.press("<C-l>")
    assert [line[2:14] for line in broken.lines[3:-2]] == names
    assert "failed (2026-09-15 StopIteration, small_app.py:" in doctor(tmp_path)


def test_the_doctor_tells_of_stock_output(watch: Watch, tmp_path: Path):
    watch()
    assert "HRTUI_OUTPUT is “stock”" in doctor(tmp_path, HRTUI_OUTPUT="stock")
