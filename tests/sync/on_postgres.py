"""The state machine on a real PostgreSQL, with two workers at once that answer by turns."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import httpx2
from sqlalchemy.engine import make_url

from hrtui.backend.database import Database
from hrtui.backend.migrate import migrate
from tests.backend import postgres
from tests.backend.postgres import Cluster
from tests.backend.prepared import create_app
from tests.sync.machine import Machine
from tests.sync.network import AppTransport
from tests.sync.world import Server


class _ByTurns(AppTransport):
    """Two workers; each request goes to the other one than the request before it."""

    def __init__(self, workers: tuple[AppTransport, AppTransport]) -> None:
        self._workers = workers
        self._turn = cycle(workers)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The next worker's answer."""
        return next(self._turn).handle_request(request)

    def close(self) -> None:
        """End both."""
        for worker in self._workers:
            worker.close()


@dataclass
class TwoWorkers(Server):
    """A backend of two workers on one PostgreSQL database; its backups are copies of the database."""

    cluster: Cluster | None = None
    copies: list[str] = field(default_factory=list)

    def open(self) -> None:
        """Start both workers."""
        super().open()
        self._second = Database.open(self.url)
        second = AppTransport(create_app(self.config(), self._second))
        self.transport = _ByTurns((self.transport, second))

    def close(self) -> None:
        """End both workers, and forget the databases."""
        super().close()
        self._second.close()
        for name in (self.name, *self.copies):
            self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    @property
    def name(self) -> str:
        """The database."""
        return str(make_url(self.url).database)

    def backup(self) -> None:
        """Keep the database as it is."""
        self._let_go()
        self.copies.append(f"{self.name}_{len(self.copies)}")
        self._admin(f"CREATE DATABASE {self.copies[-1]} TEMPLATE {self.name} STRATEGY file_copy")
        self.backups.append(Path(self.copies[-1]))

    def restore(self, which: int) -> None:
        """Bring a backup back."""
        self._let_go()
        self._admin(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._admin(f"CREATE DATABASE {self.name} TEMPLATE {self.copies[which]} STRATEGY file_copy")

    def _let_go(self) -> None:
        """A database is copied only while nobody uses it."""
        self.database.close()
        self._second.close()

    def _admin(self, statement: str) -> None:
        assert self.cluster is not None
        with self.cluster.connect("postgres") as con:
            con.execute(statement)


def on_postgres(cluster: Cluster, **attributes: object) -> type[Machine]:
    """The machine with a backend on a database of its own in the cluster."""
    template = f"template_{secrets.token_hex(6)}"
    with cluster.connect("postgres") as con:
        con.execute(f"CREATE DATABASE {template}")
    migrate(cluster.url(template, "postgres"), app_role=postgres.APP_ROLE)

    def make(folder: Path) -> Server:
        name = f"sync_{secrets.token_hex(6)}"
        with cluster.connect("postgres") as con:
            con.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        server = TwoWorkers(cluster.url(name), folder, cluster=cluster)
        server.make_employer()
        return server

    return type("OnPostgres", (Machine,), {"make_server": staticmethod(make), **attributes})


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A PostgreSQL for one run."""
    programs = postgres.binaries()
    assert programs is not None, "PostgreSQL is not installed here"
    folder = Path(tempfile.gettempdir()) / f"hrtui-pg-{secrets.token_hex(6)}"
    cluster = Cluster(folder, programs)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
