"""The database's form: from nothing to the tables of record, refused where code and database differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from hrtui.backend import migrate, models, tables
from hrtui.backend.accounts import tables as account_tables
from hrtui.backend.config import ConfigError
from hrtui.backend.database import Database
from hrtui.backend.documents import tables as document_tables
from hrtui.backend.forwarding import tables as delivery_tables
from hrtui.backend.invitations import tables as invitation_tables

assert tables
assert account_tables
assert document_tables
assert delivery_tables
assert invitation_tables


def test_the_migrations_arrive_at_the_tables_of_record(database_url: str) -> None:
    with create_engine(database_url, poolclass=NullPool).connect() as con:
        context = MigrationContext.configure(con, opts={"compare_type": True})
        assert compare_metadata(context, models.METADATA) == []
    migrate.check(database_url)


def test_an_empty_database_is_too_old(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'server.db'}"
    assert migrate.is_empty(url)
    with pytest.raises(ConfigError, match="hrtui admin migrate"):
        migrate.check(url)
    migrate.migrate(url)
    migrate.check(url)


def test_a_newer_database_is_left_alone(sqlite_template: Path, tmp_path: Path) -> None:
    file = tmp_path / "server.db"
    file.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{file}"
    with create_engine(url).begin() as con:
        con.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for call in (migrate.check, migrate.migrate):
        with pytest.raises(ConfigError, match="newer version of hrtui"):
            call(url)


def test_what_is_written_comes_back_and_an_exception_takes_it_back(database: Database) -> None:
    insert = "INSERT INTO command_receipt VALUES (?, ?, 'x', '', 0, '{}')"
    with database.transaction(7) as con:
        con.execute(insert, 7, "a")
        con.many(insert, [(7, "b"), (7, "c")])
    with pytest.raises(ZeroDivisionError), database.transaction(7) as con:
        assert 1 / (con.execute(insert, 7, "d") - 1)
    with database.transaction(7, read_only=True) as con:
        rows = con.all("SELECT uid FROM command_receipt WHERE tenant_id = ? ORDER BY uid", 7)
    assert rows == [("a",), ("b",), ("c",)]


def test_a_sqlite_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.db'}"
    with pytest.raises(ConfigError, match="still empty"):
        migrate.check(url)
    migrate.ready(url)
    migrate.check(url)
