"""Making an employer's history, and writing rows on the backend's own behalf (members, transmissions)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from hrtui.backend.database import Connection
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.writing import Actor, Key, Writing
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.chain import GENESIS
from hrtui.domain.sync.wire import Position

OPERATOR = Actor(0, "hrtui admin")


def create_tenant(con: Connection, tenant_id: int) -> None:
    """Begin the history of an employer, in a transaction of that employer; its id is that of its row."""
    con.execute(
        "INSERT INTO tenant_clock (tenant_id, rev, chain, epoch, durable_chain, audit_hash)"
        " VALUES (?, 0, ?, ?, ?, ?)",
        tenant_id, GENESIS, str(uuid.uuid4()), GENESIS, GENESIS,
    )  # fmt: skip


def write_rows(
    con: Connection, tenant_id: int, actor: Actor, rows: Mapping[Key, Mapping[str, Value] | None], action: str
) -> Position:
    """Write rows as one commit that every device gets: units to set, or None to delete the row.

    For what the backend itself keeps (`member`, `transmission`) and for the rows of a new employer. `action`
    is the word in the audit trail. Raises ApiError 404 where the employer has no history.
    """
    writing = Writing.begin(con, tenant_id, actor)
    writing.load(rows)
    for key, units in rows.items():
        before = dict(writing.get(key).units) if writing.get(key).live else None
        if units is None:
            writing.delete(key)
        else:
            writing.put(key, units)
        writing.deeds.append(Deed("", action, *key, before=before, after=units))
    return writing.commit()
