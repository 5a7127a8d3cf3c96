"""Logging in: name and password, then a code; and what a user who is logged in can see and change."""

from __future__ import annotations

from dataclasses import dataclass

from hrtui.backend.accounts import attempts, challenges, factors, invitations, letters, sessions, users
from hrtui.backend.accounts.attempts import Try
from hrtui.backend.accounts.challenges import Challenge
from hrtui.backend.accounts.context import Accounts, note, now
from hrtui.backend.accounts.enrolment import check_password, demand_strength, tell
from hrtui.backend.accounts.hashing import fits, hashed, outdated
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.accounts.sessions import Caller, Issued
from hrtui.backend.accounts.users import Place, User
from hrtui.backend.database import Connection
from hrtui.domain.accounts.codes import read_backup_code

PURPOSE = "login"
RESETS_PER_HOUR = 3
"""E-mails for a new password that one user gets, whoever asks for them."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A right password, and which second steps can follow."""

    challenge: str
    methods: tuple[str, ...]
    sms_number: str


@dataclass(frozen=True, slots=True)
class Me:
    """A user's account."""

    user: User
    sms_number: str
    backup_codes_left: int
    places: tuple[Place, ...]


def begin(accounts: Accounts, name: str, password: str, address: str) -> Opened:
    """The first step; raises Refused, `wrong_login` for a wrong name as for a wrong password."""
    tried = Try("password", users.folded(name), address)
    moment = now()
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
        token = challenges.open_challenge(con, user.id, PURPOSE, moment, may_log_in=True)
        backup = ("backup",) if factors.backup_codes_left(con, user.id) else ()
    usable = tuple(one for one in user.factors if one != "sms" or accounts.notifier.sends_sms)
    shown = factors.shown_number(factors.sms_number(accounts.vault, user))
    return Opened(token, usable + backup, shown if "sms" in usable else "")


def send_sms(accounts: Accounts, token: str) -> tuple[str, int]:
    """Send the SMS of a log-in (again); returns the hint of its number and how many more may follow."""
    moment = now()
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSE, moment)
        user = users.by_id(con, challenge.user_id)
    number = factors.sms_number(accounts.vault, user)
    if not number:
        raise Refused("no_sms", 409)
    left = factors.send_sms_code(accounts, challenge, user, number, moment)
    return factors.shown_number(number), left


def finish(accounts: Accounts, token: str, method: str, code: str, caller: Caller) -> tuple[Issued, int]:
    """The second step: a code of `app`, `sms` or `backup`; returns tokens and the backup codes left.

    Wrong codes count against the challenge, and against the account from this address in all challenges.
    Raises Refused.
    """
    moment = now()
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSE, moment)
        user = users.by_id(con, challenge.user_id)
        tried = Try("code", user.name, caller.address)
        strange = attempts.begin(con, tried, moment)
        challenges.count_try(con, challenge)
        read = read_backup_code(code) if method == "backup" else None
        backup = factors.backup_code_hash(con, user.id, read[0]) if read else ""
    if method == "backup" and not (read and fits(backup, read[1])):
        note(method, "wrong", user.id)
        raise Refused("wrong_code", 403)
    with accounts.database.transaction(None) as con:
        if not _use(accounts, con, challenge, user, method, backup or code, moment):
            note(method, "wrong", user.id)
            raise Refused("wrong_code", 403)
        challenges.close(con, challenge)
        attempts.succeeded(con, tried, strange=strange)
        attempts.know(con, user.name, caller.address, moment)
        issued = sessions.start(con, user.id, caller, moment)
        left = factors.backup_codes_left(con, user.id)
    note(method, "done", user.id)
    if method == "backup":
        tell(accounts, user, letters.BACKUP_USED, n=left)
    return issued, left


def refresh(accounts: Accounts, current: str, following: str, address: str) -> Issued:
    """New access for a device; raises Refused where it has to log in."""
    with accounts.database.transaction(None) as con:
        issued = sessions.refresh(con, current, following, address, now())
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
        if session_id not in {one.id for one in sessions.devices(con, user_id, now())}:
            raise Refused("unknown_session", 404)
        sessions.revoke(con, session_id, now())


def change_password(
    accounts: Accounts, user_id: int, session_id: str, old: str, new: str, address: str
) -> None:
    """Change the password; the user's other devices are logged out. Raises Refused."""
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, user_id)
    check_password(accounts, user, old, address)
    demand_strength(accounts, user, new)
    made = hashed(new)
    with accounts.database.transaction(None) as con:
        users.change(con, user_id, password_hash=made)
        sessions.revoke_all(con, user_id, now(), but=session_id)
        challenges.close_all(con, user_id)
    note("new password", "done", user_id)
    tell(accounts, user, letters.PASSWORD_CHANGED)


def ask_reset(accounts: Accounts, name: str) -> None:
    """E-mail a token to choose a new password to the user of that name; never tells whether there is one."""
    moment = now()
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
    moment = now()
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
