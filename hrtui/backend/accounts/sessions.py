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
_LEAST_TOKEN = 32
_HOUR, _DAY = 3600, 24 * 3600


@dataclass(frozen=True, slots=True)
class Lasting:
    """Seconds until a device that is logged in is asked for a code again, and until for the password, too.

    Both count from the log-in or code, however busy or idle the device was (OWASP ASVS 5.0, 7.1.1, 7.3).
    """

    code: int = 12 * _HOUR
    login: int = 30 * _DAY

    def until(self, began: int, now: int) -> int:
        """Until when a log-in that began then counts, with a code that was given now."""
        return min(now + self.code, began + self.login)


@dataclass(frozen=True, slots=True)
class Issued:
    """The tokens of a device, in plain: they are stored as hashes only.

    After a log-in `device_mark` lets the device log in later whoever guesses from its address meanwhile.
    """

    access_token: str
    refresh_token: str
    session_id: str
    expires_in: int
    device_mark: str = ""


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


def start(
    con: Connection, user_id: int, caller: Caller, now: int, lasting: Lasting, *, again: bool = False
) -> Issued:
    """Log a device in; its log-in of before ends, and those that ended long ago are cleared away.

    With `again` only the code was given: the log-in is as old as the one that it goes on with, which must be
    there. Raises Refused.
    """
    con.execute("DELETE FROM login_session WHERE expires_at < ?", now - lasting.login)
    before = [one for one in devices(con, user_id, now, lasting) if one.id == caller.replaces]
    if again and not before:
        raise Refused("token_revoked", 401)
    for one in before:
        revoke(con, one.id, now)
    began = before[0].created_at if again else now
    until = lasting.until(began, now)
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
        began,
        now,
        until,
        token_hash(refresh_token),
    )
    return _issued(con, session_id, refresh_token, now, until)


def refresh(
    con: Connection, current: str, following: str, address: str, now: int, lasting: Lasting
) -> Issued | None:
    """New access for a refresh token, which `following` replaces; None where a copy was used and all ends.

    Raises Refused: `second_step_due` where a code is to be given first, `token_revoked` where the token is of
    no use. None must be committed, so it is no exception.
    """
    session_id = current.partition(".")[0]
    if following.partition(".")[0] != session_id or len(following) < _LEAST_TOKEN or following == current:
        raise Refused("bad_request", 400)
    until = _holder(con, current, now, lasting)[1]
    if until <= now:
        raise Refused("second_step_due", 401)
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
    return _issued(con, session_id, following, now, until)


def holder(con: Connection, refresh_token: str, now: int, lasting: Lasting) -> int:
    """Whose refresh token this is, also where a code is due; raises Refused (`token_revoked`)."""
    return _holder(con, refresh_token, now, lasting)[0]


def devices(con: Connection, user_id: int, now: int, lasting: Lasting) -> list[Device]:
    """The devices of a user that are logged in, also where a code is due; the one used last first."""
    rows = con.all(
        "SELECT id, device, address, created_at, last_used_at FROM login_session"
        " WHERE user_id = ? AND revoked_at = 0 AND created_at > ? ORDER BY last_used_at DESC, id",
        user_id,
        now - lasting.login,
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


def _holder(con: Connection, refresh_token: str, now: int, lasting: Lasting) -> tuple[int, int]:
    """User of a refresh token, or of the one before it, and until when the code given last counts."""
    row = con.one(
        "SELECT s.revoked_at, s.created_at, u.disabled_at, s.refresh_hash, s.previous_hash, s.user_id,"
        " s.expires_at FROM login_session s JOIN user_account u ON u.id = s.user_id WHERE s.id = ?",
        refresh_token.partition(".")[0],
    )
    if row is None or row[0] or row[1] + lasting.login <= now or row[2]:
        raise Refused("token_revoked", 401)
    if token_hash(refresh_token) not in row[3:5]:
        raise Refused("token_revoked", 401)
    return int(row[5]), int(row[6])


def _issued(con: Connection, session_id: str, refresh_token: str, now: int, until: int) -> Issued:
    """Access for a device, at most until the code of its log-in is due."""
    seconds = min(ACCESS_SECONDS, until - now)
    return Issued(_new_access(con, session_id, now, seconds), refresh_token, session_id, seconds)


def _new_access(con: Connection, session_id: str, now: int, seconds: int) -> str:
    # Of all devices: each refresh clears away what nobody can use any more.
    con.execute("DELETE FROM access_token WHERE expires_at < ?", now - ACCESS_SECONDS)
    token = new_token()
    con.execute(
        "INSERT INTO access_token (token_hash, session_id, expires_at) VALUES (?, ?, ?)",
        token_hash(token),
        session_id,
        now + seconds,
    )
    return token
