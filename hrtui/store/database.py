"""Opening the encrypted SQLite file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from hrtui.i18n import t
from hrtui.store.errors import StoreError

Connection = Any
"""A sqlcipher3 connection; the package carries no types."""

BUSY_MILLISECONDS = 5000


class WrongKey(StoreError):  # noqa: N818  (reads as what happened)
    """The file is damaged, or another key's."""


def connect(path: Path, key: bytes) -> Connection:
    """Open (or make, mode 0600) the database at `path` with a raw key of 32 bytes.

    Raises WrongKey when the file does not open with that key, StoreError when it cannot be used at all now.
    """
    try:
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        con = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        # Before the key: a wrong one makes the library write to the terminal.
        con.execute("PRAGMA cipher_log=off")
        con.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        con.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        con.execute("PRAGMA journal_mode=WAL")
        # FULL: after a power cut the file still holds everything that was shown as entered.
        con.execute("PRAGMA synchronous=FULL")
        con.execute("PRAGMA foreign_keys=ON")
        con.execute("PRAGMA cache_size=-16000")
    except (OSError, dbapi2.OperationalError) as problem:
        raise StoreError(
            t(
                "The database {file} cannot be used now ({reason}): is the disk full, or read-only?",
                file=path,
                reason=problem.strerror if isinstance(problem, OSError) else problem,
            )
        ) from problem
    except dbapi2.Error as problem:
        raise WrongKey(
            t("The database {file} cannot be opened: it is damaged or the key is not its own.", file=path)
        ) from problem
    return con


def opens(path: Path, key: bytes) -> bool:
    """Whether `key` opens the database at `path`; raises StoreError when the file cannot be used now."""
    try:
        con = connect(path, key)
    except WrongKey:
        return False
    con.close()
    return True
