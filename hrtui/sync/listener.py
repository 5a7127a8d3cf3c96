"""Hearing of others' commits: the backend's stream of events, or asking where that does not pass."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable

from hrtui.store.errors import StoreError
from hrtui.store.store import Store
from hrtui.sync import state
from hrtui.sync.api import Refusal, SyncApi
from hrtui.sync.backend_errors import BackendError
from hrtui.sync.backoff import Backoff
from hrtui.sync.connection import Backend

WAIT = 25
"""Seconds that one question to be told something stays open."""
LONGEST = 30.0
_SHORT = 1.0
"""Seconds below which a stream that ended says that streams do not stand at present."""
_DEAF = 2
"""After so many streams that brought nothing at all, the listener asks instead."""


class Listener:
    """A thread that calls `heard` when the backend has something new for an employer."""

    def __init__(self, open_store: Callable[[], Store], employer_id: int, heard: Callable[[], None]) -> None:
        self._open_store = open_store
        self._employer_id = employer_id
        self._heard = heard
        self._stopped = threading.Event()
        self._deaf = 0

    def start(self) -> None:
        """Begin to listen."""
        threading.Thread(target=self._run, name="sync events", daemon=True).start()

    def stop(self) -> None:
        """Listen no more; a stream that is open ends with the program."""
        self._stopped.set()

    def _run(self) -> None:
        backoff = Backoff(LONGEST)
        while not self._stopped.is_set():
            try:
                with contextlib.closing(self._open_store()) as store, Backend(store) as backend:
                    api = backend.api(self._employer_id)
                    while not self._stopped.is_set():
                        self._listen(store, api)
                        if backoff.failures:
                            # An outage says nothing of whether streams pass.
                            self._deaf = 0
                        backoff.succeeded(0.0)
            except BackendError as problem:
                self._lost(backoff)
                backoff.failed(problem.wait)
            except (Refusal, StoreError, OSError, KeyError, ValueError, TypeError):
                self._lost(backoff)
                backoff.failed(5.0)
            self._stopped.wait(backoff.left())

    def _lost(self, backoff: Backoff) -> None:
        """Let the engine find out at once whether nothing gets through any more: the clerk is told so."""
        if not backoff.failures:
            self._heard()

    def _listen(self, store: Store, api: SyncApi) -> None:
        if self._deaf < _DEAF:
            self._stream(api)
        else:
            self._ask(store, api)

    def _stream(self, api: SyncApi) -> None:
        count, began = 0, time.monotonic()
        try:
            for _ in api.events():
                count += 1
                if self._stopped.is_set():
                    return
                self._heard()
        finally:
            self._deaf = 0 if count else self._deaf + 1
        if time.monotonic() - began < _SHORT:
            # A service that stops, or a proxy that lets no stream stand: it is not asked without a pause.
            self._stopped.wait(random.uniform(0, _SHORT))  # noqa: S311  (only spreads the tries)

    def _ask(self, store: Store, api: SyncApi) -> None:
        now = state.load(store, self._employer_id)
        if now is None or now.needs_snapshot:
            self._stopped.wait(1.0)
            return
        answer = api.wait({"cursor": now.cursor, "witness": now.witness, "seconds": WAIT})
        if answer["head"]["rev"] > now.rev:
            self._heard()
            # The engine needs a moment to take it in.
            self._stopped.wait(0.2)
