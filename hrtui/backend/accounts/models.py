"""What the account calls take and give; texts are bounded and hold no control characters."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("control characters")
    return text


Token = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
Password = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_plain)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
Code = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_plain)]
Session = Annotated[str, Field(pattern="^([0-9a-f]{16})?$")]
DeviceMark = Annotated[str, Field(max_length=100), AfterValidator(_plain)]
DeviceName = Annotated[str, Field(max_length=60), AfterValidator(_plain)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WithInvitation(_Request):
    """An invitation's token."""

    token: Token


class ChosenPassword(_Request):
    """A token that was e-mailed, and the password chosen with it."""

    token: Token
    password: Password


class GivenPassword(_Request):
    """The password once more, before something important."""

    password: Password


class WithChallenge(_Request):
    """The token of a challenge."""

    challenge: Token


class WithCode(WithChallenge):
    """The code that confirms a new factor."""

    code: Code


class WithNumber(WithChallenge):
    """A mobile number, with its country."""

    number: Code


class WithFactor(WithChallenge):
    """A factor to take away."""

    factor: Literal["app", "sms"]


class Finish(WithChallenge):
    """That the backup codes are saved, and how this device is called; `replaces` is its log-in of before."""

    saved: Literal[True]
    device: DeviceName
    replaces: Session = ""


class NamePassword(_Request):
    """The first step of a log-in."""

    name: Name
    password: Password
    device_mark: DeviceMark = ""


class SecondStep(WithCode):
    """The second step of a log-in."""

    method: Literal["app", "sms", "backup"]
    device: DeviceName
    replaces: Session = ""


class ConfirmChange(WithCode):
    """The second step that a change of second steps asks for."""

    method: Literal["app", "sms", "backup"]


class WithRefreshToken(_Request):
    """The refresh token of a device."""

    refresh_token: Token


class Rotation(_Request):
    """A refresh token and the one that follows it, which the client chose and has on disk."""

    refresh_token: Token
    next_refresh_token: Token


class WithName(_Request):
    """A user name."""

    name: Name


class NewPassword(_Request):
    """The old password and the new one."""

    old: Password
    new: Password


class InvitedAnswer(BaseModel):
    """Whom an invitation is for."""

    name: str
    display_name: str
    language: str
    employers: list[str]
    password_set: bool
    own_words: list[str]


class EnrolmentAnswer(BaseModel):
    """How far a user is with second factors."""

    challenge: str
    factors: list[str]
    backup_codes_saved: bool
    sms_possible: bool
    sms_number: str
    methods: list[str] = []
    """The second steps of which one is to be given first."""


class AppAnswer(BaseModel):
    """A secret for an authenticator app."""

    secret: str
    uri: str


class SmsAnswer(BaseModel):
    """An SMS is on its way."""

    number: str
    wait: int
    left: int


class CodesAnswer(BaseModel):
    """Backup codes, shown this once."""

    codes: list[str]


class LoginAnswer(BaseModel):
    """The password was right."""

    challenge: str
    methods: list[str]
    sms_number: str


class TokensAnswer(BaseModel):
    """The tokens of a device; all empty where finishing an enrolment logs nobody in."""

    access_token: str = ""
    refresh_token: str = ""
    expires_in: int = 0
    session_id: str = ""
    backup_codes_left: int = 0
    device_mark: str = ""


class MembershipAnswer(BaseModel):
    """An employer and the roles there."""

    id: int
    name: str
    roles: list[str]


class MeAnswer(BaseModel):
    """The account of the user who asks."""

    name: str
    display_name: str
    email: str
    language: str
    factors: list[str]
    sms_number: str
    backup_codes_left: int
    employers: list[MembershipAnswer]


class DeviceAnswer(BaseModel):
    """A device that is logged in; moments are ISO 8601 in UTC."""

    id: str
    name: str
    created_at: str
    last_used_at: str
    address: str
    current: bool


class DevicesAnswer(BaseModel):
    """The devices of a user."""

    sessions: list[DeviceAnswer]


class NameAnswer(BaseModel):
    """The user name that a new password is for."""

    name: str


class Done(BaseModel):
    """Nothing more to say."""


class ProblemAnswer(BaseModel):
    """A refusal: its code, and a sentence for people who read logs."""

    model_config = ConfigDict(extra="allow")
    code: str
    message: str
