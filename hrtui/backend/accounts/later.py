"""Work whose time must tell nothing to whoever asked for it: done one after the other in a thread of its own.

A background task would hold up the next request of the same connection for as long as an e-mail takes, which
is only sent where there is a user of the name; and with a mail server that hangs it would keep a thread.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from hrtui.backend.logs import failure, log

MOST = 1000
"""So many wait; what comes more is left: whoever floods the queue is not to fill the memory."""


class Later:
    """A queue and its thread, which begins with the first work."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Callable[[], object]] = queue.Queue(MOST)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def do(self, work: Callable[[], object]) -> None:
        """Let it be done soon; a failure is logged."""
        try:
            self._queue.put_nowait(work)
        except queue.Full:
            log.warning("too much to do later")
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="later", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            try:
                work()
            except Exception as problem:
                log.error("failed", **failure(problem))
