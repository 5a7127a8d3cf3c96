"""Devices: the handshake, and the nonce and numbers by which a copied or restored database is noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrtui.backend.config import ServerLimits
from hrtui.backend.database import Connection, Query, Row
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.positions import check_history, clock_of, moment, refusal
from hrtui.backend.sync.scope import scope_of
from hrtui.domain.sync.wire import PROTOCOL, HelloAnswer, HelloRequest, Limits

SCHEMA = 10_000
"""The newest local schema whose mutations are taken; units that are unknown here are parked one by one."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device as the backend knows it."""

    user_id: int
    nonce: str
    last_mseq: int
    revoked_at: str


NO_DEVICE = Device(0, "", 0, "")


def device_of(con: Connection, tenant_id: int, device_id: str, *, lock: bool = False) -> Device:
    """The device of that id; NO_DEVICE where it never said hello."""
    sql, values = device_query(con, tenant_id, device_id, lock=lock)
    return device_in(con.all(sql, *values))


def device_query(con: Connection, tenant_id: int, device_id: str, *, lock: bool = False) -> Query:
    """The query for that device; `device_in` reads what it finds."""
    locking = " FOR NO KEY UPDATE" if lock and con.postgres else ""
    columns = "user_id, nonce, last_mseq, revoked_at"
    sql = f"SELECT {columns} FROM device WHERE tenant_id = ? AND device_id = ?{locking}"
    return sql, (tenant_id, device_id)


def device_in(rows: Sequence[Row]) -> Device:
    """The device of `device_query`, NO_DEVICE where there is none."""
    return Device(*rows[0]) if rows else NO_DEVICE


def keep_number(con: Connection, tenant_id: int, device_id: str, last_mseq: int, at: str) -> None:
    """Remember the last number that the device used."""
    con.execute(
        "UPDATE device SET last_mseq = ?, seen_at = ? WHERE tenant_id = ? AND device_id = ?",
        last_mseq, at, tenant_id, device_id,
    )  # fmt: skip


def hello(
    con: Connection,
    tenant_id: int,
    user_id: int,
    session_id: str,
    roles: frozenset[str],
    limits: ServerLimits,
    request: HelloRequest,
) -> HelloAnswer:
    """Let a device begin, and give it a new nonce: the one before it then belongs to a copy.

    A refusal leaves the old nonce in force.
    Raises ApiError 409 device_fork, timeline_diverged; 403 device_revoked.
    """
    now = clock_of(con, tenant_id, lock=True)
    device_id, given = request["device_id"], request["new_nonce"]
    device = device_of(con, tenant_id, device_id, lock=True)
    at, print_ = moment(), request.get("host_fingerprint", "").replace("\0", "")
    if device.revoked_at:
        raise ApiError(403, "device_revoked")
    check_history(con, tenant_id, now, request["witness"])
    if device is NO_DEVICE:
        con.execute(
            "INSERT INTO device"
            " (tenant_id, device_id, user_id, session_id, nonce, fingerprint, schema_v, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            tenant_id, device_id, user_id, session_id, given, print_, request["schema_v"], at,
        )  # fmt: skip
    elif device.user_id != user_id or device.nonce not in (request["prev_nonce"], given):
        raise refusal(409, "device_fork", now)
    else:
        con.execute(
            "UPDATE device SET nonce = ?, session_id = ?, fingerprint = ?, schema_v = ?, seen_at = ?,"
            " acked_rev = ? WHERE tenant_id = ? AND device_id = ?",
            given, session_id, print_, request["schema_v"], at, request["witness"]["rev"],
            tenant_id, device_id,
        )  # fmt: skip
    return {
        **now.head(),
        "last_mseq": device.last_mseq,
        "limits": wire_limits(limits),
        "protocol": {"min": PROTOCOL, "max": PROTOCOL},
        "schema": {"min": 1, "max": SCHEMA},
        "scope": scope_of(con, tenant_id, roles).version,
        "min_feed_rev": now.min_feed_rev,
    }


def wire_limits(limits: ServerLimits) -> Limits:
    """The limits that a device keeps to."""
    return {
        "push_mutations": limits.push_mutations,
        "push_ops": limits.push_ops,
        "push_bytes": limits.body_bytes,
        "pull_changes": limits.pull_changes,
        "known_uids": limits.known_uids,
        "snapshot_rows": limits.snapshot_rows,
    }
