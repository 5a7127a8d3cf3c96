"""Messages to the payroll provider, about a person or the employer: drafts until they go with the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.domain.month import Month
from hrtui.i18n import N_, t
from hrtui.store import rows
from hrtui.store.changes import RowChange, locked_months
from hrtui.store.errors import StoreError
from hrtui.store.moments import moment, moment_of
from hrtui.store.month_words import in_words
from hrtui.store.people import full_name
from hrtui.store.store import Store

MAX_LENGTH = 2000
DRAFT, FORWARDED = "draft", "forwarded"
REMINDER = N_("Write nothing about why or how somebody is ill: an employer may not record that.")
"""To show beside the text (AP, policy rules on sick employees; GDPR art. 9)."""


@dataclass(frozen=True, slots=True)
class ProviderMessage:
    """A message; person, number and name are None and empty where it is about the employer. `at` is UTC."""

    id: int
    month: Month
    body: str
    state: str
    actor: str
    at: datetime
    person_id: int | None
    number: str
    name: str

    @property
    def draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == DRAFT


def messages(
    store: Store, employer_id: int, month: Month | None = None, person_id: int | None = None
) -> list[ProviderMessage]:
    """The employer's messages, of one month or person where asked for: newest month first, then by name."""
    conditions, values = ["m.employer_id = ?"], [employer_id]
    texts: list[str] = []
    if person_id is not None:
        conditions.append("m.person_id = ?")
        values.append(person_id)
    if month is not None:
        conditions.append("m.month = ?")
        texts.append(str(month))
    found = store.con.execute(
        "SELECT m.id, m.month, m.body, m.state, m.actor, m.at, p.id, p.number, p.first_name, p.last_name,"
        " p.name_prefix FROM provider_message m LEFT JOIN person p ON p.id = m.person_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY m.month DESC, p.sort_name, m.at, m.id",
        (*values, *texts),
    )
    return [
        ProviderMessage(
            id_,
            Month.parse(text),
            body,
            state,
            actor,
            moment_of(at),
            person,
            number or "",
            full_name(first, last, prefix) if person else "",
        )
        for id_, text, body, state, actor, at, person, number, first, last, prefix in found
    ]


def add_message(store: Store, employer_id: int, month: Month, body: str, person_id: int | None = None) -> int:
    """Keep a draft for `month`, about a person or (None) the employer; returns its id. Raises StoreError."""
    text = _checked(body)
    if person_id is not None:
        rows.check_people(store, employer_id, [person_id])
        _refuse_locked(store, person_id, month)
    change = rows.insertion(
        "provider_message",
        {
            "employer_id": employer_id,
            "person_id": person_id,
            "month": str(month),
            "body": text,
            "state": DRAFT,
            "actor": store.actor,
            "at": moment(),
        },
    )
    label = t("Message for {month}", month=in_words(month))
    rows.carry_out(store, employer_id, label, [change])
    return change.id


def edit_message(store: Store, employer_id: int, message: ProviderMessage, body: str) -> None:
    """Give a draft another text; raises StoreError where it was forwarded, StaleError."""
    text = _checked(body)
    _refuse_forwarded(store, employer_id, message.id)
    _refuse_locked(store, message.person_id, message.month)
    old = {"body": message.body, "state": DRAFT}
    changes = rows.update("provider_message", message.id, old, {"body": text})
    rows.carry_out(
        store, employer_id, t("Message for {month} changed", month=in_words(message.month)), changes
    )


def delete_message(store: Store, employer_id: int, message_id: int) -> None:
    """Take a draft away; raises StoreError where it was forwarded."""
    values = _refuse_forwarded(store, employer_id, message_id)
    person_id = values["person_id"]
    month = Month.parse(str(values["month"]))
    _refuse_locked(store, person_id if isinstance(person_id, int) else None, month)
    change = RowChange("provider_message", message_id, values, None)
    rows.carry_out(store, employer_id, t("Message for {month} removed", month=in_words(month)), [change])


def _refuse_forwarded(store: Store, employer_id: int, message_id: int) -> dict[str, object]:
    values = rows.row_of(store, employer_id, "provider_message", message_id)
    if values["state"] != DRAFT:
        raise StoreError(t("This message was forwarded: write another one."))
    return values


def _refuse_locked(store: Store, person_id: int | None, month: Month) -> None:
    if person_id is not None and locked_months(store.con, {(person_id, str(month))}):
        name = in_words(month)
        raise StoreError(t("{month} is locked for this person: unlock it first.", month=name))


def _checked(body: str) -> str:
    """The text with its lines cleaned, as it is stored."""
    lines = []
    for line in body.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n"):
        plain = clean(line)
        if isinstance(plain, Problem):
            raise StoreError(t("The message has signs that a provider cannot read: write it in plain text."))
        lines.append(plain)
    text = "\n".join(lines).strip("\n")
    if not text:
        raise StoreError(t("The message is empty."))
    if len(text) > MAX_LENGTH:
        raise StoreError(
            t("The message has {n} characters; at most {most} fit.", n=len(text), most=MAX_LENGTH)
        )
    return text
