"""What every request goes through: bodies of strangers, headers of all answers, names in the counters."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from hrtui.backend import metrics, middleware
from hrtui.backend.database import Database
from hrtui.backend.rates import counted
from tests.backend.sync.office import TENANT, Office, office


@pytest.fixture
def at_work(sqlite_template: Path, tmp_path: Path) -> Any:
    """An employer at the application."""
    file = tmp_path / "server.db"
    file.write_bytes(sqlite_template.read_bytes())
    opened = Database.open(f"sqlite:///{file}")
    with office(opened, f"sqlite:///{file}", tmp_path) as made:
        yield made
    opened.close()


def test_a_stranger_sends_little(at_work: Office) -> None:
    path, body = f"/v1/t/{TENANT}/sync/known", b" " * (middleware.MOST_OF_STRANGERS + 1)
    anna = at_work.clerk()
    plain = anna.token.partition(".")[0]
    for token, status in (("", 413), ("made-up", 413), (plain, 413), (anna.token, 400)):
        answer = at_work.call("POST", path, token, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == status, token


@pytest.mark.parametrize("known", [True, False])
def test_a_body_that_does_not_come_is_given_up(at_work: Office, known: bool) -> None:
    token = at_work.clerk().token if known else "made-up"
    headers = [(b"authorization", f"Bearer {token}".encode()), (b"content-type", b"application/json")]
    scope = {
        "type": "http", "method": "POST", "path": f"/v1/t/{TENANT}/sync/known", "raw_path": b"",
        "query_string": b"", "headers": headers, "client": ("198.51.100.7", 1),
    }  # fmt: skip
    parts = [{"type": "http.request", "body": b"{", "more_body": True}]
    answered: list[Any] = []

    async def receive() -> Any:
        return parts.pop() if parts else await asyncio.Future()

    async def send(message: Any) -> None:
        answered.append(message)

    soon = "PATIENCE" if known else "PATIENCE_WITH_STRANGERS"
    with patch.object(middleware, soon, 0.01):
        asyncio.run(asyncio.wait_for(at_work.app(scope, receive, send), 10))
    assert answered[0]["status"] == 408


def test_no_answer_is_kept_or_guessed_at(at_work: Office) -> None:
    anna = at_work.clerk()
    calls = [("GET", "/v1/auth/me", anna.token), ("GET", "/v1/auth/sessions", anna.token)]
    calls += [("GET", "/v1/auth/me", ""), ("GET", "/health", ""), ("GET", "/nothing", "")]
    calls += [("PUT", "/v1/auth/login", "")]
    for method, path, token in calls:
        headers = at_work.call(method, path, token).headers
        assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff"), path
        assert headers.get_list("cache-control") == ["no-store"]
        assert "access-control-allow-origin" not in headers


def test_made_up_methods_are_one_in_the_counters(at_work: Office) -> None:
    for method in ("PURGE", "MADEUP1", "MADEUP2"):
        at_work.call(method, "/health")
    names = {
        sample.labels.get("method") for family in metrics.REQUESTS.collect() for sample in family.samples
    }
    assert "other" in names
    assert not {name for name in names if name and name.startswith(("MADEUP", "PURGE"))}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:7::1", "2001:db8:0:7::/64"),
        ("2001:db8:0:7:ffff::1%eth0", "2001:db8:0:7::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix", "unix"),
        ("", ""),
    ],
)
def test_what_an_address_counts_as(address: str, network: str) -> None:
    assert counted(address) == network
