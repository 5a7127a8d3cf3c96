"""The tables of sync as SQLModel classes: the schema of record that the migrations arrive at.

Every key leads with the employer (`tenant_id`), by which a distributed database shards and row-level
security separates. Rows of all kinds lie in `row_state`, also those that only the backend writes (conflict,
correction, month_lock, member, transmission), so that one feed and one snapshot carry everything. Moments are
ISO text, UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from hrtui.backend.models import ServerTable

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}


class TenantClock(ServerTable, table=True):
    """The newest commit of an employer; every writing transaction locks this row before it reads anything.

    `durable_*` is the position that a verified backup holds, `audit_*` the end of the audit chain.
    At `due_at` (seconds since 1970) deliverers look whether something must go to a provider.
    """

    __tablename__ = "tenant_clock"
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    rev: int = Field(sa_type=BigInteger)
    chain: str
    epoch: str
    min_feed_rev: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    durable_rev: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    durable_chain: str
    audit_n: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    audit_hash: str
    due_at: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)


class CommitLog(ServerTable, table=True):
    """One writing transaction of an employer; `salt` lets the chain be checked, `uids` is a JSON list."""

    __tablename__ = "commit_log"
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    rev: int = Field(primary_key=True, sa_type=BigInteger)
    chain: str
    salt: str
    at: str
    actor: str
    user_id: int = Field(sa_type=BigInteger)
    device_id: str
    uids: str
    changes: int


class Change(ServerTable, table=True):
    """The feed: one changed row of a commit; `units` is JSON of what changed, empty for a deletion."""

    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    rev: int = Field(primary_key=True, sa_type=BigInteger)
    idx: int = Field(primary_key=True)
    entity: str
    row_id: int = Field(sa_type=BigInteger)
    date: str
    kind: str
    units: str


class RowState(ServerTable, table=True):
    """A row as it stands: `units` is JSON; a deleted row keeps its last values.

    `date` is empty but for days and month locks; `unique_key` is the JSON of what no two live rows share.
    """

    __tablename__ = "row_state"
    __table_args__ = (
        Index("row_state_of_person", "tenant_id", "person_id", "entity", "date"),
        # Not for other rows: without statistics PostgreSQL takes it in place of the key, and reads every row.
        Index(
            "row_state_unique",
            "tenant_id",
            "entity",
            "unique_key",
            postgresql_where=text("unique_key IS NOT NULL"),
            sqlite_where=text("unique_key IS NOT NULL"),
        ),
    )
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    entity: str = Field(primary_key=True)
    row_id: int = Field(primary_key=True, sa_type=BigInteger)
    date: str = Field(primary_key=True)
    rev: int = Field(sa_type=BigInteger)
    deleted: int = Field(default=0, sa_column_kwargs=_ZERO)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    unique_key: str | None = None
    units: str


class Receipt(ServerTable, table=True):
    """What became of a mutation, for whoever sends it again; `ops` is JSON, an outcome per operation."""

    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    uid: str = Field(primary_key=True)
    sha256: str
    device_id: str
    mseq: int = Field(sa_type=BigInteger)
    rev: int = Field(sa_type=BigInteger)
    chain: str
    ops: str


class Device(ServerTable, table=True):
    """One local database of one user: the last number it used, its nonce and how far it has read."""

    __table_args__ = (Index("device_of_user", "tenant_id", "user_id"),)
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    device_id: str = Field(primary_key=True)
    user_id: int = Field(sa_type=BigInteger)
    session_id: str
    nonce: str
    last_mseq: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    acked_rev: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    fingerprint: str = Field(default="", sa_column_kwargs=_EMPTY)
    schema_v: int
    seen_at: str
    revoked_at: str = Field(default="", sa_column_kwargs=_EMPTY)


class Parked(ServerTable, table=True):
    """An operation that was acknowledged and not applied, with all it held; `state`: open, dismissed."""

    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    uid: str = Field(primary_key=True)
    idx: int = Field(primary_key=True)
    reason: str
    op: str
    label: str
    user_id: int = Field(sa_type=BigInteger)
    actor: str
    device_id: str
    at: str
    state: str


class Audit(ServerTable, table=True):
    """What was done by whom, chained by hashes; `before` and `after` are keyed hashes of the values."""

    __table_args__ = (Index("audit_of_row", "tenant_id", "entity", "row_id"),)
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    n: int = Field(primary_key=True, sa_type=BigInteger)
    hash: str
    at: str
    actor: str
    user_id: int = Field(sa_type=BigInteger)
    device_id: str
    rev: int = Field(sa_type=BigInteger)
    uid: str
    action: str
    entity: str
    row_id: int = Field(sa_type=BigInteger)
    date: str
    unit: str
    before: str
    after: str


class SubjectKey(ServerTable, table=True):
    """The key of the hashes of a person's values (0: of nobody); without it nothing can be guessed."""

    __tablename__ = "subject_key"
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    person_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: str


class CommandReceipt(ServerTable, table=True):
    """The answer of a command that was carried out, for whoever sends it again."""

    __tablename__ = "command_receipt"
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    uid: str = Field(primary_key=True)
    name: str
    sha256: str
    rev: int = Field(sa_type=BigInteger)
    answer: str
