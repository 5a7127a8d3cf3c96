"""Unlocking a forwarded month with a reason, for so many hours, and locking it again before that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from hrtui import clock
from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.domain.month import Month
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.locks import end_unlocks, locked_ids
from hrtui.store.moments import moment, moment_text
from hrtui.store.store import Store

UNLOCK_HOURS = (1, 2, 4, 8, 24)
"""For how many hours a month can be unlocked."""
DEFAULT_HOURS = 2
LONGEST_REASON = 200


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
    if isinstance(text, Problem) or not 3 <= len(text) <= LONGEST_REASON:
        raise StoreError(t("Type why the month is unlocked, in 3 to {n} characters.", n=LONGEST_REASON))
    if hours not in UNLOCK_HOURS:
        raise StoreError(t("A month is unlocked for 1, 2, 4, 8 or 24 hours."))
    rows.check_people(store, employer_id, person_ids)
    until = clock.now() + timedelta(hours=hours)
    with store.transaction():
        locked = locked_ids(store, person_ids, month)
        if not locked:
            raise StoreError(t("The month of these people is not locked."))
        store.con.executemany(
            "INSERT INTO month_unlock VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (new_id(), person_id, str(month), store.actor, moment(), moment_text(until), text)
                for person_id in sorted(locked)
            ],
        )
    return until


def lock_again(store: Store, person_ids: Iterable[int], month: Month) -> None:
    """Lock unlocked months before their time is over."""
    with store.transaction():
        end_unlocks(store, person_ids, month)
