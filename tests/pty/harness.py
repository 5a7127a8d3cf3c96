"""A program in a real pseudo-terminal, driven by keys and watched on an emulated screen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.pty.emulator import Emulator, as_seen

PATIENCE = 60.0
"""Seconds until a condition that does not come true fails the test; only a broken program takes so long."""

QUIET = 0.1
"""Seconds without output, input or work after which a program counts as settled."""
QUIET_AFTER_ESCAPE = 0.6
"""The same where it may still wait for the rest of a sequence."""

_CURSOR = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_NUMBERED = {"insert": 2, "delete": 3, "pgup": 5, "pgdn": 6, "f5": 15, "f6": 17, "f7": 18, "f8": 19, "f9": 20}
_FUNCTION = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
_PLAIN = {"enter": "\r", "tab": "\t", "esc": "\x1b", "space": " ", "backspace": "\x7f", "lt": "<"}
_MODIFIERS = {"S": 1, "M": 2, "C": 4}


def encode(keys: str) -> bytes:
    """The bytes that xterm sends for keys such as `5v<down><C-z><S-right><f5>`."""
    parts = re.findall(r"<([^<>\s]+)>|(.)", keys, re.DOTALL)
    return "".join(_named(name) if name else literal for name, literal in parts).encode()


def _named(token: str) -> str:
    *prefixes, name = token.split("-")
    modifiers = sum(_MODIFIERS[prefix] for prefix in prefixes)
    suffix = f";{modifiers + 1}" if modifiers else ""
    if name in _CURSOR or (name in _FUNCTION and modifiers):
        return f"\x1b[{'1' if suffix else ''}{suffix}{ {**_CURSOR, **_FUNCTION}[name] }"
    if name in _NUMBERED:
        return f"\x1b[{_NUMBERED[name]}{suffix}~"
    if name in _FUNCTION:
        return f"\x1bO{_FUNCTION[name]}"
    if token == "S-tab":
        return "\x1b[Z"
    text = _PLAIN.get(name, name)
    if modifiers & _MODIFIERS["C"]:
        text = chr(ord(text.upper()) & 0x1F)
    return f"\x1b{text}" if modifiers & _MODIFIERS["M"] else text


class Program:
    """A running program and its terminal; leaving the `with` block kills what still runs."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (80, 24),
        *,
        env: Mapping[str, str] | None = None,
        home: Path,
    ) -> None:
        self.size = size
        self.output = bytearray()
        self.emulator = Emulator(*size, lambda text: os.write(self.terminal, text.encode()))
        self.terminal, slave = os.openpty()
        self._tty = os.ttyname(slave)
        self._set_size()
        self._process = subprocess.Popen(
            # The leader of a new session makes the first terminal that it opens its own.
            ["/bin/sh", "-c", 'exec "$@" <>"$0" >&0 2>&0', self._tty, *command],
            stdin=subprocess.DEVNULL,
            env=environment(home) | dict(env or {}),
            cwd=home,
            start_new_session=True,
        )
        os.close(slave)
        self.pid = self._process.pid
        self._quiet = QUIET

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self.signal(signal.SIGKILL)
        self._process.wait(PATIENCE)
        self.hang_up()

    # -- the keyboard

    def send(self, data: bytes) -> None:
        """Write bytes as the terminal would, reading output meanwhile so that neither side waits."""
        self._quiet = QUIET_AFTER_ESCAPE if data.endswith(b"\x1b") else QUIET
        while data:
            self.pump(0)
            with contextlib.suppress(BlockingIOError):
                data = data[os.write(self.terminal, data[:256]) :]

    def keys(self, keys: str) -> None:
        """Press keys, all at once."""
        data = encode(keys)
        if 1 in self.emulator.modes:  # the program wants its cursor keys marked in another way (DECCKM)
            data = re.sub(rb"\x1b\[([ABCDHF])", b"\x1bO\\1", data)
        self.send(data)

    def type_blindly(self, keys: str) -> None:
        """Press keys without looking at the screen: what the program writes stays unread."""
        self._quiet = QUIET
        os.write(self.terminal, encode(keys))

    def press(self, keys: str) -> int:
        """Press keys, wait until the program has settled, and return how many bytes it wrote."""
        before = len(self.output)
        self.keys(keys)
        self.settle()
        return len(self.output) - before

    def paste(self, text: str) -> None:
        """Paste as a terminal with bracketed paste does."""
        self.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    # -- the screen

    @property
    def lines(self) -> list[str]:
        """The rows of the screen without blanks at their ends."""
        return [line.rstrip() for line in self.emulator.screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor."""
        return self.emulator.screen.cursor.x, self.emulator.screen.cursor.y

    def cells(self) -> list[list[Any]]:
        """Every cell with its character, colours and attributes, as one sees them."""
        buffer = self.emulator.screen.buffer
        return [[as_seen(buffer[y][x]) for x in range(self.size[0])] for y in range(self.size[1])]

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal's window."""
        self.size = columns, rows
        self.emulator.screen.resize(rows, columns)
        self._set_size()

    def _set_size(self) -> None:
        columns, rows = self.size
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def raw(self) -> bool:
        """Whether keys go to the program one by one, without echo."""
        flags: int = termios.tcgetattr(self.terminal)[3]
        return not flags & (termios.ECHO | termios.ICANON)

    # -- waiting

    def pump(self, seconds: float) -> bool:
        """Show what the program writes within some seconds; returns whether it wrote."""
        if self.terminal < 0:
            time.sleep(seconds)
            return False
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # nobody has the terminal open any more
            time.sleep(min(seconds, 0.01))
            return False
        self.output += data
        self.emulator.feed(data)
        return True

    def has_output(self) -> bool:
        """Whether the program wrote something that is not shown yet."""
        return bool(select.select([self.terminal], [], [], 0)[0])

    def until(self, condition: Callable[[], object], what: str = "the condition") -> None:
        """Wait until a condition holds; raises AssertionError with the screen when it never does."""
        end = time.monotonic() + PATIENCE
        while not condition():
            ended = self._process.poll() is not None
            wrote = self.pump(0.02)
            assert time.monotonic() < end, f"waited for {what}; the screen:\n{self.text}"
            assert wrote or not ended or condition(), f"ended without {what}; the screen:\n{self.text}"

    def wait_for(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self.until(lambda: text in self.text, repr(text))

    def settle(self) -> None:
        """Wait until the program has read its input and has nothing left to do or to write."""
        quiet_since, cpu = time.monotonic(), self.cpu()
        end = quiet_since + PATIENCE
        while (now := time.monotonic()) - quiet_since < self._quiet:
            assert now < end, f"the program never settles; the screen:\n{self.text}"
            if self.pump(0.02) or self.busy() or self.cpu() - cpu > 0.01:
                quiet_since, cpu = time.monotonic(), self.cpu()

    def busy(self) -> bool:
        """Whether keys wait to be read, or the program works on something."""
        return self._waiting_input() or not self._sleeping()

    def _waiting_input(self) -> bool:
        if self._process.poll() is not None:
            return False
        try:
            tty = os.open(self._tty, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return False
        waiting = struct.unpack("I", fcntl.ioctl(tty, termios.FIONREAD, b"\0\0\0\0"))[0]
        os.close(tty)
        return bool(waiting)

    def _sleeping(self) -> bool:
        with contextlib.suppress(OSError):
            tasks = Path(f"/proc/{self.pid}/task").iterdir()
            return all((task / "stat").read_text().rpartition(") ")[2][0] not in "RD" for task in tasks)
        return True

    # -- the process

    def cpu(self) -> float:
        """Seconds of CPU the program has used."""
        with contextlib.suppress(OSError):
            return time.clock_gettime((~self.pid << 3) | 2)  # its clock, as clock_getcpuclockid(3) makes it
        return 0.0

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Take the terminal away, as a dropped connection does."""
        if self.terminal >= 0:
            os.close(self.terminal)
            self.terminal = -1

    def running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process.poll() is None

    def stopped(self) -> bool:
        """Whether the program is suspended."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].startswith("T")

    def exit_code(self) -> int:
        """Wait for the end of the program; its exit code, or minus the signal that ended it."""
        self.until(lambda: self._process.poll() is not None, "the end of the program")
        while self.pump(0):
            pass
        return self._process.wait()


def environment(home: Path) -> dict[str, str]:
    """A clean environment for the program: nothing of the user's own, and a fixed day."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HRTUI_DATA_DIR": str(home / "data"),
        "HRTUI_TODAY": "2026-09-15",
    }
