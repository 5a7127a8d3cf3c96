"""The forms of orders as a backend takes them: plain data, with ids as text.

JSON's numbers lose the last figures of 63 bits in many readers.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hrtui.domain.month import Month
from hrtui.domain.sync.canonical import canonical
from hrtui.domain.sync.transmission import Bundle
from hrtui.forwarding.port import AnswerOrder, UnlockOrder
from hrtui.store.transmission_records import NewTransmission


def forward_command(
    transmission_id: int,
    new: NewTransmission,
    number: int,
    contents: Mapping[int, str],
    beside: Mapping[int, Sequence[str]],
    bundle: str,
    basis: int,
) -> dict[str, Any]:
    """The arguments of `forward`.

    `people` maps ids to number, name, SHA-256 of the snapshot, and the hash of the rows it was made of
    (`contents`), by which the backend sees whether the clerk saw what it has; so does `basis`, the revision
    of its history that is here, and `beside`, the days close to the month on which people are ill here.
    `bases` maps those of whom the provider holds something to the transmission
    that brought it. `bundle` is the SHA-256 of the document with the snapshots and files.
    """
    return {
        "id": str(transmission_id),
        "period": str(new.month),
        "number": number,
        "kind": new.kind,
        "provider": new.provider,
        "layout": new.layout,
        "resend": new.resend,
        "wage_payment_date": _iso(new.wage_payment_date),
        "meal_voucher_date": _iso(new.meal_voucher_date),
        "people": {
            str(one.person_id): [one.number, one.name, one.sha256, contents[one.person_id]]
            for one in new.people
        },
        "bases": {str(one.person_id): str(one.base) for one in new.people if one.base},
        "beside": {str(id_): [*days] for id_, days in beside.items()},
        "messages": [str(message.id) for message in new.messages],
        "files": [[name, hashlib.sha256(content).hexdigest(), len(content)] for name, content in new.files],
        "bundle": bundle,
        "basis": basis,
    }


def bundle_of(transmission_id: int, new: NewTransmission) -> bytes:
    """The document with everything that goes: snapshots and files."""
    bundle: Bundle = {
        "transmission": str(transmission_id),
        "people": {str(one.person_id): one.snapshot for one in new.people},
        "files": [[name, base64.b64encode(content).decode()] for name, content in new.files],
    }
    return canonical(bundle).encode()


def unlock_command(order: UnlockOrder) -> dict[str, Any]:
    """The arguments of `reopen`."""
    return {
        "period": str(order.month),
        "people": [str(person_id) for person_id in order.people],
        "reason": order.reason,
        "hours": order.hours,
    }


def answer_command(order: AnswerOrder) -> dict[str, Any]:
    """The arguments of `answer`."""
    return {
        "transmission": str(order.transmission_id),
        "rejected": {str(person_id): reason for person_id, reason in order.rejected.items()},
        "note": order.note,
    }


def deliver_command(transmission_id: int) -> dict[str, Any]:
    """The arguments of `deliver`."""
    return {"transmission": str(transmission_id)}


def lock_command(month: Month, people: Sequence[int]) -> dict[str, Any]:
    """The arguments of `lock`."""
    return {"period": str(month), "people": [str(person_id) for person_id in people]}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
