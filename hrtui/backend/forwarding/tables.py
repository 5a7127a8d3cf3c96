"""The tables of delivering: channels of employers, what waits for each, and which answers were read."""

from __future__ import annotations

from sqlalchemy import BigInteger, text
from sqlmodel import Field

from hrtui.backend.models import ServerTable

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}


class DeliveryChannel(ServerTable, table=True):
    """A way to a provider: `settings` is JSON, `secret` encrypted; moments are seconds since 1970.

    Only transmissions for `provider` go through it ('': all). Answers are next looked for at `returns_at`.
    """

    __tablename__ = "delivery_channel"
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str
    kind: str
    provider: str = Field(default="", sa_column_kwargs=_EMPTY)
    settings: str
    secret: str = Field(default="", sa_column_kwargs=_EMPTY)
    created_at: int = Field(sa_type=BigInteger)
    returns_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)


class Delivery(ServerTable, table=True):
    """A transmission that goes through a channel; `place` orders those of a channel.

    `status`: queued, sending, delivered, failed. While it is sent, nobody else may take it until
    `lease_until`; `tries` counts how often it was begun.
    """

    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    transmission_id: int = Field(primary_key=True, sa_type=BigInteger)
    channel_id: int = Field(primary_key=True, sa_type=BigInteger)
    place: int = Field(sa_type=BigInteger)
    status: str
    tries: int = Field(default=0, sa_column_kwargs=_ZERO)
    next_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    lease: str = Field(default="", sa_column_kwargs=_EMPTY)
    lease_until: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    problem: str = Field(default="", sa_column_kwargs=_EMPTY)


class DeliveryAnswer(ServerTable, table=True):
    """A file of a provider that was read from a return folder, and what was wrong with it ('': nothing)."""

    __tablename__ = "delivery_answer"
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    channel_id: int = Field(primary_key=True, sa_type=BigInteger)
    sha256: str = Field(primary_key=True)
    name: str
    at: str
    problem: str = Field(default="", sa_column_kwargs=_EMPTY)
