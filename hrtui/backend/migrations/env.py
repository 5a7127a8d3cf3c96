"""How alembic reaches the database: over the connection that `hrtui.backend.migrate` hands it."""

from __future__ import annotations

from alembic import context

from hrtui.backend import models, tables
from hrtui.backend.accounts import tables as account_tables
from hrtui.backend.documents import tables as document_tables
from hrtui.backend.forwarding import tables as delivery_tables

assert tables
assert account_tables
assert document_tables
assert delivery_tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=models.METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
