"""Letting go of the feed's old changes and of old tombstones, so that a database does not grow for ever.

The rows themselves, the commits, receipts and the audit trail stay. A device that was away for longer than
the feed reaches gets 410 cursor_expired and reads the state anew; what it has to send counts as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hrtui import clock
from hrtui.backend.database import Connection, Database
from hrtui.backend.sync.positions import clock_of, moment_text

FEED_DAYS, TOMBSTONE_DAYS = 30, 400
_COMMITS = 500
"""So many commits lose their changes in one transaction, that nobody waits long."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many changes and tombstones went, and the oldest commit that the feed still reaches back to."""

    changes: int
    tombstones: int
    min_feed_rev: int


def compact(database: Database, tenant_id: int, feed_days: int = FEED_DAYS) -> Compacted:
    """Let go of changes older than `feed_days`, and of tombstones older than TOMBSTONE_DAYS."""
    horizon = database.run(tenant_id, lambda con: _raise_horizon(con, tenant_id, feed_days))
    changes = 0
    while gone := database.run(tenant_id, lambda con: _forget(con, tenant_id, horizon)):
        changes += gone
    tombstones = database.run(tenant_id, lambda con: _bury(con, tenant_id))
    return Compacted(changes, tombstones, horizon)


def _raise_horizon(con: Connection, tenant_id: int, days: int) -> int:
    """First of all nobody may read any more what goes next; returns the last commit of that."""
    now = clock_of(con, tenant_id, lock=True)
    horizon = max(now.min_feed_rev, _last_before(con, tenant_id, days))
    con.execute("UPDATE tenant_clock SET min_feed_rev = ? WHERE tenant_id = ?", horizon, tenant_id)
    return horizon


def _last_before(con: Connection, tenant_id: int, days: int) -> int:
    """The last commit that is older than so many days, 0 where none is."""
    moment = moment_text(clock.now() - timedelta(days=days))
    row = con.one("SELECT max(rev) FROM commit_log WHERE tenant_id = ? AND at < ?", tenant_id, moment)
    return int(row[0]) if row and row[0] is not None else 0


def _forget(con: Connection, tenant_id: int, horizon: int) -> int:
    """Delete the changes of the oldest commits, not after `horizon`; returns how many there were."""
    row = con.one("SELECT min(rev) FROM change WHERE tenant_id = ?", tenant_id)
    if row is None or row[0] is None or row[0] > horizon:
        return 0
    last = min(horizon, row[0] + _COMMITS - 1)
    return con.execute("DELETE FROM change WHERE tenant_id = ? AND rev <= ?", tenant_id, last)


def _bury(con: Connection, tenant_id: int) -> int:
    """Delete old tombstones, but not those that count forwardings or keep late edits of erased rows out."""
    clock_of(con, tenant_id, lock=True)
    return con.execute(
        "DELETE FROM row_state WHERE tenant_id = ? AND deleted = 1 AND rev <= ? AND units <> '{}'"
        " AND entity <> 'month_lock'",
        tenant_id, _last_before(con, tenant_id, TOMBSTONE_DAYS),
    )  # fmt: skip
