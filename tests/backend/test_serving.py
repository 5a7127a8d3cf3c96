"""`hrtui serve` as a process: it says where it is, refuses what it must, stops gently, dies without loss."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from hrtui.backend.database import Database
from hrtui.backend.serve import behind_socket
from tests.backend.sync.office import FULL, TENANT, Clerk, Office, day, office


class Process:
    """A running `hrtui serve`."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hrtui", "serve", "--port", "0", *words],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert self.process.stderr is not None
        self.lines: list[str] = []
        first = self.process.stderr.readline()
        while "listens on" not in first:
            assert first, self.lines
            self.lines.append(first)
            first = self.process.stderr.readline()
        found = re.search(r"listens on (\S+?)\. ", first)
        assert found is not None, first
        self.url = found[1]
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def end(self, number: signal.Signals) -> int:
        """Send it a signal, and return how it ended."""
        self.process.send_signal(number)
        code = self.process.wait(30)
        self.reader.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.lines += self.process.stderr


class FarOffice(Office):
    """An employer that is reached over a real socket."""

    client: httpx2.Client

    def call(self, method: str, path: str, token: str = "", **more: Any) -> httpx2.Response:
        """One request."""
        return self.client.request(method, path, headers={"Authorization": f"Bearer {token}"}, **more)


@contextmanager
def serving(url: str, folder: Path, *words: str) -> Iterator[tuple[Process, Clerk]]:
    """A service with a logged-in clerk."""
    config = folder / "config.toml"
    config.write_text(f'[accounts]\nkey_file = "{folder / "accounts.key"}"\n')
    database = Database.open(url)
    with office(database, url, folder) as made:
        clerk = made.clerk()
    database.close()
    process = Process("--database", url, "--config", str(config), *words)
    try:
        far = FarOffice(made.app, database)
        with httpx2.Client(base_url=process.url, timeout=10) as far.client:
            clerk.office = far
            yield process, clerk
    finally:
        if process.process.poll() is None:
            process.end(signal.SIGKILL)


def test_killed_in_the_middle_it_loses_nothing_that_it_acknowledged(
    database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path) as (process, anna):
        anna.hello()
        mutations: list[dict[str, Any]] = []
        acknowledged: list[str] = []
        enough = threading.Event()

        def work() -> None:
            for number in range(2000):
                mutations.append(
                    anna.mutation(day(FULL, date=f"{2001 + number // 28}-01-{number % 28 + 1:02}"))
                )
                try:
                    answer = anna.send(mutations[-1])
                except httpx2.HTTPError:
                    return
                acknowledged.extend(one["uid"] for one in answer["results"])
                if len(acknowledged) == 15:
                    enough.set()

        typing = threading.Thread(target=work)
        typing.start()
        assert enough.wait(30)
        process.end(signal.SIGKILL)
        typing.join(30)
    database = Database.open(database_url)
    with database.transaction(TENANT, read_only=True) as con:
        kept = {row[0] for row in con.all("SELECT uid FROM receipt WHERE tenant_id = ?", TENANT)}
        rows = con.one("SELECT count(*) FROM row_state WHERE tenant_id = ? AND entity = 'day'", TENANT)
    database.close()
    assert set(acknowledged) <= kept
    assert len(kept) - len(acknowledged) in (0, 1)
    assert rows == (len(kept),)


def test_a_stop_ends_streams_and_lets_calls_finish(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as (process, anna):
        path = f"{process.url}/v1/t/{TENANT}/sync/events"
        headers = {"Authorization": f"Bearer {anna.token}"}
        with httpx2.stream("GET", path, headers=headers, timeout=10) as stream:
            lines = stream.iter_lines()
            assert next(lines) == "event: head"
            assert json.loads(next(lines).removeprefix("data: "))["rev"] == 1
            rev = anna.receipt(day(FULL))["rev"]
            heard = [line for line in (next(lines) for _ in range(3)) if line.startswith("data: ")]
            assert json.loads(heard[0].removeprefix("data: "))["rev"] == rev
            assert process.end(signal.SIGTERM) == 0
            assert all(not line.startswith("data") for line in lines)
        log = [json.loads(line) for line in process.lines if line.startswith("{")]
        assert {"request", "tenant", "method", "path", "status", "seconds"} <= set(log[-1])
        everything = "".join(process.lines)
        assert anna.token not in everything
        assert "Voorbeeld" not in everything
        assert "Traceback" not in everything


def test_several_workers_share_one_employer(postgres_url: str, tmp_path: Path) -> None:
    with serving(postgres_url, tmp_path, "--workers", "2") as (process, anna):
        revisions = [anna.receipt(day(FULL, date=f"2026-03-{number:02}"))["rev"] for number in range(1, 11)]
        assert revisions == list(range(2, 12))
        counted = httpx2.get(f"{process.url}/metrics").text
        found = re.findall(
            r'hrtui_requests_total\{method="POST",route="[^"]*/push",status="200"\} (\d+)', counted
        )
        assert [int(one) for one in found] == [10]
        assert process.end(signal.SIGTERM) == 0


def refusal(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "hrtui", *words], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr


def test_it_does_not_start_where_it_must_not(tmp_path: Path) -> None:
    file = tmp_path / "server.db"
    base = ("--data-dir", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = refusal(*base, "serve", "--port", port)
        assert (code, "port " + port in said, len(said.splitlines())) == (1, True, 1)
    code, said = refusal(*base, "serve", "--host", "0.0.0.0")
    assert (code, "TLS" in said) == (2, True)
    code, said = refusal(*base, "serve", "--tls-cert", str(file))
    assert (code, "both" in said) == (2, True)
    code, said = refusal(*base, "serve", "--database", "mysql://x/y")
    assert (code, "mysql" in said) == (2, True)
    config = tmp_path / "accounts.toml"
    config.write_text("[accounts]\nmail = 5\n")
    code, said = refusal(*base, "serve", "--config", str(config))
    assert (code, len(said.splitlines())) == (2, 1)
    code, said = refusal(*base, "admin", "migrate", "--database", "mysql://x/y")
    assert (code, "mysql" in said) == (2, True)
    code, said = refusal(*base, "serve", "--database", "postgresql://x@/y?host=/nowhere")
    assert (code, len(said.splitlines())) == (1, 1)
    assert (tmp_path / ".server" / "server.db").stat().st_mode & 0o077 == 0
    code, said = refusal(*base, "admin", "audit", "verify")
    assert (code, said) == (0, "")


_STOPPED_EARLY = """
import signal, sys
from hrtui.backend import serve
from hrtui.backend.config import Config

kind, method = (serve.uvicorn.Server, "run") if sys.argv[2] == "1" else (serve.Multiprocess, "__init__")
real = getattr(kind, method)

def early(*given):
    signal.raise_signal(signal.SIGTERM)
    return real(*given)

setattr(kind, method, early)
config = Config("sqlite:///" + sys.argv[1], port=0, workers=int(sys.argv[2]))
serve.look_at_database(config)
sys.exit(serve.run(config, serve.bind(config)))
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_counts_also_before_the_server_listens_for_it(tmp_path: Path, workers: str) -> None:
    words = (sys.executable, "-c", _STOPPED_EARLY, str(tmp_path / "server.db"), workers)
    assert subprocess.run(words, timeout=60, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [(["198.51.100.7"], "198.51.100.7"), (["203.0.113.1, 198.51.100.7"], "198.51.100.7"), ([], "unix")],
)
def test_behind_a_unix_socket_only_the_proxy_says_where_a_call_is_from(
    forwarded: list[str], address: str
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(scope["client"][0])(scope, receive, send)

    async def ask() -> str:
        transport = httpx2.ASGITransport(app=behind_socket(app))
        async with httpx2.AsyncClient(transport=transport, base_url="http://backend") as client:
            headers = [("X-Forwarded-For", one) for one in forwarded]
            return (await client.get("/", headers=headers)).text

    assert asyncio.run(ask()) == address


def test_a_length_without_end_is_refused_over_the_socket(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as (process, _anna):
        host, _, port = process.url.removeprefix("http://").partition(":")
        for digits in (19, 30, 4400):
            with socket.create_connection((host, int(port)), timeout=10) as line:
                length = f"Content-Length: {'9' * digits}"
                head = "\r\n".join(["POST /v1/auth/login HTTP/1.1", "Host: x", length, "", "{}"])
                line.sendall(head.encode())
                assert re.match(rb"HTTP/1\.1 4\d\d ", line.recv(4000))
        assert httpx2.get(f"{process.url}/health").status_code == 200
