"""Every older database becomes today's, keeps its rows, and equals the declared tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrtui.store import database, migrations
from hrtui.store.errors import StoreError

KEY = bytes(range(32))
EMPLOYER = "INSERT INTO employer (id, name, country, language) VALUES (1, 'Voorbeeld NV', 'BE', 'nl')"
PERSON = (
    "INSERT INTO person (id, employer_id, number, first_name, last_name, sort_name, search_text)"
    " VALUES (7, 1, '12', 'Ann', 'Testman', 'testman ann', '12 testman ann')"
)


def shape(con: database.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Tables with their columns, and indexes with theirs, as SQLite sees them."""
    names = con.execute(
        "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    found: dict[str, list[tuple[object, ...]]] = {}
    for kind, name, table in names:
        if kind == "table":
            columns = con.execute(f"PRAGMA table_info({name})").fetchall()
            keys = con.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            found[name] = [
                *[
                    (column, type_, notnull, default, pk)
                    for _, column, type_, notnull, default, pk in columns
                ],
                *sorted((row[2], row[3], row[4]) for row in keys),
            ]
        else:
            unique = next(row[2] for row in con.execute(f"PRAGMA index_list({table})") if row[1] == name)
            found[f"index {name} {unique}"] = con.execute(f"PRAGMA index_info({name})").fetchall()
    return found


@pytest.mark.parametrize("version", range(len(migrations.steps()) + 1))
def test_every_older_version_arrives_at_the_declared_tables(tmp_path: Path, version: int) -> None:
    from sqlalchemy.pool import StaticPool
    from sqlmodel import SQLModel, create_engine

    from hrtui.store import tables

    con = database.connect(tmp_path / "old.db", KEY)
    migrations.upgrade(con, version)
    assert migrations.version_of(con) == version
    if version >= 1:
        con.execute(EMPLOYER)
        con.execute(PERSON)
    migrations.upgrade(con)
    if version >= 1:
        assert con.execute("SELECT number, archived FROM person").fetchall() == [("12", 0)]

    declared = database.connect(tmp_path / "declared.db", KEY)
    engine = create_engine("sqlite://", creator=lambda: declared, poolclass=StaticPool)
    SQLModel.metadata.create_all(engine, [tables.Person.metadata.tables[n] for n in SQLModel.metadata.tables])
    assert shape(con) == shape(declared)
    con.close()
    engine.dispose()


def test_a_step_that_fails_leaves_the_version_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = database.connect(tmp_path / "broken.db", KEY)
    good = migrations.steps()[0]
    broken = "CREATE TABLE extra (id INTEGER);\nINSERT INTO nowhere VALUES (1);\n"
    monkeypatch.setattr(migrations, "steps", lambda: (good, broken))
    with pytest.raises(Exception, match="nowhere"):
        migrations.upgrade(con)
    assert migrations.version_of(con) == 1
    assert con.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchone() is None
    con.close()


def test_a_database_of_a_newer_hrtui_is_refused(tmp_path: Path) -> None:
    con = database.connect(tmp_path / "new.db", KEY)
    migrations.upgrade(con)
    con.execute("PRAGMA user_version=99")
    with pytest.raises(StoreError, match="newer hrtui"):
        migrations.upgrade(con)
    con.close()
