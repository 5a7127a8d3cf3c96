"""Activating an account and changing its second factors, step by step; each step can be taken up again later.

An invitation and the password open a challenge; through it factors are set up, backup codes are made and
confirmed, and the device is logged in.
"""

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
from hrtui.backend.accounts.hashing import fits, hashed
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.accounts.second_step import Given
from hrtui.backend.accounts.sessions import Caller, Issued
from hrtui.backend.accounts.users import User
from hrtui.backend.database import Connection
from hrtui.domain.accounts import codes
from hrtui.domain.accounts.passwords import strength

PURPOSES = (challenges.ENROLMENT,)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation is for."""

    name: str
    display_name: str
    language: str
    employers: tuple[str, ...]
    password_set: bool
    own_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """How far a user is with second factors."""

    challenge: str
    factors: tuple[str, ...]
    backup_codes_saved: bool
    sms_possible: bool
    sms_number: str
    methods: tuple[str, ...] = ()
    """The second steps of which one is to be given first."""


def invited(accounts: Accounts, token: str) -> Invited:
    """What an invitation is for; raises Refused."""
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, invitations.user_of(con, token, "activation", clock.seconds()))
    places = users.places(accounts.database, user.id)
    names = tuple(place.name for place in places)
    words = users.own_words(user, places)
    return Invited(user.name, user.display_name, user.language, names, bool(user.password_hash), words)


def choose_password(accounts: Accounts, token: str, password: str, address: str) -> State:
    """Set the password of an invited user, or check the one that was set before; raises Refused."""
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, invitations.user_of(con, token, "activation", moment))
    if user.password_hash:
        check_password(accounts, user, password, address)
    else:
        demand_strength(accounts, user, password)
        made = hashed(password)
        with accounts.database.transaction(None) as con:
            users.change(con, user.id, password_hash=made)
    return _opened(accounts, user.id, may_log_in=True)


def change_factors(accounts: Accounts, user_id: int, session_id: str, password: str, address: str) -> State:
    """Begin to change the factors of a user who is logged in, with the password once more; raises Refused.

    The state has the `methods` of which one is to be given to `confirm_change` first, so that a machine left
    open and a password that was looked at are not enough; none where the user can take no second step now.
    """
    with accounts.database.transaction(None) as con:
        user = users.by_id(con, user_id)
    check_password(accounts, user, password, address, session_id)
    with accounts.database.transaction(None) as con:
        opened = second_step.opened(accounts, con, user, challenges.CHANGE, clock.seconds())
    if not opened.methods:
        return _opened(accounts, user_id, may_log_in=False)
    state = _state_of(accounts, user, opened.challenge)
    return replace(state, methods=opened.methods)


def confirm_change(accounts: Accounts, given: Given) -> State:
    """Take the second step that a change of factors asks for; raises Refused."""

    def go_on(con: Connection, user: User, _challenge: Challenge) -> str:
        return challenges.open_challenge(
            con, user.id, challenges.ENROLMENT, clock.seconds(), may_log_in=False
        )

    return _state(accounts, second_step.check(accounts, given, (challenges.CHANGE,), go_on))


def new_app(accounts: Accounts, token: str) -> tuple[str, str]:
    """A secret for an app, and the address for its QR code; nothing counts before `confirm_app`."""
    secret = codes.new_app_secret()
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSES, clock.seconds())
        user = users.by_id(con, challenge.user_id)
        challenges.change(con, challenge, new_secret=accounts.vault.seal(secret, f"app {user.id}"))
    return secret, codes.app_uri(secret, user.name)


def confirm_app(accounts: Accounts, token: str, code: str) -> State:
    """Take the app's first code: from now on its codes count. Raises Refused (`wrong_code`)."""
    challenge, user = _try(accounts, token)
    secret = accounts.vault.unseal(challenge.new_secret, f"app {user.id}")
    with accounts.database.transaction(None) as con:
        # Codes of another secret were used up to that step; this one has a count of its own.
        users.change(con, user.id, totp_secret=challenge.new_secret, totp_step=0)
        fresh = replace(user, totp_step=0)
        if not secret or not factors.use_app_code(con, fresh, secret, code, clock.seconds()):
            raise Refused("wrong_code", 403)
        challenges.change(con, challenge, new_secret="", tries=0)
    return _state(accounts, token)


def new_sms(accounts: Accounts, token: str, number: str) -> tuple[str, int]:
    """Send a code to a mobile number; returns the number in E.164 and how many more SMS may follow."""
    plain = mobile_number(number)
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSES, moment)
        user = users.by_id(con, challenge.user_id)
    left = factors.send_sms_code(accounts, challenge, user, plain, moment)
    with accounts.database.transaction(None) as con:
        challenges.change(con, challenge, new_number=accounts.vault.seal(plain, f"sms {user.id}"))
    return plain, left


def confirm_sms(accounts: Accounts, token: str, code: str) -> State:
    """Take the code that the SMS brought: from now on SMS go to that number. Raises Refused."""
    challenge, user = _try(accounts, token)
    with accounts.database.transaction(None) as con:
        if not challenge.new_number or not factors.use_sms_code(
            con, accounts.vault, challenge, code, clock.seconds()
        ):
            raise Refused("wrong_code", 403)
        users.change(con, user.id, sms_number=challenge.new_number)
        # Another number may be set up right after this one: its SMS need not wait.
        challenges.change(con, challenge, new_number="", sms_sent_at=0, tries=0)
    return _state(accounts, token)


def remove_factor(accounts: Accounts, token: str, factor: str) -> State:
    """Take a factor away, but for the last one; raises Refused (`last_factor`)."""
    column = {"app": "totp_secret", "sms": "sms_number"}[factor]
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSES, clock.seconds())
        user = users.by_id(con, challenge.user_id)
        if factor in user.factors:
            if len(user.factors) == 1:
                raise Refused("last_factor", 409)
            users.change(con, user.id, **{column: ""})
    tell(accounts, user, letters.FACTORS_CHANGED)
    return _state(accounts, token)


def backup_codes(accounts: Accounts, token: str) -> tuple[str, ...]:
    """Ten new backup codes, shown this once; raises Refused without a factor that they stand in for."""
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSES, clock.seconds())
        user = users.by_id(con, challenge.user_id)
    if not user.factors:
        raise Refused("factor_needed", 409)
    fresh, hashes = factors.new_backup_codes()
    with accounts.database.transaction(None) as con:
        factors.keep_backup_codes(con, user.id, hashes)
    return fresh


def finish(accounts: Accounts, token: str, caller: Caller) -> tuple[Issued | None, int]:
    """Confirm the backup codes; an activation ends, and logs the device in. Returns how many codes there are.

    Raises Refused where a step before is missing.
    """
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSES, moment)
        user = users.by_id(con, challenge.user_id)
        if not user.factors:
            raise Refused("factor_needed", 409)
        fresh = factors.confirm_backup_codes(con, user.id)
        left = factors.backup_codes_left(con, user.id)
        if not fresh and (challenge.may_log_in and not left):
            raise Refused("codes_not_saved", 409)
        challenges.close(con, challenge)
        issued = None
        if challenge.may_log_in:
            invitations.withdraw(con, user.id, "activation")
            users.change(con, user.id, activated_at=user.activated_at or moment)
            started = sessions.start(con, user.id, caller, moment, accounts.lasting)
            issued = replace(started, device_mark=accounts.vault.device_mark(user.name))
    note("enrolment", "done", user.id)
    if not challenge.may_log_in:
        tell(accounts, user, letters.FACTORS_CHANGED)
    return issued, left


def mobile_number(typed: str) -> str:
    """A mobile number in E.164 (`+32470123456`), also with the 0 that belongs behind the country only.

    Raises Refused (`bad_number`).
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, None)
    except phonenumbers.NumberParseException as problem:
        raise Refused("bad_number", 400) from problem
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        raise Refused("bad_number", 400)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def check_password(accounts: Accounts, user: User, password: str, address: str, session_id: str = "") -> None:
    """Let the user go on with the right password only; wrong ones are counted. Raises Refused.

    A device that is logged in (`session_id`) is counted for itself.
    """
    tried = Try("password", user.name, address, f"session {session_id}" if session_id else "")
    moment = clock.seconds()
    with accounts.database.transaction(None) as con:
        strange = attempts.begin(con, tried, moment)
    if not fits(user.password_hash, password):
        note("password", "wrong", user.id)
        raise Refused("wrong_password", 403)
    with accounts.database.transaction(None) as con:
        attempts.succeeded(con, tried, strange=strange)


def demand_strength(accounts: Accounts, user: User, password: str) -> None:
    """Raise Refused (`weak_password`, with the weakness) for a password that will not do."""
    words = users.own_words(user, users.places(accounts.database, user.id))
    weakness = strength(password, words).weakness
    if weakness is not None:
        raise Refused("weak_password", 400, weakness=weakness.value)


def _try(accounts: Accounts, token: str) -> tuple[Challenge, User]:
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSES, clock.seconds())
        challenges.count_try(con, challenge)
        return challenge, users.by_id(con, challenge.user_id)


def _opened(accounts: Accounts, user_id: int, *, may_log_in: bool) -> State:
    with accounts.database.transaction(None) as con:
        token = challenges.open_challenge(
            con, user_id, challenges.ENROLMENT, clock.seconds(), may_log_in=may_log_in
        )
    return _state(accounts, token)


def _state(accounts: Accounts, token: str) -> State:
    with accounts.database.transaction(None) as con:
        challenge = challenges.find(con, token, PURPOSES, clock.seconds())
        user = users.by_id(con, challenge.user_id)
    return _state_of(accounts, user, token)


def _state_of(accounts: Accounts, user: User, token: str) -> State:
    with accounts.database.transaction(None) as con:
        left = factors.backup_codes_left(con, user.id)
    shown = factors.shown_number(factors.sms_number(accounts.vault, user))
    return State(token, user.factors, left > 0, accounts.notifier.sends_sms, shown)
