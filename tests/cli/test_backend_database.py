"""Commands of the backend on a database that they cannot use: one sentence, the same from each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from hrtui.backend.migrate import migrate
from hrtui.cli.errors import FAILED, MISUSED
from tests.cli.conftest import Hrtui

COMMANDS = ("serve", "admin migrate", "admin users list", "admin audit verify")


def no_database(path: Path) -> None:
    path.write_text("no database, and long enough to be told from an empty one" * 20, encoding="utf-8")


def newer_database(path: Path) -> None:
    migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as con:
        con.execute("UPDATE alembic_version SET version_num = 'm9999'")
    con.close()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (no_database, "The database refuses: file is not a database."),
        (
            newer_database,
            "The database has a newer form than this program: install the newer version of hrtui.",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_told_with_the_reason(
    hrtui: Hrtui, command: str, make: Callable[[Path], None], told: str
) -> None:
    file = hrtui.home / "other.db"
    make(file)
    answer = hrtui(*command.split(), "--database", f"sqlite:///{file}")
    assert (answer.code, answer.err.splitlines()[-1]) == (FAILED, told)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_cannot_be_made_for_it_is_named(hrtui: Hrtui, command: str) -> None:
    in_the_way = hrtui.file("in-the-way", "")
    answer = hrtui(*command.split(), "--database", f"sqlite:///{in_the_way}/server.db")
    assert (answer.code, answer.err) == (FAILED, f"{in_the_way} cannot be written: File exists.\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_another_kind_of_database_is_wrong_usage(hrtui: Hrtui, command: str) -> None:
    answer = hrtui(*command.split(), "--database", "mysql://x/y")
    assert (answer.code, answer.err) == (
        MISUSED,
        "The database must be SQLite or PostgreSQL, not mysql.\n",
    )
