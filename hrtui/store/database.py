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


def connect(path: Path, key: bytes) -> Connection:
    """Open (or make, mode 0600) the database at `path` with a raw key of 32 bytes.

    Raises StoreError when the file cannot be opened with that key.
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
    except (OSError, dbapi2.Error) as problem:
        raise StoreError(
            t("The database {file} cannot be opened: it is damaged or the key is not its own.", file=path)
        ) from problem
    return con


def opens(path: Path, key: bytes) -> bool:
    """Whether `key` opens the database at `path`."""
    try:
        con = connect(path, key)
    except StoreError:
        return False
    con.close()
    return True
