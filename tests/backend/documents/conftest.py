"""What tests of documents start from: an employer, clerks, and a store with small limits."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.request import Request, urlopen

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


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3-compatible server of the test run, with the bucket `hrtui`."""
    if find_spec("moto") is None or find_spec("obstore") is None:
        pytest.skip("moto[server] or obstore is not installed here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    address = f"http://127.0.0.1:{port}"
    try:
        assert server.stderr is not None
        while b"Running on" not in (line := server.stderr.readline()):
            assert line, "the server did not start"
        urlopen(Request(f"{address}/hrtui", method="PUT")).close()
        yield address
    finally:
        server.terminate()
        server.wait(10)
        if server.stderr is not None:
            server.stderr.close()


@pytest.fixture
def bucket(
    s3: str, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Drawer]:
    """An employer's documents in a bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "invented")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented")
    file = tmp_path / "server.db"
    shutil.copy(sqlite_template, file)
    database = Database.open(f"sqlite:///{file}")
    where = {"url": f"s3://hrtui/{tmp_path.name}", "endpoint": s3, "region": "eu-west-1"}
    with drawer(database, f"sqlite:///{file}", tmp_path, **where) as made:
        yield made
    database.close()
