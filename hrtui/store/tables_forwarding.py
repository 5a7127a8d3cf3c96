"""The tables of forwarding a month as SQLModel classes; part of the schema of record in `tables`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}


class MonthUnlock(SQLModel, table=True):
    """A locked month (`YYYY-MM`) that may be changed until a moment (UTC), and why."""

    __tablename__ = "month_unlock"
    __table_args__ = (Index("month_unlock_of_person", "person_id", "month", "until"),)
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    month: str
    actor: str
    at: dt.datetime
    until: dt.datetime
    reason: str


class Transmission(SQLModel, table=True):
    """A month sent to a provider; `number` counts the month's transmissions of the employer from 1.

    `kind`: first or correction; `resend`: full or delta; `step_id` is the latest step that it holds.
    `messages` are those that went along.
    """

    __table_args__ = (Index("transmission_of_month", "employer_id", "month", "number", unique=True),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    provider: str = Field(default="", sa_column_kwargs=_EMPTY)
    month: str
    number: int
    kind: str
    layout: str
    resend: str
    wage_payment_date: dt.date | None = None
    meal_voucher_date: dt.date | None = None
    status: str
    reason: str = Field(default="", sa_column_kwargs=_EMPTY)
    actor: str
    at: dt.datetime
    step_id: int = Field(default=0, sa_column_kwargs=_ZERO)
    messages: list[dict[str, Any]] = Field(sa_type=JSON)


class TransmissionPerson(SQLModel, table=True):
    """A person of a transmission as they were sent: the snapshot in canonical JSON, and its SHA-256.

    `base` is the transmission that brought what the provider held of them then (0: none).
    """

    __tablename__ = "transmission_person"
    __table_args__ = (Index("transmission_person_of", "person_id"), {"sqlite_with_rowid": False})
    transmission_id: int = Field(primary_key=True, foreign_key="transmission.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    number: str
    name: str
    snapshot: str
    sha256: str
    status: str
    reason: str = Field(default="", sa_column_kwargs=_EMPTY)
    base: int = Field(default=0, sa_column_kwargs=_ZERO)


class TransmissionFile(SQLModel, table=True):
    """A file of a transmission, compressed (zlib); `size` and `sha256` are of what it was before that."""

    __tablename__ = "transmission_file"
    __table_args__ = {"sqlite_with_rowid": False}
    transmission_id: int = Field(primary_key=True, foreign_key="transmission.id")
    place: int = Field(primary_key=True)
    name: str
    sha256: str
    size: int
    content: bytes = Field(sa_type=LargeBinary)


class TransmissionEvent(SQLModel, table=True):
    """What became of a transmission: a delivery through a channel, an answer, by whom and when."""

    __tablename__ = "transmission_event"
    __table_args__ = (Index("transmission_event_of", "transmission_id", "at"),)
    id: int = Field(primary_key=True)
    transmission_id: int = Field(foreign_key="transmission.id")
    at: dt.datetime
    actor: str
    channel: str = Field(default="", sa_column_kwargs=_EMPTY)
    status: str
    note: str = Field(default="", sa_column_kwargs=_EMPTY)


class Correction(SQLModel, table=True):
    """A late edit of a forwarded month that was kept apart; `state`: open, taken over, dropped."""

    __table_args__ = (Index("correction_of_month", "employer_id", "state", "month"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    person_id: int = Field(foreign_key="person.id")
    month: str
    entity: str
    row_id: int
    date: dt.date | None = None
    old: Any = Field(default=None, sa_type=JSON, nullable=True)
    new: Any = Field(default=None, sa_type=JSON, nullable=True)
    actor: str
    at: dt.datetime
    state: str
