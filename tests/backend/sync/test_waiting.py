"""Waiting for changes: told at once by the same worker, soon by another, and only while the log-in counts."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hrtui.backend.config import Config
from hrtui.backend.database import Database
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.events import _stream, events
from tests.backend.prepared import create_app
from tests.backend.sync.office import FULL, TENANT, Clerk, Office, day


def waiting(office: Office, clerk: Clerk, seconds: int, meanwhile: Any) -> tuple[dict[str, Any], float]:
    """The answer of a long poll during which something happens, and how long it took."""

    async def both() -> tuple[dict[str, Any], float]:
        transport = httpx2.ASGITransport(app=office.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://backend", timeout=20) as client:
            begun = time.monotonic()
            body = {"cursor": clerk.witness, "witness": clerk.witness, "seconds": seconds}
            asked = asyncio.create_task(
                client.post(
                    f"/v1/t/{TENANT}/sync/wait", json=body, headers={"Authorization": f"Bearer {clerk.token}"}
                )
            )
            while not office.app.state.hub._waiting:
                await asyncio.sleep(0.001)
            await asyncio.to_thread(meanwhile)
            return (await asked).json(), time.monotonic() - begun

    return asyncio.run(both())


def test_a_commit_of_the_same_worker_is_told(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    anna.hello()
    ben.hello()
    answer, seconds = waiting(at_work, ben, 20, lambda: anna.push(day(FULL)))
    assert answer["head"] == anna.witness
    assert seconds < 10


def test_a_commit_of_another_worker_is_told(at_work: Office, database_url: str, tmp_path: Path) -> None:
    config = Config(database_url, extra={"accounts": {"key_file": str(tmp_path / "accounts.key")}})
    database = Database.open(database_url)
    other = Office(create_app(config, database), database, 100)
    anna, ben = other.clerk(), at_work.clerk()
    anna.hello()
    ben.hello()
    answer, seconds = waiting(at_work, ben, 20, lambda: anna.push(day(FULL)))
    database.close()
    assert answer["head"] == anna.witness
    assert seconds < 10


def test_nothing_new_is_told_after_the_time(at_work: Office) -> None:
    ben = at_work.clerk()
    ben.hello()
    answer, seconds = waiting(at_work, ben, 1, lambda: None)
    assert answer["head"] == ben.witness
    assert 0.9 <= seconds < 10


def test_an_old_cursor_is_answered_at_once(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.hello()
    old = dict(anna.witness)
    anna.push(day(FULL))
    answer = anna.post("sync/wait", {"cursor": old, "witness": old, "seconds": 25})
    assert answer["head"] == anna.witness


def test_a_stream_ends_with_the_log_in(at_work: Office) -> None:
    from starlette.requests import Request

    from hrtui.backend.config import ServerLimits
    from hrtui.backend.sync.call import Call

    anna = at_work.clerk()
    head = anna.hello()
    headers = [(b"authorization", f"Bearer {anna.token}".encode())]
    request = Request({"type": "http", "app": at_work.app, "headers": headers, "method": "GET", "path": "/"})
    call = Call(request, TENANT)
    call.limits = ServerLimits(ping_seconds=0.01)

    async def listen() -> list[bytes]:
        heard = []
        async for part in _stream(request, call, head):  # type: ignore[arg-type]
            heard.append(part)
            if len(heard) == 3:
                with at_work.database.transaction(None) as con:
                    con.execute("UPDATE login_session SET revoked_at = 5")
        return heard

    heard = asyncio.run(listen())
    assert heard[0].startswith(b"event: head\n")
    assert 3 <= len(heard) <= 4


def test_streams_that_are_opened_at_once_are_counted_too(at_work: Office) -> None:
    from starlette.requests import ClientDisconnect, Request

    from hrtui.backend.sync.call import Call

    anna = at_work.clerk()
    anna.hello()
    headers = [(b"authorization", f"Bearer {anna.token}".encode())]
    request = Request({"type": "http", "app": at_work.app, "headers": headers, "method": "GET", "path": "/"})
    call = Call(request, TENANT)
    most = call.limits.streams_per_user

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(_message: Any) -> None:
        raise OSError

    async def flood() -> int:
        opened = await asyncio.gather(*(events(request, call) for _ in range(20)), return_exceptions=True)
        streams = [one for one in opened if not isinstance(one, BaseException)]
        assert {type(one) for one in opened if one not in streams} == {ApiError}
        for one in streams:
            with suppress(ClientDisconnect):
                await one({"type": "http", "asgi": {"spec_version": "2.4"}}, gone, send)
        return len(streams)

    assert [asyncio.run(flood()), asyncio.run(flood())] == [most, most]


def test_a_stream_that_is_never_quiet_ends_with_the_log_in_too(
    at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from starlette.requests import Request

    from hrtui.backend.config import ServerLimits
    from hrtui.backend.sync.call import Call

    anna = at_work.clerk()
    head = anna.hello()
    headers = [(b"authorization", f"Bearer {anna.token}".encode())]
    request = Request({"type": "http", "app": at_work.app, "headers": headers, "method": "GET", "path": "/"})
    call = Call(request, TENANT)
    call.limits = ServerLimits(ping_seconds=0.05)

    revisions = count(2)

    async def moves_at_once(*_: object) -> dict[str, object]:
        await asyncio.sleep(0.001)
        return {"rev": next(revisions), "chain": "0" * 64}

    monkeypatch.setattr(at_work.app.state.hub, "head_after", moves_at_once)

    async def listen() -> int:
        heard = 0
        async with asyncio.timeout(20):
            async for part in _stream(request, call, head):  # type: ignore[arg-type]
                heard += 1
                assert part.startswith(b"event: head\n")
                if heard == 3:
                    with at_work.database.transaction(None) as con:
                        con.execute("UPDATE login_session SET revoked_at = 5")
        return heard

    assert asyncio.run(listen()) >= 3
