"""An emulated xterm: what it shows, its title and modes, and its answers to queries."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any

import pyte

_SEQUENCE = re.compile(
    r"\x1b\[(?P<prefix>[<=>?]?)(?P<args>[0-9:;]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<string>.*?)(?:\x1b\\|\x07)",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\](?:(?!\x1b\\|\x07).)*)?\Z", re.DOTALL)


def as_seen(cell: Any) -> Any:
    """A cell as one sees it: a blank that is not underlined, reversed or struck out has a background only."""
    if cell.data != " " or cell.underscore or cell.reverse or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False, blink=False)


class Emulator:
    """What a terminal shows, its title and modes, and `answer` for what a program asks it."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], object]) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.modes: set[int] = set()
        self.titles: list[str] = []
        self._stream = pyte.Stream(self.screen)
        self._answer = answer
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    def feed(self, data: bytes) -> None:
        """Show output of the program."""
        text = self._rest + self._decode(data)
        unfinished = _UNFINISHED.search(text)
        self._rest = unfinished.group() if unfinished else ""
        text = text.removesuffix(self._rest)
        position = 0
        for match in _SEQUENCE.finditer(text):
            self._draw(text[position : match.start()])
            position = match.end()
            if match["string"] is not None:
                self.titles += [match["string"]] if match["string"].startswith(("0;", "1;", "2;")) else []
            else:
                self._control(match)
        self._draw(text[position:])

    def _draw(self, text: str) -> None:
        if text:
            self._stream.feed(text)

    def _control(self, match: re.Match[str]) -> None:
        kind = match["prefix"] + match["between"] + match["final"]
        numbers = [int(number or 0) for number in re.split("[:;]", match["args"])]
        cursor = self.screen.cursor
        if kind == "?$p":
            self._answer(f"\x1b[?{numbers[0]};{2 if numbers[0] == 2026 else 0}$y")
        elif kind == "n" and numbers[0] == 6:
            self._answer(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")
        elif kind == "c":
            self._answer("\x1b[?62;22c")
        elif kind in ("?h", "?l"):
            (self.modes.update if kind == "?h" else self.modes.difference_update)(numbers)
            if 1049 in numbers:
                self.screen.erase_in_display(2)
            self._stream.feed(match.group())
        elif not match["prefix"] and not match["between"] and kind not in "tu":
            self._stream.feed(match.group())
