"""What tests of accounts start from: a running backend with one employer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from hrtui.backend.accounts import hashing
from hrtui.backend.database import Database
from tests.backend.accounts.phone import Moment
from tests.backend.accounts.service import Service, service

TENANT = 4711


def employer_in(database: Database) -> int:
    """An employer with nothing but its name."""
    with database.transaction(None) as con:
        con.execute("INSERT INTO tenant VALUES (?, ?, 0)", TENANT, "Bakkerij De Korst")
    with database.transaction(TENANT) as con:
        con.execute(
            "INSERT INTO row_state (tenant_id, entity, row_id, date, rev, units)"
            " VALUES (?, 'employer', ?, '', 1, ?)",
            TENANT,
            TENANT,
            json.dumps({"name": "Bakkerij De Korst"}),
        )
    return TENANT


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little, so that the many log-ins of these tests do not take minutes."""
    monkeypatch.setattr(hashing, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def backend(database_url: str, tmp_path: Path) -> Iterator[Service]:
    """A running backend, on SQLite and on PostgreSQL."""
    with service(database_url, tmp_path, employer_in) as running:
        yield running


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The clock of the test, for backend and client."""
    return Moment(monkeypatch)
