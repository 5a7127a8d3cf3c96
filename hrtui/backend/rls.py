"""The second wall between employers on PostgreSQL: row-level security on every table that leads with one."""

from __future__ import annotations

from collections.abc import Iterable

CURRENT = "nullif(current_setting('app.tenant', true), '')::bigint"
"""The employer of the transaction; nothing (so no row at all) where it was not said, as PostgreSQL gives ''
and not NULL back once another transaction of the connection has said one."""
DUE = "nullif(current_setting('app.due', true), '')::bigint"
WATCHED = "string_to_array(nullif(current_setting('app.watch', true), ''), ',')::bigint[]"


def statements(table: str) -> Iterable[str]:
    """The statements that enclose `table`, also for its owner."""
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield (
        f"CREATE POLICY {table}_tenant ON {table}"
        f" USING (tenant_id = {CURRENT}) WITH CHECK (tenant_id = {CURRENT})"
    )


def watch_statement() -> str:
    """Lets one query see how far the employers are whose clerks wait for changes at a worker."""
    return f"CREATE POLICY tenant_clock_watch ON tenant_clock FOR SELECT USING (tenant_id = ANY ({WATCHED}))"


def due_statement() -> str:
    """Lets one query see at which employers something must be delivered now."""
    return f"CREATE POLICY tenant_clock_due ON tenant_clock FOR SELECT USING (due_at <= {DUE})"


def grants(role: str) -> Iterable[str]:
    """What the service's own role may do: everything with rows, but the audit trail only grows."""
    name = '"' + role.replace('"', '""') + '"'
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"REVOKE UPDATE, DELETE ON audit, commit_log FROM {name}"
    # Without its salt the hash of a commit tells nothing about values that were erased.
    yield f"GRANT UPDATE (salt) ON commit_log TO {name}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {name}"
