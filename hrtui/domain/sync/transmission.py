"""The server's entity `transmission`: its units, and the status that answers and deliveries add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from typing_extensions import TypedDict

from hrtui.domain.sync.canonical import number_of

State = Literal["queued", "sending", "delivered", "accepted", "rejected", "partly_rejected", "failed"]
QUEUED, SENDING, DELIVERED, FAILED = "queued", "sending", "delivered", "failed"
ACCEPTED, REJECTED, PARTLY_REJECTED = "accepted", "rejected", "partly_rejected"
ANSWERED = frozenset({ACCEPTED, REJECTED, PARTLY_REJECTED})
AREA = "messages+national_numbers+pay_components"
"""The areas that all must be open to whoever reads the bundle of a transmission."""
RELEVANT = frozenset(
    {
        "day", "employer", "provider_link", "person", "contract", "work_schedule", "schedule_assignment",
        "leave_type", "holiday", "pay_component_type", "pay_component", "provider_message",
    }
)  # fmt: skip
"""The kinds of row that a person's month is made of, as it goes to a provider."""


class TransmissionUnits(TypedDict):
    """The units of a transmission (its id is the client's; moments are UTC).

    `people` maps ids (as text) to number, name and the SHA-256 of the snapshot; `bases` those of whom the
    provider held something then to the transmission (id as text) that brought it, which differences add to;
    `answers` those that the provider answered for to (accepted | rejected, reason). `files` are (name,
    SHA-256, size); they and the snapshots are in the document `bundle` (its SHA-256; see `Bundle`).
    `messages` are (id, person or null). `events` are (moment, who, channel, status, note).
    """

    month: str
    number: int
    kind: str
    provider: str
    layout: str
    resend: str
    wage_payment_date: str | None
    meal_voucher_date: str | None
    by: str
    at: str
    status: State
    reason: str
    people: dict[str, list[str]]
    bases: dict[str, str]
    answers: dict[str, list[str]]
    messages: list[list[int | None]]
    files: list[list[str | int]]
    bundle: str
    events: list[list[str]]


class Bundle(TypedDict):
    """The document of a transmission: canonical snapshots by person id, files as (name, base64), its id."""

    transmission: str
    people: dict[str, str]
    files: list[list[str]]


def answered_status(people: Iterable[str], answers: Mapping[str, list[str]]) -> State | None:
    """What the provider's answers add up to, None as long as some wait and none was rejected."""
    everybody = set(people)
    rejected = {one for one, (state, *_) in answers.items() if state == REJECTED} & everybody
    if rejected and rejected == everybody:
        return "rejected"
    if rejected:
        return "partly_rejected"
    return "accepted" if everybody <= answers.keys() else None


def delivered_status(channels: Iterable[str]) -> State:
    """What the deliveries through several channels add up to: given up only where none arrived."""
    states = set(channels)
    if SENDING in states:
        return "sending"
    if QUEUED in states or not states:
        return "queued"
    return "delivered" if DELIVERED in states else "failed"


def event_id(transmission_id: int, place: int) -> int:
    """The id of the event at this place of a transmission, the same everywhere."""
    return number_of("transmission_event", transmission_id, place)
