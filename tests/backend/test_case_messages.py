"""Messages about cases: to the employer's own address only, by case managers only, and told in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from hrtui import clock
from hrtui.backend.accounts import daily
from hrtui.backend.migrate import migrate
from hrtui.domain.sickness.message import Message
from hrtui.sync.backend_errors import BackendError
from hrtui.sync.case_files import send_message
from tests.sync.world import PEOPLE, TENANT, Server, table_defaults, world

CASE = 4242
TEXT = Message("Recovery:\nAnn Testman", "We report …")


@dataclass
class Postbox:
    """A mail server that keeps what it takes."""

    sends_mail: bool = True
    sends_sms: bool = False
    takes: bool = True
    letters: list[tuple[str, str, str]] = field(default_factory=list)

    def mail(self, address: str, subject: str, body: str) -> bool:
        self.letters.append((address, subject, body))
        return self.takes

    def sms(self, number: str, body: str) -> bool:
        return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    template = tmp_path / "template.db"
    migrate(f"sqlite:///{template}")
    with world(tmp_path, template) as running:
        yield running


@pytest.fixture
def postbox(server: Server) -> Postbox:
    """A case at an employer that has set the address of its service."""
    from hrtui.backend.sync.tenants import OPERATOR, write_rows
    from hrtui.domain.sync.units import ENTITIES

    case = table_defaults("sickness_case") | {
        "person_id": PEOPLE[0],
        "classification": "ill",
        "first_day": "2026-09-14",
        "reported_at": "2026-09-14 08:00:00.000000",
    }
    made = {("sickness_case", CASE, ""): ENTITIES["sickness_case"].to_units(case)}
    with server.database.transaction(TENANT) as con:
        write_rows(con, TENANT, OPERATOR, made, "made")
        con.execute(
            "UPDATE row_state SET units = json_set(units, '$.occupational_email', 'verzuim@zorg.example')"
            " WHERE tenant_id = ? AND entity = 'employer'",
            TENANT,
        )
    box = Postbox()
    server.app.state.accounts = replace(server.app.state.accounts, notifier=box)
    return box


def client(server: Server, user_id: int, roles: str) -> httpx2.Client:
    token = server.add_user(user_id, f"user{user_id}", roles)
    headers = {"Authorization": f"Bearer {token}", "Hrtui-Protocol": "1"}
    return httpx2.Client(base_url="http://backend", transport=server.transport, headers=headers)


def test_a_case_manager_sends_to_the_employer_s_address(server: Server, postbox: Postbox) -> None:
    http = client(server, 1, "case_manager")
    assert send_message(http, TENANT, CASE, TEXT) == "verzuim@zorg.example"
    assert postbox.letters == [("verzuim@zorg.example", "Recovery: Ann Testman", "We report …")]
    with server.database.transaction(TENANT) as con:
        deeds = con.all(
            "SELECT action, entity, row_id FROM audit WHERE tenant_id = ? AND action = 'send'", TENANT
        )
    assert [tuple(deed) for deed in deeds] == [("send", "sickness_case", CASE)]


@pytest.mark.parametrize("roles", ["clerk", "manager", "auditor", "administrator"])
def test_nobody_else_does(server: Server, postbox: Postbox, roles: str) -> None:
    with pytest.raises(BackendError) as refusal:
        send_message(client(server, 2, roles), TENANT, CASE, TEXT)
    assert refusal.value.code == "forbidden"
    assert postbox.letters == []


def test_what_cannot_be_sent_says_why(server: Server, postbox: Postbox) -> None:
    http = client(server, 3, "case_manager")
    with pytest.raises(BackendError) as refusal:
        send_message(http, TENANT, 99, TEXT)
    assert refusal.value.code == "not_found"
    postbox.takes = False
    with pytest.raises(BackendError, match="could not be sent"):
        send_message(http, TENANT, CASE, TEXT)
    postbox.sends_mail = False
    with pytest.raises(BackendError, match="sends no e-mail"):
        send_message(http, TENANT, CASE, TEXT)
    with server.database.transaction(TENANT) as con:
        con.execute(
            "UPDATE row_state SET units = json_set(units, '$.occupational_email', '')"
            " WHERE tenant_id = ? AND entity = 'employer'",
            TENANT,
        )
    postbox.sends_mail = True
    with pytest.raises(BackendError, match="no address of the service"):
        send_message(http, TENANT, CASE, TEXT)


def test_a_clerk_sends_so_many_a_day_whatever_became_of_the_ones_before(
    server: Server, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "MOST_A_DAY", 2)
    http, other = client(server, 3, "case_manager"), client(server, 4, "case_manager")
    postbox.takes = False
    for _ in range(3):
        with pytest.raises(BackendError, match="could not be sent"):
            send_message(http, TENANT, CASE, TEXT)
    postbox.takes = True
    for _ in range(2):
        send_message(http, TENANT, CASE, TEXT)
    with pytest.raises(BackendError, match="Too many") as refusal:
        send_message(http, TENANT, CASE, TEXT)
    assert 0 < refusal.value.wait <= 24 * 3600
    assert send_message(other, TENANT, CASE, TEXT)
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=1))
    assert send_message(http, TENANT, CASE, TEXT)
