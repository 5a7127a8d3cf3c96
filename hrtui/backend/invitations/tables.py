"""The table of employees who were asked to fill in their own data."""

from __future__ import annotations

from sqlalchemy import BigInteger, text
from sqlmodel import Field

from hrtui.backend.models import ServerTable

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}


class PersonInvitation(ServerTable, table=True):
    """A link that was e-mailed for a clerk; `id` is that of the clerk's form.

    The token is there as SHA-256, the answer (JSON) encrypted by the vault. Neither name nor address of the
    employee is kept. `asked` are the names of the fields, `country` is that of the employer. Moments are
    whole seconds since 1970 (UTC); `answered_at` is 0 until then.
    """

    __tablename__ = "person_invitation"
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    id: int = Field(primary_key=True, sa_type=BigInteger)
    user_id: int = Field(sa_type=BigInteger)
    token_hash: str
    language: str
    country: str
    asked: str
    sent_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    answered_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    answer: str = Field(default="", sa_column_kwargs=_EMPTY)
