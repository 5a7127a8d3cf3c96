"""Counting tries in the database, so that all workers slow guessing down together.

A try is counted before it is checked: many at once get no more than the free ones. `succeeded` takes it back.
Rows are always touched in the order address, account, pair, so that no two requests wait for each other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from hrtui.backend.accounts.refused import Refused
from hrtui.backend.database import Connection
from hrtui.backend.logs import log
from hrtui.backend.rates import counted as counted_as
from hrtui.domain.accounts import slowing

KNOWN_FOR = 90 * 24 * 3600
"""Seconds for which an address stays known to an account after a log-in from it."""

_COUNT = (
    "INSERT INTO login_attempt (key, failures, last_at, blocked_until, known_at) VALUES (?, 1, ?, 0, 0)"
    " ON CONFLICT (key) DO UPDATE SET failures ="
    " CASE WHEN login_attempt.last_at < ? THEN 1 ELSE login_attempt.failures + 1 END, last_at = ?"
    " WHERE login_attempt.blocked_until <= ? RETURNING failures"
)


@dataclass(frozen=True, slots=True)
class Try:
    """What is tried: a kind (`password`, `code`), whose account (a name, known or not) and from where.

    A `device` on which the account was logged in before is counted for itself: others at its address, as on
    a computer that clerks share, do not hold it up.
    """

    kind: str
    account: str
    address: str
    device: str = ""

    @property
    def pair(self) -> str:
        """The key of this account from this address, or from this device wherever it is."""
        place = f"device {self.device}" if self.device else counted_as(self.address)
        return _key(self.kind, self.account, place)

    @property
    def account_key(self) -> str:
        """The key of this account from strange addresses."""
        return _key(self.kind, self.account, "")

    @property
    def address_key(self) -> str:
        """The key of this address."""
        return _key(self.kind, "", counted_as(self.address))


def begin(con: Connection, tried: Try, now: int) -> bool:
    """Count a try; says whether the account does not know the address.

    Raises Refused (`locked`, with the seconds to wait) where the try comes too early. Call it in a
    transaction of its own, which is committed before the try is checked.
    """
    row = con.one("SELECT known_at FROM login_attempt WHERE key = ?", tried.pair)
    strange = not tried.device and (row is None or int(row[0]) < now - KNOWN_FOR)
    if strange:
        _count(con, tried.address_key, slowing.FREE_TRIES_OF_ADDRESS, slowing.ADDRESS_WINDOW, now)
        _count(con, tried.account_key, slowing.FREE_TRIES_OF_ACCOUNT, slowing.FORGOTTEN_AFTER, now)
    _count(con, tried.pair, slowing.FREE_TRIES, slowing.FORGOTTEN_AFTER, now)
    return strange


def succeeded(con: Connection, tried: Try, *, strange: bool) -> None:
    """Take a try back that went well; `strange` as `begin` said."""
    for key in (tried.address_key, tried.account_key) if strange else ():
        con.execute(
            "UPDATE login_attempt SET failures = failures - 1, blocked_until = 0"
            " WHERE key = ? AND failures > 0",
            key,
        )
    con.execute("UPDATE login_attempt SET failures = 0, blocked_until = 0 WHERE key = ?", tried.pair)


def know(con: Connection, account: str, address: str, now: int) -> None:
    """After a whole log-in: strangers' guesses do not delay this account at this address any more.

    What nobody has tried for long is cleared away.
    """
    old = now - KNOWN_FOR
    con.execute("DELETE FROM login_attempt WHERE last_at < ? AND known_at < ?", old, old)
    for kind in ("code", "password"):
        con.execute(
            "INSERT INTO login_attempt (key, failures, last_at, blocked_until, known_at)"
            " VALUES (?, 0, ?, 0, ?) ON CONFLICT (key)"
            " DO UPDATE SET failures = 0, blocked_until = 0, known_at = ?",
            Try(kind, account, address).pair,
            now,
            now,
            now,
        )


def limit(con: Connection, what: str, most: int, window: int, now: int) -> None:
    """Count what may happen `most` times, then no more for `window` seconds; raises `sms_limit`.

    What is refused does not count: whoever asks on and on must not keep others from it for ever.
    """
    key = _key("limit", what, "")
    row = con.one(_COUNT, key, now, now - window, now, now)
    if row is None:
        blocked = con.one("SELECT blocked_until FROM login_attempt WHERE key = ?", key)
        raise Refused("sms_limit", 429, wait=max(1, int(blocked[0]) - now) if blocked else window)
    if int(row[0]) >= most:
        con.execute(
            "UPDATE login_attempt SET blocked_until = ?, failures = 0 WHERE key = ?", now + window, key
        )


def counted(con: Connection, what: str, now: int) -> int:
    """Count something once more, and say how often it has happened."""
    row = con.one(_COUNT, _key("daily", what, ""), now, 0, now, now)
    return int(row[0]) if row else 0


def uncounted(con: Connection, what: str) -> None:
    """Take one of what was counted back."""
    con.execute(
        "UPDATE login_attempt SET failures = failures - 1 WHERE key = ? AND failures > 0",
        _key("daily", what, ""),
    )


def _count(con: Connection, key: str, free: int, window: int, now: int) -> None:
    row = con.one(_COUNT, key, now, now - window, now, now)
    if row is None:
        log.warning("account", what="tries", outcome="locked", user=None)
        blocked = con.one("SELECT blocked_until FROM login_attempt WHERE key = ?", key)
        raise Refused("locked", 429, wait=max(1, int(blocked[0]) - now) if blocked else 1)
    if wait := slowing.delay(int(row[0]), free):
        con.execute("UPDATE login_attempt SET blocked_until = ? WHERE key = ?", now + wait, key)


def _key(kind: str, account: str, address: str) -> str:
    return hashlib.sha256(f"{kind}\0{account}\0{address}".encode()).hexdigest()
