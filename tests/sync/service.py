"""A real backend in a process of its own, and profiles of clerks who are logged in to it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hrtui.backend.config import ServerLimits
from hrtui.store.ids import new_id
from hrtui.store.keys import create_file_key, read_key
from hrtui.store.profile import Profile
from hrtui.store.store import Store
from hrtui.sync.account_api import Tokens
from hrtui.sync.session import Link, keep_login
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.harness import environment
from tests.sync.world import PEOPLE, TENANT, Server, table_defaults

DAY_HOURS = [456, 456, 456, 456, 456, 0, 0]


@dataclass
class Desk:
    """The profile of a clerk, in a home of its own."""

    name: str
    home: Path

    @property
    def profile(self) -> Profile:
        """The profile's files."""
        return Profile("default", self.home / "data" / "default")

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command of hrtui in this profile."""
        surroundings = environment(self.home) | {"PYTHONPATH": str(ROOT)} | env
        return subprocess.run([*HRTUI, *words], env=surroundings, capture_output=True, check=False)

    def open(self) -> Store:
        """The database."""
        return Store.open(self.profile, read_key(self.profile), actor=self.name)


@dataclass
class Service:
    """A backend on a free port; `server` reaches into its database."""

    server: Server
    port: int
    process: subprocess.Popen[bytes]

    def desk(self, name: str, home: Path, port: int | None = None) -> Desk:
        """A clerk's profile, logged in and with everything read; `port` is the way to the backend."""
        desk = self.new_desk(name, home, port)
        done = desk.run("sync")
        assert done.returncode == 0, done.stderr.decode()
        return desk

    def new_desk(self, name: str, home: Path, port: int | None = None) -> Desk:
        """The same, before anything is read."""
        number = sum(name.encode())
        token = self.server.add_user(number, name)
        desk = Desk(name, home)
        desk.profile.prepare()
        create_file_key(desk.profile)
        tokens = Tokens(token, f"session-{number}.none", 86_000, f"session-{number}")
        with closing(desk.open()) as store:
            keep_login(store, Link(f"http://127.0.0.1:{port or self.port}", name), tokens)
        return desk


@contextmanager
def service(folder: Path, template: Path, env: Mapping[str, str] | None = None) -> Iterator[Service]:
    """A running backend with one employer, whose people have contracts."""
    file = folder / "server.db"
    shutil.copy(template, file)
    server = Server(f"sqlite:///{file}", folder, ServerLimits())
    server.make_employer(_contracts())
    process = start(folder, env or {})
    try:
        yield Service(server, port_of(process), process)
    finally:
        process.terminate()
        process.wait(20)
        assert process.stderr is not None
        process.stderr.close()
        server.close()


def start(folder: Path, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start `hrtui serve` on the database in `folder`."""
    config, database, keys = folder / "serve.toml", f"sqlite:///{folder}/server.db", folder / "accounts.key"
    config.write_text(f'database = "{database}"\nport = 0\n[accounts]\nkey_file = "{keys}"\n')
    return subprocess.Popen(
        [sys.executable, "-m", "hrtui", "serve", "--config", str(config)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def port_of(process: subprocess.Popen[bytes]) -> int:
    """The port that a backend says it listens on."""
    assert process.stderr is not None
    told = b""
    for line in process.stderr:
        told += line
        if found := re.search(rb"listens on \S*?:(\d+)", line):
            return int(found[1])
    raise AssertionError(f"the backend did not start: {told.decode()}")


def _contracts() -> list[tuple[str, int, dict[str, object]]]:
    schedule = new_id()
    weeks: dict[str, object] = {
        "name": "Full time",
        "cycle_start": "2020-01-06",
        "weeks": json.dumps([DAY_HOURS]),
    }
    rows: list[tuple[str, int, dict[str, object]]] = [("work_schedule", schedule, weeks)]
    for person in PEOPLE:
        whose: dict[str, object] = {"person_id": person}
        rows.append(("contract", new_id(), {**whose, "start_date": "2020-01-01"}))
        given = {**whose, "schedule_id": schedule, "valid_from": "2020-01-01"}
        rows.append(("schedule_assignment", new_id(), given))
    return [(table, id_, table_defaults(table) | columns) for table, id_, columns in rows]


__all__ = ["TENANT", "Desk", "Service", "service"]
