"""The tables of the sync as SQLModel classes: what waits to be sent, what came back, and where both stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}
_ONE = {"server_default": text("1")}


class Outbox(SQLModel, table=True):
    """A step, or a part of a big one, that the backend's feed has not confirmed yet.

    `state`: queued, sent (then `body` stays as it is), acked (then `results` say what became of it, and the
    feed confirms it at `ack_rev`). A part holds the operations `first_seq` to `last_seq` (None: to the last).
    `resolves` names the conflict that the step decides and the candidates that were seen.
    """

    __table_args__ = (
        Index("outbox_by_state", "employer_id", "state", "step_id"),
        Index("outbox_of_step", "step_id", "part"),
    )
    uid: str = Field(primary_key=True)
    step_id: int = Field(foreign_key="step.id")
    state: str
    employer_id: int
    part: int = Field(default=0, sa_column_kwargs=_ZERO)
    first_seq: int = Field(default=0, sa_column_kwargs=_ZERO)
    last_seq: int | None = None
    mseq: int | None = None
    body: Any = Field(default=None, sa_type=JSON, nullable=True)
    resolves: Any = Field(default=None, sa_type=JSON, nullable=True)
    ack_rev: int | None = None
    ack_chain: str | None = None
    results: Any = Field(default=None, sa_type=JSON, nullable=True)


class SyncState(SQLModel, table=True):
    """Where one employer of this profile stands with the backend; `skew` is this clock minus the backend's.

    The cursor (`rev`, `chain`) is what was applied, the witness the newest position any answer named, durable
    what a backup of the backend holds. `problem` is why the sync stopped, '' while it goes on; `notes` are
    what happened that the clerk hears of once.
    """

    __tablename__ = "sync_state"
    employer_id: int = Field(primary_key=True)
    device_id: str
    epoch: str = Field(default="", sa_column_kwargs=_EMPTY)
    rev: int = Field(default=0, sa_column_kwargs=_ZERO)
    chain: str
    witness_rev: int = Field(default=0, sa_column_kwargs=_ZERO)
    witness_chain: str
    durable_rev: int = Field(default=0, sa_column_kwargs=_ZERO)
    durable_chain: str
    nonce: str | None = None
    pending_nonce: str | None = None
    next_mseq: int = Field(default=1, sa_column_kwargs=_ONE)
    scope: str = Field(default="", sa_column_kwargs=_EMPTY)
    schema_v: int = Field(default=0, sa_column_kwargs=_ZERO)
    fingerprint: str = Field(default="", sa_column_kwargs=_EMPTY)
    needs_hello: bool = Field(default=True, sa_column_kwargs=_ONE)
    needs_requeue: bool = Field(default=False, sa_column_kwargs=_ZERO)
    needs_snapshot: bool = Field(default=True, sa_column_kwargs=_ONE)
    limits: dict[str, int] = Field(sa_type=JSON)
    skew: int = Field(default=0, sa_column_kwargs=_ZERO)
    exchanged_at: dt.datetime | None = None
    offline_since: dt.datetime | None = None
    problem: str = Field(default="", sa_column_kwargs=_EMPTY)
    notes: list[dict[str, Any]] = Field(sa_type=JSON)
    snapshot: Any = Field(default=None, sa_type=JSON, nullable=True)


class SentLog(SQLModel, table=True):
    """A confirmed mutation, kept until a backup of the backend holds it: it is offered to a restored one."""

    __tablename__ = "sent_log"
    __table_args__ = (
        Index("sent_log_by_rev", "employer_id", "ack_rev"),
        Index("sent_log_of_step", "step_id", "part"),
    )
    uid: str = Field(primary_key=True)
    employer_id: int
    step_id: int = Field(foreign_key="step.id")
    part: int
    first_seq: int
    last_seq: int | None = None
    body: Any = Field(sa_type=JSON)
    resolves: Any = Field(default=None, sa_type=JSON, nullable=True)
    ack_rev: int
    ack_chain: str
    confirmed_at: dt.datetime


class SyncBase(SQLModel, table=True):
    """The confirmed value of a unit that has unsent edits, where it is not what the first of them replaced.

    The unit `*` says whether the row is there (1 or 0). `date` is '' but for days; `actor` wrote it `at`.
    `value` is JSON text.
    """

    __tablename__ = "sync_base"
    __table_args__ = {"sqlite_with_rowid": False}
    entity: str = Field(primary_key=True)
    row_id: int = Field(primary_key=True)
    date: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    employer_id: int
    value: str | None = None
    actor: str
    at: dt.datetime


class SyncYield(SQLModel, table=True):
    """A row that shows what the backend has although edits wait, as with them it clashes with other rows."""

    __tablename__ = "sync_yield"
    __table_args__ = {"sqlite_with_rowid": False}
    entity: str = Field(primary_key=True)
    row_id: int = Field(primary_key=True)
    date: str = Field(primary_key=True)
    employer_id: int


class Refused(SQLModel, table=True):
    """What the backend refused of a step: kept until the clerk decides. `state`: open, retried, let_go."""

    __table_args__ = (Index("refused_by_state", "employer_id", "state", "refused_at"),)
    uid: str = Field(primary_key=True)
    employer_id: int
    step_id: int
    label: str
    reason: str
    changes: Any = Field(sa_type=JSON)
    actor: str
    made_at: dt.datetime
    refused_at: dt.datetime
    state: str


class Conflict(SQLModel, table=True):
    """Values of several clerks for one unit of a row, all kept until somebody decides.

    What stands is in the row itself, written by `actor` `at`. `open_there` is what the backend says, `open`
    what holds with the answer `answer_uid` that is on its way.
    """

    __table_args__ = (
        Index("conflict_of_row", "entity", "row_id", "date", "open"),
        Index("conflict_open", "employer_id", "open"),
    )
    id: int = Field(primary_key=True)
    employer_id: int
    entity: str
    row_id: int
    date: dt.date | None = None
    unit: str
    kind: str
    candidates: Any = Field(sa_type=JSON)
    actor: str
    at: dt.datetime | None = None
    open: bool = Field(default=True, sa_column_kwargs=_ONE)
    open_there: bool = Field(default=True, sa_column_kwargs=_ONE)
    answer_uid: str | None = None


class Member(SQLModel, table=True):
    """Somebody who works for an employer at the backend, with their roles."""

    __table_args__ = {"sqlite_with_rowid": False}
    employer_id: int = Field(primary_key=True)
    id: int = Field(primary_key=True)
    name: str
    roles: list[str] = Field(sa_type=JSON)


class StageRow(SQLModel, table=True):
    """A row of a snapshot that is still being fetched; of a day also who wrote it and when."""

    __tablename__ = "stage_row"
    __table_args__ = {"sqlite_with_rowid": False}
    employer_id: int = Field(primary_key=True)
    entity: str = Field(primary_key=True)
    row_id: int = Field(primary_key=True)
    date: str = Field(primary_key=True)
    units: Any = Field(sa_type=JSON)
    actor: str = Field(default="", sa_column_kwargs=_EMPTY)
    at: str = Field(default="", sa_column_kwargs=_EMPTY)
