"""An employer with clerks at the real application, called in process as their programs would call it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI

from hrtui.backend.config import Config, ServerLimits
from hrtui.backend.database import Database
from hrtui.backend.sync.tenants import OPERATOR, create_tenant, write_rows
from hrtui.backend.sync.writing import Key
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.chain import GENESIS
from tests.backend.prepared import create_app

TENANT, OTHER = 7, 8
PERSON, SECOND = 101, 102
LEAVE, SICK, GUARDED = 201, 202, 203
DAY = "2026-03-02"
START = {"rev": 0, "chain": GENESIS}
SMALL = ServerLimits(
    push_mutations=3, push_ops=4, pull_changes=2, known_uids=3, snapshot_rows=2, poll_seconds=0.02
)


def lines(*pairs: tuple[int, int]) -> list[list[Value]]:
    """A day's value from (leave type, minutes)."""
    return [[type_id, minutes, "hours", "approved", "manual"] for type_id, minutes in pairs]


FULL = lines((LEAVE, 480))
HALF = lines((LEAVE, 240))


def first_rows(tenant: int) -> dict[Key, Mapping[str, Value]]:
    """Two people and three leave types, one of them for case managers."""
    base = {"name_nl": "Verlof", "category": "absence", "unit": "minute", "role_needed": ""}
    return {
        ("employer", tenant, ""): {"name": "Bakkerij De Korst", "country": "BE", "language": "nl"},
        ("person", PERSON, ""): {
            "number": "1",
            "first_name": "Mila",
            "last_name": "Voorbeeld",
            "bank": ["", ""],
        },
        ("person", SECOND, ""): {
            "number": "2",
            "first_name": "Noor",
            "last_name": "Verzonnen",
            "bank": ["", ""],
        },
        ("leave_type", LEAVE, ""): {**base, "key": "V"},
        ("leave_type", SICK, ""): {**base, "key": "Z"},
        ("leave_type", GUARDED, ""): {**base, "key": "ZT", "role_needed": "case_manager"},
    }


def op(entity: str, row_id: int, kind: str = "set", d: str = "", **units: Any) -> dict[str, Any]:
    """An operation from `unit=(base, new)` or `unit=(base, new, after)`."""
    changes = {
        unit: {"base": change[0], "new": change[1], **({"after": change[2]} if len(change) == 3 else {})}
        for unit, change in units.items()
    }
    return {"e": entity, "id": row_id, "k": kind, "units": changes, **({"d": d} if d else {})}


def day(
    new: Any, base: Any = (), *, person: int = PERSON, date: str = DAY, after: str = ""
) -> dict[str, Any]:
    """An operation on a person's day."""
    change = (list(base), new, after) if after else (list(base), new)
    return op("day", person, "set", date, entries=change)


@dataclass
class Clerk:
    """A clerk's program: it keeps its device, numbers, cursor and witness as a real one does."""

    office: Office
    user_id: int
    token: str
    tenant: int = TENANT
    device_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    nonce: str = ""
    mseq: int = 0
    cursor: dict[str, Any] = field(default_factory=lambda: dict(START))
    witness: dict[str, Any] = field(default_factory=lambda: dict(START))
    scope: str = ""
    rows: dict[Key, dict[str, Any]] = field(default_factory=dict)

    def post(self, path: str, body: Any, status: int = 200, **more: Any) -> dict[str, Any]:
        """Call a route of the employer and return the body of the answer, which must have this status."""
        response = self.office.call("POST", f"/v1/t/{self.tenant}/{path}", self.token, json=body, **more)
        assert response.status_code == status, response.text
        answer: dict[str, Any] = response.json()
        if status == 200 and answer["head"]["rev"] > self.witness["rev"]:
            self.witness = answer["head"]
        return answer

    def hello(self, status: int = 200, **more: Any) -> dict[str, Any]:
        """The handshake."""
        new = uuid.uuid4().hex
        body = {
            "device_id": self.device_id, "prev_nonce": self.nonce or None, "new_nonce": new,
            "witness": self.witness, "schema_v": 9, **more,
        }  # fmt: skip
        answer = self.post("sync/hello", body, status)
        if status == 200:
            self.nonce, self.scope = new, answer["scope"]
        return answer

    def mutation(self, *ops: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The next mutation of this device."""
        self.mseq += 1
        return {
            "uid": str(uuid.uuid4()), "mseq": self.mseq, "made_at": "2026-03-02T10:00:00Z", "schema_v": 9,
            "label": "Leave", "atom": "each", "ops": list(ops), **more,
        }  # fmt: skip

    def send(self, *mutations: dict[str, Any], status: int = 200) -> dict[str, Any]:
        """Push mutations as they are."""
        if not self.nonce:
            self.hello()
        body = {
            "device_id": self.device_id, "nonce": self.nonce, "witness": self.witness,
            "mutations": list(mutations),
        }  # fmt: skip
        return self.post("sync/push", body, status)

    def push(self, *ops: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        """Push one mutation of these operations; returns what became of each."""
        return self.receipt(*ops, **more)["ops"]  # type: ignore[no-any-return]

    def receipt(self, *ops: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Push one mutation of these operations; returns its receipt."""
        answer = self.send(self.mutation(*ops, **more))
        assert answer["stop"] is None
        receipt: dict[str, Any] = answer["results"][0]
        return receipt

    def pull(self, status: int = 200, limit: int = 1000) -> dict[str, Any]:
        """The next page of changes, which is applied to `rows`."""
        if not self.scope:
            self.hello()
        body = {"cursor": self.cursor, "witness": self.witness, "limit": limit, "scope": self.scope}
        answer = self.post("sync/pull", body, status)
        if status == 200:
            self.cursor = answer["next"]
            for commit in answer["commits"]:
                for change in commit["changes"]:
                    self._apply(change)
        return answer

    def pull_all(self) -> dict[Key, dict[str, Any]]:
        """All rows as the feed makes them."""
        while self.pull()["more"]:
            pass
        return self.rows

    def snapshot(self) -> dict[Key, dict[str, Any]]:
        """All rows as a bootstrap brings them, and the feed after it."""
        begun = self.post("sync/snapshot", {"witness": None})
        self.scope, token = begun["scope"], begun["page_token"]
        self.cursor = self.witness = begun["r0"]
        self.rows = {}
        while token:
            path = f"/v1/t/{self.tenant}/sync/snapshot/page?token={token}"
            page = self.office.call("GET", path, self.token).json()
            for entity, row_id, date, units, _ in page["rows"]:
                self.rows[entity, row_id, date] = units
            token = page["next_token"]
        return self.pull_all()

    def of_kind(self, entity: str) -> list[dict[str, Any]]:
        """The rows of a kind after a full pull."""
        return [units for key, units in self.pull_all().items() if key[0] == entity]

    def value(self, d: str = DAY, person: int = PERSON) -> Any:
        """What stands on a day."""
        return self.pull_all().get(("day", person, d), {}).get("entries", [])

    def copy(self) -> Clerk:
        """A copy of the program's files, as a cloned home directory has them."""
        return replace(self, rows=dict(self.rows))

    def _apply(self, change: dict[str, Any]) -> None:
        key = (change["e"], change["id"], change.get("d", ""))
        if change["k"] == "del":
            self.rows.pop(key, None)
        else:
            self.rows[key] = {**self.rows.get(key, {}), **change["units"]}


@dataclass
class Office:
    """The application on a database with two employers."""

    app: FastAPI
    database: Database
    users: int = 0

    def call(self, method: str, path: str, token: str = "", **more: Any) -> httpx2.Response:
        """One request over the application's own interface."""
        headers = {"Authorization": f"Bearer {token}", "Hrtui-Protocol": "1"} if token else {}
        headers |= more.pop("headers", {})

        async def send() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url="http://backend") as client:
                return await client.request(method, path, headers=headers, **more)

        return asyncio.run(send())

    def clerk(self, *roles: str, name: str = "Anna", tenant: int = TENANT) -> Clerk:
        """Somebody who is logged in with these roles (clerk) at one employer."""
        self.users += 1
        user_id, token = 1000 + self.users, f"token-{self.users}"
        with self.database.transaction(None) as con:
            con.execute(
                "INSERT INTO user_account (id, name, display_name, email, language, created_at)"
                " VALUES (?, ?, ?, '', 'nl', 0)",
                user_id, f"user{user_id}", name,
            )  # fmt: skip
            con.execute(
                "INSERT INTO membership (tenant_id, user_id, roles) VALUES (?, ?, ?)",
                tenant, user_id, " ".join(roles or ("clerk",)),
            )  # fmt: skip
            con.execute(
                "INSERT INTO login_session"
                " (id, user_id, device, address, created_at, last_used_at, expires_at, refresh_hash)"
                " VALUES (?, ?, 'test', '', 0, 0, 9999999999, ?)",
                f"session-{user_id}", user_id, token,
            )  # fmt: skip
            con.execute(
                "INSERT INTO access_token (token_hash, session_id, expires_at) VALUES (?, ?, 9999999999)",
                sha256(token.encode()).hexdigest(), f"session-{user_id}",
            )  # fmt: skip
        return Clerk(self, user_id, self.app.state.accounts.vault.stamp(token), tenant)

    def write(self, rows: Mapping[Key, Mapping[str, Value] | None], tenant: int = TENANT) -> None:
        """Write rows as the backend itself."""
        self.database.run(tenant, lambda con: write_rows(con, tenant, OPERATOR, rows, "test"))


@contextmanager
def office(
    database: Database, url: str, folder: Path, limits: ServerLimits | None = None
) -> Iterator[Office]:
    """An application with two employers of the same rows."""
    for tenant in (TENANT, OTHER):
        with database.transaction(tenant) as con:
            create_tenant(con, tenant)
            con.execute(
                "INSERT INTO tenant (tenant_id, name, created_at) VALUES (?, ?, 0)", tenant, f"E{tenant}"
            )
            write_rows(con, tenant, OPERATOR, first_rows(tenant), "test")
    extra = {"accounts": {"key_file": str(folder / "accounts.key")}}
    config = Config(url, limits=limits or ServerLimits(poll_seconds=0.02), extra=extra)
    yield Office(create_app(config, database), database)
