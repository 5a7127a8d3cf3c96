"""The tables of accounts as SQLModel classes: the schema of record that the migrations arrive at.

They are the exception to "every table leads with the employer": a user may work for several, and logs in
before any is chosen. Only `tenant` and `membership` lead with the employer, and are read across them. Moments
are whole seconds since 1970 (UTC), which the rules about time calculate with. Tokens are there as SHA-256,
passwords and backup codes as Argon2id, secrets of apps and mobile numbers encrypted by the vault.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from hrtui.backend.models import ServerTable

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}


class UserAccount(ServerTable, table=True):
    """Somebody who can log in; `name` is in lower case; `totp_step` is the last step that was used."""

    __tablename__ = "user_account"
    __table_args__ = (
        Index("user_account_name", "name", unique=True),
        Index("user_account_email", "email"),
    )
    id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str
    display_name: str
    email: str
    language: str
    password_hash: str = Field(default="", sa_column_kwargs=_EMPTY)
    totp_secret: str = Field(default="", sa_column_kwargs=_EMPTY)
    totp_step: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    sms_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    created_at: int = Field(sa_type=BigInteger)
    activated_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    disabled_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)


class Tenant(ServerTable, table=True):
    """An employer of this backend; its present name is in its own rows, `name` is the one it began with."""

    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str
    created_at: int = Field(sa_type=BigInteger)


class Membership(ServerTable, table=True):
    """What a user may be at an employer: role names with a space between."""

    __table_args__ = (Index("membership_of_user", "user_id"),)
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    user_id: int = Field(primary_key=True, sa_type=BigInteger)
    roles: str


class Invitation(ServerTable, table=True):
    """A token that was e-mailed: to activate an account (`activation`) or choose a new password (`reset`)."""

    __table_args__ = (Index("invitation_of_user", "user_id"),)
    token_hash: str = Field(primary_key=True)
    user_id: int = Field(sa_type=BigInteger)
    purpose: str
    created_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)


class LoginChallenge(ServerTable, table=True):
    """A password was right; what follows is the second step (`login`) or setting factors up (`enrolment`).

    `new_secret` and `new_number` wait for their first code. `may_log_in` says that finishing an enrolment
    logs in, as at an activation.
    """

    __tablename__ = "login_challenge"
    __table_args__ = (Index("login_challenge_of_user", "user_id"),)
    token_hash: str = Field(primary_key=True)
    user_id: int = Field(sa_type=BigInteger)
    purpose: str
    may_log_in: int = Field(default=0, sa_column_kwargs=_ZERO)
    created_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    tries: int = Field(default=0, sa_column_kwargs=_ZERO)
    sms_code: str = Field(default="", sa_column_kwargs=_EMPTY)
    sms_sent_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    sms_count: int = Field(default=0, sa_column_kwargs=_ZERO)
    new_secret: str = Field(default="", sa_column_kwargs=_EMPTY)
    new_number: str = Field(default="", sa_column_kwargs=_EMPTY)


class LoginAttempt(ServerTable, table=True):
    """How often something was tried in vain, or sent in a day; `key` is a hash that names nobody."""

    __tablename__ = "login_attempt"
    key: str = Field(primary_key=True)
    failures: int
    last_at: int = Field(sa_type=BigInteger)
    blocked_until: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    known_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)


class BackupCode(ServerTable, table=True):
    """A backup code that is left; `confirmed` is 0 until the user has said that the codes are saved."""

    __tablename__ = "backup_code"
    user_id: int = Field(primary_key=True, sa_type=BigInteger)
    confirmed: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    code_hash: str


class LoginSession(ServerTable, table=True):
    """A device that is logged in; its refresh token rotates, and the one before it is known to see a copy."""

    __tablename__ = "login_session"
    __table_args__ = (Index("login_session_of_user", "user_id"),)
    id: str = Field(primary_key=True)
    user_id: int = Field(sa_type=BigInteger)
    device: str
    address: str
    created_at: int = Field(sa_type=BigInteger)
    last_used_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    refresh_hash: str
    previous_hash: str = Field(default="", sa_column_kwargs=_EMPTY)
    revoked_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)


class AccessToken(ServerTable, table=True):
    """A token that a device works with for a quarter of an hour."""

    __tablename__ = "access_token"
    __table_args__ = (Index("access_token_of_session", "session_id"),)
    token_hash: str = Field(primary_key=True)
    session_id: str
    expires_at: int = Field(sa_type=BigInteger)
