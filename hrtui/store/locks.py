"""Locked months: a person's month that was forwarded and takes no more changes, unless unlocked for a while.

An unlock ends by itself: whether a month is locked is always asked of the clock, never stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from hrtui.domain.day import Lock, Unlock
from hrtui.domain.month import Month
from hrtui.store.by_ids import select
from hrtui.store.lock_state import CLOSED
from hrtui.store.moments import moment, moment_of
from hrtui.store.store import Store


def write_locks(store: Store, person_ids: Iterable[int], month: Month, transmission_id: int | None) -> None:
    """Lock the month of these people inside the open transaction; an unlock of theirs ends."""
    ids, now = list(person_ids), moment()
    store.con.executemany(
        "INSERT INTO month_lock (person_id, month, at, actor, transmission_id) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id, month) DO UPDATE SET transmission_id = excluded.transmission_id",
        [(person_id, str(month), now, store.actor, transmission_id) for person_id in ids],
    )
    end_unlocks(store, ids, month)


def end_unlocks(store: Store, person_ids: Iterable[int], month: Month) -> None:
    """Let the unlocks of these people end now, inside the open transaction."""
    now = moment()
    store.con.executemany(
        "UPDATE month_unlock SET until = ? WHERE person_id = ? AND month = ? AND until > ?",
        [(now, person_id, str(month), now) for person_id in person_ids],
    )


def locked_ids(store: Store, person_ids: Collection[int], month: Month) -> frozenset[int]:
    """Those of the people whose month is locked now."""
    return frozenset(locks(store, list(person_ids), month))


def locks(store: Store, person_ids: Sequence[int], month: Month) -> dict[int, Lock]:
    """The locks of these people in `month` that are in force."""
    query = (
        "SELECT k.person_id, k.at, k.actor FROM month_lock k"
        f" WHERE k.person_id IN ({{marks}}) AND k.month = ? AND {CLOSED}"
    )
    read = select(store.con, query, person_ids, str(month), moment())
    return {person_id: Lock(moment_of(at), actor) for person_id, at, actor in read}


def unlocks(store: Store, person_ids: Sequence[int], month: Month) -> dict[int, Unlock]:
    """The unlocks of these people in `month` that are in force."""
    query = (
        "SELECT person_id, actor, until, reason FROM month_unlock"
        " WHERE person_id IN ({marks}) AND month = ? AND until > ? ORDER BY until"
    )
    read = select(store.con, query, person_ids, str(month), moment())
    return {person_id: Unlock(actor, moment_of(until), reason) for person_id, actor, until, reason in read}


def was_forwarded(store: Store, employer_id: int, month: Month) -> bool:
    """Whether anything of the month ever was forwarded."""
    query = "SELECT EXISTS (SELECT 1 FROM transmission WHERE employer_id = ? AND month = ?)"
    return bool(store.con.execute(query, (employer_id, str(month))).fetchone()[0])
