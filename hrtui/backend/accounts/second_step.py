"""The second step: which ones a user can take, sending its SMS, and checking its code, each used once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from hrtui import clock
from hrtui.backend.accounts import attempts, challenges, factors, letters, users
from hrtui.backend.accounts.attempts import Try
from hrtui.backend.accounts.challenges import Challenge
from hrtui.backend.accounts.context import Accounts, note, tell
from hrtui.backend.accounts.hashing import fits
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.accounts.users import User
from hrtui.backend.database import Connection
from hrtui.domain.accounts.codes import read_backup_code

Result = TypeVar("Result")
_SENDS = (challenges.LOGIN, challenges.AGAIN, challenges.CHANGE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A challenge, and which second steps can follow."""

    challenge: str
    methods: tuple[str, ...]
    sms_number: str


@dataclass(frozen=True, slots=True)
class Given:
    """A code that somebody gives: of `app`, `sms` or `backup`, for a challenge, from an address."""

    challenge: str
    method: str
    code: str
    address: str


def opened(accounts: Accounts, con: Connection, user: User, purpose: str, moment: int) -> Opened:
    """Open a challenge for the user's second step."""
    token = challenges.open_challenge(con, user.id, purpose, moment, may_log_in=purpose != challenges.CHANGE)
    methods = usable(accounts, con, user)
    shown = factors.shown_number(factors.sms_number(accounts.vault, user))
    return Opened(token, methods, shown if "sms" in methods else "")


def usable(accounts: Accounts, con: Connection, user: User) -> tuple[str, ...]:
    """The second steps that the user can take now."""
    ways = tuple(one for one in user.factors if one != "sms" or accounts.notifier.sends_sms)
    return (*ways, "backup") if factors.backup_codes_left(con, user.id) else ways


def send_sms(accounts: Accounts, token: str) -> tuple[str, int]:
    """Send the SMS of a challenge (again); returns the hint of its number and how many more may follow."""
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, _SENDS, moment)
        user = users.by_id(con, challenge.user_id)
    number = factors.sms_number(accounts.vault, user)
    if not number:
        raise Refused("no_sms", 409)
    left = factors.send_sms_code(accounts, challenge, user, number, moment)
    return factors.shown_number(number), left


def check(
    accounts: Accounts,
    given: Given,
    purposes: tuple[str, ...],
    then: Callable[[Connection, User, Challenge], Result],
) -> Result:
    """Use a code up and end its challenge; `then` runs in the same transaction, and its result comes back.

    Wrong codes count against the challenge, and against the account from this address in all challenges.
    Raises Refused.
    """
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, given.challenge, purposes, moment)
        user = users.by_id(con, challenge.user_id)
        tried = Try("code", user.name, given.address)
        strange = attempts.begin(con, tried, moment)
        challenges.count_try(con, challenge)
        read = read_backup_code(given.code) if given.method == "backup" else None
        backup = factors.backup_code_hash(con, user.id, read[0]) if read else ""
    if given.method == "backup" and not (read and fits(backup, read[1])):
        note(given.method, "wrong", user.id)
        raise Refused("wrong_code", 403)
    with accounts.database.transaction(None) as con:
        if not _use(accounts, con, challenge, user, given.method, backup or given.code, moment):
            note(given.method, "wrong", user.id)
            raise Refused("wrong_code", 403)
        challenges.close(con, challenge)
        attempts.succeeded(con, tried, strange=strange)
        result = then(con, user, challenge)
        left = factors.backup_codes_left(con, user.id)
    note(given.method, "done", user.id)
    if given.method == "backup":
        tell(accounts, user, letters.BACKUP_USED, n=left)
    return result


def _use(
    accounts: Accounts, con: Connection, challenge: Challenge, user: User, method: str, code: str, moment: int
) -> bool:
    """Use a code up; of a backup code `code` is the hash that it was found to fit."""
    if method == "app":
        secret = factors.app_secret(accounts.vault, user)
        return bool(secret) and factors.use_app_code(con, user, secret, code, moment)
    if method == "sms":
        return factors.use_sms_code(con, accounts.vault, challenge, code, moment)
    return factors.use_backup_code(con, user.id, code)
