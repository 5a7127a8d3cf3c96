"""A program in tmux, a terminal that knows nothing of these tests' own emulator."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from tests.pty.harness import PATIENCE, encode, environment

POLL = 0.1


class Cell(NamedTuple):
    """A character with its SGR attributes, its colour and the colour behind it ("" is the terminal's own)."""

    sign: str
    attributes: frozenset[str]
    colour: str
    background: str


class Tmux:
    """One tmux server with one program in it; leaving the `with` block ends both."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int], *, env: Mapping[str, str], home: Path
    ) -> None:
        self.size = size
        self._env = environment(home) | dict(env)
        self._base = ["tmux", "-S", str(home / "tmux"), "-f", "/dev/null"]
        self._home = home
        columns, rows = map(str, size)
        tmux_256 = ["set", "-g", "default-terminal", "tmux-256color", ";", "set", "-g", "status", "off", ";"]
        self._run(*tmux_256, "new-session", "-d", "-x", columns, "-y", rows, *command)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._run("kill-server")

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [*self._base, *words], env=self._env, cwd=self._home, capture_output=True, text=True, check=True
        )
        return done.stdout

    def keys(self, keys: str) -> None:
        """Press keys, all at once."""
        self._run("send-keys", "-H", *(f"{byte:x}" for byte in encode(keys)))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self.size = columns, rows
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self) -> tuple[list[list[Cell]], str]:
        """All cells, and where the cursor is if it can be seen."""
        at = ["display-message", "-p", "#{?cursor_flag,#{cursor_x} #{cursor_y},hidden}"]
        *lines, cursor = self._run("capture-pane", "-e", "-p", "-N", ";", *at).splitlines()
        return cells(lines, self.size[0]), cursor

    def wait_for(self, text: str) -> None:
        """Wait until a text is on the screen."""
        end = time.monotonic() + PATIENCE
        while text not in (shown := self._run("capture-pane", "-p")):
            assert time.monotonic() < end, f"waited for {text!r}; the screen:\n{shown}"
            time.sleep(POLL)


def cells(lines: Sequence[str], width: int) -> list[list[Cell]]:
    """What `capture-pane -e` tells of each cell; SGR carries on from line to line."""
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    found = []
    for line in lines:
        row = []
        first, *parts = line.split("\x1b[")
        for number, part in enumerate(["m" + first, *parts]):
            codes, _, text = part.partition("m")
            if number:
                _apply(codes.split(";"), attributes, colours)
            row += [_as_seen(Cell(sign, frozenset(attributes), colours["3"], colours["4"])) for sign in text]
        blank = Cell(" ", frozenset(), "", "")
        found.append(row + [blank] * (width - len(row)))
    return found


def _as_seen(cell: Cell) -> Cell:
    """A blank that is not underlined, reversed or struck out has a background only."""
    if cell.sign != " " or cell.attributes & {"4", "7", "9"}:
        return cell
    return Cell(" ", frozenset(), "", cell.background)


def _apply(codes: list[str], attributes: set[str], colours: dict[str, str]) -> None:
    while codes:
        code = codes.pop(0)
        if code in ("", "0"):
            attributes.clear()
            colours.update({"3": "", "4": ""})
        elif code in ("38", "48"):
            count = 2 if codes[0] == "5" else 4
            colours[code[0]] = ";".join(codes[:count])
            del codes[:count]
        elif code in ("39", "49"):
            colours[code[0]] = ""
        elif len(code) > 1:
            kind = {"9": "3", "10": "4"}.get(code[:-1], code[:-1])
            colours[kind] = code
        else:
            attributes.add(code)
