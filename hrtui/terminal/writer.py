"""Output to a terminal that never makes the program wait, however slowly the terminal reads."""

from __future__ import annotations

import asyncio
import os
import select
import threading
from collections.abc import Callable
from time import monotonic
from typing import TextIO

_MOST = 1 << 18
"""So many bytes may wait for the terminal. Frames do not add up (`behind`); past this, writing waits."""

_PATIENCE = 2.0
"""Seconds that the end of the output waits for the terminal."""


class Writer:
    """Takes the place of Textual's writer thread; to be made and used on the event loop.

    The terminal is opened once more for this, because "non-blocking" belongs to an open file, and the
    program's standard streams are shared with the shell. `drained` is called when a terminal that was
    behind has taken everything. Raises OSError where the terminal cannot be opened.
    """

    def __init__(self, file: TextIO, drained: Callable[[], None]) -> None:
        self._file = file
        self._drained = drained
        self._terminal = _open_again(file.fileno())
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._waiting = bytearray()
        self._watching = False

    @property
    def behind(self) -> bool:
        """Whether the terminal did not take all output; what merely waits for `flush` does not count.

        Only then is `drained` called, so that a frame may be left out for it.
        """
        return self._watching

    def start(self) -> None:
        """Nothing has to be started."""

    def write(self, text: str) -> None:
        """Queue output; it goes out with `flush`, at the latest when the event loop is next idle."""
        if threading.get_ident() != self._thread:
            self._loop.call_soon_threadsafe(self.write, text)
            return
        if not self._waiting:
            self._loop.call_soon(self.flush)
        self._waiting += text.encode(self._file.encoding, "replace")
        if len(self._waiting) > _MOST:
            self._push(float("inf"), _MOST)

    def flush(self) -> None:
        """Hand over what the terminal takes now; the rest follows as it takes more."""
        while self._waiting:
            try:
                del self._waiting[: os.write(self._terminal, self._waiting)]
            except BlockingIOError:
                self._watch(True)
                return
            except OSError:  # the terminal is gone, which the driver notices
                self._waiting.clear()
        if self._watching:
            self._watch(False)
            self._drained()

    def isatty(self) -> bool:
        """It always is one."""
        return True

    def fileno(self) -> int:
        """The terminal as Textual knows it."""
        return self._file.fileno()

    def stop(self) -> None:
        """Write what still waits, as far as the terminal takes it in time, and close."""
        self._drained = lambda: None
        self._push(_PATIENCE, 0)
        self._waiting.clear()
        self._watch(False)
        os.close(self._terminal)

    def _watch(self, wanted: bool) -> None:
        if wanted and not self._watching:
            self._loop.add_writer(self._terminal, self.flush)
        elif self._watching and not wanted:
            self._loop.remove_writer(self._terminal)
        self._watching = wanted

    def _push(self, seconds: float, until: int) -> None:
        """Wait until no more than so many bytes wait, or for so many seconds."""
        poll = select.poll()
        poll.register(self._terminal, select.POLLOUT)
        end = monotonic() + seconds
        while len(self._waiting) > until and monotonic() < end:
            poll.poll(100)
            self.flush()


def _open_again(terminal: int) -> int:
    """The same terminal as a file of its own that is never waited for."""
    flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK
    try:
        return os.open(os.ttyname(terminal), flags)
    except OSError:  # after su, the device belongs to somebody else
        return os.open("/dev/tty", flags)
