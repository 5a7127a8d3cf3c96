"""The tables of delivering, each enclosed per employer; workers may see whose deliveries are due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hrtui.backend import rls

revision = "0004"
down_revision = "0003"
TABLES = ("delivery", "delivery_answer", "delivery_channel")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "delivery",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("transmission_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("problem", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "transmission_id", "channel_id"),
    )
    op.create_index("delivery_due", "delivery", ["status", "next_at"], unique=False)
    op.create_table(
        "delivery_answer",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "channel_id", "sha256"),
    )
    op.create_table(
        "delivery_channel",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("returns_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            for statement in rls.statements(table):
                op.execute(statement)
        for table in ("delivery", "delivery_channel"):
            due = "current_setting('app.due', true) = 'yes'"
            op.execute(f"CREATE POLICY {table}_due ON {table} FOR SELECT USING ({due})")
