"""Devices that are logged in: their rotating refresh tokens, short access tokens, and ending them.

The client chooses the refresh token that follows and has it on disk before it asks: a lost answer is asked
for again with the same two tokens. A token of before with another follower is a copy at work, and ends both.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from hrtui.backend.accounts.hashing import new_token, token_hash
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.database import Connection

ACCESS_SECONDS = 15 * 60
SESSION_SECONDS = 30 * 24 * 3600
"""After this a device logs in anew, with the second step, however busy it was."""
_LEAST_TOKEN = 32


@dataclass(frozen=True, slots=True)
class Issued:
    """The tokens of a device, in plain: they are stored as hashes only."""

    access_token: str
    refresh_token: str
    session_id: str
    expires_in: int = ACCESS_SECONDS


@dataclass(frozen=True, slots=True)
class Device:
    """A log-in that is still valid."""

    id: str
    device: str
    address: str
    created_at: int
    last_used_at: int


@dataclass(frozen=True, slots=True)
class Caller:
    """A device that logs in: its name, where it calls from, and its log-in of before ('' for none)."""

    device: str
    address: str
    replaces: str = ""


def start(con: Connection, user_id: int, caller: Caller, now: int) -> Issued:
    """Log a device in; its log-in of before ends, and those that ended long ago are cleared away."""
    con.execute("DELETE FROM login_session WHERE expires_at < ?", now - SESSION_SECONDS)
    if any(one.id == caller.replaces for one in devices(con, user_id, now)):
        revoke(con, caller.replaces, now)
    session_id = secrets.token_hex(8)
    refresh_token = f"{session_id}.{new_token()}"
    con.execute(
        "INSERT INTO login_session"
        " (id, user_id, device, address, created_at, last_used_at, expires_at, refresh_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        session_id,
        user_id,
        caller.device,
        caller.address,
        now,
        now,
        now + SESSION_SECONDS,
        token_hash(refresh_token),
    )
    return Issued(_new_access(con, session_id, now), refresh_token, session_id)


def refresh(con: Connection, current: str, following: str, address: str, now: int) -> Issued | None:
    """New access for a refresh token, which `following` replaces; None where a copy was used and all ends.

    Raises Refused where the token is of no use. None must be committed, so it is no exception.
    """
    session_id = current.partition(".")[0]
    if following.partition(".")[0] != session_id or len(following) < _LEAST_TOKEN or following == current:
        raise Refused("bad_request", 400)
    row = con.one(
        "SELECT s.revoked_at, s.expires_at, u.disabled_at"
        " FROM login_session s JOIN user_account u ON u.id = s.user_id WHERE s.id = ?",
        session_id,
    )
    if row is None or row[0] or row[1] <= now or row[2]:
        raise Refused("token_revoked", 401)
    old, new = token_hash(current), token_hash(following)
    rotated = con.execute(
        "UPDATE login_session SET previous_hash = refresh_hash, refresh_hash = ?, last_used_at = ?,"
        " address = ? WHERE id = ? AND refresh_hash = ?",
        new,
        now,
        address,
        session_id,
        old,
    )
    if rotated != 1:
        kept = con.one("SELECT previous_hash, refresh_hash FROM login_session WHERE id = ?", session_id)
        if kept is None or kept[0] != old:
            raise Refused("token_revoked", 401)
        if kept[1] != new:
            revoke(con, session_id, now)
            return None
    return Issued(_new_access(con, session_id, now), following, session_id)


def devices(con: Connection, user_id: int, now: int) -> list[Device]:
    """The devices of a user that are logged in, the one used last first."""
    rows = con.all(
        "SELECT id, device, address, created_at, last_used_at FROM login_session"
        " WHERE user_id = ? AND revoked_at = 0 AND expires_at > ? ORDER BY last_used_at DESC, id",
        user_id,
        now,
    )
    return [Device(*row) for row in rows]


def revoke(con: Connection, session_id: str, now: int) -> None:
    """Log a device out; its tokens stop working at once."""
    con.execute("UPDATE login_session SET revoked_at = ? WHERE id = ? AND revoked_at = 0", now, session_id)


def revoke_all(con: Connection, user_id: int, now: int, *, but: str = "") -> int:
    """Log all devices of a user out, but for one; returns how many."""
    return con.execute(
        "UPDATE login_session SET revoked_at = ? WHERE user_id = ? AND revoked_at = 0 AND id <> ?",
        now,
        user_id,
        but,
    )


def _new_access(con: Connection, session_id: str, now: int) -> str:
    # Of all devices: each refresh clears away what nobody can use any more.
    con.execute("DELETE FROM access_token WHERE expires_at < ?", now - ACCESS_SECONDS)
    token = new_token()
    con.execute(
        "INSERT INTO access_token (token_hash, session_id, expires_at) VALUES (?, ?, ?)",
        token_hash(token),
        session_id,
        now + ACCESS_SECONDS,
    )
    return token
