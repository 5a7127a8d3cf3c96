"""The head of a request: over a real socket, one without end and ones that do not come are closed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from hrtui.backend import heads

WHOLE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + b"x" * 200_000


@contextmanager
def line(port: int) -> Iterator[socket.socket]:
    """A connection to the server."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as opened:
        yield opened


@pytest.fixture
def port() -> Iterator[int]:
    """A server that answers everything."""
    config = uvicorn.Config(
        PlainTextResponse("fine"), http=heads.Heads, log_config=None, lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def test_a_head_without_end_is_cut_and_others_are_answered(port: int) -> None:
    with line(port) as endless, line(port) as other:
        endless.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nA: ")
        with suppress(BrokenPipeError, ConnectionResetError):
            for _ in range(1000):
                endless.sendall(b"a" * 10_000)
            pytest.fail("it is still read")
        other.sendall(WHOLE)
        assert other.recv(4000).startswith(b"HTTP/1.1 200 ")


def test_a_head_that_does_not_come_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "PATIENCE", 0.05)
    for said in (b"", b"GET / HTTP/1.1\r\nHost", WHOLE[:-200_000] + b"x" * 200_000 + b"GET / HT"):
        with line(port) as slow:
            slow.sendall(said)
            heard = b""
            while part := slow.recv(4000):
                heard += part
            assert heard.count(b"HTTP/1.1 ") == (1 if len(said) > 100 else 0)
