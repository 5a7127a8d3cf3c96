"""A connection to PostgreSQL over which several statements go at once, each prepared where it has values.

psycopg's own pipeline asks the kernel at each statement; a push has twenty, and that took more than the rest
of it. Here all are sent, then all answers are read. Integers go as bigint, text as what the statement wants.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus

Row = tuple[Any, ...]
Answer = tuple[list[Row], int]
"""The rows of a statement, and how many it found or touched."""
_Prepared = tuple[str, tuple[int, ...]]
"""A statement that is prepared, and the types of its values."""
_MOST = 400
"""So many statements are kept prepared on a connection."""
_BIGINT, _ANY = 20, 0
_BUSY, _READABLE = select.POLLIN | select.POLLOUT, select.POLLIN


class Line(Connection[Row]):
    """Use it in autocommit mode; BEGIN and COMMIT are statements like others."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._names: dict[_Prepared, bytes] = {}
        self._loading = Transformer(self)

    def look(self) -> None:
        """Raise OperationalError where the server closed the connection while nobody used it."""
        if self.closed or self._ready(_READABLE, 0):
            raise OperationalError("the connection was closed")

    def exchange(self, queries: Sequence[tuple[str, Sequence[object]]]) -> list[Answer]:
        """Send statements, whose places are `?`, and read their answers.

        After a statement that fails no other is carried out, and its psycopg.Error is raised.
        """
        self.pgconn.enter_pipeline_mode()
        try:
            sent: list[_Prepared | None] = []
            for sql, values in queries:
                self._send(sql, values, sent)
            self.pgconn.pipeline_sync()
            self._flush()
            return self._read(sent)
        finally:
            if self.pgconn.status == ConnStatus.OK:
                self.pgconn.exit_pipeline_mode()

    def _send(self, sql: str, values: Sequence[object], sent: list[_Prepared | None]) -> None:
        """Put a statement on its way; `sent` gets what is prepared, and None for what is carried out."""
        texts = [_text(value) for value in values]
        kinds = tuple([_BIGINT if type(value) is int else _ANY for value in values])
        key = (sql, kinds)
        name = self._names.get(key)
        if name is None and values and len(self._names) < _MOST:
            name = self._names[key] = b"hrtui_%d" % len(self._names)
            self.pgconn.send_prepare(name, _numbered(sql), kinds)
            sent.append(key)
        if name is not None:
            self.pgconn.send_query_prepared(name, texts)
        else:
            self.pgconn.send_query_params(_numbered(sql), texts, kinds)
        sent.append(None)

    def _flush(self) -> None:
        """Send everything, reading what comes meanwhile, so that neither side waits for the other."""
        while self.pgconn.flush():
            if self._ready(_BUSY) & _READABLE:
                self.pgconn.consume_input()

    def _read(self, sent: list[_Prepared | None]) -> list[Answer]:
        answers: list[Answer] = []
        failed = None
        for prepared in sent:
            result = self._next()
            fine = result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)
            if result.status == ExecStatus.FATAL_ERROR:
                failed = failed or error_from_result(result)
            if prepared is not None:
                if not fine:
                    del self._names[prepared]
            elif fine:
                answers.append((self._rows(result), result.command_tuples or 0))
            self.pgconn.get_result()
        self._next()
        if failed is not None:
            raise failed
        return answers

    def _next(self) -> Any:
        """The next result. Raises OperationalError where the connection was lost."""
        while self.pgconn.is_busy():
            self._ready(_READABLE)
            self.pgconn.consume_input()
        result = self.pgconn.get_result()
        if result is None or self.pgconn.status != ConnStatus.OK:
            raise error_from_result(result) if result is not None else OperationalError("no answer")
        return result

    def _rows(self, result: Any) -> list[Row]:
        if not result.ntuples:
            return []
        self._loading.set_pgresult(result)
        return self._loading.load_rows(0, result.ntuples, tuple)

    def _ready(self, events: int, milliseconds: int | None = None) -> int:
        """Wait until the socket has one of these events; returns those that it has."""
        poll = select.poll()
        poll.register(self.pgconn.socket, events)
        found = poll.poll(milliseconds)
        return found[0][1] if found else 0


def _text(value: object) -> bytes | None:
    """A value as PostgreSQL reads it."""
    if type(value) is str:
        return value.encode()
    if type(value) is int:
        return b"%d" % value
    if value is None:
        return None
    raise TypeError(f"a value of type {type(value).__name__} is never stored")


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> bytes:
    first, *rest = sql.split("?")
    return "".join([first, *(f"${place}{part}" for place, part in enumerate(rest, 1))]).encode()
