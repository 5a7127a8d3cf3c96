"""A clerk at the whole program: presses keys, goes on once the screen shows it, and reads what comes out."""

from __future__ import annotations

import csv
import io
import re
import signal
import subprocess
from pathlib import Path
from typing import Self

from tests.pty.conftest import HRTUI, ROOT
from tests.pty.harness import Program, environment

SIZE = (80, 24)
_KEY = re.compile(r"<[^<>\s]+>|.", re.DOTALL)


class Desk:
    """The program on a profile in `home`, `demo` unless another one is named."""

    def __init__(
        self, home: Path, profile: str = "demo", begins: str = " people", *, day: str = "2026-09-15"
    ) -> None:
        env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": day}
        self.program = Program([*HRTUI, "--profile", profile], SIZE, home=home, env=env)
        self.program.wait_for(begins)
        self.presses = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.program.__exit__(None, None, None)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return self.program.text

    def do(self, keys: str, *says: str) -> None:
        """Press keys, and wait until the screen shows all texts of `says`."""
        self.presses += presses(keys)
        self.program.keys(keys)
        for text in says:
            self.program.wait_for(text)

    def paste(self, text: str, *says: str) -> None:
        """Paste a text, and wait in the same way."""
        self.program.paste(text)
        for shown in says:
            self.program.wait_for(shown)

    def found(self, pattern: str) -> str:
        """The first group of a pattern on the screen, once it is there."""
        self.program.until(lambda: re.search(pattern, self.text), pattern)
        match = re.search(pattern, self.text)
        assert match is not None
        return str(match[1])

    def skip_to(self, field: str) -> None:
        """Go down a form to a field that stays as it is until then."""
        while not self.program.lines[self.program.cursor[1]].startswith((f" *{field}", f"  {field}")):
            self.do("<tab>")
            self.program.settle()

    def kill(self) -> None:
        """Let the program die in the middle of its work."""
        self.program.signal(signal.SIGKILL)
        assert self.program.exit_code() == -signal.SIGKILL

    def leave(self) -> None:
        """Leave the program."""
        self.program.keys("<C-q>")
        assert self.program.exit_code() == 0

    def leave_unsaved(self, asks: str) -> None:
        """Leave the program all the same when it asks."""
        self.do("<C-q>", asks)
        self.program.keys("y")
        assert self.program.exit_code() == 0


def presses(keys: str) -> int:
    """How many keys go down: Ctrl, Shift and capitals take one more than the key itself."""
    count = 0
    for key in _KEY.findall(keys):
        name = key[1:-1] if len(key) > 1 else key
        count += 1 + name[:-1].count("-") + (len(name) == 1 and name.isupper())
    return count


def hrtui(home: Path, *words: str, typed: str = "") -> str:
    """What a command writes; it must succeed."""
    done = subprocess.run(
        [*HRTUI, *words],
        env=environment(home) | {"PYTHONPATH": str(ROOT)},
        input=typed.encode(),
        check=True,
        capture_output=True,
    )
    return done.stdout.decode()


def export(home: Path, what: str, month: str = "2026-09", employer: str = "Demo NV") -> list[dict[str, str]]:
    """The lines of an exported CSV (`month`, `people`, `components`, `messages`) by column."""
    text = hrtui(home, "--profile", "demo", "export", what, month, "--employer", employer)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def of(lines: list[dict[str, str]], number: int) -> list[dict[str, str]]:
    """The lines of one person."""
    return [line for line in lines if line["number"] == str(number)]
