"""Transactions as SQLAlchemy connections, for what is not the hot path of sync."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL


class CoreTransactions:
    """The same database as `Database`, one SQLAlchemy connection per transaction; from `Database.core`."""

    def __init__(self, url: URL, writing: AbstractContextManager[Any]) -> None:
        self._writing = writing
        self._engine = _engine(url)

    @contextmanager
    def transaction(self, tenant_id: int | None = None) -> Iterator[Connection]:
        """All or nothing, seeing one employer's rows; without an employer only what belongs to users."""
        with self._writing, self._engine.begin() as con:
            if con.dialect.name == "postgresql":
                tenant = "" if tenant_id is None else str(int(tenant_id))
                con.execute(text(f"SET LOCAL app.tenant = '{tenant}'"))
            yield con

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._engine.dispose()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        named = url.set(drivername="postgresql+psycopg")
        return create_engine(named, hide_parameters=True, pool_size=5, max_overflow=5, pool_pre_ping=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 10.0})

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        # SQLAlchemy begins the transactions: the driver would begin them late, as readers.
        raw.isolation_level = None
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(con: Connection) -> None:
        con.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
