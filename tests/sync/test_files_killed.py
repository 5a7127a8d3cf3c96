"""SIGKILL of either side while a file goes to the backend: it arrives whole, and goes on where it was."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hrtui.backend.documents.store import documents_of
from hrtui.domain.sickness.reporting import Report
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.documents import Folder, add_document
from hrtui.store.sickness.remote_files import to_send
from hrtui.store.sickness.report import report_sick
from hrtui.store.sickness.vault import CHUNK
from tests.sync.service import Desk, Service, port_of, service, start
from tests.sync.world import PEOPLE, TENANT

TODAY = date(2026, 9, 14)
CLIENT = ("file.part:2", "file.complete")
BACKEND = ("document.part:2", "document.kept")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the backend of all tests has its files; the day is fixed as long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRTUI_TODAY", TODAY.isoformat())
        yield tmp_path_factory.mktemp("service")


@pytest.fixture(scope="module")
def running(folder: Path, server_template: Path) -> Iterator[Service]:
    with service(folder, server_template) as one:
        yield one


@pytest.fixture(scope="module")
def ann(running: Service, folder: Path) -> Desk:
    """A case manager with an open case."""
    desk = running.desk("Ann", folder / "Ann")
    with running.server.database.transaction(TENANT) as con:
        con.execute("UPDATE membership SET roles = 'clerk case_manager' WHERE tenant_id = ?", TENANT)
    with closing(desk.open()) as store:
        set_own_roles(store, TENANT, ["clerk", "case_manager"])
        report_sick(case_desk(store, TENANT), PEOPLE[0], Report(TODAY))
    assert desk.run("sync").returncode == 0
    return desk


def add_file(ann: Desk, folder: Path) -> tuple[str, bytes]:
    """Put a file of three chunks into the case; returns its SHA-256 and content."""
    content = b"%PDF-1.7\n" + os.urandom(2 * CHUNK + 1000)
    file = folder / f"{os.urandom(4).hex()}.pdf"
    file.write_bytes(content)
    with closing(ann.open()) as store:
        set_own_roles(store, TENANT, ["clerk", "case_manager"])
        desk = case_desk(store, TENANT)
        case_id = store.con.execute("SELECT id FROM sickness_case").fetchone()[0]
        add_document(desk, case_id, Folder.OTHER, file)
        (waiting,) = to_send(desk)
    return waiting.sha256, content


def assert_there(running: Service, sha256: str, content: bytes) -> None:
    """The backend has the content, whole, and no part of an upload."""
    config = running.server.config()
    assert documents_of(config, running.server.database).read(TENANT, sha256) == content
    with running.server.database.transaction(TENANT, read_only=True) as con:
        assert con.all("SELECT id FROM document_upload WHERE tenant_id = ?", TENANT) == []


def go_to(ann: Desk, url: str) -> str:
    """Let the profile use another way to the backend; returns the one of before."""
    with closing(ann.open()) as store:
        before = store.con.execute("SELECT value FROM setting WHERE name = 'backend'").fetchone()[0]
        store.con.execute("UPDATE setting SET value = ? WHERE name = 'backend'", (url,))
    return str(before)


def test_a_program_that_is_killed_sends_the_rest(running: Service, ann: Desk, tmp_path: Path) -> None:
    for place in CLIENT:
        sha256, content = add_file(ann, tmp_path)
        assert ann.run("sync", HRTUI_FAILPOINT=place).returncode == -signal.SIGKILL, place
        assert ann.run("sync").returncode == 0
        assert_there(running, sha256, content)


def test_a_backend_that_is_killed_has_it_whole_or_not_at_all(
    running: Service, ann: Desk, folder: Path, tmp_path: Path
) -> None:
    for place in BACKEND:
        sha256, content = add_file(ann, tmp_path)
        dying = start(folder, {"HRTUI_FAILPOINT": place})
        before = go_to(ann, f"http://127.0.0.1:{port_of(dying)}")
        assert ann.run("sync").returncode == 1, place
        assert dying.wait(20) == -signal.SIGKILL
        assert dying.stderr is not None
        dying.stderr.close()
        go_to(ann, before)
        assert ann.run("sync").returncode == 0
        assert_there(running, sha256, content)


def test_a_restored_backend_is_offered_the_files_again(running: Service, ann: Desk, tmp_path: Path) -> None:
    sha256, content = add_file(ann, tmp_path)
    assert ann.run("sync").returncode == 0
    with running.server.database.transaction(TENANT) as con:
        con.execute("DELETE FROM document WHERE tenant_id = ?", TENANT)
        con.execute("UPDATE tenant_clock SET epoch = 'another' WHERE tenant_id = ?", TENANT)
    assert ann.run("sync").returncode == 0
    assert_there(running, sha256, content)
