"""The numbers of employers come from clients: the sequence that PostgreSQL made for them goes.

A distributed engine keeps a sequence in one place, and this one would never be asked.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Drop the sequence; SQLite has none."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE tenant_clock ALTER COLUMN tenant_id DROP DEFAULT")
        op.execute("DROP SEQUENCE IF EXISTS tenant_clock_tenant_id_seq")
