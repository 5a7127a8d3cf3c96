"""What was forwarded: the transmissions of a month, who was in them, their files and answers."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from hrtui.domain.month import Month
from hrtui.i18n import t
from hrtui.store.errors import StoreError
from hrtui.store.moments import day_of, moment_of
from hrtui.store.store import Store


class Status(StrEnum):
    """How far a transmission, or a person in it, is."""

    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PARTLY_REJECTED = "partly_rejected"
    FAILED = "failed"


NOT_HELD = frozenset({Status.REJECTED, Status.FAILED})
"""Of a person: the provider did not take what was sent."""
FIRST, CORRECTION = "first", "correction"
FULL, DELTA = "full", "delta"


@dataclass(frozen=True, slots=True)
class Transmission:
    """One sending of a month; `at` is UTC, `people` counts who was in it."""

    id: int
    month: Month
    number: int
    kind: str
    provider: str
    layout: str
    resend: str
    wage_payment_date: date | None
    meal_voucher_date: date | None
    status: Status
    reason: str
    actor: str
    at: datetime
    step_id: int
    messages: Sequence[dict[str, Any]]
    people: int


@dataclass(frozen=True, slots=True)
class SentPerson:
    """A person as they were sent; `snapshot` is the canonical JSON."""

    transmission_id: int
    person_id: int
    number: str
    name: str
    snapshot: str
    sha256: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a transmission."""

    place: int
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Event:
    """A delivery or an answer; `at` is UTC."""

    at: datetime
    actor: str
    channel: str
    status: Status
    note: str


_COLUMNS = (
    "x.id, x.month, x.number, x.kind, x.provider, x.layout, x.resend,"
    " x.wage_payment_date, x.meal_voucher_date, x.status, x.reason, x.actor, x.at, x.step_id, x.messages,"
    " (SELECT count(*) FROM transmission_person p WHERE p.transmission_id = x.id)"
)
_PERSON = "q.transmission_id, q.person_id, q.number, q.name, q.snapshot, q.sha256, q.status, q.reason"


def transmissions(store: Store, employer_id: int, month: Month | None = None) -> list[Transmission]:
    """The employer's transmissions, of one month where asked for: the latest first."""
    which, values = ("", [employer_id]) if month is None else (" AND x.month = ?", [employer_id, str(month)])
    found = store.con.execute(
        f"SELECT {_COLUMNS} FROM transmission x WHERE x.employer_id = ?{which} ORDER BY x.at DESC, x.id",
        values,
    )
    return [_transmission(row) for row in found]


def transmission(store: Store, employer_id: int, transmission_id: int) -> Transmission:
    """One transmission; raises StoreError where the employer has none with that id."""
    row = store.con.execute(
        f"SELECT {_COLUMNS} FROM transmission x WHERE x.employer_id = ? AND x.id = ?",
        (employer_id, transmission_id),
    ).fetchone()
    if row is None:
        raise StoreError(t("This transmission is not there."))
    return _transmission(row)


def sent_people(store: Store, transmission_id: int) -> list[SentPerson]:
    """Who was in a transmission, in name order."""
    found = store.con.execute(
        f"SELECT {_PERSON} FROM transmission_person q"
        " WHERE q.transmission_id = ? ORDER BY q.name, q.person_id",
        (transmission_id,),
    )
    return [_person(row) for row in found]


def latest_sent(
    store: Store, employer_id: int, month: Month, person_ids: Collection[int] | None = None
) -> dict[int, SentPerson]:
    """How each person of the month was sent last, whatever came of it.

    Differences to what the provider rejected afterwards count as rejected: see `_with_what_fell`.
    """
    return {id_: sent[-1] for id_, sent in _sendings(store, employer_id, month, person_ids).items()}


def held_by_provider(
    store: Store, employer_id: int, month: Month, person_ids: Collection[int] | None = None
) -> dict[int, SentPerson]:
    """What the provider holds of the month: how each person was sent last without being rejected."""
    held = {
        id_: [one for one in sent if one.status not in NOT_HELD]
        for id_, sent in _sendings(store, employer_id, month, person_ids).items()
    }
    return {id_: sent[-1] for id_, sent in held.items() if sent}


def rejected_ids(store: Store, employer_id: int, month: Month) -> frozenset[int]:
    """The people of the month whom the provider rejected last, or to whom nothing could be delivered."""
    last = latest_sent(store, employer_id, month)
    return frozenset(id_ for id_, one in last.items() if one.status in NOT_HELD)


def _sendings(
    store: Store, employer_id: int, month: Month, person_ids: Collection[int] | None
) -> dict[int, list[SentPerson]]:
    """How each person was sent, in order."""
    found = store.con.execute(
        f"SELECT x.resend, q.base, {_PERSON} FROM transmission x"
        " JOIN transmission_person q ON q.transmission_id = x.id"
        " WHERE x.employer_id = ? AND x.month = ? ORDER BY x.number",
        (employer_id, str(month)),
    )
    wanted = None if person_ids is None else set(person_ids)
    by_person: dict[int, list[_Sending]] = {}
    for resend, base, *row in found:
        if wanted is None or row[1] in wanted:
            one = _person(row)
            by_person.setdefault(one.person_id, []).append(_Sending(one, base if resend == DELTA else 0))
    return {id_: _with_what_fell(sent) for id_, sent in by_person.items()}


@dataclass(frozen=True, slots=True)
class _Sending:
    """A person in a transmission; `base` is the one that its differences add to (0: it stands alone)."""

    sent: SentPerson
    base: int


def _with_what_fell(sent: Sequence[_Sending]) -> list[SentPerson]:
    """Differences fall with what they add to, as often as answers say so, unless they were accepted.

    Who accepts differences says with it that they hold what these lead to.
    """
    found: dict[int, SentPerson] = {}
    for it in sent:
        one, base = it.sent, found.get(it.base)
        if base is not None and base.status in NOT_HELD and one.status not in {*NOT_HELD, Status.ACCEPTED}:
            one = replace(one, status=base.status, reason=base.reason)
        found[one.transmission_id] = one
    return list(found.values())


def files(store: Store, transmission_id: int) -> list[SentFile]:
    """The files of a transmission in their order."""
    found = store.con.execute(
        "SELECT place, name, sha256, size FROM transmission_file WHERE transmission_id = ? ORDER BY place",
        (transmission_id,),
    )
    return [SentFile(*row) for row in found]


def file_content(store: Store, transmission_id: int, place: int) -> bytes:
    """Exactly what was sent; raises StoreError where it is not there or is no longer what it was."""
    row = store.con.execute(
        "SELECT content, sha256, name FROM transmission_file WHERE transmission_id = ? AND place = ?",
        (transmission_id, place),
    ).fetchone()
    if row is None or not row[0]:
        raise StoreError(t("The file is still on its way from the backend: try again in a moment."))
    content = zlib.decompress(row[0])
    if hashlib.sha256(content).hexdigest() != row[1]:
        raise StoreError(t("{file} is damaged: it is no longer what was sent.", file=row[2]))
    return content


def events(store: Store, transmission_id: int) -> list[Event]:
    """What became of a transmission, in order."""
    found = store.con.execute(
        "SELECT at, actor, channel, status, note FROM transmission_event WHERE transmission_id = ?"
        " ORDER BY at, id",
        (transmission_id,),
    )
    return [
        Event(moment_of(at), actor, channel, Status(status), note)
        for at, actor, channel, status, note in found
    ]


@dataclass(frozen=True, slots=True)
class MonthUnlock:
    """Somebody unlocked the month of some people."""

    at: datetime
    actor: str
    until: datetime
    reason: str
    people: int


def month_unlocks(store: Store, employer_id: int, month: Month) -> list[MonthUnlock]:
    """The unlocks of a month, those made together as one, in order."""
    found = store.con.execute(
        "SELECT u.at, u.actor, max(u.until), u.reason, count(*) FROM month_unlock u"
        " JOIN person p ON p.id = u.person_id WHERE p.employer_id = ? AND u.month = ?"
        " GROUP BY substr(u.at, 1, 19), u.actor, u.reason ORDER BY u.at",
        (employer_id, str(month)),
    )
    return [
        MonthUnlock(moment_of(at), actor, moment_of(until), reason, n)
        for at, actor, until, reason, n in found
    ]


def forwarded_ids(store: Store, employer_id: int, month: Month) -> frozenset[int]:
    """The people whose month was forwarded, unlocked ones too."""
    found = store.con.execute(
        "SELECT k.person_id FROM month_lock k JOIN person p ON p.id = k.person_id"
        " WHERE p.employer_id = ? AND k.month = ?"
        " UNION SELECT q.person_id FROM transmission x JOIN transmission_person q ON q.transmission_id = x.id"
        " WHERE x.employer_id = ? AND x.month = ?",
        (employer_id, str(month), employer_id, str(month)),
    )
    return frozenset(person_id for (person_id,) in found)


def forwarded_months(store: Store, employer_id: int) -> list[Month]:
    """The months of which anything was forwarded, in order."""
    found = store.con.execute(
        "SELECT DISTINCT month FROM transmission WHERE employer_id = ? ORDER BY month", (employer_id,)
    )
    return [Month.parse(month) for (month,) in found]


def _transmission(row: Sequence[Any]) -> Transmission:
    id_, month, number, kind, provider, layout, resend, wage, meal, status, reason, *rest = row
    actor, at, step_id, messages, people = rest
    return Transmission(
        id_,
        Month.parse(month),
        number,
        kind,
        provider,
        layout,
        resend,
        day_of(wage),
        day_of(meal),
        Status(status),
        reason,
        actor,
        moment_of(at),
        step_id,
        json.loads(messages),
        people,
    )


def _person(row: Sequence[Any]) -> SentPerson:
    transmission_id, person_id, number, name, snapshot, digest, status, reason = row
    return SentPerson(transmission_id, person_id, number, name, snapshot, digest, Status(status), reason)
