"""What the backend carries: pushes beside the bare driver, and waiting clerks: python -m tests.bench.backend.

Makes a PostgreSQL of its own (durable commits) and runs `hrtui serve` on it; the load comes from processes on
the same computer. Pushes write day entries, BATCH operations each, of CLERKS clerks at as many employers at
once; the bare driver inserts the rows that they leave into tables of the same form, as many to a transaction,
over as many connections.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import multiprocessing
import os
import secrets
import signal
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

CLERKS = 4
SECONDS = 6.0
ROUNDS = 3
"""Both take turns, so that other work on the computer disturbs both alike."""
STREAMS = 200
BATCHES = (1, 20, 200)
TABLES = ("tenant_clock", "row_state", "change", "audit", "receipt", "commit_log")


def dates(count: int, start: int) -> list[str]:
    """So many dates after one another."""
    return [(date(1950, 1, 1) + timedelta(days=start + n)).isoformat() for n in range(count)]


def pushing(url: str, clerk: Clerk, batch: int, results: Any) -> None:
    """Push for SECONDS; puts how many operations were acknowledged."""
    far = FarOffice(None, None)  # type: ignore[arg-type]
    done, start = 0, secrets.randbelow(30_000)
    with httpx2.Client(base_url=url, timeout=30) as far.client:
        clerk.office = far
        clerk.hello()
    # The service is measured, not the client: this one costs little of the processors that they share.
    line = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    path = f"/v1/t/{clerk.tenant}/sync/push"
    headers = {"Authorization": f"Bearer {clerk.token}", "Content-Type": "application/json"}
    end = time.monotonic() + SECONDS / ROUNDS
    while time.monotonic() < end:
        mutation = clerk.mutation(*(day(FULL, date=one, base=()) for one in dates(batch, start % 50_000)))
        start += batch
        body = {"device_id": clerk.device_id, "nonce": clerk.nonce, "witness": clerk.witness}
        line.request("POST", path, json.dumps({**body, "mutations": [mutation]}), headers)
        answer = json.load(line.getresponse())
        clerk.witness = answer["head"]
        done += sum(one["outcome"] in ("applied", "noop", "conflict") for one in answer["results"][0]["ops"])
    results.put(done)


def inserting(conninfo: str, number: int, batch: int, results: Any) -> None:
    """Insert the rows that such pushes leave, with the driver alone; puts how many operations."""
    done, start, chain = 0, 0, "0" * 64
    text = '{"entries":[[201,480,"hours","approved","manual"]]}'
    person, uid, at = PERSON + number, str(uuid.uuid4()), "2026-03-02T10:00:00.000000Z"
    with psycopg.connect(conninfo) as con, con.cursor() as cursor:
        end = time.monotonic() + SECONDS / ROUNDS
        while time.monotonic() < end:
            days = dates(batch, start % 50_000)
            start, commit = start + batch, start // batch
            cursor.execute("UPDATE bare_tenant_clock SET rev = rev + 1 WHERE tenant_id = %s", [number])
            states = [(number, "day", person, one, commit, 0, person, None, text) for one in days]
            cursor.executemany(
                f"INSERT INTO bare_row_state VALUES ({places(9)}) ON CONFLICT DO NOTHING", states
            )
            changes = [(number, commit, idx, "day", person, one, "set", text) for idx, one in enumerate(days)]
            cursor.executemany(f"INSERT INTO bare_change VALUES ({places(8)})", changes)
            deeds = [
                (number, start + idx, chain, at, "Anna", 1, uid, commit, uid, "set", "day", person, one,
                 "entries", chain, chain)
                for idx, one in enumerate(days)
            ]  # fmt: skip
            cursor.executemany(f"INSERT INTO bare_audit VALUES ({places(16)})", deeds)
            receipt = (number, str(uuid.uuid4()), chain, uid, commit, commit, chain, "[]")
            cursor.execute(f"INSERT INTO bare_receipt VALUES ({places(8)})", receipt)
            log = (number, commit, chain, chain[:32], at, "Anna", 1, uid, "[]", batch)
            cursor.execute(f"INSERT INTO bare_commit_log VALUES ({places(10)})", log)
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
    return float(total / SECONDS * ROUNDS)


def clerks_at_many(database: Database, made: Office) -> list[Clerk]:
    """A clerk at each of CLERKS employers."""
    found = []
    for number in range(100, 100 + CLERKS):
        with database.transaction(number) as con:
            create_tenant(con, number)
            write_rows(con, number, OPERATOR, first_rows(number), "bench")
        found.append(made.clerk(tenant=number))
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
    accounts = f'[accounts]\nkey_file = "{folder / "key"}"\n'
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
        bare = pushed = 0.0
        for _ in range(ROUNDS):
            bare += at_once(inserting, [(conninfo, number, batch) for number in range(CLERKS)]) / ROUNDS
            with psycopg.connect(conninfo, autocommit=True) as con:
                con.execute(f"TRUNCATE {', '.join(f'bare_{table}' for table in TABLES)}")
                con.execute("ANALYZE")
            calls = [(process.url, clerk.copy(), batch) for clerk in fresh(clerks)]
            pushed += at_once(pushing, calls) / ROUNDS
        print(f"{batch:4} operations a push: {pushed:8.0f}/s, bare driver {bare:8.0f}/s, {pushed / bare:.2f}")
    process.end(signal.SIGTERM)
    process = Process(*words)
    httpx2.get(f"{process.url}/ready")
    print(f"a waiting clerk costs {asyncio.run(idle(process, clerks)) / 1024:.0f} KiB")
    process.end(signal.SIGTERM)


def fresh(clerks: list[Clerk]) -> list[Clerk]:
    """The clerks with new devices."""
    for clerk in clerks:
        clerk.device_id = f"{secrets.token_hex(18)}"
        clerk.nonce, clerk.mseq = "", 0
    return clerks


if __name__ == "__main__":
    main()
