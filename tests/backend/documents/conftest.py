"""What tests of documents start from: an employer, clerks, and a store with small limits."""

from __future__ import annotations

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
