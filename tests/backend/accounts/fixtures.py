"""A running backend on SQLite, for tests of the client: import the fixtures by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from hrtui.backend.accounts import hashing
from hrtui.backend.migrate import migrate
from tests.backend.accounts.phone import Moment
from tests.backend.accounts.service import Service, service


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little, so that the many log-ins of these tests do not take minutes."""
    monkeypatch.setattr(hashing, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The clock of the test, for backend and client."""
    return Moment(monkeypatch)


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Service]:
    """A running backend with one employer."""
    url = f"sqlite:///{tmp_path / 'server' / 'server.db'}"
    migrate(url)
    with service(url, tmp_path) as running:
        yield running
