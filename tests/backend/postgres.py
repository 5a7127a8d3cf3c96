"""A PostgreSQL cluster of the test run: one for all workers, in a temporary folder, on a unix socket."""

from __future__ import annotations

import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

APP_ROLE = "hrtui_app"
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def binaries() -> Path | None:
    """The folder of the newest installed PostgreSQL, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A running cluster in `folder`; its superuser is `postgres`, the service connects as APP_ROLE."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs

    def start(self, *, durable: bool = False) -> None:
        """Make and start it, as user postgres where root runs the tests (PostgreSQL refuses root).

        Unless it must be durable, nothing waits for the disk.
        """
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        options = f"{'' if durable else _FAST} -c max_connections=200 -c listen_addresses='' -k {self.folder}"
        self._run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(self.folder / "log"), "start")
        with self.connect("postgres") as con:
            con.execute(f"CREATE ROLE {APP_ROLE} LOGIN")

    def stop(self) -> None:
        """Stop it at once and forget its data."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self, database: str) -> psycopg.Connection:
        """The superuser's connection, each statement for itself."""
        return psycopg.connect(dbname=database, user="postgres", host=str(self.folder), autocommit=True)

    def url(self, database: str, user: str = APP_ROLE) -> str:
        """The URL of a database for the service."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    @contextmanager
    def copy_of(self, template: str) -> Iterator[str]:
        """The name of a database that begins as another one."""
        name = f"test_{secrets.token_hex(6)}"
        with self.connect("postgres") as con:
            con.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield name
        finally:
            with self.connect("postgres") as con:
                con.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, program: str, *words: str) -> None:
        demoted = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        subprocess.run(
            [self.programs / program, *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            **demoted,  # type: ignore[call-overload]
        )


@contextmanager
def shared(folder: Path, notes: Path) -> Iterator[Cluster]:
    """The cluster in `folder`; the first of several processes starts it, the last one stops it.

    They agree by files in `notes`.
    """
    programs = binaries()
    assert programs is not None
    users = notes / "postgres-users"
    cluster = Cluster(folder, programs)
    with _locked(notes):
        if not users.exists():
            cluster.start()
            users.write_text("0")
        users.write_text(str(int(users.read_text()) + 1))
    try:
        yield cluster
    finally:
        with _locked(notes):
            left = int(users.read_text()) - 1
            users.write_text(str(left))
            if left == 0:
                cluster.stop()
                users.unlink()


@contextmanager
def _locked(notes: Path) -> Iterator[None]:
    with (notes / "postgres-lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
