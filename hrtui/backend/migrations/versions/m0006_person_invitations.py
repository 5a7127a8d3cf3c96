"""The table of invited employees, enclosed per employer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hrtui.backend import rls

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "person_invitation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("answer", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in rls.statements("person_invitation"):
            op.execute(statement)
