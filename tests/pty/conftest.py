"""Programs in a terminal: the small app of these tests, and the demo."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.harness import Program, environment
from tests.pty.paper import PEOPLE, TODAY

Start = Callable[..., Program]

ROOT = Path(__file__).parents[2]
HRTUI = [sys.executable, "-m", "hrtui"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the small app, with a size, more environment, or a shell's words around it."""
    with ExitStack() as stack:

        def starter(size: tuple[int, int] = (80, 24), shell: str = "", **env: str) -> Program:
            command = [sys.executable, "-m", "tests.pty.small_app"]
            if shell:
                command = ["/bin/sh", "-c", shell, *command]
            program = Program(command, size, home=tmp_path, env={"PYTHONPATH": str(ROOT)} | env)
            stack.enter_context(program)
            program.wait_for("ready")
            return program

        yield starter


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the demo of 60 people, to be copied."""
    home = tmp_path_factory.mktemp("demo")
    subprocess.run(
        [*HRTUI, "demo", "--people", "60", "--no-ui"],
        env=environment(home) | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    return home


@pytest.fixture
def demo(demo_home: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the demo's month grid, each time on a fresh copy of its data in `tmp_path`."""
    with ExitStack() as stack:

        def starter(size: tuple[int, int] = (80, 24), name: str = "home", **env: str) -> Program:
            home = tmp_path / name
            shutil.copytree(demo_home, home)
            program = Program(
                [*HRTUI, "demo", "--people", "60"], size, home=home, env={"PYTHONPATH": str(ROOT)} | env
            )
            stack.enter_context(program)
            program.wait_for("60 people")
            program.settle()
            return program

        yield starter


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    """A home folder with the demo of 60 people as it was made."""
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


@pytest.fixture(scope="session")
def office_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the demo of 300 people in the month of the paper list, to be copied."""
    home = tmp_path_factory.mktemp("office")
    run(home, "demo", "--people", str(PEOPLE), "--no-ui")
    return home


@pytest.fixture
def office(office_made: Path, tmp_path: Path) -> Path:
    """A home folder with that demo as it was made."""
    return Path(shutil.copytree(office_made, tmp_path / "office"))


def run(home: Path, *arguments: str) -> str:
    """What a command of the program writes on a day of the paper list's month; it must succeed."""
    env = environment(home) | {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": TODAY.isoformat()}
    return subprocess.run([*HRTUI, *arguments], env=env, check=True, capture_output=True).stdout.decode()
