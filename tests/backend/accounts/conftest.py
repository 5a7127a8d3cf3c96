"""What tests of accounts start from: a running backend with one employer, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.accounts.fixtures import moment, quick_hashes
from tests.backend.accounts.service import Service, service

__all__ = ["moment", "quick_hashes"]


@pytest.fixture
def backend(database_url: str, tmp_path: Path) -> Iterator[Service]:
    """A running backend, on SQLite and on PostgreSQL."""
    with service(database_url, tmp_path) as running:
        yield running
