"""The one way to the backend's database: a transaction for one employer, in SQL for SQLite and PostgreSQL.

    database = Database.open("postgresql+psycopg://hrtui@/hrtui?host=/run/postgresql")
    with database.transaction(tenant_id) as con:
        con.execute("UPDATE tenant_clock SET rev = ? WHERE tenant_id = ?", rev, tenant_id)
        row = con.one("SELECT rev, chain FROM tenant_clock WHERE tenant_id = ?", tenant_id)

Places are `?` in both; a literal `?` or `%` cannot stand in the SQL. `transaction(None)` is for the tables of
accounts, which belong to no employer: row-level security hides every employer's rows from it. Work that other
workers may disturb goes through `run`, which repeats it from the start after a serialisation failure or a
deadlock; so it must have no other effects. What the driver says about a failure holds values: it is never
logged.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, TypeVar

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from hrtui.backend.config import ConfigError
from hrtui.i18n import t

Result = TypeVar("Result")
Row = tuple[Any, ...]
Query = tuple[str, Sequence[object]]
"""A statement and its values."""
RETRIES = 5
SQLITE_WAIT = 10.0
"""Seconds that a writer waits for another process on a SQLite file."""
_TIMEOUTS = "lock_timeout=3000 statement_timeout=20000 idle_in_transaction_session_timeout=20000"


class Busy(Exception):  # noqa: N818  (reads as what happened)
    """No connection or lock came free in time; the caller may try again later."""


class Connection:
    """One transaction of `Database.transaction`."""

    def __init__(self, raw: Any, postgres: bool, tenant_id: int | None) -> None:
        self.postgres = postgres
        self.tenant_id = tenant_id
        self._raw = raw

    def execute(self, sql: str, *values: object) -> int:
        """Run a statement; returns how many rows it touched (unknown within `together`)."""
        return int(self._raw.execute(self._own(sql), values).rowcount)

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement for each row of values."""
        if rows:
            self._raw.cursor().executemany(self._own(sql), rows)

    def insert(self, table: str, types: str, rows: Sequence[Sequence[object]], conflict: str = "") -> None:
        """Insert rows at once; `types` names the columns in the order of the values (`name:text id:bigint`).

        `conflict` is what follows ON CONFLICT.
        """
        if not rows:
            return
        at_once, one_by_one, names = _insertion(table, types, conflict)
        if self.postgres:
            # One JSON text is dumped and read faster than a thousand parameters.
            self._raw.execute(at_once, [json.dumps([dict(zip(names, row, strict=True)) for row in rows])])
        else:
            self._raw.executemany(one_by_one, rows)

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row of a query, None where there is none."""
        row: Row | None = self._raw.execute(self._own(sql), values).fetchone()
        return row

    def all(self, sql: str, *values: object) -> list[Row]:
        """All rows of a query."""
        rows: list[Row] = self._raw.execute(self._own(sql), values).fetchall()
        return rows

    def several(self, queries: Sequence[Query]) -> list[list[Row]]:
        """All rows of each of several queries, which PostgreSQL is asked at once."""
        with self.together():
            cursors = [self._raw.execute(self._own(sql), values) for sql, values in queries]
            return [cursor.fetchall() for cursor in cursors]

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do not wait for the statements of the block one by one; a failure shows at its end at latest."""
        if self.postgres:
            with self._raw.pipeline():
                yield
        else:
            yield

    def _own(self, sql: str) -> str:
        return _percent(sql) if self.postgres else sql


class Database:
    """A pool of connections to one database; safe to use from several threads."""

    def __init__(self, url: URL, pool_size: int) -> None:
        self.url = url
        self.postgres = url.get_backend_name() == "postgresql"
        # A SQLite file has one writer at a time: waiting here is fair, waiting in SQLite is not.
        self._writing = nullcontext() if self.postgres else threading.Lock()
        connect = self._connect_postgres if self.postgres else self._connect_sqlite
        self._pool = QueuePool(
            connect, pool_size=pool_size, max_overflow=0, timeout=5.0, reset_on_return=None
        )

    @classmethod
    def open(cls, url: str, pool_size: int = 10) -> Database:
        """The database at a `sqlite:///file` or `postgresql+psycopg://…` URL; connects at the first use.

        Raises ConfigError for another kind of URL.
        """
        return cls(checked_url(url), pool_size)

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._pool.dispose()

    @contextmanager
    def transaction(self, tenant_id: int | None, *, read_only: bool = False) -> Iterator[Connection]:
        """A transaction that sees and writes the rows of one employer only.

        It commits at the end of the block and is taken back where an exception leaves it. `read_only` sees
        one moment throughout. Raises Busy when no connection or lock comes free in time.
        """
        with (
            nullcontext() if read_only else self._writing,
            self._checked_out(lambda raw: self._begin(raw, tenant_id, read_only)) as raw,
        ):
            try:
                yield Connection(raw, self.postgres, tenant_id)
            except BaseException:
                _quietly(raw, "ROLLBACK")
                raise
            raw.execute("COMMIT")

    def run(
        self, tenant_id: int | None, work: Callable[[Connection], Result], *, read_only: bool = False
    ) -> Result:
        """What `work` returns from a transaction, repeated where another one got in between."""
        for attempt in range(RETRIES):
            try:
                with self.transaction(tenant_id, read_only=read_only) as con:
                    return work(con)
            except Exception as problem:
                if not is_transient(problem):
                    raise
                if attempt == RETRIES - 1:
                    raise Busy from None
                time.sleep(0.01 * 2**attempt)
        raise AssertionError

    def find(self, sql: str, *values: object) -> list[Row]:
        """All rows of one query of the tables of accounts, without the cost of a transaction."""
        rows: list[Row] = []
        with self._checked_out(
            lambda raw: rows.extend(Connection(raw, self.postgres, None).all(sql, *values))
        ):
            return rows

    @contextmanager
    def _checked_out(self, begin: Callable[[Any], None]) -> Iterator[Any]:
        """A raw connection after `begin`; one that the server closed meanwhile is replaced once."""
        for last in (False, True):
            try:
                fairy = self._pool.connect()
            except PoolTimeout as problem:
                raise Busy from problem
            try:
                raw: Any = fairy.dbapi_connection
                begin(raw)
                break
            except Exception as problem:
                fairy.invalidate()
                if is_transient(problem):
                    raise Busy from None
                if last or not _is_closed(problem):
                    raise
        try:
            yield raw
        except BaseException:
            fairy.invalidate() if _is_broken(raw) else fairy.close()
            raise
        fairy.close()

    def _begin(self, raw: Any, tenant_id: int | None, read_only: bool) -> None:
        if not self.postgres:
            raw.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
            return
        mode = " ISOLATION LEVEL REPEATABLE READ, READ ONLY" if read_only else ""
        tenant = "" if tenant_id is None else int(tenant_id)
        # SET LOCAL and not set_config(): a distributed engine passes it on to the nodes that hold the rows.
        raw.execute(f"BEGIN{mode}; SET LOCAL app.tenant = '{tenant}'")

    def _connect_sqlite(self) -> Any:
        con = sqlite3.connect(
            self.url.database or ":memory:",
            timeout=SQLITE_WAIT,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32768"):
            con.execute(f"PRAGMA {pragma}")
        return con

    def _connect_postgres(self) -> Any:
        import psycopg

        words = self.url.translate_connect_args(username="user", database="dbname") | dict(self.url.query)
        con = psycopg.connect(**words, autocommit=True)
        for setting in _TIMEOUTS.split():
            con.execute(f"SET {setting}")
        return con


def checked_url(url: str) -> URL:
    """The URL of a database that can be used here, with our driver. Raises ConfigError for any other."""
    try:
        made = make_url(url)
    except ArgumentError as problem:
        raise ConfigError(t("The database must be a URL, as sqlite:///file.")) from problem
    kind = made.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise ConfigError(t("The database must be SQLite or PostgreSQL, not {name}.", name=kind))
    if kind == "sqlite":
        return made.set(drivername="sqlite")
    if find_spec("psycopg") is None:
        raise ConfigError(t("PostgreSQL needs its driver: install hrtui[postgres]."))
    return made.set(drivername="postgresql+psycopg")


def is_transient(problem: BaseException) -> bool:
    """Whether the same work may succeed when it is done again: a deadlock, a lock that did not come free."""
    if isinstance(problem, sqlite3.OperationalError):
        return problem.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(problem, "sqlstate", None) in ("40001", "40P01", "55P03")


def marks(count: int) -> str:
    """So many places of a statement, with commas."""
    return ", ".join("?" * count)


@lru_cache(maxsize=256)
def _insertion(table: str, types: str, conflict: str) -> tuple[str, str, tuple[str, ...]]:
    """The statement for all rows as JSON, the one for each row, and the names of the columns."""
    columns = [word.split(":") for word in types.split()]
    names = tuple(name for name, _ in columns)
    into = f"INSERT INTO {table} ({', '.join(names)})"
    typed = ", ".join(f"{name} {kind}" for name, kind in columns)
    ending = f" ON CONFLICT {conflict}" if conflict else ""
    at_once = f"{into} SELECT * FROM json_to_recordset(%s) AS x({typed}){ending}"
    return at_once, f"{into} VALUES ({marks(len(columns))}){ending}", names


@lru_cache(maxsize=1024)
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")


def _is_closed(problem: BaseException) -> bool:
    return type(problem).__name__ in ("OperationalError", "AdminShutdown", "InterfaceError")


def _is_broken(raw: Any) -> bool:
    return bool(getattr(raw, "broken", False) or getattr(raw, "closed", False))


def _quietly(raw: Any, statement: str) -> None:
    """Take a transaction back on a connection that may be gone, keeping the first failure as the one told."""
    try:
        raw.execute(statement)
    except Exception:
        return
