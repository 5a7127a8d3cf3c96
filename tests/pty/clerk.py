"""A clerk at the month grid: presses keys, looks at the screen before going on, and is cut off at times.

A job is a few moves; a move is the keys of at most one step. When the program is killed, everything that the
screen had shown must be in the database, and nothing else but, at most, the whole of the step under way. The
clerk then comes back, takes back what of the job is there, and does it again.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Self

from tests.pty import calendar
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.emulator import Emulator
from tests.pty.harness import PATIENCE, Program
from tests.pty.paper import HOLIDAYS, TODAY, TYPES, Cell, Days, Lines, people

SIZE = (80, 24)
NAME = 18
_SHOWN_NAME = 15
_MONTHS = {"May": 5, "June": 6}
_MARKS = {"full": " ", "am": "<", "pm": ">", "hours": ":"}
_FRAME_START, _FRAME_END = b"\x1b[?2026h", b"\x1b[?2026l"
MOMENTS = ("at once", "working", "writing", "showing", "shown")
"""When a kill comes: with the key, while the program works on it, while the database file is written, when
the first sign of it goes to the screen, or after the screen has shown it."""


@dataclass(frozen=True)
class Move:
    """Keys of at most one step, and what the screen shows after them.

    `days` are those that the step changes, `says` is a text on the screen, `cursor` the day it stands on.
    With `again` the keys are pressed until it says so.
    """

    keys: str
    says: str = ""
    days: Days | None = None
    cursor: Cell | None = None
    again: bool = False


@dataclass(frozen=True)
class Job:
    """What is done in one go: its moves from the grid as it is, and what the days hold after it."""

    name: str
    moves: Callable[[Clerk], list[Move]]
    days: Days


def face(cell: Cell, lines: Lines) -> str:
    """How the grid shows a day, in two characters."""
    number, day = cell
    person = people()[number]
    if lines:
        code, part, _ = lines[0]
        mark = "+" if len(lines) > 1 else "^" if code == "OVU" else _MARKS[part]
        return TYPES[code][0] + mark
    if not person.employed(day):
        return "//"
    if day in HOLIDAYS:
        return "* "
    return "  " if person.available(day) else "· "


def shown_name(name: str) -> str:
    """A name as the grid cuts it."""
    return name if len(name) <= _SHOWN_NAME else name[: _SHOWN_NAME - 1] + "…"


def faces_on(lines: list[str]) -> dict[Cell, str]:
    """The days that a screen shows; none where it is not the month grid."""
    title = re.match(r" (May|June) 2026  Demo NV", lines[0])
    by_name = {shown_name(one.name): one.number for one in people().values()}
    found: dict[Cell, str] = {}
    for line in lines[3:-2] if title else []:
        number = by_name.get(line[2 : NAME - 1].rstrip())
        month = _MONTHS[title[1]] if title else 0
        for day in range(1, 31 + month % 2) if number else ():
            at = NAME + 2 * (day - 1)
            found[number or 0, date(2026, month, day)] = line.ljust(SIZE[0])[at : at + 2]
    return found


class Clerk:
    """One clerk and their demo in `home`; `book` is what the clerk knows to be entered."""

    def __init__(self, home: Path, kills: dict[str, list[str]] | None = None) -> None:
        self.home = home
        self.kills = kills or {}
        self.killed: list[str] = []
        self.book: Days = calendar.days(home)
        self.last = ""
        self.program = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.program.__exit__(None, None, None)

    def _start(self) -> Program:
        env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": TODAY.isoformat()}
        program = Program([*HRTUI, "demo"], SIZE, home=self.home, env=env)
        program.wait_for(f"1 of {len(people())} people")
        return program

    # -- working

    def do(self, job: Job) -> None:
        """Do a job to its end, however often the program is killed on the way."""
        choose = Random(job.name)
        kills = self.kills.pop(job.name, [])
        while True:
            moves = job.moves(self)
            if not kills:
                self._play(moves)
                self.last = job.name
                break
            changing = [place for place, move in enumerate(moves) if move.days is not None]
            place = choose.choice(changing)
            seen = self._play(moves[:place])
            now = self._killed_in(moves[place], seen, kills.pop(0), choose)
            if not kills and all(now.get(cell, ()) == lines for cell, lines in job.days.items()):
                break
            self._take_back(now)
        self.book = _changed(self.book, job.days)
        assert not different(calendar.days(self.home), self.book), f"after {job.name}"

    def _play(self, moves: list[Move]) -> Days:
        seen = self.book
        for move in moves:
            if move.again:
                self._press_until(move)
            else:
                self.program.keys(move.keys)
            seen = _changed(seen, move.days or {})
            self._see(move, seen)
        return seen

    def _press_until(self, move: Move) -> None:
        while move.says not in (before := self.program.text):
            self.program.keys(move.keys)
            self._see_another(before)

    def _see_another(self, text: str) -> None:
        self.program.until(lambda: self.program.text != text, "another choice")

    def _see(self, move: Move, expected: Days) -> None:
        def shows() -> bool:
            lines = self.program.lines
            faces = faces_on(lines)
            return (
                move.says in "\n".join(lines)
                and (not faces or not move.days or not faces.keys().isdisjoint(move.days))
                and all(faces[cell] == face(cell, expected.get(cell, ())) for cell in faces)
                and (move.cursor is None or self._stands_on(move.cursor, lines))
            )

        self.program.until(shows, f"{move}")

    def _stands_on(self, cell: Cell, lines: list[str]) -> bool:
        """Whether the status line names the day and the terminal's own cursor is on it."""
        number, day = cell
        name = people()[number].name
        x, y = self.program.cursor
        status = f" {name}, {day:%a} {day.day} {day:%b}:"
        on_row = lines[y][2 : NAME - 1].rstrip() == shown_name(name)
        return lines[-2].startswith(status) and on_row and x == NAME + 2 * (day.day - 1)

    # -- being cut off

    def hang_up(self) -> tuple[dict[Cell, str], Days]:
        """Lose the connection and come back; what the screen showed last, and what is entered now."""
        shown = faces_on(self.program.lines)
        self.program.hang_up()
        assert self.program.exit_code() == 128 + signal.SIGHUP
        self.program, self.last = self._start(), ""
        now = calendar.days(self.home)
        self._see(Move(""), now)
        return shown, now

    def _killed_in(self, move: Move, seen: Days, moment: str, choose: Random) -> Days:
        """Kill the program in the middle of a move and start it again; returns what is entered then."""
        after = _changed(seen, move.days or {})
        log = self.home / "data" / "demo" / "hrtui.db-wal"
        written, cpu = log.stat().st_mtime_ns, self.program.cpu()
        self.program.keys(move.keys)
        if moment == "working":
            enough = cpu + choose.uniform(0.0002, 0.01)
            self._until(lambda: self.program.cpu() > enough)
        elif moment == "writing":
            self._until(lambda: log.stat().st_mtime_ns != written)
        elif moment == "showing":
            self._until(lambda: False)
        elif moment == "shown":
            self._see(move, after)
        self.program.signal(signal.SIGKILL)
        assert self.program.exit_code() == -signal.SIGKILL
        shown = faces_on(self._last_frame())
        self.program.__exit__(None, None, None)
        self.program, self.last = self._start(), ""
        now = calendar.days(self.home)
        assert now in (seen, after), f"a step by halves, killed {moment} in {move}"
        assert now == after or moment != "shown"
        for cell, sign in shown.items():
            there = face(cell, now.get(cell, ()))
            assert sign in (there, face(cell, seen.get(cell, ()))), f"{cell} was shown as {sign!r}"
        self._see(Move(""), now)
        self.killed.append(f"{moment}: {'done' if now == after else 'not done'}")
        return now

    def _until(self, condition: Callable[[], bool]) -> None:
        """Wait for the condition or, unread, the first output: closely, for it lasts a few milliseconds."""
        end = time.monotonic() + PATIENCE
        while not condition() and not self.program.has_output():
            assert time.monotonic() < end, "the program takes no notice of a key"

    def _last_frame(self) -> list[str]:
        """The last screen that was sent as a whole: a terminal holds a large frame back until its end."""
        output = bytes(self.program.output)
        begun = output.rfind(_FRAME_START)
        if begun > output.rfind(_FRAME_END):
            output = output[:begun]
        emulator = Emulator(*SIZE, lambda text: None)
        emulator.feed(output)
        return [line.rstrip() for line in emulator.screen.display]

    def _take_back(self, now: Days) -> None:
        """Undo what was done of a job, also in the session before."""
        while now != self.book:
            self.program.keys("<C-z>")
            before, now = now, self._after_undo(now)
            assert now != before

    def _after_undo(self, before: Days) -> Days:
        self.program.until(lambda: calendar.days(self.home) != before, "undo")
        now = calendar.days(self.home)
        self._see(Move("", says="Undone: "), now)
        return now


def different(one: Days, other: Days) -> dict[Cell, tuple[Lines, Lines]]:
    """The days on which two calendars differ, with what each holds."""
    cells = [cell for cell in one | other if one.get(cell) != other.get(cell)]
    return {cell: (one.get(cell, ()), other.get(cell, ())) for cell in cells}


def _changed(before: Days, changes: Days) -> Days:
    return {cell: lines for cell, lines in (before | changes).items() if lines}
