"""The account calls under `/v1/auth`: activating, logging in, devices, passwords and factors."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi import Path as InPath

from hrtui import clock
from hrtui.backend.accounts import enrolment, factors, login, second_step, sessions
from hrtui.backend.accounts import models as m
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.second_step import Given, Opened
from hrtui.backend.accounts.sessions import Caller, Issued
from hrtui.backend.accounts.settings import accounts_of
from hrtui.backend.config import Config
from hrtui.backend.database import Database
from hrtui.backend.identity import SignedIn

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": m.ProblemAnswer} for status in (400, 401, 403, 404, 409, 413, 429, 503)
}

router = APIRouter(prefix="/v1/auth", tags=["accounts"], responses=_PROBLEMS)


def install(app: FastAPI, config: Config, database: Database) -> None:
    """Add the account calls to the service; raises ConfigError where `[accounts]` cannot be used."""
    app.state.accounts = accounts_of(config, database)
    app.include_router(router)


def _accounts(request: Request) -> Accounts:
    found: Accounts = request.app.state.accounts
    return found


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


InAccounts = Annotated[Accounts, Depends(_accounts)]
FromAddress = Annotated[str, Depends(_address)]


# -- activating


@router.post("/activation")
def activation(accounts: InAccounts, sent: m.WithInvitation) -> m.InvitedAnswer:
    """Whom an invitation is for."""
    found = enrolment.invited(accounts, sent.token)
    return m.InvitedAnswer(
        name=found.name,
        display_name=found.display_name,
        language=found.language,
        employers=list(found.employers),
        password_set=found.password_set,
        own_words=list(found.own_words),
    )


@router.post("/activation/password")
def activation_password(
    accounts: InAccounts, address: FromAddress, sent: m.ChosenPassword
) -> m.EnrolmentAnswer:
    """Choose the password, or go on with the one chosen before."""
    return _state(enrolment.choose_password(accounts, sent.token, sent.password, address))


@router.post("/enrolment")
def change_factors(
    accounts: InAccounts, address: FromAddress, who: SignedIn, sent: m.GivenPassword
) -> m.EnrolmentAnswer:
    """Begin to change second factors: where `methods` are named, one of them is to be confirmed first."""
    return _state(enrolment.change_factors(accounts, who.user_id, who.session_id, sent.password, address))


@router.post("/enrolment/code")
def confirm_change(accounts: InAccounts, address: FromAddress, sent: m.ConfirmChange) -> m.EnrolmentAnswer:
    """The second step before second factors are changed."""
    return _state(enrolment.confirm_change(accounts, Given(sent.challenge, sent.method, sent.code, address)))


@router.post("/enrolment/app")
def new_app(accounts: InAccounts, sent: m.WithChallenge) -> m.AppAnswer:
    """A secret for an authenticator app."""
    secret, uri = enrolment.new_app(accounts, sent.challenge)
    return m.AppAnswer(secret=secret, uri=uri)


@router.post("/enrolment/app/confirm")
def confirm_app(accounts: InAccounts, sent: m.WithCode) -> m.EnrolmentAnswer:
    """The app's first code."""
    return _state(enrolment.confirm_app(accounts, sent.challenge, sent.code))


@router.post("/enrolment/sms")
def new_sms(accounts: InAccounts, sent: m.WithNumber) -> m.SmsAnswer:
    """Send a code to a mobile number."""
    number, left = enrolment.new_sms(accounts, sent.challenge, sent.number)
    return m.SmsAnswer(number=number, wait=factors.SMS_WAIT, left=left)


@router.post("/enrolment/sms/confirm")
def confirm_sms(accounts: InAccounts, sent: m.WithCode) -> m.EnrolmentAnswer:
    """The code that the SMS brought."""
    return _state(enrolment.confirm_sms(accounts, sent.challenge, sent.code))


@router.post("/enrolment/remove")
def remove_factor(accounts: InAccounts, sent: m.WithFactor) -> m.EnrolmentAnswer:
    """Take a factor away."""
    return _state(enrolment.remove_factor(accounts, sent.challenge, sent.factor))


@router.post("/enrolment/backup-codes")
def backup_codes(accounts: InAccounts, sent: m.WithChallenge) -> m.CodesAnswer:
    """Fresh backup codes."""
    return m.CodesAnswer(codes=list(enrolment.backup_codes(accounts, sent.challenge)))


@router.post("/enrolment/finish")
def finish_enrolment(accounts: InAccounts, address: FromAddress, sent: m.Finish) -> m.TokensAnswer:
    """The backup codes are saved; an activation logs in."""
    issued, left = enrolment.finish(accounts, sent.challenge, Caller(sent.device, address, sent.replaces))
    return _tokens(accounts, issued, left) if issued else m.TokensAnswer(backup_codes_left=left)


# -- logging in


@router.post("/login")
def begin_login(accounts: InAccounts, address: FromAddress, sent: m.NamePassword) -> m.LoginAnswer:
    """Name and password."""
    return _opened(login.begin(accounts, sent.name, sent.password, address, sent.device_mark))


@router.post("/login/again")
def login_again(accounts: InAccounts, sent: m.WithRefreshToken) -> m.LoginAnswer:
    """The second step alone, for a device that was asked for it."""
    return _opened(login.ask_again(accounts, sent.refresh_token))


@router.post("/login/sms")
def login_sms(accounts: InAccounts, sent: m.WithChallenge) -> m.SmsAnswer:
    """Send the SMS, or send it again."""
    number, left = second_step.send_sms(accounts, sent.challenge)
    return m.SmsAnswer(number=number, wait=factors.SMS_WAIT, left=left)


@router.post("/login/code")
def login_code(accounts: InAccounts, address: FromAddress, sent: m.SecondStep) -> m.TokensAnswer:
    """The second step."""
    caller = Caller(sent.device, address, sent.replaces)
    given = Given(sent.challenge, sent.method, sent.code, address)
    issued, left = login.finish(accounts, given, caller)
    return _tokens(accounts, issued, left)


@router.post("/refresh")
def refresh(accounts: InAccounts, address: FromAddress, sent: m.Rotation) -> m.TokensAnswer:
    """New access for a device."""
    issued = login.refresh(accounts, sent.refresh_token, sent.next_refresh_token, address)
    return _tokens(accounts, issued, 0)


@router.post("/logout")
def logout(accounts: InAccounts, who: SignedIn) -> m.Done:
    """End the log-in of the device that asks."""
    login.revoke(accounts, who.user_id, who.session_id)
    return m.Done()


# -- the account


@router.get("/me")
def me(accounts: InAccounts, who: SignedIn) -> m.MeAnswer:
    """Who is logged in, and where they may work."""
    found = login.me(accounts, who.user_id)
    return m.MeAnswer(
        name=found.user.name,
        display_name=found.user.display_name,
        email=found.user.email,
        language=found.user.language,
        factors=list(found.user.factors),
        sms_number=found.sms_number,
        backup_codes_left=found.backup_codes_left,
        employers=[
            m.MembershipAnswer(id=place.tenant_id, name=place.name, roles=list(place.roles))
            for place in found.places
        ],
    )


@router.get("/sessions")
def devices(accounts: InAccounts, who: SignedIn) -> m.DevicesAnswer:
    """The devices that are logged in."""
    with accounts.database.transaction(None, read_only=True) as con:
        found = sessions.devices(con, who.user_id, clock.seconds(), accounts.lasting)
    return m.DevicesAnswer(
        sessions=[
            m.DeviceAnswer(
                id=one.id,
                name=one.device,
                created_at=_iso(one.created_at),
                last_used_at=_iso(one.last_used_at),
                address=one.address,
                current=one.id == who.session_id,
            )
            for one in found
        ]
    )


@router.delete("/sessions/{session_id}")
def revoke(
    accounts: InAccounts, who: SignedIn, session_id: Annotated[str, InPath(pattern="^[0-9a-f]{16}$")]
) -> m.Done:
    """Log a device out."""
    login.revoke(accounts, who.user_id, session_id)
    return m.Done()


@router.post("/password")
def change_password(accounts: InAccounts, address: FromAddress, who: SignedIn, sent: m.NewPassword) -> m.Done:
    """Change the password."""
    login.change_password(accounts, who.user_id, who.session_id, sent.old, sent.new, address)
    return m.Done()


@router.post("/reset", status_code=202)
def ask_reset(accounts: InAccounts, sent: m.WithName) -> m.Done:
    """Ask for an e-mail to choose a new password; the answer is the same for a name that is not there."""
    accounts.later.do(partial(login.ask_reset, accounts, sent.name))
    return m.Done()


@router.post("/reset/password")
def reset_password(accounts: InAccounts, sent: m.ChosenPassword) -> m.NameAnswer:
    """Choose a new password with the token of that e-mail."""
    return m.NameAnswer(name=login.reset_password(accounts, sent.token, sent.password))


def _state(state: enrolment.State) -> m.EnrolmentAnswer:
    return m.EnrolmentAnswer(
        challenge=state.challenge,
        factors=list(state.factors),
        backup_codes_saved=state.backup_codes_saved,
        sms_possible=state.sms_possible,
        sms_number=state.sms_number,
        methods=list(state.methods),
    )


def _opened(opened: Opened) -> m.LoginAnswer:
    return m.LoginAnswer(
        challenge=opened.challenge, methods=list(opened.methods), sms_number=opened.sms_number
    )


def _tokens(accounts: Accounts, issued: Issued, left: int) -> m.TokensAnswer:
    return m.TokensAnswer(
        access_token=accounts.vault.stamp(issued.access_token),
        refresh_token=issued.refresh_token,
        expires_in=issued.expires_in,
        session_id=issued.session_id,
        backup_codes_left=left,
        device_mark=issued.device_mark,
    )


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
