"""A lost terminal, or a request to end, ends the program: tidily, and in any case."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App

HUNG_UP = 128 + signal.SIGHUP
"""The exit code after a lost terminal, as a shell reports a process that SIGHUP ended."""

_PATIENCE = 2.0  # seconds for a tidy end


def watch(app: App[Any]) -> None:
    """End the app when its terminal goes away, and on SIGHUP and SIGTERM; call it on the running event loop.

    Every entry is committed when it is made, so nothing is lost by ending. Signals that a wrapper made the
    process ignore (nohup) are taken all the same: without a terminal there is nothing left to do.
    """
    if app.is_headless:
        return
    loop = asyncio.get_running_loop()

    def end(number: int, _frame: FrameType | None) -> None:
        leave(app, loop, 128 + number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, end)

    def look() -> None:
        if terminal_lost():
            leave(app, loop, HUNG_UP)

    # The program's own driver notices at once; this is for any other.
    if os.isatty(0):
        app.set_interval(5.0, look)


def terminal_lost(descriptor: int = 0) -> bool:
    """Whether the terminal behind a descriptor has gone away."""
    poll = select.poll()
    poll.register(descriptor, 0)  # only what cannot be turned off: errors and hang-up
    return bool(poll.poll(0))


def leave(app: App[Any], loop: asyncio.AbstractEventLoop, code: int) -> None:
    """End the app with an exit code, in any case within seconds; from any thread or signal handler."""
    # A repaint that waits for the terminal can hold the event loop for ever.
    guard = threading.Timer(_PATIENCE, os._exit, (code,))
    guard.daemon = True
    guard.start()
    if terminal_lost():
        _write_nowhere()
    with contextlib.suppress(RuntimeError):  # the loop has ended already
        loop.call_soon_threadsafe(_exit, app, code)


def _exit(app: App[Any], code: int) -> None:
    if app.return_code is None:
        app.exit(return_code=code)


def _write_nowhere() -> None:
    """Put /dev/null in the place of a lost terminal, so that the last writes do not fail."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        if os.isatty(descriptor) or terminal_lost(descriptor):
            os.dup2(nowhere, descriptor)
    os.close(nowhere)
