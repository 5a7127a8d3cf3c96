"""The tables of accounts, which belong to users and not to an employer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _users()
    _log_in()
    _devices()


def _users() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger(), primary_key=True, nullable=False, autoincrement=False),
        *_texts("name", "display_name", "email", "language"),
        _later_text("password_hash"),
        _later_text("totp_secret"),
        _later_moment("totp_step"),
        _later_text("sms_number"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _later_moment("activated_at"),
        _later_moment("disabled_at"),
    )
    op.create_index("user_account_name", "user_account", ["name"], unique=True)
    op.create_index("user_account_email", "user_account", ["email"])
    op.create_table(
        "tenant",
        sa.Column("tenant_id", sa.BigInteger(), primary_key=True, nullable=False, autoincrement=False),
        *_texts("name"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "membership",
        sa.Column("tenant_id", sa.BigInteger(), primary_key=True, nullable=False, autoincrement=False),
        sa.Column("user_id", sa.BigInteger(), primary_key=True, nullable=False, autoincrement=False),
        *_texts("roles"),
    )
    op.create_index("membership_of_user", "membership", ["user_id"])


def _log_in() -> None:
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(), primary_key=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        *_texts("purpose"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("invitation_of_user", "invitation", ["user_id"])
    op.create_table(
        "login_challenge",
        sa.Column("token_hash", sa.String(), primary_key=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        *_texts("purpose"),
        _later_count("may_log_in"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        _later_count("tries"),
        _later_text("sms_code"),
        _later_moment("sms_sent_at"),
        _later_count("sms_count"),
        _later_text("new_secret"),
        _later_text("new_number"),
    )
    op.create_index("login_challenge_of_user", "login_challenge", ["user_id"])
    op.create_table(
        "login_attempt",
        sa.Column("key", sa.String(), primary_key=True, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        _later_moment("blocked_until"),
        _later_moment("known_at"),
    )
    op.create_table(
        "backup_code",
        sa.Column("user_id", sa.BigInteger(), primary_key=True, nullable=False, autoincrement=False),
        sa.Column("confirmed", sa.Integer(), primary_key=True, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False, autoincrement=False),
        *_texts("code_hash"),
    )


def _devices() -> None:
    op.create_table(
        "login_session",
        sa.Column("id", sa.String(), primary_key=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        *_texts("device", "address"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        *_texts("refresh_hash"),
        _later_text("previous_hash"),
        _later_moment("revoked_at"),
    )
    op.create_index("login_session_of_user", "login_session", ["user_id"])
    op.create_table(
        "access_token",
        sa.Column("token_hash", sa.String(), primary_key=True, nullable=False),
        *_texts("session_id"),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("access_token_of_session", "access_token", ["session_id"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _later_text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''"))


def _later_moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))


def _later_count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0"))
