"""What tests of sync start from: an employer at the real application, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrtui.backend.database import Database
from tests.backend.sync.office import SMALL, Office, office


@pytest.fixture
def at_work(database: Database, database_url: str, tmp_path: Path) -> Iterator[Office]:
    """An employer with the usual limits."""
    with office(database, database_url, tmp_path) as made:
        yield made


@pytest.fixture
def narrow(database: Database, database_url: str, tmp_path: Path) -> Iterator[Office]:
    """An employer at a backend whose every limit is 2 to 4."""
    with office(database, database_url, tmp_path, SMALL) as made:
        yield made
