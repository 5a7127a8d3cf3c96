"""Recording a transmission: snapshots, files, locks and messages, all in one transaction; and its answers."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.month import Month
from hrtui.i18n import t
from hrtui.store.by_ids import marks
from hrtui.store.changes import RowChange, apply, last_step, record_operations, record_step
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.locks import write_locks
from hrtui.store.messages import DRAFT, FORWARDED
from hrtui.store.moments import moment
from hrtui.store.month_words import in_words
from hrtui.store.store import Store
from hrtui.store.transmissions import Status, sent_people, transmission

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as they are sent: the canonical JSON of the snapshot, and its SHA-256.

    `base` is the transmission whose snapshot the provider held then (0: none), which differences add to.
    """

    person_id: int
    number: str
    name: str
    snapshot: str
    sha256: str
    base: int = 0


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that goes along; `person_id` is None where it is about the employer."""

    id: int
    person_id: int | None
    body: str


@dataclass(frozen=True, slots=True)
class NewTransmission:
    """A transmission to record; `files` pairs names with their content."""

    employer_id: int
    month: Month
    kind: str
    provider: str
    layout: str
    resend: str
    wage_payment_date: date | None
    meal_voucher_date: date | None
    people: Sequence[NewPerson]
    messages: Sequence[NewMessage] = ()
    files: Sequence[tuple[str, bytes]] = ()


def record(store: Store, new: NewTransmission, status: Status) -> int:
    """Keep a transmission, lock its people's month and mark its messages, inside the open transaction.

    Returns its id. Raises StoreError where a message is no longer the draft that it was.
    """
    step_id = _mark_messages(store, new)
    number = _next_number(store, new)
    transmission_id = new_id()
    store.con.execute(
        f"INSERT INTO transmission VALUES ({marks(16)})",
        (
            transmission_id, new.employer_id, new.provider, str(new.month), number,
            new.kind, new.layout, new.resend, _iso(new.wage_payment_date), _iso(new.meal_voucher_date),
            status.value, "", store.actor, moment(), step_id,
            json.dumps([{"id": m.id, "person": m.person_id, "body": m.body} for m in new.messages]),
        ),
    )  # fmt: skip
    store.con.executemany(
        "INSERT INTO transmission_person"
        " (transmission_id, person_id, number, name, snapshot, sha256, status, base)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                transmission_id,
                one.person_id,
                one.number,
                one.name,
                one.snapshot,
                one.sha256,
                status.value,
                one.base,
            )
            for one in new.people
        ],
    )
    store.con.executemany(
        "INSERT INTO transmission_file VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                transmission_id,
                place,
                name,
                hashlib.sha256(content).hexdigest(),
                len(content),
                zlib.compress(content, 6),
            )
            for place, (name, content) in enumerate(new.files)
        ],
    )
    write_locks(store, [one.person_id for one in new.people], new.month, transmission_id)
    return transmission_id


def _mark_messages(store: Store, new: NewTransmission) -> int:
    """Mark the messages as forwarded, as a step that undo does not reach; returns the latest step's id."""
    changes = []
    for message in new.messages:
        row = store.con.execute(
            "SELECT state, body FROM provider_message WHERE id = ?", (message.id,)
        ).fetchone()
        if row is None or tuple(row) != (DRAFT, message.body):
            raise StoreError(t("A message was changed or sent meanwhile: look at what goes along again."))
        changes.append(RowChange("provider_message", message.id, {"state": DRAFT}, {"state": FORWARDED}))
    if not changes:
        return last_step(store)
    label = t("{month} forwarded", month=in_words(new.month))
    step_id = record_step(store, new.employer_id, "edit", label, "gone")
    apply(store.con, changes)
    record_operations(store.con, step_id, changes)
    return step_id


def _next_number(store: Store, new: NewTransmission) -> int:
    found = store.con.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM transmission WHERE employer_id = ? AND month = ?",
        (new.employer_id, str(new.month)),
    )
    return int(found.fetchone()[0])


def add_event(store: Store, transmission_id: int, status: Status, note: str = "", channel: str = "") -> None:
    """Note what became of a transmission, and take over its status, inside the open transaction."""
    store.con.execute(
        "INSERT INTO transmission_event VALUES (?, ?, ?, ?, ?, ?, ?)",
        (new_id(), transmission_id, moment(), store.actor, channel, status.value, note),
    )
    store.con.execute(
        "UPDATE transmission SET status = ?, reason = ? WHERE id = ?",
        (status.value, note if status in (Status.REJECTED, Status.FAILED) else "", transmission_id),
    )


def delivered(store: Store, transmission_id: int, channel: str, note: str) -> None:
    """Note that the files arrived through a channel, such as a folder."""
    with store.transaction():
        add_event(store, transmission_id, Status.DELIVERED, note, channel)
        store.con.execute(
            "UPDATE transmission_person SET status = ? WHERE transmission_id = ? AND status IN (?, ?)",
            (Status.DELIVERED.value, transmission_id, Status.QUEUED.value, Status.SENDING.value),
        )


def answer(
    store: Store, employer_id: int, transmission_id: int, rejected: Mapping[int, str], note: str = ""
) -> Status:
    """Enter the provider's answer by hand: those in `rejected` with the reason, all others accepted.

    Returns the transmission's status. Raises StoreError for a person who was not in it, and for a rejection
    without a reason.
    """
    transmission(store, employer_id, transmission_id)
    people = {one.person_id for one in sent_people(store, transmission_id)}
    if not rejected.keys() <= people:
        raise StoreError(t("Somebody named was not in this transmission."))
    reasons = {person_id: " ".join(reason.split()) for person_id, reason in rejected.items()}
    if not all(0 < len(reason) <= LONGEST_REASON for reason in reasons.values()):
        raise StoreError(t("Type the provider's reason for each person that was rejected."))
    status = Status.ACCEPTED
    if reasons:
        status = Status.REJECTED if len(reasons) == len(people) else Status.PARTLY_REJECTED
    with store.transaction():
        store.con.executemany(
            "UPDATE transmission_person SET status = ?, reason = ?"
            " WHERE transmission_id = ? AND person_id = ?",
            [
                (
                    (Status.REJECTED if person_id in reasons else Status.ACCEPTED).value,
                    reasons.get(person_id, ""),
                    transmission_id,
                    person_id,
                )
                for person_id in people
            ],
        )
        add_event(store, transmission_id, status, note)
    return status


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
