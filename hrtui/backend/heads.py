"""The head of a request (its line and headers) over HTTP: of a bounded size, and there within some seconds.

The parser itself keeps whatever comes until the head ends, so one stranger could fill the memory, and many
that say nothing could hold all connections.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST = 64 * 1024
"""Bytes of a head; ours have less than one kilobyte."""
PATIENCE = 20.0


class Heads(HttpToolsProtocol):
    """uvicorn's protocol, which closes a connection whose head is too large or does not come."""

    _size = 0
    _begun = False
    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head that has not ended; before one that begins here may be a body."""
        self._begun = False
        super().data_received(data)
        if self._end is None or self._begun or self.transport.is_closing():
            return
        self._size += len(data)
        if self._size > MOST:
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """Wait for the rest of the head."""
        super().on_message_begin()
        self._begun = True
        self._wait()

    def on_headers_complete(self) -> None:
        """It has come; the body is looked after elsewhere (`middleware.Bodies`)."""
        self._rest()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._size = 0
        if self._end is None:
            self._end = self.loop.call_later(PATIENCE, self.transport.close)

    def _rest(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
