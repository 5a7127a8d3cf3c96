"""What the sync costs: python -m tests.bench.sync [edit|bootstrap|latency]: one line of JSON each.

edit: `changes.write` of one day, with and without a connection to a backend. bootstrap: 1,000 people with 12
months of entries into an empty profile, over a socket. latency: from the commit at one clerk to the commit at
another, both with running engines.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hrtui.backend.migrate import migrate
from hrtui.backend.sync.tenants import OPERATOR, write_rows
from hrtui.domain.day import Entry
from hrtui.domain.sync.units import ENTITIES
from hrtui.store.changes import DayChange, write
from hrtui.store.entries import current
from hrtui.sync.connection import Backend
from hrtui.sync.engine import Engine
from hrtui.sync.replica import Replica
from tests.sync.service import Desk, Service, service
from tests.sync.world import FIRST_TYPE, PEOPLE, TENANT, table_defaults

TIMES = 30
EDITS = 400
MANY = 1000
WORKING_DAYS = 21 * 12
_CHUNK = 5000


def main(words: Sequence[str]) -> int:
    """Measure what is asked for, or all of it."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        migrate(f"sqlite:///{template}")
        with service(Path(folder), template) as running:
            for name in words or ("edit", "latency", "bootstrap"):
                found = {"edit": edit, "latency": latency, "bootstrap": bootstrap}[name](
                    running, Path(folder)
                )
                sys.stdout.write(json.dumps({"measured": name, **found}) + "\n")
    return 0


def edit(running: Service, folder: Path) -> dict[str, float]:
    """Milliseconds of one entered day."""
    desk = running.desk("Edit", folder / "Edit")
    with closing(desk.open()) as store:
        taken = []
        for number in range(EDITS):
            day = date(2026, 1, 1) + timedelta(number)
            began = time.perf_counter()
            write(store, TENANT, "x", [DayChange(PEOPLE[0], day, (), (Entry(FIRST_TYPE, 456),))])
            taken.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": round(statistics.median(taken), 3), "p99_ms": round(sorted(taken)[-EDITS // 100], 3)}


def latency(running: Service, folder: Path) -> dict[str, float]:
    """Seconds from a commit here to the commit there."""
    ann, bob = running.desk("Ann", folder / "Ann"), running.desk("Bob", folder / "Bob")
    came = threading.Event()
    engines = [Engine(ann.open, lambda: None), Engine(bob.open, came.set)]
    for engine in engines:
        engine.start()
    time.sleep(3.0)
    taken = []
    with closing(ann.open()) as here, closing(bob.open()) as there:
        for number in range(TIMES):
            day = date(2027, 3, 1) + timedelta(number)
            began = time.monotonic()
            write(here, TENANT, "x", [DayChange(PEOPLE[1], day, (), (Entry(FIRST_TYPE, 456),))])
            while not current(there.con, [(PEOPLE[1], day)])[PEOPLE[1], day]:
                came.wait(0.05)
                came.clear()
            taken.append(time.monotonic() - began)
            time.sleep(0.2)
    for engine in engines:
        engine.stop()
    return {"p50_s": round(statistics.median(taken), 3), "worst_s": round(max(taken), 3)}


def bootstrap(running: Service, folder: Path) -> dict[str, float]:
    """Seconds to read 1,000 people × 12 months into an empty profile."""
    rows = _many()
    keys = list(rows)
    with running.server.database.transaction(TENANT) as con:
        for start in range(0, len(keys), _CHUNK):
            write_rows(
                con, TENANT, OPERATOR, {key: rows[key] for key in keys[start : start + _CHUNK]}, "made"
            )
    desk: Desk = running.desk("New", folder / "New")
    with closing(desk.open()) as store, Backend(store) as backend:
        counted = store.con.execute("SELECT count(*) FROM calendar_entry").fetchone()[0]
        store.con.execute("DELETE FROM calendar_entry")
        for table in (
            "contract",
            "schedule_assignment",
            "work_schedule",
            "leave_type",
            "person",
            "team",
            "employer",
        ):
            store.con.execute(f"DELETE FROM {table}")
        store.con.execute("DELETE FROM outbox")
        store.con.execute("UPDATE sync_state SET needs_snapshot = 1, rev = 0, snapshot = NULL")
        began = time.monotonic()
        Replica(store, TENANT, backend.api(TENANT)).exchange()
        seconds = time.monotonic() - began
        again = store.con.execute("SELECT count(*) FROM calendar_entry").fetchone()[0]
        assert again == counted > MANY * 200, (again, counted)
    return {"seconds": round(seconds, 2), "entries": again}


def _many() -> dict[tuple[str, int, str], dict[str, Any]]:
    person = table_defaults("person")
    rows: dict[tuple[str, int, str], dict[str, Any]] = {}
    for number in range(MANY):
        id_ = 10_000 + number
        names = {"number": f"m{number}", "first_name": "Ann", "last_name": f"Testman {number:04}"}
        rows["person", id_, ""] = dict(ENTITIES["person"].to_units(person | names))
        for count in range(WORKING_DAYS):
            day = date(2026, 1, 1) + timedelta(count)
            rows["day", id_, day.isoformat()] = {"entries": [[FIRST_TYPE, 456, "full", "approved", "grid"]]}
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
