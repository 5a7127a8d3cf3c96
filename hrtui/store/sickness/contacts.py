"""Telling the occupational service: the text to send or read out, and that it was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from hrtui import clock
from hrtui.domain.sickness.message import Message, Telling, Told, message
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.errors import StoreError
from hrtui.store.moments import moment, moment_of
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.outcome import name_of
from hrtui.store.sickness.records import CaseRecord, case_record

CONTACT = "sickness_contact"
Channel = Literal["email", "phone"]
WAITING, SENT, TOLD = "waiting", "sent", "told"

Send = Callable[[str, Message], None]
"""Hands a message to the backend for an address; raises StoreError where it cannot take it now."""


@dataclass(frozen=True, slots=True)
class Contact:
    """That the service was told; `state` is waiting, sent (by e-mail) or told (by phone). `at` is UTC."""

    id: int
    kind: str
    channel: str
    recipient: str
    state: str
    actor: str
    at: datetime


def message_for(desk: Desk, case_id: int, telling: Telling, sender: str = "") -> Message:
    """The message about a case in the service's language, with what may be told and no more.

    `sender` signs it, the clerk here unless another one is named. Raises StoreError for a recovery of a case
    that is open.
    """
    record = case_record(desk, case_id)
    return message(_told(desk, record, telling, sender or desk.store.actor), desk.service_language)


def contacts_of(desk: Desk, case_id: int) -> list[Contact]:
    """What the service was told about a case, newest first."""
    found = desk.store.con.execute(
        "SELECT id, kind, channel, recipient, state, actor, at FROM sickness_contact"
        " WHERE case_id = ? AND employer_id = ? ORDER BY at DESC, id",
        (case_id, desk.employer_id),
    )
    return [
        Contact(id_, kind, channel, to, state, actor, moment_of(at))
        for id_, kind, channel, to, state, actor, at in found
    ]


def waiting_contacts(desk: Desk) -> list[tuple[int, int, str, str]]:
    """Contact, case, kind and who prepared it, of each e-mail that waits to be sent, the oldest first."""
    found: list[tuple[int, int, str, str]] = desk.store.con.execute(
        "SELECT id, case_id, kind, actor FROM sickness_contact WHERE employer_id = ? AND channel = 'email'"
        " AND state = ? ORDER BY at, id",
        (desk.employer_id, WAITING),
    ).fetchall()
    return found


def tell(desk: Desk, case_id: int, telling: Telling, channel: Channel, send: Send | None = None) -> Contact:
    """Record that the service was told, after sending the e-mail with `send` where there is one.

    An e-mail without `send` is kept as waiting. Raises StoreError where no address is known, or what `send`
    raises; then nothing is recorded.
    """
    text = message_for(desk, case_id, telling)
    recipient = desk.service_email if channel == "email" else desk.service_phone
    if channel == "email" and not recipient:
        raise StoreError(t("The employer's settings have no e-mail address of the occupational service."))
    state = TOLD if channel == "phone" else WAITING
    if channel == "email" and send is not None:
        send(recipient, text)
        state = SENT
    change = rows.insertion(
        CONTACT,
        {
            "employer_id": desk.employer_id,
            "case_id": case_id,
            "kind": telling.value,
            "channel": channel,
            "recipient": recipient,
            "language": desk.service_language,
            "state": state,
            "actor": desk.store.actor,
            "at": moment(),
        },
    )
    label = t("Absence of {name}", name=name_of(desk, case_record(desk, case_id).person_id))
    rows.carry_out(desk.store, desk.employer_id, label, [change])
    return next(one for one in contacts_of(desk, case_id) if one.id == change.id)


def mark_sent(desk: Desk, contact_id: int) -> None:
    """Say that a waiting e-mail went out."""
    old = rows.row_of(desk.store, desk.employer_id, CONTACT, contact_id)
    changes = rows.update(CONTACT, contact_id, old, {"state": SENT, "at": moment()})
    rows.carry_out(desk.store, desk.employer_id, t("Message sent"), changes)


def _told(desk: Desk, record: CaseRecord, telling: Telling, sender: str) -> Told:
    spell = record.case.spell
    from_day: date = spell.first_day
    percent = record.case.course[0].percent
    if telling is Telling.RECOVERY:
        if spell.last_day is None:
            raise StoreError(t("Report the recovery first."))
        from_day = spell.last_day + timedelta(days=1)
    elif telling is Telling.PARTIAL:
        step = record.case.on(clock.today()) or record.case.course[-1]
        from_day, percent = step.from_date, step.percent
    return Told(
        telling,
        desk.employer,
        desk.policy_number,
        _plain_name(desk, record.person_id),
        record.number,
        spell.first_day,
        from_day,
        percent,
        sender,
    )


def _plain_name(desk: Desk, person_id: int) -> str:
    """The name as one writes it in a letter: first name, prefix, last name."""
    row = desk.store.con.execute(
        "SELECT first_name, name_prefix, last_name FROM person WHERE id = ?", (person_id,)
    ).fetchone()
    return " ".join(part for part in row if part)
