"""Transmissions as rows of the feed: made, noted on, and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from hrtui.backend.forwarding.arguments import ForwardOrder
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.stored import live_rows
from hrtui.backend.sync.writing import Key, Writing
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.transmission import (
    ANSWERED,
    REJECTED,
    State,
    TransmissionUnits,
    answered_status,
)

MOST_EVENTS = 100


def key_of(transmission_id: int) -> Key:
    """The row of a transmission."""
    return "transmission", transmission_id, ""


def units_of(writing: Writing, transmission_id: int) -> TransmissionUnits | None:
    """The units of a transmission, None where the employer has none with that id."""
    stored = writing.get(key_of(transmission_id))
    return cast("TransmissionUnits", dict(stored.units)) if stored.live else None


def make(writing: Writing, order: ForwardOrder) -> None:
    """Write a new transmission, waiting for its deliveries."""
    units: TransmissionUnits = {
        "month": order.month,
        "number": order.number,
        "kind": order.kind,
        "provider": order.provider,
        "layout": order.layout,
        "resend": order.resend,
        "wage_payment_date": order.wage_payment_date,
        "meal_voucher_date": order.meal_voucher_date,
        "by": writing.actor.name,
        "at": writing.at,
        "status": "queued",
        "reason": "",
        "people": {str(id_): [one.number, one.name, one.snapshot] for id_, one in order.people.items()},
        "bases": {str(id_): str(base) for id_, base in order.bases.items()},
        "answers": {},
        "messages": [[id_, _about(writing, id_)] for id_ in order.messages],
        "files": [[*file] for file in order.files],
        "bundle": order.bundle,
        "events": [],
    }
    _put(writing, order.id, "forward", cast("dict[str, Value]", units))


def note(
    writing: Writing, transmission_id: int, status: State, channel: str, text: str, own: State | None = None
) -> None:
    """Keep what became of a transmission; its status follows, unless the provider has answered.

    `own` is how it went through this channel, where others are still under way.
    """
    units = units_of(writing, transmission_id)
    if units is None:
        return
    changed: dict[str, Value] = {"events": _with_event(writing, units, channel, own or status, text)}
    if units["status"] not in ANSWERED or status in ANSWERED:
        changed["status"] = status
        changed["reason"] = text if (own or status) in ("queued", "failed", "rejected") else ""
    _put(writing, transmission_id, "deliver", changed)


def answer(
    writing: Writing, transmission_id: int, answers: Mapping[str, tuple[str, str]], channel: str, text: str
) -> State:
    """Keep the provider's answers (person: accepted | rejected, reason); returns the status after them.

    A later answer about a person takes the place of the earlier one.
    """
    units = units_of(writing, transmission_id)
    assert units is not None
    known: dict[str, list[str]] = {**units["answers"]}
    known |= {id_: [state, reason if state == REJECTED else ""] for id_, (state, reason) in answers.items()}
    status = answered_status(units["people"], known) or units["status"]
    if known != units["answers"]:
        _put(writing, transmission_id, "answer", {"answers": cast("Value", known)})
    note(writing, transmission_id, status, channel, text)
    return status


def remark(writing: Writing, transmission_id: int, text: str) -> None:
    """Keep what clerks are to know of a transmission, whose state stays as it is.

    It is of no channel: the last word of each says how its delivery went.
    """
    units = units_of(writing, transmission_id)
    if units is not None:
        events = _with_event(writing, units, "", units["status"], text)
        _put(writing, transmission_id, "note", {"events": events})


def _with_event(writing: Writing, units: TransmissionUnits, channel: str, status: State, text: str) -> Value:
    """The events of a transmission with one more, that happens now; only the last ones are kept."""
    event = [writing.at, writing.actor.name, channel, status, text]
    return cast("Value", [*units["events"], event][-MOST_EVENTS:])


def next_number(writing: Writing, month: str) -> int:
    """The number of the month's next transmission."""
    return max((units["number"] for units in _of_month(writing, month)), default=0) + 1


def sent_since(writing: Writing, units: TransmissionUnits) -> set[str]:
    """Those of a transmission (ids as text) who were in a later one of the same month."""
    found: set[str] = set()
    for other in _of_month(writing, units["month"]):
        if other["number"] > units["number"]:
            found |= other["people"].keys() & units["people"].keys()
    return found


def _of_month(writing: Writing, month: str) -> list[TransmissionUnits]:
    """The units of the transmissions of a month."""
    rows = live_rows(writing.con, writing.tenant_id, "transmission")
    return [cast("TransmissionUnits", units) for _, units in rows if units["month"] == month]


def _about(writing: Writing, message_id: int) -> int | None:
    person_id: Any = writing.get(("provider_message", message_id, "")).units.get("person_id")
    return person_id if isinstance(person_id, int) else None


def _put(writing: Writing, transmission_id: int, action: str, units: Mapping[str, Value]) -> None:
    key = key_of(transmission_id)
    writing.put(key, units)
    writing.deeds.append(Deed("", action, *key, after=dict(units)))
