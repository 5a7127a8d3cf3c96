"""Reading rows of an employer as they stand, where nothing is to be written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hrtui.backend.database import Connection


def units_of(con: Connection, tenant_id: int, entity: str, row_id: int) -> dict[str, Any] | None:
    """The units of a row (no day), None where it is not there or deleted."""
    row = con.one(
        "SELECT units FROM row_state WHERE tenant_id = ? AND entity = ? AND row_id = ? AND date = ''"
        " AND deleted = 0",
        tenant_id, entity, row_id,
    )  # fmt: skip
    found: dict[str, Any] | None = json.loads(row[0]) if row else None
    return found


def live_rows(con: Connection, tenant_id: int, entity: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The id and units of every row of a kind that is not deleted."""
    sql = "SELECT row_id, units FROM row_state WHERE tenant_id = ? AND entity = ? AND deleted = 0"
    for row_id, text in con.all(sql, tenant_id, entity):
        yield row_id, json.loads(text)
