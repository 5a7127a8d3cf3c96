"""Second factors: codes of an app, used once however many workers there are; SMS; backup codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hrtui.backend.accounts import attempts, challenges, letters, users
from hrtui.backend.accounts.challenges import Challenge
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.hashing import hashed
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.accounts.users import User
from hrtui.backend.accounts.vault import Vault
from hrtui.backend.database import Connection
from hrtui.domain.accounts import codes

_USE_STEP = "UPDATE user_account SET totp_step = ? WHERE id = ? AND totp_step < ?"

SMS_SECONDS = 5 * 60
"""How long a code that was sent counts."""
SMS_WAIT = 30
"""Seconds until it can be sent again."""
SMS_PER_CHALLENGE = 3
SMS_PER_HOUR = 6
"""Of one user, in all challenges together: they cost money, and phones ring."""


def app_secret(vault: Vault, user: User) -> str:
    """The secret of the user's app; '' without one."""
    return vault.unseal(user.totp_secret, f"app {user.id}")


def sms_number(vault: Vault, user: User) -> str:
    """The user's mobile number in E.164; '' without one."""
    return vault.unseal(user.sms_number, f"sms {user.id}")


def shown_number(number: str) -> str:
    """A number as a hint to its owner: the country and the last two digits."""
    return f"{number[:3]} … {number[-2:]}" if number else ""


def use_app_code(con: Connection, user: User, secret: str, code: str, now: int) -> bool:
    """Use a code of the app up; of two requests with the same code only one gets True."""
    step = codes.app_step(secret, code, datetime.fromtimestamp(now, UTC), user.totp_step)
    if step is None:
        return False
    # The condition decides the race: RFC 6238, 5.2 forbids to accept a code twice.
    return con.execute(_USE_STEP, step, user.id, step) == 1


def send_sms_code(accounts: Accounts, challenge: Challenge, user: User, number: str, now: int) -> int:
    """Send a new code of this challenge, the one before stops counting; returns how many more may follow.

    Raises Refused: `sms_wait`, `sms_limit`, `no_sms`, `sms_failed`.
    """
    if not accounts.notifier.sends_sms:
        raise Refused("no_sms", 409)
    code = codes.new_sms_code()
    with accounts.database.transaction(None) as con:
        if (wait := challenge.sms_sent_at + SMS_WAIT - now) > 0:
            raise Refused("sms_wait", 429, wait=wait)
        if challenge.sms_count >= SMS_PER_CHALLENGE:
            raise Refused("sms_limit", 429, wait=SMS_SECONDS)
        attempts.limit(con, f"sms {user.id}", SMS_PER_HOUR, 3600, now)
        if not challenges.new_sms_code(con, challenge, _digest(accounts.vault, challenge, code), now):
            raise Refused("sms_wait", 429, wait=SMS_WAIT)
    if not accounts.notifier.sms(number, letters.sms_code(user.language, code)):
        raise Refused("sms_failed", 503, wait=SMS_WAIT)
    return SMS_PER_CHALLENGE - challenge.sms_count - 1


def use_sms_code(con: Connection, vault: Vault, challenge: Challenge, code: str, now: int) -> bool:
    """Use the code up that was sent; raises Refused (`code_expired`) where it is too old."""
    digest = _digest(vault, challenge, codes.digits_of(code))
    if challenge.sms_code and challenge.sms_code == digest and challenge.sms_sent_at + SMS_SECONDS <= now:
        raise Refused("code_expired", 403)
    return challenges.use_sms_code(con, challenge, digest)


def new_backup_codes() -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Ten codes, and their numbers with their hashes; takes a good part of a second."""
    fresh = codes.new_backup_codes()
    parts = [read for code in fresh if (read := codes.read_backup_code(code))]
    return fresh, [(number, hashed(rest)) for number, rest in parts]


def keep_backup_codes(con: Connection, user_id: int, hashes: Sequence[tuple[int, str]]) -> None:
    """Store fresh codes; they count once `confirm_backup_codes` is called, those of before until then."""
    con.execute("DELETE FROM backup_code WHERE user_id = ? AND confirmed = 0", user_id)
    con.many(
        "INSERT INTO backup_code (user_id, confirmed, number, code_hash) VALUES (?, 0, ?, ?)",
        [(user_id, number, made) for number, made in hashes],
    )


def confirm_backup_codes(con: Connection, user_id: int) -> bool:
    """Let the fresh codes count in the place of those of before; False where there are no fresh ones."""
    if con.one("SELECT 1 FROM backup_code WHERE user_id = ? AND confirmed = 0", user_id) is None:
        return False
    con.execute("DELETE FROM backup_code WHERE user_id = ? AND confirmed = 1", user_id)
    con.execute("UPDATE backup_code SET confirmed = 1 WHERE user_id = ?", user_id)
    return True


def backup_code_hash(con: Connection, user_id: int, number: int) -> str:
    """The hash of a backup code that is left; '' where it was used."""
    row = con.one(
        "SELECT code_hash FROM backup_code WHERE user_id = ? AND confirmed = 1 AND number = ?",
        user_id,
        number,
    )
    return str(row[0]) if row else ""


def use_backup_code(con: Connection, user_id: int, code_hash: str) -> bool:
    """Use the code with this hash up; of two requests with the same code only one gets True."""
    return con.execute("DELETE FROM backup_code WHERE user_id = ? AND code_hash = ?", user_id, code_hash) == 1


def backup_codes_left(con: Connection, user_id: int) -> int:
    """How many confirmed backup codes are left."""
    row = con.one("SELECT count(*) FROM backup_code WHERE user_id = ? AND confirmed = 1", user_id)
    return int(row[0]) if row else 0


def drop(con: Connection, user_id: int) -> None:
    """Take all second factors and backup codes of a user away."""
    users.change(con, user_id, totp_secret="", sms_number="")
    con.execute("DELETE FROM backup_code WHERE user_id = ?", user_id)


def _digest(vault: Vault, challenge: Challenge, code: str) -> str:
    return vault.digest(f"sms {challenge.token_hash} {code}")
