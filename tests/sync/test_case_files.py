"""Files of cases between two case managers through a real backend, over a line that is cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx2
import pytest

from hrtui.domain.sickness.reporting import Report
from hrtui.store.errors import StoreError
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness import vault as vault_module
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.documents import Folder, add_document, content_of, documents
from hrtui.store.sickness.remote_files import fetch_document, kept_here, to_send, upload
from hrtui.store.sickness.report import report_sick
from hrtui.store.sickness.vault import vault_of
from hrtui.sync.account_api import http_client
from hrtui.sync.backend_errors import BackendError
from hrtui.sync.case_files import BackendFiles, send_waiting
from tests.sync.proxy import Proxy
from tests.sync.service import Desk, Service, service
from tests.sync.world import PEOPLE, TENANT

CONTENT = b"%PDF-1.7\n" + os.urandom(900_000)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, server_template: Path) -> Iterator[Service]:
    with service(tmp_path_factory.mktemp("service"), server_template) as one:
        yield one


@pytest.fixture
def ann(running: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A case manager with a file in a case."""
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")
    # Small enough that a file is many requests.
    monkeypatch.setattr(vault_module, "CHUNK", 64 * 1024)
    return running.desk("Ann", tmp_path / "Ann")


def client(port: int, token: str) -> httpx2.Client:
    return http_client(
        f"http://127.0.0.1:{port}", headers={"Hrtui-Protocol": "1", "Authorization": f"Bearer {token}"}
    )


def test_files_go_to_the_backend_and_to_who_may_see_them(running: Service, ann: Desk, tmp_path: Path) -> None:
    running.server.add_user(901, "Casper", "case_manager")
    running.server.add_user(902, "Clara", "clerk")
    file = tmp_path / "report.pdf"
    file.write_bytes(CONTENT)
    with closing(ann.open()) as store, Proxy(running.port) as proxy:
        set_own_roles(store, TENANT, ["case_manager"])
        desk = case_desk(store, TENANT)
        case_id = report_sick(desk, PEOPLE[0], Report(date(2026, 9, 14))).case_id
        document_id = add_document(desk, case_id, Folder.OTHER, file)
        (content,) = kept_here(desk)
        with client(proxy.port, "token-901") as http:
            files = BackendFiles(http, TENANT)

            def cut(done: int, size: int) -> None:
                if done > size // 2:
                    proxy.cut()

            with pytest.raises(BackendError):
                upload(vault_of(store), files, content, cut)
            with pytest.raises(BackendError):
                send_waiting(store, TENANT, files)
            assert to_send(desk) == [content]
            proxy.mend()
            there = files.received(content)
            assert content.size // 2 < there < content.size
            assert send_waiting(store, TENANT, files) == 1
            assert send_waiting(store, TENANT, files) == 0
            vault_of(store).remove(content.sha256)
            assert not documents(desk, case_id)[0].here
            fetch_document(desk, document_id, files)
            assert content_of(desk, document_id) == CONTENT
        vault_of(store).remove(content.sha256)
        with client(running.port, "token-902") as http:
            with pytest.raises(StoreError, match="does not have this file yet: it comes from the computer"):
                fetch_document(desk, document_id, BackendFiles(http, TENANT))
            with pytest.raises(BackendError):
                BackendFiles(http, TENANT).received(content)
