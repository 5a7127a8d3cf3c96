"""A backend in this process and clerks with databases of their own, over a network that can fail."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2

from hrtui.backend.config import Config, ServerLimits
from hrtui.backend.database import Database
from hrtui.backend.sync.tenants import OPERATOR, create_tenant, write_rows
from hrtui.domain.day import Entry
from hrtui.domain.starter_types import STARTER
from hrtui.domain.sync.units import DAY, ENTITIES
from hrtui.store import entries as day_entries
from hrtui.store import migrations
from hrtui.store.changes import Change, DayChange, RowChange, Written, write
from hrtui.store.ids import new_id
from hrtui.store.leave_types import insertion
from hrtui.store.profile import Profile
from hrtui.store.store import Store
from hrtui.sync import state
from hrtui.sync.api import SyncApi
from hrtui.sync.replica import Replica
from hrtui.sync.rows import RowKey, Rows
from tests.backend.prepared import create_app
from tests.sync.network import AppTransport, Faulty

TENANT = 4711
KEY = bytes(range(32))
SMALL = ServerLimits(
    push_mutations=3, push_ops=4, pull_changes=4, known_uids=2, snapshot_rows=12, pushes_per_second=1000
)
"""Limits so small that every batch and page is cut."""
PEOPLE = (11, 12, 13)
TEAM = 21
FIRST_TYPE = 31


@dataclass
class Server:
    """The backend on a database, with one employer; `restore` brings an older state of a SQLite file back."""

    url: str
    folder: Path
    limits: ServerLimits = SMALL
    database: Database = field(init=False)
    app: Any = field(init=False)
    transport: AppTransport = field(init=False)
    backups: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Start a worker on the database."""
        self.database = Database.open(self.url)
        self.app = create_app(self.config(), self.database)
        self.transport = AppTransport(self.app)

    def config(self) -> Config:
        """How a worker runs."""
        keys = {"key_file": str(self.folder / "accounts.key")}
        return Config(self.url, limits=self.limits, extra={"accounts": keys})

    def close(self) -> None:
        """End the worker."""
        self.transport.close()
        self.database.close()

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.url.removeprefix("sqlite:///"))

    def make_employer(self, rows: Sequence[tuple[str, int, dict[str, Any]]] = ()) -> None:
        """An employer with starter leave types, three people and a team, as the first commit."""
        with self.database.transaction(None) as con:
            con.execute("INSERT INTO tenant VALUES (?, ?, 0)", TENANT, "Voorbeeld NV")
        made = {
            (entity, id_, ""): ENTITIES[entity].to_units(columns)
            for entity, id_, columns in (*_first_rows(), *rows)
        }
        with self.database.transaction(TENANT) as con:
            create_tenant(con, TENANT)
            write_rows(con, TENANT, OPERATOR, made, "made")

    def add_user(self, user_id: int, name: str, roles: str = "clerk") -> str:
        """A user who is logged in; returns the access token."""
        plain = f"token-{user_id}"
        with self.database.transaction(None) as con:
            con.execute(
                "INSERT INTO user_account (id, name, display_name, email, language, created_at)"
                " VALUES (?, ?, ?, ?, 'en', 0)",
                user_id, name.lower(), name, f"{name.lower()}@example.org",
            )  # fmt: skip
            con.execute(
                "INSERT INTO membership (user_id, tenant_id, roles) VALUES (?, ?, ?)", user_id, TENANT, roles
            )
            con.execute(
                "INSERT INTO login_session (id, user_id, device, address, refresh_hash, created_at,"
                " last_used_at, expires_at) VALUES (?, ?, 'test', '', ?, 0, 0, 0)",
                f"session-{user_id}", user_id, f"refresh-{user_id}",
            )  # fmt: skip
            con.execute(
                "INSERT INTO access_token (token_hash, session_id, expires_at) VALUES (?, ?, ?)",
                sha256(plain.encode()).hexdigest(), f"session-{user_id}", int(time.time()) + 86400,
            )  # fmt: skip
        token: str = self.app.state.accounts.vault.stamp(plain)
        return token

    def rows(self) -> dict[tuple[str, int, str], dict[str, Any]]:
        """The live rows that clerks write, as units."""
        with self.database.transaction(TENANT, read_only=True) as con:
            found = con.all(
                "SELECT entity, row_id, date, units FROM row_state WHERE tenant_id = ? AND deleted = 0",
                TENANT,
            )
        rows = {
            (entity, id_, day): json.loads(units) for entity, id_, day, units in found if entity in ENTITIES
        }
        return {key: units for key, units in rows.items() if units != {"entries": []}}

    def records(self, entity: str) -> dict[int, dict[str, Any]]:
        """The rows of a kind that only the backend writes."""
        with self.database.transaction(TENANT, read_only=True) as con:
            found = con.all(
                "SELECT row_id, units FROM row_state WHERE tenant_id = ? AND deleted = 0 AND entity = ?",
                TENANT, entity,
            )  # fmt: skip
        return {id_: json.loads(units) for id_, units in found}

    def history(self) -> list[tuple[int, tuple[str, int, str], dict[str, Any] | None]]:
        """Every change that was committed: its commit, the row, the units (None where it was deleted)."""
        with self.database.transaction(TENANT, read_only=True) as con:
            found = con.all(
                "SELECT rev, entity, row_id, date, kind, units FROM change WHERE tenant_id = ?"
                " ORDER BY rev, idx",
                TENANT,
            )
        return [
            (rev, (entity, id_, day), None if kind == "del" else json.loads(units))
            for rev, entity, id_, day, kind, units in found
        ]

    def commits(self) -> dict[str, int]:
        """The commit of each mutation."""
        with self.database.transaction(TENANT, read_only=True) as con:
            return dict(con.all("SELECT uid, rev FROM receipt WHERE tenant_id = ?", TENANT))

    def receipts(self) -> dict[str, list[dict[str, Any]]]:
        """What became of each mutation that the history has."""
        with self.database.transaction(TENANT, read_only=True) as con:
            return {
                uid: json.loads(ops)
                for uid, ops in con.all("SELECT uid, ops FROM receipt WHERE tenant_id = ?", TENANT)
            }

    def parked(self) -> set[str]:
        """The mutations of which something was refused."""
        with self.database.transaction(TENANT, read_only=True) as con:
            return {uid for (uid,) in con.all("SELECT uid FROM parked WHERE tenant_id = ?", TENANT)}

    def superseded(self) -> set[str]:
        """Mutations whose losing value was replaced by a later one of the same author."""
        with self.database.transaction(TENANT, read_only=True) as con:
            found = con.all("SELECT units FROM change WHERE tenant_id = ? AND entity = 'conflict'", TENANT)
        return {one["uid"] for (text,) in found for one in json.loads(text).get("candidates", [])}

    def check_history(self) -> None:
        """Commits are numbered without a gap and every change belongs to one; a mutation is in one commit."""
        with self.database.transaction(TENANT, read_only=True) as con:
            revs = [
                rev
                for (rev,) in con.all("SELECT rev FROM commit_log WHERE tenant_id = ? ORDER BY rev", TENANT)
            ]
            uids = [
                uid
                for (text,) in con.all("SELECT uids FROM commit_log WHERE tenant_id = ?", TENANT)
                for uid in json.loads(text)
            ]
        assert revs == list(range(1, len(revs) + 1))
        assert len(uids) == len(set(uids)), "a mutation was applied twice"

    def lock(self, person_id: int, month: str) -> None:
        """Forward a person's month."""
        lock: dict[str, Any] = {
            "at": "2026-10-01T08:00:00.000000Z",
            "by": "Forwarder",
            "forward_no": 1,
            "hash": "0" * 64,
        }
        with self.database.transaction(TENANT) as con:
            write_rows(con, TENANT, OPERATOR, {("month_lock", person_id, month): lock}, "forward")

    def backup(self) -> None:
        """Keep the SQLite file as it is."""
        copy = self.file.with_name(f"backup-{len(self.backups)}.db")
        with closing(sqlite3.connect(self.file)) as here, closing(sqlite3.connect(copy)) as there:
            here.backup(there)
        self.backups.append(copy)

    def restore(self, which: int) -> None:
        """Bring a backup back."""
        self.database.close()
        for end in ("-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        shutil.copy(self.backups[which], self.file)
        self.database = self.app.state.database = Database.open(self.url)


def _first_rows() -> Iterator[tuple[str, int, dict[str, Any]]]:
    given: list[tuple[str, int, dict[str, Any]]] = [
        ("employer", TENANT, {"name": "Voorbeeld NV", "country": "BE", "language": "nl"}),
        ("team", TEAM, {"name": "Bakkerij"}),
    ]
    for place, kind in enumerate(STARTER["BE"]):
        change = insertion(replace(kind, id=FIRST_TYPE + place), TENANT)
        assert change.new is not None
        given.append(("leave_type", change.id, change.new))
    for number, person_id in enumerate(PEOPLE):
        names = {"number": str(number), "first_name": "Ann", "last_name": f"Testman {number}"}
        given.append(("person", person_id, names))
    for entity, id_, columns in given:
        yield entity, id_, _tables().defaults(entity) | columns


def table_defaults(table: str) -> dict[str, Any]:
    """What the columns of a client's table hold where nothing is given."""
    return _tables().defaults(table)


@cache
def _tables() -> Rows:
    """The client's tables, for what their columns hold where nothing is given."""
    con = sqlite3.connect(":memory:", isolation_level=None)
    migrations.upgrade(con)
    return Rows(con, TENANT)


@dataclass
class Clerk:
    """A clerk with a database of their own."""

    name: str
    token: str
    folder: Path
    server: Server
    faults: Faulty = field(default_factory=Faulty)
    store: Store = field(init=False)
    replica: Replica = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Start the program."""
        self.store = Store.open(Profile(self.name, self.folder), KEY, actor=self.name)
        state.connect(self.store, TENANT)
        client = httpx2.Client(
            base_url="http://backend", transport=self.faults.over(lambda: self.server.transport),
            headers={"Authorization": f"Bearer {self.token}", "Hrtui-Protocol": "1"},
        )  # fmt: skip
        self.replica = Replica(self.store, TENANT, SyncApi(client, TENANT))

    def close(self) -> None:
        """End the program."""
        self.store.close()

    def sync(self) -> None:
        """Exchange until nothing is left to do, over a network without faults."""
        self.faults.plan.clear()
        self.replica.exchange()

    def entries(self, person_id: int, day: date) -> tuple[Entry, ...]:
        """What is entered on a day."""
        return day_entries.current(self.store.con, [(person_id, day)])[person_id, day]

    def enter(self, person_id: int, day: date, *entries: Entry) -> Written:
        """Put these entries on a day, in place of what the clerk sees there."""
        return self.write(
            [DayChange(person_id, day, self.entries(person_id, day), entries)], f"{self.name} enters"
        )

    def write(self, changes: Sequence[Change], label: str = "Step") -> Written:
        """Make one step."""
        return write(self.store, TENANT, label, changes)

    def change(self, table: str, row_id: int, **values: Any) -> Written:
        """Change columns of a row that the clerk sees."""
        names = list(values)
        row = self.store.con.execute(
            f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,)
        ).fetchone()
        return self.write([RowChange(table, row_id, dict(zip(names, row, strict=True)), values)])

    def kind(self, letter: str) -> int:
        """The id of the leave type with that letter."""
        row = self.store.con.execute("SELECT id FROM leave_type WHERE letter = ?", (letter,)).fetchone()
        return int(row[0])

    def rows(self) -> dict[tuple[str, int, str], dict[str, Any]]:
        """Everything that is seen, as units."""
        rows = Rows(self.store.con, TENANT)
        return {(*key,): units for key in self.keys() if (units := rows.read(key)) is not None}

    def keys(self) -> list[RowKey]:
        """The keys of all rows."""
        return keys_of(Rows(self.store.con, TENANT))


def keys_of(rows: Rows) -> list[RowKey]:
    """The keys of all rows of an employer, and of all days that hold something."""
    keys = [key for entity in rows.order if entity != DAY for key in rows.all_units(entity)]
    days = rows.con.execute(
        "SELECT DISTINCT c.person_id, c.date FROM calendar_entry c JOIN person p ON p.id = c.person_id"
        " WHERE p.employer_id = ?",
        (rows.employer_id,),
    )
    return [*keys, *(RowKey(DAY, *day) for day in days)]


def person_row(person_id: int, number: str) -> RowChange:
    """A new person."""
    return RowChange(
        "person", person_id or new_id(), None,
        {"employer_id": TENANT, "number": number, "first_name": "New", "last_name": number,
         "sort_name": f"{number} new", "search_text": f"{number} new {number}"},
    )  # fmt: skip


@contextmanager
def world(folder: Path, template: Path, limits: ServerLimits = SMALL) -> Iterator[Server]:
    """A backend with one employer on a SQLite file of its own."""
    file = folder / "server.db"
    shutil.copy(template, file)
    server = Server(f"sqlite:///{file}", folder, limits)
    server.make_employer()
    yield server
    server.close()
