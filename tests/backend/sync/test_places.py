"""How many pushes run at once: two of an employer, others wait a moment, nobody else notices."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from hrtui.backend.errors import ApiError
from hrtui.backend.sync import places as places_module
from hrtui.backend.sync import push as push_module
from hrtui.backend.sync.places import LATEST, SOONEST, Places
from tests.backend.sync.office import FULL, OTHER, TENANT, Clerk, Office, day

DATES = ("2026-03-02", "2026-03-03", "2026-03-04")


class Slow:
    """Pushes at TENANT stop in the middle until they are let go; `inside` counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.inside = threading.Semaphore(0)
        self.go_on = threading.Event()
        real = push_module.fingerprint

        def stop(mutation: Any) -> str:
            if mutation["label"] == "slow":
                self.inside.release()
                assert self.go_on.wait(30)
            return real(mutation)

        monkeypatch.setattr(push_module, "fingerprint", stop)


def body_of(clerk: Clerk, date: str) -> dict[str, Any]:
    clerk.hello()
    mutation = clerk.mutation(day(FULL, date=date), label="slow")
    return {"device_id": clerk.device_id, "nonce": clerk.nonce, "witness": clerk.witness,
            "mutations": [mutation]}  # fmt: skip


def test_a_busy_employer_tells_when_to_come_back_and_others_go_on(
    at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not at_work.database.postgres:
        pytest.skip("a SQLite file lets one employer write at a time in any case")
    monkeypatch.setattr(places_module, "PATIENCE", 0.1)
    clerks = [at_work.clerk() for _ in DATES]
    bodies = [body_of(clerk, date) for clerk, date in zip(clerks, DATES, strict=True)]
    elsewhere = at_work.clerk(tenant=OTHER)
    slow = Slow(monkeypatch)
    path = f"/v1/t/{TENANT}/sync/push"
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(at_work.call, "POST", path, clerk.token, json=body)
            for clerk, body in zip(clerks[:2], bodies[:2], strict=True)
        ]
        try:
            assert slow.inside.acquire(timeout=30)
            while at_work.app.state.places.take(TENANT):
                at_work.app.state.places.leave(TENANT)
            third = at_work.call("POST", path, clerks[2].token, json=bodies[2])
            stranger = at_work.call("POST", path, "nobody", json=bodies[2])
            assert elsewhere.push(day(FULL)) == [{"outcome": "applied"}]
        finally:
            slow.go_on.set()
        assert [one.result().status_code for one in running] == [200, 200]
    assert (third.status_code, third.json()["code"]) == (503, "tenant_busy")
    assert SOONEST <= int(third.headers["Retry-After"]) <= LATEST
    assert stranger.status_code == 401
    again = at_work.call("POST", path, clerks[2].token, json=bodies[2])
    assert again.json()["results"][0]["ops"] == [{"outcome": "applied"}]


def test_a_place_goes_to_who_waited_longest() -> None:
    places, order = Places(10), []

    async def come(name: int) -> None:
        await places.wait(TENANT)
        order.append(name)
        places.leave(TENANT)

    async def work() -> None:
        assert places.take(TENANT)
        assert places.take(TENANT)
        assert not places.take(TENANT)
        assert places.take(OTHER)
        waiting = [asyncio.create_task(come(name)) for name in range(3)]
        await asyncio.sleep(0)
        left = asyncio.create_task(come(9))
        await asyncio.sleep(0)
        left.cancel()
        await asyncio.wait([left])
        assert not places.take(TENANT)
        places.leave(TENANT)
        await asyncio.gather(*waiting)
        places.leave(TENANT)
        assert places.take(TENANT)

    asyncio.run(work())
    assert order == [0, 1, 2]


def test_a_worker_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    places = Places(1)
    assert places.take(TENANT)
    with pytest.raises(ApiError) as refused:
        places.take(OTHER)
    assert (refused.value.status, refused.value.code) == (503, "overloaded")
    assert refused.value.retry_after >= SOONEST
    places.leave(TENANT)
    assert places.take(OTHER)
