"""Tokens that go out by e-mail: to activate an account, and to choose a new password."""

from __future__ import annotations

from hrtui.backend.accounts.hashing import new_token, token_hash
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.database import Connection

LASTS = {"activation": 7 * 24 * 3600, "reset": 3600}
"""Seconds that a token works, by purpose."""


def new(con: Connection, user_id: int, purpose: str, now: int) -> str:
    """A token for this purpose, in the place of those of before."""
    withdraw(con, user_id, purpose)
    token = new_token()
    con.execute(
        "INSERT INTO invitation (token_hash, user_id, purpose, created_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?)",
        token_hash(token),
        user_id,
        purpose,
        now,
        now + LASTS[purpose],
    )
    return token


def user_of(con: Connection, token: str, purpose: str, now: int) -> int:
    """Whom the token is for; raises Refused where it is of no use."""
    row = con.one(
        "SELECT user_id, expires_at FROM invitation WHERE token_hash = ? AND purpose = ?",
        token_hash(token.strip()),
        purpose,
    )
    if row is None:
        raise Refused("invitation_unknown", 403)
    if row[1] <= now:
        raise Refused("invitation_expired", 403)
    return int(row[0])


def withdraw(con: Connection, user_id: int, purpose: str) -> int:
    """End the tokens of a user for this purpose; returns how many there were."""
    return con.execute("DELETE FROM invitation WHERE user_id = ? AND purpose = ?", user_id, purpose)


def open_until(con: Connection, user_id: int, now: int) -> int:
    """Until when an invitation of the user is open; 0 where none is."""
    row = con.one(
        "SELECT max(expires_at) FROM invitation WHERE user_id = ? AND purpose = 'activation'"
        " AND expires_at > ?",
        user_id,
        now,
    )
    return int(row[0]) if row and row[0] else 0
