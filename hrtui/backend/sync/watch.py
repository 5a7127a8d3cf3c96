"""The two reads about several employers: how far histories are, and where something must be delivered.

Both are of `tenant_clock` alone, by a policy of their own each, and show nothing but positions and moments.
Whatever follows is done in a transaction of one employer.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.backend.database import Database
from hrtui.domain.sync.wire import Position


def heads_of(database: Database, tenant_ids: Sequence[int]) -> dict[int, Position]:
    """The heads of these employers."""
    watched = ",".join(str(int(tenant_id)) for tenant_id in tenant_ids)
    with database.transaction(None, read_only=True) as con:
        if con.postgres:
            con.execute(f"SET LOCAL app.watch = '{watched}'")
        rows = con.all(f"SELECT tenant_id, rev, chain FROM tenant_clock WHERE tenant_id IN ({watched or 0})")
    return {tenant_id: {"rev": rev, "chain": chain} for tenant_id, rev, chain in rows}


def due_tenants(database: Database, moment: int) -> list[int]:
    """The employers whose `due_at` is not after `moment` (seconds since 1970)."""
    with database.transaction(None, read_only=True) as con:
        if con.postgres:
            con.execute(f"SET LOCAL app.due = '{int(moment)}'")
        rows = con.all("SELECT tenant_id FROM tenant_clock WHERE due_at <= ? ORDER BY tenant_id", moment)
    return [tenant_id for (tenant_id,) in rows]
