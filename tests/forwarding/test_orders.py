"""Orders as a backend takes them, and what becomes of its refusals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hrtui.domain.month import Month
from hrtui.forwarding.port import AnswerOrder, BasisChangedError, Order, UnlockOrder
from hrtui.forwarding.remote import CommandRefused, RemoteForward
from hrtui.store.errors import StoreError
from hrtui.store.transmissions import Status

BIG = 2**62 + 1
ORDER = Order(
    1, Month(2026, 9), 2, "generic", {BIG: "ab" * 32}, (BIG + 2,), datetime(2026, 9, 30, tzinfo=UTC),
    date(2026, 9, 30),
)  # fmt: skip


class Backend:
    """Answers every command with the same, and keeps what it was sent."""

    def __init__(self, answer: Mapping[str, Any] | Exception) -> None:
        self.answer = answer
        self.sent: list[tuple[str, dict[str, Any]]] = []

    def post(self, name: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.sent.append((name, json.loads(json.dumps(body))))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_forwarding_sends_the_hashes_of_what_was_seen() -> None:
    backend = Backend({"transmission": str(BIG), "status": "queued"})
    done = RemoteForward(backend.post).forward(ORDER)
    assert (done.transmission_id, done.status) == (BIG, Status.QUEUED)
    ((name, body),) = backend.sent
    assert name == "forward"
    assert body.pop("uid")
    assert body == {
        "period": "2026-09",
        "number": 2,
        "layout": "generic",
        "people": {str(BIG): "ab" * 32},
        "messages": [str(BIG + 2)],
        "wage_payment_date": "2026-09-30",
        "meal_voucher_date": None,
    }


def test_unlocking_and_answering() -> None:
    backend = Backend({"until": "2026-10-01T12:00:00+00:00", "status": "partly_rejected"})
    port = RemoteForward(backend.post)
    until = port.unlock(UnlockOrder(1, Month(2026, 9), [BIG], "late", 2))
    assert until == datetime(2026, 10, 1, 12, tzinfo=UTC)
    assert port.answer(AnswerOrder(1, BIG, {BIG: "no"})) is Status.PARTLY_REJECTED
    port.lock_again(1, Month(2026, 9), [BIG])
    assert [name for name, _ in backend.sent] == ["reopen", "answer", "lock"]
    assert backend.sent[0][1]["people"] == [str(BIG)]
    assert backend.sent[1][1]["rejected"] == {str(BIG): "no"}


@pytest.mark.parametrize(
    ("refusal", "raised", "told"),
    [
        (CommandRefused("basis_changed"), BasisChangedError, "Something changed"),
        (CommandRefused("forbidden"), StoreError, "roles do not allow"),
        (CommandRefused("never_heard_of"), StoreError, "never_heard_of"),
        (CommandRefused("closed", "The year is closed."), StoreError, "The year is closed."),
    ],
)
def test_a_refusal_is_a_sentence(refusal: Exception, raised: type[StoreError], told: str) -> None:
    with pytest.raises(raised, match=told):
        RemoteForward(Backend(refusal).post).forward(ORDER)
