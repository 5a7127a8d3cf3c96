"""A file of a case on its way to `hrtui serve`: the program dies, the line is cut, and it goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hrtui.backend.documents.store import documents_of
from hrtui.i18n import text_in
from hrtui.store.roles import set_own_roles
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.desk import SIZE, Desk
from tests.pty.harness import Program
from tests.sync import service as backend
from tests.sync.conftest import server_template
from tests.sync.proxy import Proxy
from tests.sync.world import TENANT

__all__ = ["server_template"]
pytestmark = pytest.mark.pty

PART = 1024 * 1024
"""What one request brings."""


class CaseManager(Desk):
    """The program on a profile that is logged in, in Dutch."""

    def __init__(self, home: Path, **env: str) -> None:
        env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": "2026-09-14", "LANG": "nl_NL.UTF-8"} | env
        self.program = Program([*HRTUI], SIZE, home=home, env=env)
        self.presses = 0
        self.program.wait_for("Testman 0")


@pytest.fixture
def running(tmp_path: Path, server_template: Path) -> Iterator[backend.Service]:
    with backend.service(tmp_path, server_template) as one:
        yield one


@contextmanager
def manager(running: backend.Service, home: Path) -> Iterator[tuple[Path, Proxy]]:
    """The home of a case manager, and the line to the backend."""
    with Proxy(running.port) as line:
        desk = running.desk("Ann", home, line.port)
        with running.server.database.transaction(TENANT) as con:
            con.execute("UPDATE membership SET roles = 'clerk case_manager' WHERE tenant_id = ?", TENANT)
        with closing(desk.open()) as store:
            set_own_roles(store, TENANT, ["clerk", "case_manager"])
        assert desk.run("sync").returncode == 0
        yield home, line


def arrived(running: backend.Service) -> list[int]:
    """How much of each file that is on its way the backend has."""
    with running.server.database.transaction(TENANT, read_only=True) as con:
        rows = con.all("SELECT received FROM document_upload WHERE tenant_id = ?", TENANT)
    return [received for (received,) in rows]


def whole(running: backend.Service, content: bytes) -> bool:
    """Whether the backend has a file, as it was and with nothing left over."""
    from hashlib import sha256

    with running.server.database.transaction(TENANT, read_only=True) as con:
        found = con.all("SELECT sha256 FROM document WHERE tenant_id = ?", TENANT)
    if (sha256(content).hexdigest(),) not in found:
        return False
    config = running.server.config()
    assert documents_of(config, running.server.database).read(TENANT, found[0][0]) == content
    return arrived(running) == []


def test_a_file_goes_on_after_the_program_dies_and_the_line_is_cut(
    running: backend.Service, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    waits = text_in("nl", "waits for the backend: {percent} % is there", percent=0)
    with manager(running, home) as (_, line):
        content = b"%PDF-1.7\n" + os.urandom(24 * PART)
        (home / "groot.pdf").write_bytes(content)
        with CaseManager(home, HRTUI_FAILPOINT="file.part:2") as desk:
            desk.do("%<C-s>", "Testman 0", "ziek vanaf")
            desk.do("<C-t>s<enter><f2>5<C-n>groot<enter>Loon<C-s>")
            assert desk.program.exit_code() == -signal.SIGKILL, "the program died while it sent"
        assert arrived(running) == [2 * PART]
        line.cut()
        with CaseManager(home) as desk:
            desk.do("<C-t>s<enter><f2>5", "groot.pdf")
            desk.do("", f"groot.pdf, {waits}")
            assert arrived(running) == [2 * PART]
            line.mend()
            desk.program.until(lambda: max(arrived(running), default=0) > 4 * PART, "some more of it")
            line.cut()
            (there,) = arrived(running)
            assert there < len(content), "the line was cut in the middle"
            line.mend()
            desk.program.until(lambda: whole(running, content), "the file at the backend")
            desk.program.until(lambda: waits[:8] not in desk.text, "no more waiting")
            desk.leave()
