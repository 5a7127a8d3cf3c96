"""Locking months as a forwarding leaves them, without forwarding anything."""

from __future__ import annotations

from collections.abc import Iterable

from hrtui.domain.month import Month
from hrtui.store.locks import write_locks
from hrtui.store.store import Store


def lock_month(store: Store, person_ids: Iterable[int], month: Month) -> None:
    """Lock the month of these people."""
    with store.transaction():
        write_locks(store, person_ids, month, None)
