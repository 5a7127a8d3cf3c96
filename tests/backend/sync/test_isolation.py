"""Nothing crosses employers: keys lead with them, PostgreSQL encloses them, no query forgets them."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from sqlalchemy import Table
from sqlalchemy.engine import make_url

from hrtui.backend import database as database_module
from hrtui.backend import models, tables
from hrtui.backend.accounts import tables as account_tables
from hrtui.backend.database import Database
from hrtui.backend.documents import tables as document_tables
from hrtui.backend.forwarding import tables as delivery_tables
from hrtui.backend.invitations import tables as invitation_tables
from hrtui.backend.sync.watch import due_tenants, heads_of
from tests.backend.postgres import Cluster
from tests.backend.sync.office import DAY, FULL, HALF, OTHER, PERSON, TENANT, Office, day, op

assert all((tables, account_tables, document_tables, delivery_tables, invitation_tables))
OF_USERS = frozenset(
    {
        "user_account", "membership", "invitation", "login_challenge", "login_attempt", "backup_code",
        "login_session", "access_token", "tenant",
    }
)  # fmt: skip
"""The tables of accounts: the documented exception, found by user or token before an employer is chosen."""
OF_EMPLOYERS = sorted(
    (table for name, table in models.METADATA.tables.items() if name not in OF_USERS),
    key=lambda one: one.name,
)


@pytest.mark.parametrize("table", OF_EMPLOYERS, ids=lambda table: table.name)
def test_every_key_and_index_leads_with_the_employer(table: Table) -> None:
    assert next(iter(table.primary_key.columns)).name == "tenant_id"
    for index in table.indexes:
        assert next(iter(index.columns)).name == "tenant_id"
    assert not table.foreign_keys


_KEYS = (
    "SELECT t.relname, i.relname, x.indisunique, a.attname FROM pg_index x"
    " JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid"
    " JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'"
    " LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]"
)
_REACHES_OUT = {
    "foreign keys": "SELECT conname FROM pg_constraint WHERE contype = 'f'",
    "sequences": "SELECT relname FROM pg_class WHERE relkind = 'S'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "rules and views": "SELECT viewname FROM pg_views WHERE schemaname = 'public'",
    "functions": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "exclusions": "SELECT conname FROM pg_constraint WHERE contype = 'x'",
    "partitions": "SELECT relname FROM pg_class WHERE relispartition OR relkind = 'p'",
}


def name_of(url: str) -> str:
    """The database of a URL."""
    return str(make_url(url).database)


def test_what_migrations_made_can_be_sharded_by_the_employer(cluster: Cluster, postgres_url: str) -> None:
    """What docs/backend.md says to a distributed engine, asked of PostgreSQL's own catalogue."""
    with cluster.connect(name_of(postgres_url)) as con:
        keys = con.execute(_KEYS).fetchall()
        tables = {
            row[0] for row in con.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }
        sharded = {
            row[0]
            for row in con.execute(
                "SELECT tablename FROM pg_policies WHERE policyname = tablename || '_tenant'"
            )
        }
        columns = set(
            con.execute(
                "SELECT table_name, data_type, is_nullable FROM information_schema.columns"
                " WHERE table_schema = 'public' AND column_name = 'tenant_id'"
            ).fetchall()
        )
        reaching = {what: con.execute(sql).fetchall() for what, sql in _REACHES_OUT.items()}
    assert tables - sharded == OF_USERS | {"alembic_version"}
    assert [key for key in keys if key[0] in sharded and key[3] != "tenant_id"] == []
    assert {key[0] for key in keys if key[2]} == tables
    # Tables lie together only where the column by which they are shared out has one type.
    assert {table for table, kind, null in columns if (kind, null) == ("bigint", "NO")} >= sharded
    assert {what: found for what, found in reaching.items() if found} == {}


def test_every_table_of_employers_is_enclosed(cluster: Cluster, postgres_url: str) -> None:
    with cluster.connect(name_of(postgres_url)) as con:
        enclosed = con.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND relforcerowsecurity AND polcmd = '*'"
        ).fetchall()
        role = con.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'hrtui_app'"
        ).fetchone()
        rights = con.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = 'hrtui_app' AND table_name = 'audit'"
        ).fetchall()
    assert {table.name for table in OF_EMPLOYERS} == {row[0] for row in enclosed}
    assert role == (False, False)
    assert {row[0] for row in rights} == {"SELECT", "INSERT"}


_COLUMNS = (
    "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c"
    " JOIN pg_tables t ON t.schemaname = c.table_schema AND t.tablename = c.table_name"
    " WHERE c.table_schema = 'public' AND c.table_name <> ALL (%s)"
)


def test_whoever_names_no_employer_sees_and_changes_nothing_in_any_table(
    cluster: Cluster, postgres_url: str
) -> None:
    """Each table that the catalogue has, but those of accounts, with a row of one employer in it."""
    columns: dict[str, dict[str, object]] = {}
    with cluster.connect(name_of(postgres_url)) as owner:
        beside = [*OF_USERS, "alembic_version"]
        for table, column, kind in owner.execute(_COLUMNS, (beside,)).fetchall():
            columns.setdefault(table, {})[column] = "x" if kind in ("text", "character varying") else TENANT
        for table, row in columns.items():
            places = ", ".join(["%s"] * len(row))
            owner.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", [*row.values()])
    assert {table.name for table in OF_EMPLOYERS} == set(columns)
    opened = Database.open(postgres_url)
    for table, row in columns.items():
        for tenant, seen in ((None, 0), (OTHER, 0), (TENANT, 1)):
            with opened.transaction(tenant) as con:
                assert con.one(f"SELECT count(*) FROM {table}") == (seen,), (table, tenant)
        for statement, values in (
            (f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]),
            (f"UPDATE {table} SET tenant_id = ?", [OTHER]),
            (f"DELETE FROM {table}", []),
        ):
            for tenant in (None, OTHER):
                try:
                    with opened.transaction(tenant) as con:
                        assert con.execute(statement, *values) == 0, (table, statement)
                except psycopg.errors.InsufficientPrivilege:
                    continue
    opened.close()
    with cluster.connect(name_of(postgres_url)) as owner:
        for table in columns:
            assert owner.execute(f"SELECT count(*), min(tenant_id) FROM {table}").fetchone() == (1, TENANT)


def test_the_wall_holds_without_our_where(at_work: Office) -> None:
    if not at_work.database.postgres:
        pytest.skip("SQLite has no row-level security; there the statements are the wall")
    count = "SELECT count(*), min(tenant_id), max(tenant_id) FROM row_state"
    with at_work.database.transaction(TENANT) as con:
        assert con.one(count) == (6, TENANT, TENANT)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            con.execute("UPDATE row_state SET tenant_id = ?", OTHER)
        con.execute("ROLLBACK")
    with at_work.database.transaction(None) as con:
        assert con.one(count) == (0, None, None)
        assert con.one("SELECT count(*) FROM tenant_clock") == (0,)


def test_a_head_is_told_only_to_who_watches(at_work: Office) -> None:
    heads = heads_of(at_work.database, [TENANT, 999])
    assert set(heads) == {TENANT}
    assert heads_of(at_work.database, []) == {}


def test_only_who_has_something_to_deliver_is_told(at_work: Office) -> None:
    for tenant, due_at in ((TENANT, 1000), (OTHER, 2000)):
        with at_work.database.transaction(tenant) as con:
            con.execute("UPDATE tenant_clock SET due_at = ? WHERE tenant_id = ?", due_at, tenant)
    told = [due_tenants(at_work.database, moment) for moment in (999, 1000, 2000)]
    assert told == [[], [TENANT], [TENANT, OTHER]]


def test_no_statement_forgets_the_employer(at_work: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int | None, str, tuple[object, ...]]] = []
    run = database_module.Connection._run

    def watched(self: Any, queries: Any) -> Any:
        seen.extend((self.tenant_id, sql, ()) for sql, _ in [*self._waiting, *queries])
        return run(self, queries)

    monkeypatch.setattr(database_module.Connection, "_run", watched)
    anna, ben = at_work.clerk(), at_work.clerk("case_manager")
    ben.push(day(FULL), op("person", PERSON, first_name=("Mila", "Mia"), number=("1", "2")))
    anna.push(day(HALF), op("team", 301, "ins", name=(None, "Oven")))
    anna.push(op("team", 301, "del", name=("Oven", None)))
    anna.pull_all()
    anna.snapshot()
    anna.post("sync/known", {"witness": anna.witness, "uids": []})
    at_work.app.state.deliverer.once()
    checked, across = 0, set()
    for tenant_id, sql, _ in seen:
        used = set(re.findall(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+(\w+)", sql)) & {
            one.name for one in OF_EMPLOYERS
        }
        if used:
            checked += 1
            if tenant_id is None:
                across.add(sql)
                continue
            assert tenant_id in (TENANT, OTHER), sql
            assert re.search(r"tenant_id = \?|\(tenant_id,", sql), sql
    assert checked > 30
    assert across == {"SELECT tenant_id FROM tenant_clock WHERE due_at <= ? ORDER BY tenant_id"}


def test_equal_ids_at_two_employers_are_two_rows(at_work: Office) -> None:
    ours, theirs = at_work.clerk(), at_work.clerk(tenant=OTHER)
    uid = "00000000-0000-4000-8000-000000000001"
    ours.push(day(FULL), uid=uid)
    assert theirs.push(day(HALF), uid=uid)[0]["outcome"] == "applied"
    assert (ours.value(), theirs.value()) == (FULL, HALF)


def test_another_employers_door_is_not_there(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.tenant = OTHER
    assert anna.hello(404)["code"] == "not_found"
    body = {"device_id": anna.device_id, "nonce": "n" * 16, "witness": anna.witness}
    assert (
        anna.post("sync/push", {**body, "mutations": [anna.mutation(day(FULL))]}, 404)["code"] == "not_found"
    )
    anna.tenant = 12345
    assert anna.hello(404) == {"code": "not_found", "message": "There is nothing here."}
    assert DAY


def test_a_transaction_leaves_no_employer_behind(postgres_url: str) -> None:
    opened = Database.open(postgres_url, 1)
    with opened.transaction(TENANT) as con:
        con.one("SELECT 1")
    with opened.transaction(None) as con:
        assert con.one("SELECT current_setting('app.tenant', true)") == ("",)
    opened.close()
