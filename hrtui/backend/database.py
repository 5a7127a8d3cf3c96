"""The one way to the backend's database: a transaction for one employer, in SQL for SQLite and PostgreSQL.

    database = Database.open("postgresql+psycopg://hrtui@/hrtui?host=/run/postgresql")
    with database.transaction(tenant_id) as con:
        con.execute("UPDATE tenant_clock SET rev = ? WHERE tenant_id = ?", rev, tenant_id)
        row = con.one("SELECT rev, chain FROM tenant_clock WHERE tenant_id = ?", tenant_id)

Places are `?` in both; a literal `?` cannot stand in the SQL. `transaction(None)` is for the tables of
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
from contextlib import contextmanager, nullcontext, suppress
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
_SETTINGS = (
    "lock_timeout=3000",
    "statement_timeout=20000",
    "idle_in_transaction_session_timeout=20000",
    # Every statement has an index: a plan made for an empty table must not read all of it when it is full.
    "enable_seqscan=off",
)


class Busy(Exception):  # noqa: N818  (reads as what happened)
    """No connection or lock came free in time; the caller may try again later."""


class Connection:
    """One transaction of `Database.transaction`; `opening` are the statements that begin it on PostgreSQL."""

    def __init__(self, raw: Any, postgres: bool, tenant_id: int | None, opening: Sequence[str] = ()) -> None:
        self.postgres = postgres
        self.tenant_id = tenant_id
        self._raw = raw
        self._begun = not opening
        self._opening = len(opening)
        self._waiting: list[Query] = [(sql, ()) for sql in opening]
        self._together = False

    def execute(self, sql: str, *values: object) -> int:
        """Run a statement; returns how many rows it touched (unknown within `together`)."""
        if self._together:
            self._waiting.append((sql, values))
            return -1
        return self._run([(sql, values)])[0][1]

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement for each row of values."""
        self._waiting += [(sql, row) for row in rows]
        if rows and not self._together:
            self._run([])

    def insert(self, table: str, types: str, rows: Sequence[Sequence[object]], conflict: str = "") -> None:
        """Insert rows at once; `types` names the columns in the order of the values (`name:text id:bigint`).

        `conflict` is what follows ON CONFLICT.
        """
        at_once, one_by_one, names = _insertion(table, types, conflict)
        if not self.postgres:
            self.many(one_by_one, rows)
        elif rows:
            # One JSON text is dumped and read faster than a thousand parameters.
            self.execute(at_once, json.dumps([dict(zip(names, row, strict=True)) for row in rows]))

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row of a query, None where there is none."""
        rows = self.all(sql, *values)
        return rows[0] if rows else None

    def all(self, sql: str, *values: object) -> list[Row]:
        """All rows of a query."""
        return self.several([(sql, values)])[0]

    def several(self, queries: Sequence[Query]) -> list[list[Row]]:
        """All rows of each of several queries, one after the other; PostgreSQL is asked at once."""
        return [rows for rows, _ in self._run(queries)]

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send the statements of the block with whatever follows; a failure shows at the commit at latest."""
        self._together = True
        try:
            yield
        finally:
            self._together = False

    def commit(self) -> None:
        """Make what was done durable."""
        if self._begun or self._waiting[self._opening :]:
            self._run([("COMMIT", ())])

    def roll_back(self) -> None:
        """Take back what was done; where that fails too, the first failure is the one told."""
        if self._begun:
            with suppress(Exception):
                self._raw.execute("ROLLBACK")

    def _run(self, queries: Sequence[Query]) -> list[tuple[list[Row], int]]:
        """The rows of each statement and how many it touched, after what waits."""
        before, self._waiting, self._begun = self._waiting, [], True
        if self.postgres:
            answers: list[tuple[list[Row], int]] = self._raw.exchange([*before, *queries])
        else:
            cursors = (self._raw.execute(sql, values) for sql, values in [*before, *queries])
            answers = [(cursor.fetchall(), cursor.rowcount) for cursor in cursors]
        return answers[len(before) :]


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
            self._checked_out("BEGIN" if read_only else "BEGIN IMMEDIATE") as raw,
        ):
            con = Connection(raw, self.postgres, tenant_id, self._opening(tenant_id, read_only))
            try:
                yield con
                con.commit()
            except BaseException:
                con.roll_back()
                raise

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
        with self._checked_out("") as raw:
            return Connection(raw, self.postgres, None).all(sql, *values)

    @contextmanager
    def _checked_out(self, begin: str) -> Iterator[Any]:
        """A raw connection, on SQLite after `begin`; those that the server closed meanwhile are replaced."""
        for others in reversed(range(self._pool.size() + 1)):
            try:
                fairy = self._pool.connect()
            except PoolTimeout as problem:
                raise Busy from problem
            try:
                raw: Any = fairy.dbapi_connection
                if self.postgres:
                    raw.look()
                elif begin:
                    raw.execute(begin)
                break
            except Exception as problem:
                fairy.invalidate()
                if is_transient(problem):
                    raise Busy from None
                if not others or not _is_closed(problem):
                    raise
        try:
            yield raw
        except BaseException:
            fairy.invalidate() if _is_broken(raw) else fairy.close()
            raise
        fairy.close()

    def _opening(self, tenant_id: int | None, read_only: bool) -> Sequence[str]:
        """The statements that begin a transaction on PostgreSQL; they go with the first query."""
        if not self.postgres:
            return ()
        mode = " ISOLATION LEVEL REPEATABLE READ, READ ONLY" if read_only else ""
        tenant = "" if tenant_id is None else int(tenant_id)
        # SET LOCAL and not set_config(): a distributed engine passes it on to the nodes that hold the rows.
        return f"BEGIN{mode}", f"SET LOCAL app.tenant = '{tenant}'"

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
        from hrtui.backend.line import Line

        words = self.url.translate_connect_args(username="user", database="dbname") | dict(self.url.query)
        con = Line.connect(**words, autocommit=True)
        for setting in _SETTINGS:
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
    at_once = f"{into} SELECT * FROM json_to_recordset(?) AS x({typed}){ending}"
    return at_once, f"{into} VALUES ({marks(len(columns))}){ending}", names


def _is_closed(problem: BaseException) -> bool:
    return type(problem).__name__ in ("OperationalError", "AdminShutdown", "InterfaceError")


def _is_broken(raw: Any) -> bool:
    return bool(getattr(raw, "broken", False) or getattr(raw, "closed", False))
