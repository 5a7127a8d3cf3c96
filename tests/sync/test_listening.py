"""Hearing of commits: what the listener does where streams do not stand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import cast

from hrtui.store.store import Store
from hrtui.sync.api import SyncApi
from hrtui.sync.listener import Listener
from tests.sync.world import TENANT


class _Waits(threading.Event):
    """Keeps for how long it was waited."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0.0)
        return False


class _Backend:
    """Gives streams that end after one event."""

    def events(self) -> Iterator[None]:
        yield None


def _no_store() -> Store:
    raise AssertionError("not asked for here")


def test_streams_that_end_at_once_are_not_opened_without_a_pause() -> None:
    heard: list[int] = []
    listener = Listener(_no_store, TENANT, lambda: heard.append(1))
    listener._stopped = waits = _Waits()
    for _ in range(20):
        listener._stream(cast("SyncApi", _Backend()))
    assert len(heard) == 20
    assert len(waits.waited) == 20
    assert 1 < sum(waits.waited) <= 20
