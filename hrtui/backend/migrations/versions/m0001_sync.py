"""The tables of sync, each enclosed per employer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hrtui.backend import rls

revision = "0001"
down_revision = None
TABLES = (
    "audit",
    "change",
    "command_receipt",
    "commit_log",
    "device",
    "parked",
    "receipt",
    "row_state",
    "subject_key",
    "tenant_clock",
)


def upgrade() -> None:
    """Make the tables."""
    _audit()
    _change()
    _command_receipt()
    _commit_log()
    _device()
    _parked()
    _receipt()
    _row_state()
    _subject_key()
    _tenant_clock()
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            for statement in rls.statements(table):
                op.execute(statement)
        op.execute(rls.watch_statement())
    else:
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_keeps_{action.lower()} BEFORE {action} ON audit"
                " BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
            )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "n"),
    )
    op.create_index("audit_of_row", "audit", ["tenant_id", "entity", "row_id"], unique=False)


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("units", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "rev", "idx"),
    )


def _command_receipt() -> None:
    op.create_table(
        "command_receipt",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "uid"),
    )


def _commit_log() -> None:
    op.create_table(
        "commit_log",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("uids", sa.String(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "rev"),
    )


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("last_mseq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("acked_rev", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("fingerprint", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("schema_v", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "device_id"),
    )
    op.create_index("device_of_user", "device", ["tenant_id", "user_id"], unique=False)


def _parked() -> None:
    op.create_table(
        "parked",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "uid", "idx"),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("mseq", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("ops", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "uid"),
    )


def _row_state() -> None:
    op.create_table(
        "row_state",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("unique_key", sa.String(), nullable=True),
        sa.Column("units", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "entity", "row_id", "date"),
    )
    op.create_index(
        "row_state_of_person", "row_state", ["tenant_id", "person_id", "entity", "date"], unique=False
    )
    op.create_index(
        "row_state_unique",
        "row_state",
        ["tenant_id", "entity", "unique_key"],
        unique=False,
        postgresql_where=sa.text("unique_key IS NOT NULL"),
        sqlite_where=sa.text("unique_key IS NOT NULL"),
    )


def _subject_key() -> None:
    op.create_table(
        "subject_key",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person_id"),
    )


def _tenant_clock() -> None:
    op.create_table(
        "tenant_clock",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("min_feed_rev", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("durable_rev", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("durable_chain", sa.String(), nullable=False),
        sa.Column("audit_n", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("audit_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id"),
    )
