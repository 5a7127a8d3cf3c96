"""What a profile remembers by name on this computer: the table `setting`, which is never synced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hrtui.store.by_ids import marks
from hrtui.store.database import Connection


def value_of(con: Connection, name: str) -> str | None:
    """What is remembered under a name; None for nothing."""
    row = con.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def values_of(con: Connection, names: Sequence[str]) -> dict[str, str]:
    """What is remembered under these names; those that hold nothing are left out."""
    rows = con.execute(f"SELECT name, value FROM setting WHERE name IN ({marks(len(names))})", tuple(names))
    return {str(name): str(value) for name, value in rows}


def remember(con: Connection, values: Mapping[str, str]) -> None:
    """Keep these values by name, in the open transaction or as one of their own each."""
    con.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", list(values.items()))


def forget(con: Connection, names: Iterable[str]) -> None:
    """Remember nothing under these names any more."""
    con.executemany("DELETE FROM setting WHERE name = ?", [(name,) for name in names])
