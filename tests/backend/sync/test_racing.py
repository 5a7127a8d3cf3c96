"""Two workers on one employer at once: every commit seen, in order, and every number given once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hrtui.backend.config import Config
from hrtui.backend.database import Database
from tests.backend.prepared import create_app
from tests.backend.sync.office import DAY, FULL, HALF, SECOND, TENANT, Office, day

CLERKS, EDITS = 4, 6


def second_worker(office: Office, url: str, folder: Path) -> Office:
    config = Config(url, extra={"accounts": {"key_file": str(folder / "accounts.key")}})
    database = Database.open(url)
    return Office(create_app(config, database), database, 100)


def test_two_workers_lose_and_double_nothing(at_work: Office, database_url: str, tmp_path: Path) -> None:
    other = second_worker(at_work, database_url, tmp_path)
    clerks = [(at_work if number % 2 else other).clerk(name=str(number)) for number in range(CLERKS)]
    reader = at_work.clerk()
    for clerk in clerks:
        clerk.hello()
    barrier, done = threading.Barrier(CLERKS + 1), threading.Event()
    seen: list[int] = []

    def work(number: int) -> list[int]:
        barrier.wait()
        receipts = [
            clerks[number].receipt(day(FULL, date=f"2026-0{number + 1}-{edit + 10}")) for edit in range(EDITS)
        ]
        return [receipt["rev"] for receipt in receipts]

    def read() -> None:
        barrier.wait()
        while not done.is_set():
            seen.extend(commit["rev"] for commit in reader.pull()["commits"])

    with ThreadPoolExecutor(CLERKS + 1) as pool:
        reading = pool.submit(read)
        try:
            jobs = [pool.submit(work, number) for number in range(CLERKS)]
            revisions = [rev for job in jobs for rev in job.result()]
        finally:
            done.set()
        reading.result()
    seen.extend(commit["rev"] for commit in reader.pull()["commits"])
    other.database.close()
    assert len(set(revisions)) == CLERKS * EDITS
    assert seen == list(range(1, max(revisions) + 1))
    assert sum(1 for key in reader.rows if key[0] == "day") == CLERKS * EDITS


def test_of_two_values_at_the_same_moment_one_stands_and_one_waits(
    at_work: Office, database_url: str, tmp_path: Path
) -> None:
    other = second_worker(at_work, database_url, tmp_path)
    pair = [at_work.clerk(name="Anna"), other.clerk(name="Ben")]
    for clerk in pair:
        clerk.hello()
    for number in range(4):
        barrier = threading.Barrier(2)

        def work(who: int, date: str = f"2026-03-0{number + 1}", gate: threading.Barrier = barrier) -> str:
            mutation = pair[who].mutation(day((FULL, HALF)[who], date=date, person=SECOND))
            gate.wait()
            return str(pair[who].send(mutation)["results"][0]["ops"][0]["outcome"])

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(work, range(2))) == ["applied", "conflict"]
    other.database.close()
    assert len(pair[0].of_kind("conflict")) == 4
    assert DAY


def test_the_same_push_twice_at_once_is_done_once(at_work: Office, database_url: str, tmp_path: Path) -> None:
    other = second_worker(at_work, database_url, tmp_path)
    anna = at_work.clerk()
    anna.hello()
    mutation = anna.mutation(day(FULL))
    twin = anna.copy()
    twin.office = other
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda clerk: clerk.send(mutation), (anna, twin)))
    other.database.close()
    assert answers[0]["results"] == answers[1]["results"]
    with at_work.database.transaction(TENANT, read_only=True) as con:
        assert con.one("SELECT count(*) FROM receipt WHERE tenant_id = ?", TENANT) == (1,)
