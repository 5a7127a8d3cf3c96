"""A backup with its documents, put back on both databases: nobody who was erased comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrtui.backend import operations
from hrtui.backend.database import Database
from hrtui.backend.personal import leaving
from tests.backend.documents.drawer import PDF, drawer, sha256_of
from tests.backend.personal.past import BUNDLE, SECRET, Past
from tests.backend.personal.test_erasing import admin, erase, trail_holds
from tests.backend.postgres import Cluster
from tests.backend.sync.office import PERSON, TENANT
from tests.backend.sync.test_operations import run

LATER = PDF + b"later"


def put_back(past: Past, folder: Path) -> None:
    """Bring the copy of the documents back."""
    shutil.rmtree(past.place.folder, ignore_errors=True)
    shutil.copytree(folder, past.place.folder)


def check(past: Past, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds after a restore of a backup that is older than an erasure and an upload."""
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")
    assert SECRET in past.everything()
    code, said = admin(past, capsys, "restore-finish")
    assert (code, "1 erasure was carried out again" in said) == (0, True)
    left = past.everything()
    assert SECRET not in left
    names = {path.name for path in past.place.files()}
    assert len(names) == 2  # one has what was sent of the others
    assert sha256_of(b"kept") in names
    assert names.isdisjoint({sha256_of(BUNDLE), sha256_of(PDF)})
    assert past.place.documents.read(TENANT, sha256_of(b"kept")) == b"kept"
    assert trail_holds(past)
    # A document that came after the backup is asked for again.
    anna = past.office.clerk("case_manager")
    assert not past.place.begin(anna, LATER)["complete"]
    past.place.send(anna, LATER)
    assert past.place.read(anna, LATER).content == LATER
    code, said = admin(past, capsys, "restore-finish")
    assert (code, "carried out" in said) == (0, False)


def fill(past: Past, copy: Path) -> None:
    """A past, copied with its documents."""
    past.fill()
    past.place.documents.put_bytes(TENANT, b"kept")
    shutil.copytree(past.place.folder, copy)


def change(past: Past) -> None:
    """What happens after the backup."""
    past.place.send(past.office.clerk("case_manager", name="Late"), LATER)
    assert erase(past).documents == 2
    assert leaving.person_numbered(past.office.database, TENANT, "1") is None
    assert {sha256_of(PDF), sha256_of(BUNDLE)}.isdisjoint(path.name for path in past.place.files())
    assert PERSON not in {key[1] for key in past.office.clerk().snapshot() if key[0] == "person"}


def test_a_sqlite_backup_with_its_documents(
    sqlite_template: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file, copy = tmp_path / "server.db", tmp_path / "copy.db"
    shutil.copy(sqlite_template, file)
    database = Database.open(f"sqlite:///{file}")
    with drawer(database, f"sqlite:///{file}", tmp_path, quota_bytes=10**8) as place:
        past = Past(place, tmp_path)
        operations_copy = tmp_path / "documents-copy"
        fill(past, operations_copy)
        operations.back_up(database, copy)
        change(past)
        database.close()
        for name in ("server.db-wal", "server.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        shutil.copy(copy, file)
        put_back(past, operations_copy)
        check(past, capsys, monkeypatch)
    database.close()


def test_a_postgresql_dump_with_its_documents(
    postgres_url: str,
    cluster: Cluster,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = Database.open(postgres_url)
    name = database.url.database or ""
    with drawer(database, postgres_url, tmp_path, quota_bytes=10**8) as place:
        past = Past(place, tmp_path)
        fill(past, tmp_path / "documents-copy")
        dump = tmp_path / "server.dump"
        run(cluster, "pg_dump", "-Fc", "-f", str(dump), name)
        change(past)
        database.close()
        run(cluster, "pg_restore", "--clean", "--if-exists", "-d", name, str(dump))
        put_back(past, tmp_path / "documents-copy")
        check(past, capsys, monkeypatch)
    database.close()
