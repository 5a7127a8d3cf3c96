"""What tests of documents start from: an employer, clerks, and a store with small limits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrtui.backend.database import Database
from tests.backend.documents.drawer import Drawer, drawer


@pytest.fixture
def place(database: Database, database_url: str, tmp_path: Path) -> Iterator[Drawer]:
    """An employer's documents in a folder, on both databases."""
    with drawer(database, database_url, tmp_path) as made:
        yield made


@pytest.fixture
def light(sqlite_template: Path, tmp_path: Path) -> Iterator[Drawer]:
    """The same on SQLite only, for what no database has a part in."""
    file = tmp_path / "server.db"
    shutil.copy(sqlite_template, file)
    database = Database.open(f"sqlite:///{file}")
    with drawer(database, f"sqlite:///{file}", tmp_path) as made:
        yield made
    database.close()
