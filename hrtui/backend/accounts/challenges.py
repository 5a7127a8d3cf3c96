"""Challenges: what a right password opens for a few minutes, each step of them counted."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from hrtui.backend.accounts.hashing import new_token, token_hash
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.database import Connection

LOGIN = "login"
AGAIN = "again"
"""A device that is logged in: only its second step was asked again."""
CHANGE = "change"
"""Second steps are to be changed, which takes one of those there are."""
ENROLMENT = "enrolment"
LOGIN_SECONDS = 5 * 60
ENROLMENT_SECONDS = 60 * 60
"""Time to install an app on the phone."""
TRIES = 5
"""Wrong codes until a challenge is over."""

_COLUMNS = (
    "token_hash, user_id, purpose, may_log_in, expires_at, sms_code, sms_sent_at, sms_count,"
    " new_secret, new_number"
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A row of `login_challenge`."""

    token_hash: str
    user_id: int
    purpose: str
    may_log_in: int
    expires_at: int
    sms_code: str
    sms_sent_at: int
    sms_count: int
    new_secret: str
    new_number: str


def open_challenge(con: Connection, user_id: int, purpose: str, now: int, *, may_log_in: bool) -> str:
    """Begin a challenge for one of the purposes above and return its token; old ones are cleared away."""
    con.execute("DELETE FROM login_challenge WHERE expires_at < ?", now)
    token = new_token()
    lasts = ENROLMENT_SECONDS if purpose == ENROLMENT else LOGIN_SECONDS
    con.execute(
        "INSERT INTO login_challenge (token_hash, user_id, purpose, may_log_in, created_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        token_hash(token),
        user_id,
        purpose,
        int(may_log_in),
        now,
        now + lasts,
    )
    return token


def find(con: Connection, token: str, purposes: Container[str], now: int) -> Challenge:
    """The open challenge of this token; raises Refused where there is none for such a purpose."""
    row = con.one(f"SELECT {_COLUMNS} FROM login_challenge WHERE token_hash = ?", token_hash(token))
    challenge = Challenge(*row) if row else None
    if challenge is None or challenge.purpose not in purposes or challenge.expires_at <= now:
        raise Refused("challenge_expired", 403)
    return challenge


def count_try(con: Connection, challenge: Challenge) -> None:
    """Count a code that is about to be checked; raises Refused after too many."""
    counted = con.execute(
        "UPDATE login_challenge SET tries = tries + 1 WHERE token_hash = ? AND tries < ?",
        challenge.token_hash,
        TRIES,
    )
    if counted != 1:
        raise Refused("challenge_expired", 403)


def change(con: Connection, challenge: Challenge, **values: object) -> None:
    """Write these columns of a challenge."""
    columns = ", ".join(f"{name} = ?" for name in values)
    con.execute(
        f"UPDATE login_challenge SET {columns} WHERE token_hash = ?", *values.values(), challenge.token_hash
    )


def new_sms_code(con: Connection, challenge: Challenge, digest: str, now: int) -> bool:
    """Let another code count; False where another request sent one at the same time."""
    sent = con.execute(
        "UPDATE login_challenge SET sms_code = ?, sms_sent_at = ?, sms_count = sms_count + 1"
        " WHERE token_hash = ? AND sms_count = ?",
        digest,
        now,
        challenge.token_hash,
        challenge.sms_count,
    )
    return sent == 1


def use_sms_code(con: Connection, challenge: Challenge, digest: str) -> bool:
    """Use the code that was sent up, if this is its digest; of two at once only one gets True."""
    used = con.execute(
        "UPDATE login_challenge SET sms_code = '' WHERE token_hash = ? AND sms_code = ? AND sms_code <> ''",
        challenge.token_hash,
        digest,
    )
    return used == 1


def close(con: Connection, challenge: Challenge) -> None:
    """End a challenge; raises Refused where another request ended it at the same time."""
    if con.execute("DELETE FROM login_challenge WHERE token_hash = ?", challenge.token_hash) != 1:
        raise Refused("challenge_expired", 403)


def close_all(con: Connection, user_id: int) -> None:
    """End all challenges of a user."""
    con.execute("DELETE FROM login_challenge WHERE user_id = ?", user_id)
