"""Telling waiting clerks that an employer's history grew: at once in this worker, by one query in others."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakSet

from hrtui.backend.database import Database
from hrtui.backend.logs import failure, log
from hrtui.backend.sync.watch import heads_of
from hrtui.domain.sync.wire import Position

_hubs: WeakSet[Hub] = WeakSet()


class Hub:
    """Who waits for which employer; it polls the database only while somebody does."""

    def __init__(self, database: Database, seconds: float) -> None:
        self._database = database
        self._seconds = seconds
        self._changed: dict[int, asyncio.Event] = {}
        self._heads: dict[int, Position] = {}
        self._waiting: Counter[int] = Counter()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._poller: asyncio.Task[None] | None = None
        self.closed = False
        _hubs.add(self)

    @asynccontextmanager
    async def waiting(self, tenant_id: int) -> AsyncIterator[None]:
        """Be one of those who wait for an employer."""
        self._loop = asyncio.get_running_loop()
        self._waiting[tenant_id] += 1
        self._changed.setdefault(tenant_id, asyncio.Event())
        if self._poller is None or self._poller.done():
            self._poller = self._loop.create_task(self._poll())
        try:
            yield
        finally:
            self._waiting[tenant_id] -= 1
            if not self._waiting[tenant_id]:
                del self._waiting[tenant_id], self._changed[tenant_id]
                self._heads.pop(tenant_id, None)
            if not self._waiting:
                self._poller.cancel()

    async def head_after(self, tenant_id: int, rev: int, seconds: float) -> Position | None:
        """The head once it lies beyond `rev`, None after so many seconds or when the worker stops."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self.closed:
            head = self._heads.get(tenant_id)
            if head is not None and head["rev"] != rev:
                return head
            changed = self._changed[tenant_id]
            try:
                await asyncio.wait_for(changed.wait(), max(0.0, end - loop.time()))
            except TimeoutError:
                return None
        return None

    def tell(self, tenant_id: int, head: Position) -> None:
        """Say from any thread that a commit was made here."""
        if self._loop is not None and tenant_id in self._waiting and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._keep, tenant_id, head)

    def close_soon(self) -> None:
        """Let everybody go, from any thread."""
        self.closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.close)

    def close(self) -> None:
        """Let everybody go: the worker stops."""
        self.closed = True
        for changed in self._changed.values():
            changed.set()

    def _keep(self, tenant_id: int, head: Position) -> None:
        if tenant_id in self._changed and self._heads.get(tenant_id) != head:
            self._heads[tenant_id] = head
            self._changed[tenant_id].set()
            self._changed[tenant_id] = asyncio.Event()

    async def _poll(self) -> None:
        while not self.closed:
            try:
                heads = await asyncio.to_thread(heads_of, self._database, sorted(self._waiting))
            except Exception as problem:
                # A database that restarts must not end the waiting; the next round asks again.
                log.warning("no heads", **failure(problem))
                heads = {}
            for tenant_id, head in heads.items():
                self._keep(tenant_id, head)
            await asyncio.sleep(self._seconds)


def close_all() -> None:
    """Let everybody in this process go, from any thread or signal handler."""
    for hub in list(_hubs):
        hub.close_soon()
