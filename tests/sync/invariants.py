"""What must hold of a clerk's database at every moment."""

from __future__ import annotations

from hrtui.domain.sync.units import WHOLE_ROW
from hrtui.sync.merge import Merge, folded
from hrtui.sync.oplog import IN_PART, pending
from hrtui.sync.rows import RowKey
from tests.sync.world import TENANT, Clerk, Server


def assert_whole(clerk: Clerk, server: Server | None = None) -> None:
    """What is seen = confirmed + unsent edits, of every row; and the confirmed is what the backend had then.

    With a `server` that the clerk is level with, confirmed rows are compared with it as well.
    """
    merge = Merge(clerk.store, TENANT)
    keys = {*clerk.keys(), *dirty_keys(clerk)}
    confirmed = {}
    for key in sorted(keys):
        waiting = pending(merge.rows, key)
        base = merge.base(key, waiting)
        shown = base if merge.yields(key) else folded(base, waiting)
        seen = merge.rows.read(key)
        wanted = {u: v for u, v in shown.items() if u != WHOLE_ROW} if shown[WHOLE_ROW] else None
        assert seen == wanted, (key, seen, wanted)
        if base[WHOLE_ROW] and base != {WHOLE_ROW: 1, "entries": []}:
            confirmed[tuple(key)] = {u: v for u, v in base.items() if u != WHOLE_ROW}
    leftover = clerk.store.con.execute("SELECT entity, row_id, date FROM sync_base").fetchall()
    assert {RowKey(*row) for row in leftover} <= dirty_keys(clerk)
    assert not clerk.store.con.execute("PRAGMA foreign_key_check").fetchall()
    if server is not None and _level(clerk, server):
        assert confirmed == server.rows()


def dirty_keys(clerk: Clerk) -> set[RowKey]:
    """The rows with edits that the feed has not confirmed."""
    found = clerk.store.con.execute(
        "SELECT DISTINCT o.entity, o.row_id, coalesce(o.date, '') FROM operation o"
        f" JOIN outbox x ON x.step_id = o.step_id{IN_PART}"
    )
    return {RowKey(*row) for row in found}


def _level(clerk: Clerk, server: Server) -> bool:
    with server.database.transaction(TENANT, read_only=True) as con:
        head = con.one("SELECT rev, chain FROM tenant_clock WHERE tenant_id = ?", TENANT)
    at = clerk.store.con.execute("SELECT rev, chain FROM sync_state").fetchone()
    return tuple(head or ()) == tuple(at)
