"""What the backend carries: pushes beside the bare driver, and waiting clerks: python -m tests.bench.backend.

Makes a PostgreSQL of its own (durable commits) and runs `hrtui serve` on it; the load comes from processes on
the same computer. Pushes write day entries, BATCHES operations each, of CLERKS clerks at as many employers at
once; the bare driver writes the rows that they leave into tables of the same form, as many to a transaction,
over as many connections, and reads nothing. Both reach PostgreSQL over the same socket and take turns; told
are the medians of ROUNDS, of the share too.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import secrets
import signal
import socket
import statistics
import sys
import tempfile
import time
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import psutil  # type: ignore[import-untyped]
import psycopg

from hrtui.backend.database import Database
from hrtui.backend.migrate import migrate
from hrtui.backend.sync.tenants import OPERATOR, create_tenant, write_rows
from tests.backend import postgres
from tests.backend.sync.office import FULL, PERSON, Clerk, Office, day, first_rows, office
from tests.backend.test_serving import FarOffice, Process

CLERKS = 8
SECONDS = 2.0
ROUNDS = 7
"""Both take turns, so that other work on the computer disturbs both alike."""
STREAMS = 200
BATCHES = (1, 20, 200)
TABLES = ("tenant_clock", "row_state", "change", "audit", "receipt", "commit_log", "device")


def dates(count: int, start: int) -> list[str]:
    """So many dates after one another."""
    return [(date(1950, 1, 1) + timedelta(days=start + n)).isoformat() for n in range(count)]


class Line:
    """An HTTP client that costs little of the processors that it shares with the service it measures."""

    def __init__(self, url: str, path: str, token: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self.socket = socket.create_connection((host, int(port)), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        words = [f"POST {path} HTTP/1.1", f"Host: {host}", f"Authorization: Bearer {token}"]
        self.head = "\r\n".join([*words, "Content-Type: application/json", "Content-Length: "]).encode()

    def post(self, body: Any) -> Any:
        """Send a body as JSON; returns that of the answer, which must be a good one."""
        text = json.dumps(body).encode()
        self.socket.sendall(self.head + b"%d\r\n\r\n" % len(text) + text)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, answer = got.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), got
        size = int(head.lower().partition(b"content-length:")[2].split()[0])
        while len(answer) < size:
            answer += self._more()
        return json.loads(answer)

    def _more(self) -> bytes:
        more = self.socket.recv(1 << 18)
        assert more, "the service hung up"
        return more


def pushing(url: str, clerk: Clerk, batch: int, results: Any) -> None:
    """Push for SECONDS; puts how many operations were acknowledged."""
    far = FarOffice(None, None)  # type: ignore[arg-type]
    done, start = 0, secrets.randbelow(30_000)
    with httpx2.Client(base_url=url, timeout=30) as far.client:
        clerk.office = far
        clerk.hello()
    line = Line(url, f"/v1/t/{clerk.tenant}/sync/push", clerk.token)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        mutation = clerk.mutation(*(day(FULL, date=one, base=()) for one in dates(batch, start % 50_000)))
        start += batch
        body = {"device_id": clerk.device_id, "nonce": clerk.nonce, "witness": clerk.witness}
        answer = line.post({**body, "mutations": [mutation]})
        clerk.witness = answer["head"]
        done += sum(one["outcome"] in ("applied", "noop", "conflict") for one in answer["results"][0]["ops"])
    results.put(done)


def inserting(conninfo: str, number: int, batch: int, results: Any) -> None:
    """Write the rows that such pushes leave, with the driver alone; puts how many operations."""
    done, start, chain = 0, 0, "0" * 64
    text, at = '{"entries":[[201,480,"hours","approved","manual"]]}', "2026-03-02T10:00:00.000000Z"
    person, device = PERSON + number, str(uuid.uuid4())
    outcomes = json.dumps([{"outcome": "applied"}] * batch)
    with psycopg.connect(conninfo) as con, con.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO bare_tenant_clock VALUES ({places(10)})",
            (number, 0, chain, chain[:36], 0, 0, chain, 0, chain, 0),
        )
        row = (number, device, 1, chain[:32], chain[:32], 0, 0, "", 9, at, "")
        cursor.execute(f"INSERT INTO bare_device VALUES ({places(11)})", row)
        con.commit()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            days, uid = dates(batch, start % 50_000), str(uuid.uuid4())
            start, commit = start + batch, start // batch + 1
            states = [(number, "day", person, one, commit, 0, person, None, text) for one in days]
            cursor.executemany(
                f"INSERT INTO bare_row_state VALUES ({places(9)}) ON CONFLICT DO NOTHING", states
            )
            changes = [(number, commit, idx, "day", person, one, "set", text) for idx, one in enumerate(days)]
            cursor.executemany(f"INSERT INTO bare_change VALUES ({places(8)})", changes)
            deeds = [
                (number, start + idx, chain, at, "Anna", 1, device, commit, uid, "set", "day", person, one,
                 "entries", chain, chain)
                for idx, one in enumerate(days)
            ]  # fmt: skip
            cursor.executemany(f"INSERT INTO bare_audit VALUES ({places(16)})", deeds)
            receipt = (number, uid, chain, device, commit, commit, chain, outcomes)
            cursor.execute(f"INSERT INTO bare_receipt VALUES ({places(8)})", receipt)
            log = (number, commit, chain, chain[:32], at, "Anna", 1, device, f'["{uid}"]', batch)
            cursor.execute(f"INSERT INTO bare_commit_log VALUES ({places(10)})", log)
            cursor.execute(
                "UPDATE bare_tenant_clock SET rev = %s, chain = %s, audit_n = %s, audit_hash = %s"
                " WHERE tenant_id = %s",
                (commit, chain, start, chain, number),
            )
            cursor.execute(
                "UPDATE bare_device SET last_mseq = %s, seen_at = %s WHERE tenant_id = %s AND device_id = %s",
                (commit, at, number, device),
            )
            con.commit()
            done += batch
    results.put(done)


def places(count: int) -> str:
    """The places of so many values."""
    return ", ".join(["%s"] * count)


def at_once(work: Any, calls: list[tuple[Any, ...]]) -> float:
    """Operations in a second over processes that run at the same time."""
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    jobs = [context.Process(target=work, args=(*call, results)) for call in calls]
    for job in jobs:
        job.start()
    total = sum(results.get() for _ in jobs)
    for job in jobs:
        job.join()
    return float(total) / SECONDS


def clerks_at_many(database: Database, made: Office) -> list[Clerk]:
    """A clerk at each of CLERKS employers."""
    found = []
    for number in range(100, 100 + CLERKS):
        with database.transaction(number) as con:
            create_tenant(con, number)
            write_rows(con, number, OPERATOR, first_rows(number), "bench")
        clerk = made.clerk(tenant=number)
        found.append(clerk)
    return found


def memory(process: Process) -> int:
    """The private and shared memory of the service and its workers, in bytes (PSS)."""
    main = psutil.Process(process.process.pid)
    return sum(one.memory_full_info().pss for one in [main, *main.children(recursive=True)])


async def idle(process: Process, clerks: list[Clerk]) -> float:
    """Bytes of memory that each of STREAMS waiting clerks costs."""
    host, _, port = process.url.removeprefix("http://").partition(":")
    before = memory(process)
    streams = []
    for number in range(STREAMS):
        clerk = clerks[number % len(clerks)]
        reader, writer = await asyncio.open_connection(host, int(port))
        head = [f"GET /v1/t/{clerk.tenant}/sync/events HTTP/1.1", f"Authorization: Bearer {clerk.token}"]
        writer.write("\r\n".join([*head, "Host: x", "", ""]).encode())
        assert b"200" in await reader.readline()
        await reader.readuntil(b"event: head")
        streams.append(writer)
    after = memory(process)
    for writer in streams:
        writer.close()
    return (after - before) / STREAMS


def main() -> None:
    """Measure and print."""
    programs = postgres.binaries()
    assert programs is not None
    with tempfile.TemporaryDirectory() as folder:
        cluster = postgres.Cluster(Path(tempfile.gettempdir()) / f"hrtui-bench-{os.getpid()}", programs)
        cluster.start(durable=True)
        try:
            measure(cluster, Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 2)
        finally:
            cluster.stop()


def measure(cluster: postgres.Cluster, folder: Path, workers: int) -> None:
    """Everything, on a fresh database."""
    with cluster.connect("postgres") as con:
        con.execute("CREATE DATABASE bench")
    migrate(cluster.url("bench", "postgres"), postgres.APP_ROLE)
    with cluster.connect("bench") as con:
        for table in TABLES:
            con.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING INDEXES)")
    url = cluster.url("bench")
    config = folder / "config.toml"
    accounts = f'[accounts]\nkey_file = "{folder / "accounts.key"}"\n'
    config.write_text(
        f'log_level = "warning"\n[limits]\nstreams_per_user = 1000\npushes_per_second = 100000\n{accounts}'
    )
    database = Database.open(url)
    with office(database, url, folder) as made:
        clerks = clerks_at_many(database, made)
    database.close()
    words = ("--database", url, "--config", str(config))
    conninfo = f"dbname=bench user=postgres host={cluster.folder}"
    process = Process(*words, "--workers", str(workers))
    for batch in BATCHES:
        rounds = [_round(process.url, conninfo, clerks, batch) for _ in range(ROUNDS)]
        pushed, bare = (statistics.median(one[place] for one in rounds) for place in (0, 1))
        shares = sorted(one[0] / one[1] for one in rounds)
        print(
            f"{batch:4} operations a push: {pushed:8.0f}/s, bare driver {bare:8.0f}/s,"
            f" {statistics.median(shares):.2f} ({shares[0]:.2f} to {shares[-1]:.2f})",
            flush=True,
        )
    process.end(signal.SIGTERM)
    process = Process(*words)
    httpx2.get(f"{process.url}/ready")
    print(f"a waiting clerk costs {asyncio.run(idle(process, clerks)) / 1024:.0f} KiB")
    process.end(signal.SIGTERM)


def _round(url: str, conninfo: str, clerks: list[Clerk], batch: int) -> tuple[float, float]:
    """Operations in a second by pushes, and by the bare driver."""
    with psycopg.connect(conninfo, autocommit=True) as con:
        con.execute(f"TRUNCATE {', '.join(f'bare_{table}' for table in TABLES)}")
        con.execute("ANALYZE")
    bare = at_once(inserting, [(conninfo, number, batch) for number in range(CLERKS)])
    return at_once(pushing, [(url, clerk.copy(), batch) for clerk in fresh(clerks)]), bare


def fresh(clerks: list[Clerk]) -> list[Clerk]:
    """The clerks with new devices."""
    for clerk in clerks:
        clerk.device_id = f"{secrets.token_hex(18)}"
        clerk.nonce, clerk.mseq = "", 0
    return clerks


if __name__ == "__main__":
    main()
