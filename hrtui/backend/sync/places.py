"""How many pushes run at once in a worker: two of an employer, whose lock lets one through at a time.

Others wait a moment for a place and are told to come back, so that one busy employer never takes all threads
and connections.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter, deque

from hrtui.backend.errors import ApiError

AT_ONCE = 2
PATIENCE = 2.0
"""Seconds that a push waits for a place."""
SOONEST, LATEST = 1, 4
"""Seconds after which it is told to come back; drawn, so that those who were refused do not come together."""
_Turn = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]


class Places:
    """The places of a worker: `most` in all, AT_ONCE of an employer; from any thread and event loop."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: Counter[int] = Counter()
        self._waiting: dict[int, deque[_Turn]] = {}
        self._lock = threading.Lock()

    def take(self, tenant_id: int) -> bool:
        """Take a place where one is free and nobody waits for it.

        Raises ApiError 503 overloaded where the worker has no more at all.
        """
        with self._lock:
            return self._take(tenant_id)

    def leave(self, tenant_id: int) -> None:
        """Give a place back, or hand it to whoever has waited longest for it."""
        with self._lock:
            waiting = self._waiting.get(tenant_id)
            if waiting:
                loop, turn = waiting.popleft()
                loop.call_soon_threadsafe(_begin, turn)
                return
            self._waiting.pop(tenant_id, None)
            self._taken[tenant_id] -= 1
            if not self._taken[tenant_id]:
                del self._taken[tenant_id]

    async def wait(self, tenant_id: int) -> None:
        """Take a place as soon as one is free.

        Raises ApiError 503 tenant_busy after PATIENCE, overloaded where the worker has no more at all.
        """
        loop = asyncio.get_running_loop()
        turn = (loop, loop.create_future())
        with self._lock:
            if self._take(tenant_id):
                return
            self._waiting.setdefault(tenant_id, deque()).append(turn)
        try:
            await asyncio.wait_for(turn[1], PATIENCE)
        except (TimeoutError, asyncio.CancelledError) as problem:
            self._give_up(tenant_id, turn)
            if isinstance(problem, TimeoutError):
                raise _later("tenant_busy") from None
            raise

    def _take(self, tenant_id: int) -> bool:
        if self._taken.total() >= self.most:
            raise _later("overloaded")
        if self._taken[tenant_id] >= AT_ONCE or self._waiting.get(tenant_id):
            return False
        self._taken[tenant_id] += 1
        return True

    def _give_up(self, tenant_id: int, turn: _Turn) -> None:
        """Wait no longer; a place that was handed over at this very moment goes on to the next."""
        with self._lock:
            waiting = self._waiting.get(tenant_id, deque())
            if turn in waiting:
                waiting.remove(turn)
                return
        self.leave(tenant_id)


def _begin(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)


def _later(code: str) -> ApiError:
    return ApiError(503, code, retry_after=random.randint(SOONEST, LATEST))  # noqa: S311  (no secret)
