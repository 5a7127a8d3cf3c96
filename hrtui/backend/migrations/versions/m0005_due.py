"""Each employer's clock tells when something must be delivered, so that no query crosses the deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hrtui.backend import rls

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the moment, and take the index and the policies away that crossed employers."""
    op.add_column(
        "tenant_clock", sa.Column("due_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.drop_index("delivery_due", "delivery")
    if op.get_bind().dialect.name == "postgresql":
        for table in ("delivery", "delivery_channel"):
            op.execute(f"DROP POLICY {table}_due ON {table}")
        op.execute(rls.due_statement())
