"""Locked months: a person's month that was forwarded and takes no more changes, unless unlocked for a while.

An unlock ends by itself: whether a month is locked is always asked of the clock, never stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hrtui import clock
from hrtui.domain.day import Lock
from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.domain.month import Month
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import moment
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.lock_state import CLOSED, moment_of
from hrtui.store.store import Store

UNLOCK_HOURS = (1, 2, 4, 8, 24)
"""For how many hours a month can be unlocked."""
DEFAULT_HOURS = 2
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Unlock:
    """A locked month that may be changed now: by whose doing, since when and until when (UTC), and why."""

    by: str
    at: datetime
    until: datetime
    reason: str


def lock_month(store: Store, person_ids: Iterable[int], month: Month) -> None:
    """Lock the month of these people; a month that is locked keeps its first lock."""
    with store.transaction():
        write_locks(store, person_ids, month, None)


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


def lock_again(store: Store, person_ids: Iterable[int], month: Month) -> None:
    """Lock unlocked months before their time is over."""
    with store.transaction():
        end_unlocks(store, person_ids, month)


def unlock_month(
    store: Store,
    employer_id: int,
    person_ids: Sequence[int],
    month: Month,
    reason: str,
    hours: int = DEFAULT_HOURS,
) -> datetime:
    """Let the locked months of these people be changed for so many hours; returns until when (UTC).

    Raises StoreError without a reason, for another number of hours, and where nobody's month is locked.
    """
    text = clean(reason)
    if isinstance(text, Problem) or not 3 <= len(text) <= _LONGEST_REASON:
        raise StoreError(t("Type why the month is unlocked, in 3 to {n} characters.", n=_LONGEST_REASON))
    if hours not in UNLOCK_HOURS:
        raise StoreError(t("A month is unlocked for 1, 2, 4, 8 or 24 hours."))
    rows.check_people(store, employer_id, person_ids)
    until = clock.now() + timedelta(hours=hours)
    with store.transaction():
        locked = [person_id for person_id in person_ids if person_id in locked_ids(store, person_ids, month)]
        if not locked:
            raise StoreError(t("The month of these people is not locked."))
        store.con.executemany(
            "INSERT INTO month_unlock VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (new_id(), person_id, str(month), store.actor, moment(), moment_of(until), text)
                for person_id in locked
            ],
        )
    return until


def locked_ids(store: Store, person_ids: Collection[int], month: Month) -> frozenset[int]:
    """Those of the people whose month is locked now."""
    return frozenset(locks(store, list(person_ids), month))


def locks(store: Store, person_ids: Sequence[int], month: Month) -> dict[int, Lock]:
    """The locks of these people in `month` that are in force."""
    found: dict[int, Lock] = {}
    for chunk in rows.chunks(person_ids):
        read = store.con.execute(
            f"SELECT k.person_id, k.at, k.actor FROM month_lock k WHERE k.month = ? AND {CLOSED}"
            f" AND k.person_id IN ({rows.marks(chunk)})",
            (str(month), moment(), *chunk),
        )
        found |= {person_id: Lock(_utc(at), actor) for person_id, at, actor in read}
    return found


def unlocks(store: Store, person_ids: Sequence[int], month: Month) -> dict[int, Unlock]:
    """The unlocks of these people in `month` that are in force."""
    found: dict[int, Unlock] = {}
    for chunk in rows.chunks(person_ids):
        read = store.con.execute(
            "SELECT person_id, actor, at, until, reason FROM month_unlock WHERE month = ? AND until > ?"
            f" AND person_id IN ({rows.marks(chunk)}) ORDER BY until",
            (str(month), moment(), *chunk),
        )
        found |= {person: Unlock(actor, _utc(at), _utc(until), why) for person, actor, at, until, why in read}
    return found


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
