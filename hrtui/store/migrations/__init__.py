"""Stepwise upgrades of the local database: numbered SQL files, each applied once, in order, whole."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from hrtui.i18n import t
from hrtui.store.database import Connection
from hrtui.store.errors import StoreError


@cache
def steps() -> tuple[str, ...]:
    """The SQL of every step; step n brings a database from version n-1 to n."""
    folder = files(__name__)
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return tuple((folder / name).read_text(encoding="utf-8") for name in names)


def version_of(con: Connection) -> int:
    """How many steps this database has seen (`PRAGMA user_version`)."""
    return int(con.execute("PRAGMA user_version").fetchone()[0])


def upgrade(con: Connection, to: int | None = None) -> None:
    """Apply the missing steps, up to version `to` (default: all).

    Raises StoreError when the database was made by a newer hrtui.
    """
    latest = len(steps()) if to is None else to
    if version_of(con) > len(steps()):
        raise StoreError(t("This profile was used by a newer hrtui. Start that version, or update this one."))
    while version_of(con) < latest:
        con.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(con)
            # Another terminal may have done the same step while this one waited for the lock.
            if version < latest:
                for statement in _statements(steps()[version]):
                    con.execute(statement)
                con.execute(f"PRAGMA user_version={version + 1}")
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")


def _statements(script: str) -> list[str]:
    """The statements of a script, one by one: `executescript` would commit between them."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return [statement for statement in "\n".join(lines).split(";\n") if statement.strip()]
