"""What tests of accounts start from: a running backend with one employer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from hrtui.backend.accounts import hashing
from tests.backend.accounts.phone import Moment
from tests.backend.accounts.service import Service, service


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little, so that the many log-ins of these tests do not take minutes."""
    monkeypatch.setattr(hashing, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def backend(database_url: str, tmp_path: Path) -> Iterator[Service]:
    """A running backend, on SQLite and on PostgreSQL."""
    with service(database_url, tmp_path) as running:
        yield running


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The clock of the test, for backend and client."""
    return Moment(monkeypatch)
