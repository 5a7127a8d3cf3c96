"""Clerks with databases of their own who forward months through a real backend."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx2

from hrtui.backend.database import Database
from hrtui.backend.forwarding.channels.port import Setup
from hrtui.backend.forwarding.setup import add_channel
from hrtui.backend.forwarding.worker import Deliverer, Pace
from hrtui.domain.day import Entry
from hrtui.domain.month import Month
from hrtui.forwarding.layouts import GENERIC, layouts_of
from hrtui.forwarding.port import AnswerOrder, Forwarded, UnlockOrder
from hrtui.forwarding.prepare import Prepared, Wanted, prepare
from hrtui.forwarding.remote import RemoteForward
from hrtui.store.store import Store
from hrtui.sync.forward_api import ForwardApi, fetch_bundles
from tests.sync.world import PEOPLE, TENANT, Clerk, Server, table_defaults

SEPTEMBER = Month(2026, 9)
MOMENT = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)
SCHEDULE = 61
FULL_TIME = [456, 456, 456, 456, 456, 0, 0]
PAY_TYPE = 71


def employment(people: Sequence[int]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """A full-time schedule and contract for everybody, and a kind of pay."""
    given: list[tuple[str, int, dict[str, Any]]] = [
        (
            "work_schedule", SCHEDULE,
            {"name": "full", "cycle_start": "2020-01-06", "weeks": json.dumps([FULL_TIME])},
        ),
        (
            "pay_component_type", PAY_TYPE,
            {"code": "070", "name_nl": "Premie", "name_fr": "Prime", "name_en": "Bonus", "input": "total"},
        ),
    ]  # fmt: skip
    for person in people:
        given += [
            (
                "schedule_assignment", 1000 + person,
                {"person_id": person, "schedule_id": SCHEDULE, "valid_from": "2020-01-01"},
            ),
            ("contract", 2000 + person, {"person_id": person, "start_date": "2020-01-01"}),
        ]  # fmt: skip
    for entity, id_, columns in given:
        yield entity, id_, table_defaults(entity) | columns


@dataclass
class Desk:
    """A clerk who forwards September."""

    clerk: Clerk
    client: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.clerk.replica.api._client

    @property
    def store(self) -> Store:
        return self.clerk.store

    @property
    def api(self) -> ForwardApi:
        return ForwardApi(self.client, self.store, TENANT)

    @property
    def port(self) -> RemoteForward:
        @contextmanager
        def connect(_store: Store, _employer_id: int) -> Iterator[ForwardApi]:
            yield self.api

        return RemoteForward(self.store, layouts_of(None), connect)

    def sync(self) -> None:
        """Exchange, and fetch what others forwarded."""
        self.clerk.sync()
        fetch_bundles(self.store, TENANT, self.api)

    def leave(self, minutes: int = 456, letter: str = "v") -> Entry:
        return Entry(self.clerk.kind(letter), minutes)

    def enter(self, person_id: int, number: int, *entries: Entry) -> None:
        self.clerk.enter(person_id, date(2026, 9, number), *entries)

    def prepared(self, people: Sequence[int] = PEOPLE, layout: str = GENERIC) -> Prepared:
        wanted = Wanted(SEPTEMBER, layout, list(people), MOMENT)
        return prepare(self.store, TENANT, wanted, layouts_of(None))

    def forward(self, people: Sequence[int] = PEOPLE) -> Forwarded:
        return self.port.forward(self.prepared(people).order)

    def unlock(self, *people: int, hours: int = 1) -> datetime:
        return self.port.unlock(UnlockOrder(TENANT, SEPTEMBER, people, "a good reason", hours))

    def answer(self, transmission_id: int, rejected: Mapping[int, str]) -> None:
        self.port.answer(AnswerOrder(TENANT, transmission_id, rejected))

    def transmission(self, transmission_id: int) -> tuple[str, str]:
        """Status and reason as the clerk sees them."""
        row = self.store.con.execute(
            "SELECT status, reason FROM transmission WHERE id = ?", (transmission_id,)
        ).fetchone()
        return row[0], row[1]


@dataclass
class Office:
    """A backend with an employer, its clerks and its workers."""

    server: Server
    folder: Path
    desks: list[Desk] = field(default_factory=list)

    def desk(self, name: str, roles: str = "clerk manager") -> Desk:
        """A clerk whose database is in sync."""
        token = self.server.add_user(len(self.desks) + 1, name, roles)
        clerk = Clerk(name, token, self.folder / name, self.server)
        with clerk.store.transaction():
            put = "INSERT OR REPLACE INTO setting VALUES (?, ?)"
            clerk.store.con.execute(put, ("backend", "http://backend"))
            clerk.store.con.execute(put, (f"roles:{TENANT}", json.dumps(roles.split())))
        clerk.sync()
        self.desks.append(Desk(clerk))
        return self.desks[-1]

    @property
    def database(self) -> Database:
        return self.server.database

    def worker(self, pace: Pace | None = None) -> Deliverer:
        """A worker that is not started."""
        state = self.server.app.state
        return Deliverer(self.database, state.documents, state.accounts.vault, pace or Pace(lease=60))

    def add_channel(self, name: str, setup: Setup, provider: str = "") -> int:
        vault = self.server.app.state.accounts.vault
        return self.database.run(TENANT, lambda con: add_channel(con, vault, TENANT, name, provider, setup))

    def deliveries(self) -> list[tuple[int, str, int, str]]:
        """Transmission, status, tries and problem of each delivery."""
        with self.database.transaction(TENANT, read_only=True) as con:
            rows = con.all(
                "SELECT transmission_id, status, tries, problem FROM delivery WHERE tenant_id = ?"
                " ORDER BY place, channel_id",
                TENANT,
            )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def hasten(self) -> None:
        """Let what waits for another try, or for a dead worker, be due."""
        with self.database.transaction(TENANT) as con:
            con.execute("UPDATE delivery SET next_at = 0, lease_until = 0 WHERE tenant_id = ?", TENANT)
            con.execute("UPDATE tenant_clock SET due_at = 0 WHERE tenant_id = ?", TENANT)

    def close(self) -> None:
        for desk in self.desks:
            desk.clerk.close()
        self.server.close()


def office_at(url: str, folder: Path) -> Office:
    """A backend with an employer of three people who work full time."""
    server = Server(url, folder)
    server.make_employer(list(employment(PEOPLE)))
    return Office(server, folder)
