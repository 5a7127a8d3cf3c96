"""What the operator does beside serving: the audit trail checked and written out, backups, restores."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from hrtui.backend.config import ConfigError, Unavailable
from hrtui.backend.database import Database
from hrtui.backend.sync import audit
from hrtui.backend.sync.positions import clock_of
from hrtui.domain.sync.wire import Position
from hrtui.i18n import t


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of checking one employer's trail; `broken` is the first record that does not hold."""

    tenant_id: int
    records: int
    broken: int | None


def named_tenants(database: Database) -> dict[int, str]:
    """All employers with their names, in the order of their numbers."""
    with database.transaction(None, read_only=True) as con:
        return {row[0]: row[1] for row in con.all("SELECT tenant_id, name FROM tenant ORDER BY tenant_id")}


def verify_audit(database: Database, tenants: list[int]) -> Iterator[Verified]:
    """Check the audit trail of these employers."""
    for tenant_id in tenants:
        with database.transaction(tenant_id, read_only=True) as con:
            yield Verified(tenant_id, *audit.verify(con, tenant_id))


def export_audit(database: Database, tenant_id: int, out: TextIO) -> int:
    """Write an employer's trail as JSON lines; returns how many."""
    count = 0
    with database.transaction(tenant_id, read_only=True) as con:
        for record in audit.records(con, tenant_id):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count


def heads(database: Database, tenants: list[int]) -> dict[int, Position]:
    """Where the histories of these employers stand."""
    found = {}
    for tenant_id in tenants:
        with database.transaction(tenant_id, read_only=True) as con:
            found[tenant_id] = clock_of(con, tenant_id).position
    return found


def back_up(database: Database, file: Path) -> dict[int, Position]:
    """Copy a SQLite database while it is in use, check the copy, and tell devices what is safe now.

    Returns the positions that the copy holds. Raises ConfigError for PostgreSQL (its own tools do it), where
    the file exists, or where the copy is not whole.
    """
    if database.postgres:
        raise ConfigError(t("A backup of PostgreSQL is made with pg_dump or by archiving its log."))
    if file.exists():
        raise Unavailable(t("The file {file} is there already.", file=file))
    source = sqlite3.connect(str(database.url.database))
    copy = sqlite3.connect(file)
    try:
        source.backup(copy)
        whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        source.close()
        copy.close()
    if not whole:
        raise Unavailable(t("The copy {file} is not whole: make it again on another disk.", file=file))
    safe = Database.open(f"sqlite:///{file}", 1)
    try:
        positions = heads(safe, [*named_tenants(safe)])
    finally:
        safe.close()
    mark_durable(database, positions)
    return positions


def positions_of(text: str) -> dict[int, Position]:
    """The positions of employers in JSON, as `heads` gives them. Raises ValueError for anything else."""
    found = json.loads(text)
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise ValueError
    positions: dict[int, Position] = {}
    for number, one in found.items():
        if type(one.get("rev")) is not int or not isinstance(one.get("chain"), str):
            raise ValueError
        positions[int(number)] = {"rev": one["rev"], "chain": one["chain"]}
    return positions


def mark_durable(database: Database, positions: dict[int, Position]) -> int:
    """Remember that a checked backup holds these positions; devices then let go of what they kept for it.

    A position that is not of the present history is left out. Returns at how many employers the backup is now
    known to have everything up to its position.
    """
    count = 0
    for tenant_id, position in positions.items():
        with database.transaction(tenant_id) as con:
            con.execute(
                "UPDATE tenant_clock SET durable_rev = ?, durable_chain = ? WHERE tenant_id = ?"
                " AND durable_rev < ? AND (rev = ? AND chain = ? OR EXISTS (SELECT 1 FROM commit_log c WHERE"
                " c.tenant_id = ? AND c.rev = ? AND c.chain = ?))",
                position["rev"], position["chain"], tenant_id, position["rev"],
                position["rev"], position["chain"], tenant_id, position["rev"], position["chain"],
            )  # fmt: skip
            count += clock_of(con, tenant_id).durable_rev >= position["rev"]
    return count


def finish_restore(database: Database) -> int:
    """Begin a new timeline at every employer after a backup was put back; returns how many there are.

    Devices notice a restore by themselves; this tells them at their next call, also where nothing is missing.
    """
    tenants = [*named_tenants(database)]
    for tenant_id in tenants:
        with database.transaction(tenant_id) as con:
            con.execute("UPDATE tenant_clock SET epoch = ? WHERE tenant_id = ?", str(uuid.uuid4()), tenant_id)
    return len(tenants)
