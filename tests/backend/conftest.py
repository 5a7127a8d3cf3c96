"""What tests of the backend start from: an empty, migrated database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrtui.backend.database import Database
from hrtui.backend.migrate import migrate
from tests.backend import postgres
from tests.backend.postgres import Cluster


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL of the test run; skips where it is not installed."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed here: no initdb in /usr/lib/postgresql or on the PATH")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    base = tmp_path_factory.getbasetemp()
    # A socket's path is short, and user postgres must reach it: pytest's own folders are neither.
    folder = Path(tempfile.gettempdir()) / f"hrtui-pg-{(run or secrets.token_hex(6))[:12]}"
    with postgres.shared(folder, base.parent if run else base) as running:
        yield running


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    """The name of a migrated database that others are copied from."""
    name = f"template_{secrets.token_hex(6)}"
    with cluster.connect("postgres") as con:
        con.execute(f"CREATE DATABASE {name}")
    migrate(cluster.url(name, "postgres"), app_role=postgres.APP_ROLE)
    return name


@pytest.fixture
def postgres_url(cluster: Cluster, postgres_template: str) -> Iterator[str]:
    """The URL of a database of the test's own, for the role that the service has."""
    with cluster.copy_of(postgres_template) as name:
        yield cluster.url(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that others are copied from."""
    file = tmp_path_factory.mktemp("template") / "server.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty, migrated database; the test runs once for each kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    file = tmp_path / "server.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database."""
    opened = Database.open(database_url)
    yield opened
    opened.close()
