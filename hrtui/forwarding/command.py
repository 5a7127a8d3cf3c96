"""The forms of these orders as a backend takes them: plain data, the same for every transport."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from hrtui.domain.month import Month
from hrtui.forwarding.port import AnswerOrder, Order, UnlockOrder


def forward_command(order: Order, uid: str = "") -> dict[str, Any]:
    """The body of `POST commands/forward`.

    `uid` makes a repeated request the same one. `people` maps ids (as text, since JSON's numbers lose the
    last figures of 63 bits in many readers) to content hashes, by which the backend sees whether the clerk
    saw what it has.
    """
    return {
        "uid": uid or str(uuid.uuid4()),
        "period": str(order.month),
        "number": order.number,
        "layout": order.layout,
        "people": {str(person_id): digest for person_id, digest in order.people.items()},
        "messages": [str(message_id) for message_id in order.messages],
        "wage_payment_date": _iso(order.wage_payment_date),
        "meal_voucher_date": _iso(order.meal_voucher_date),
    }


def unlock_command(order: UnlockOrder, uid: str = "") -> dict[str, Any]:
    """The body of `POST commands/reopen`."""
    return {
        "uid": uid or str(uuid.uuid4()),
        "period": str(order.month),
        "people": [str(person_id) for person_id in order.people],
        "reason": order.reason,
        "hours": order.hours,
    }


def answer_command(order: AnswerOrder, uid: str = "") -> dict[str, Any]:
    """The body of `POST commands/answer`."""
    return {
        "uid": uid or str(uuid.uuid4()),
        "transmission": str(order.transmission_id),
        "rejected": {str(person_id): reason for person_id, reason in order.rejected.items()},
        "note": order.note,
    }


def lock_command(month: Month, people: Sequence[int], uid: str = "") -> dict[str, Any]:
    """The body of `POST commands/lock`."""
    return {
        "uid": uid or str(uuid.uuid4()),
        "period": str(month),
        "people": [str(person_id) for person_id in people],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
