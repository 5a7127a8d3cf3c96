"""Logging in: name and password, then a code; and what a user who is logged in can see and change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hrtui import clock
from hrtui.backend.accounts import (
    attempts,
    challenges,
    factors,
    invitations,
    letters,
    second_step,
    sessions,
    users,
)
from hrtui.backend.accounts.attempts import Try
from hrtui.backend.accounts.challenges import Challenge
from hrtui.backend.accounts.context import Accounts, note, tell
from hrtui.backend.accounts.enrolment import check_password, demand_strength
from hrtui.backend.accounts.hashing import fits, hashed, outdated
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.accounts.second_step import Given, Opened
from hrtui.backend.accounts.sessions import Caller, Issued
from hrtui.backend.accounts.users import Place, User
from hrtui.backend.database import Connection

RESETS_PER_HOUR = 3
"""E-mails for a new password that one user gets, whoever asks for them."""


@dataclass(frozen=True, slots=True)
class Me:
    """A user's account."""

    user: User
    sms_number: str
    backup_codes_left: int
    places: tuple[Place, ...]


def begin(accounts: Accounts, name: str, password: str, address: str, device_mark: str = "") -> Opened:
    """The first step; raises Refused, `wrong_login` for a wrong name as for a wrong password.

    `device_mark` is what the device got at its last log-in.
    """
    account = users.folded(name)
    tried = Try("password", account, address, accounts.vault.device_of(device_mark, account))
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        strange = attempts.begin(con, tried, moment)
    with accounts.database.transaction(None) as con:
        user = users.by_name(con, name)
    if not fits(user.password_hash if user else "", password) or user is None:
        note("password", "wrong", user.id if user else 0)
        raise Refused("wrong_login", 403)
    better = hashed(password) if outdated(user.password_hash) else user.password_hash
    with accounts.database.transaction(None) as con:
        attempts.succeeded(con, tried, strange=strange)
        user = users.by_id(con, user.id)
        users.change(con, user.id, password_hash=better)
        if not user.factors or not user.activated_at:
            raise Refused("activation_needed", 403)
        if not second_step.usable(accounts, con, user):
            raise Refused("no_second_step", 403)
        return second_step.opened(accounts, con, user, challenges.LOGIN, moment)


def ask_again(accounts: Accounts, refresh_token: str) -> Opened:
    """Open the second step alone for a device that is logged in; raises Refused where that is over."""
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, sessions.holder(con, refresh_token, moment, accounts.lasting))
        return second_step.opened(accounts, con, user, challenges.AGAIN, moment)


def finish(accounts: Accounts, given: Given, caller: Caller) -> tuple[Issued, int]:
    """The second step of a log-in, or the one that is asked again; returns tokens and the backup codes left.

    Raises Refused.
    """

    def log_in(con: Connection, user: User, challenge: Challenge) -> tuple[Issued, int]:
        moment, again = clock.seconds(), challenge.purpose == challenges.AGAIN
        attempts.know(con, user.name, caller.address, moment)
        issued = sessions.start(con, user.id, caller, moment, accounts.lasting, again=again)
        issued = replace(issued, device_mark=accounts.vault.device_mark(user.name))
        return issued, factors.backup_codes_left(con, user.id)

    return second_step.check(accounts, given, (challenges.LOGIN, challenges.AGAIN), log_in)


def refresh(accounts: Accounts, current: str, following: str, address: str) -> Issued:
    """New access for a device; raises Refused where it has to log in."""
    with accounts.database.transaction(None) as con:
        issued = sessions.refresh(con, current, following, address, clock.seconds(), accounts.lasting)
    if issued is None:
        note("refresh", "copy")
        raise Refused("token_revoked", 401)
    return issued


def me(accounts: Accounts, user_id: int) -> Me:
    """The account of a user."""
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, user_id)
        left = factors.backup_codes_left(con, user_id)
    shown = factors.shown_number(factors.sms_number(accounts.vault, user))
    return Me(user, shown, left, users.places(accounts.database, user_id))


def revoke(accounts: Accounts, user_id: int, session_id: str) -> None:
    """Log one of the user's devices out; raises Refused where it is none of them."""
    with accounts.database.transaction(None) as con:
        if session_id not in {
            one.id for one in sessions.devices(con, user_id, clock.seconds(), accounts.lasting)
        }:
            raise Refused("unknown_session", 404)
        sessions.revoke(con, session_id, clock.seconds())


def change_password(
    accounts: Accounts, user_id: int, session_id: str, old: str, new: str, address: str
) -> None:
    """Change the password; the user's other devices are logged out. Raises Refused."""
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, user_id)
    check_password(accounts, user, old, address, session_id)
    demand_strength(accounts, user, new)
    made = hashed(new)
    with accounts.database.transaction(None) as con:
        users.change(con, user_id, password_hash=made)
        sessions.revoke_all(con, user_id, clock.seconds(), but=session_id)
        challenges.close_all(con, user_id)
        invitations.withdraw(con, user_id, "reset")
    note("new password", "done", user_id)
    tell(accounts, user, letters.PASSWORD_CHANGED)


def ask_reset(accounts: Accounts, name: str) -> None:
    """E-mail a token to choose a new password to the user of that name; never tells whether there is one."""
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        user = users.by_name(con, name)
        if user is None or user.disabled_at or not user.activated_at or not accounts.notifier.sends_mail:
            return
        try:
            attempts.limit(con, f"reset {user.id}", RESETS_PER_HOUR, 3600, moment)
        except Refused:
            return
        token = invitations.new(con, user.id, "reset", moment)
    letter = letters.letter(
        letters.RESET,
        user.language,
        person=user.display_name,
        name=user.name,
        url=accounts.url,
        token=token,
        until=letters.moment_text(moment + invitations.LASTS["reset"]),
    )
    accounts.notifier.mail(user.email, *letter)


def reset_password(accounts: Accounts, token: str, password: str) -> str:
    """Choose a new password with the token of that e-mail; returns the user name. All devices are logged out.

    The second step is asked at the next log-in as ever. Raises Refused.
    """
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, invitations.user_of(con, token, "reset", moment))
    demand_strength(accounts, user, password)
    made = hashed(password)
    with accounts.database.transaction(None) as con:
        if not invitations.withdraw(con, user.id, "reset"):
            raise Refused("invitation_unknown", 403)
        users.change(con, user.id, password_hash=made)
        sessions.revoke_all(con, user.id, moment)
        challenges.close_all(con, user.id)
    note("reset", "done", user.id)
    tell(accounts, user, letters.PASSWORD_CHANGED)
    return user.name
