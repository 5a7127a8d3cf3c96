"""Transmissions of the backend in the local tables: as its feed tells them, and what is to be fetched yet."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

from hrtui.domain.sync.canonical import number_of
from hrtui.domain.sync.transmission import (
    ANSWERED,
    DELIVERED,
    Bundle,
    TransmissionUnits,
    event_id,
)
from hrtui.domain.sync.wire import LockUnits
from hrtui.store import remembered
from hrtui.store.database import Connection
from hrtui.store.moments import local_moment, moment

_BUNDLE = "bundle:"
_WAITING = (
    "SELECT name, value FROM setting WHERE name IN"
    " (SELECT 'bundle:' || id FROM transmission WHERE employer_id = ?)"
)


def take(con: Connection, employer_id: int, transmission_id: int, units: Mapping[str, Any]) -> None:
    """Write what the backend tells of a transmission: all units of a new one, those that changed later."""
    if "people" in units:
        whole = cast("TransmissionUnits", units)
        _header(con, employer_id, transmission_id, whole)
        _contents(con, transmission_id, whole)
    if "status" in units:
        con.execute(
            "UPDATE transmission SET status = ?, reason = coalesce(?, reason) WHERE id = ?",
            (units["status"], units.get("reason"), transmission_id),
        )
        own = DELIVERED if units["status"] in ANSWERED else units["status"]
        con.execute(
            "UPDATE transmission_person SET status = ? WHERE transmission_id = ?"
            " AND status NOT IN ('accepted', 'rejected')",
            (own, transmission_id),
        )
    if "answers" in units:
        con.executemany(
            "UPDATE transmission_person SET status = ?, reason = ?"
            " WHERE transmission_id = ? AND person_id = ?",
            [(*answer, transmission_id, int(id_)) for id_, answer in units["answers"].items()],
        )
    if "events" in units:
        con.execute("DELETE FROM transmission_event WHERE transmission_id = ?", (transmission_id,))
        con.executemany(
            "INSERT INTO transmission_event VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (event_id(transmission_id, place), transmission_id, local_moment(at), *rest)
                for place, (at, *rest) in enumerate(units["events"])
            ],
        )


def forget(con: Connection, employer_id: int, kept: Sequence[int] = ()) -> None:
    """Forget the employer's transmissions but for those that are `kept`."""
    found = con.execute("SELECT id FROM transmission WHERE employer_id = ?", (employer_id,)).fetchall()
    for (id_,) in found:
        if id_ in kept:
            continue
        for table in ("transmission_event", "transmission_file", "transmission_person"):
            con.execute(f"DELETE FROM {table} WHERE transmission_id = ?", (id_,))
        con.execute("DELETE FROM transmission WHERE id = ?", (id_,))
        remembered.forget(con, [f"{_BUNDLE}{id_}"])


def empty(con: Connection, employer_id: int) -> None:
    """Take out what went to providers, for a clerk who may not see it any more.

    It is fetched again once the backend tells of the transmissions to somebody who may.
    """
    whose = "transmission_id IN (SELECT id FROM transmission WHERE employer_id = ?)"
    con.execute(f"UPDATE transmission_person SET snapshot = '' WHERE {whose}", (employer_id,))
    con.execute(f"UPDATE transmission_file SET content = x'' WHERE {whose}", (employer_id,))
    for id_, text in con.execute(
        "SELECT id, messages FROM transmission WHERE employer_id = ?", (employer_id,)
    ).fetchall():
        messages = [{**one, "body": ""} for one in json.loads(text)]
        con.execute("UPDATE transmission SET messages = ? WHERE id = ?", (json.dumps(messages), id_))


def take_lock(con: Connection, person_id: int, month: str, units: LockUnits) -> None:
    """Write a locked month, and until when it is open."""
    con.execute(
        "INSERT INTO month_lock (person_id, month, at, actor, transmission_id) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id, month) DO UPDATE SET at = excluded.at, actor = excluded.actor,"
        " transmission_id = excluded.transmission_id",
        (person_id, month, local_moment(units["at"]), units["by"], units.get("transmission") or None),
    )
    until = units.get("open_until") or ""
    now = moment()
    con.execute(
        "UPDATE month_unlock SET until = ? WHERE person_id = ? AND month = ? AND until > ?",
        (now, person_id, month, now),
    )
    if until and local_moment(until) > now:
        con.execute(
            "INSERT OR REPLACE INTO month_unlock (id, person_id, month, actor, at, until, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number_of("month_unlock", person_id, month, until), person_id, month,
                units.get("open_by") or "", now, local_moment(until), units.get("open_reason") or "",
            ),
        )  # fmt: skip


def to_fetch(con: Connection, employer_id: int) -> list[tuple[int, str]]:
    """The transmissions whose snapshots and files are not here yet, with the SHA-256 of their bundle."""
    found = con.execute(_WAITING, (employer_id,)).fetchall()
    return [(int(name.removeprefix(_BUNDLE)), digest) for name, digest in found]


def fill(con: Connection, transmission_id: int, bundle: Bundle) -> bool:
    """Put the snapshots and files of a bundle in their places; False where they are not those that went."""
    if bundle["transmission"] != str(transmission_id):
        return False
    people = [
        (text, transmission_id, int(id_), _sha(text.encode())) for id_, text in bundle["people"].items()
    ]
    con.executemany(
        "UPDATE transmission_person SET snapshot = ?"
        " WHERE transmission_id = ? AND person_id = ? AND sha256 = ?",
        people,
    )
    for name, text in bundle["files"]:
        content = base64.b64decode(text)
        con.execute(
            "UPDATE transmission_file SET content = ? WHERE transmission_id = ? AND name = ? AND sha256 = ?",
            (zlib.compress(content, 6), transmission_id, name, _sha(content)),
        )
    remembered.forget(con, [f"{_BUNDLE}{transmission_id}"])
    return not _lacks(con, transmission_id)


def _header(con: Connection, employer_id: int, id_: int, units: TransmissionUnits) -> None:
    messages = [{"id": m, "person": p, "body": _body(con, m)} for m, p in units["messages"] if m]
    con.execute(
        "INSERT INTO transmission (id, employer_id, provider, month, number, kind, layout, resend,"
        " wage_payment_date, meal_voucher_date, status, reason, actor, at, step_id, messages)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " actor = excluded.actor, at = excluded.at,"
        # Texts that were taken out come back with the right to see them.
        " messages = CASE WHEN messages LIKE '%\"body\": \"\"%' THEN excluded.messages ELSE messages END",
        (
            id_, employer_id, units["provider"], units["month"], units["number"], units["kind"],
            units["layout"], units["resend"], units["wage_payment_date"], units["meal_voucher_date"],
            units["status"], units["reason"], units["by"], local_moment(units["at"]), _step(con, employer_id),
            json.dumps(messages),
        ),
    )  # fmt: skip


def _contents(con: Connection, id_: int, units: TransmissionUnits) -> None:
    # A backend of an earlier version did not tell them.
    bases = units.get("bases") or {}
    con.executemany(
        "INSERT INTO transmission_person"
        " (transmission_id, person_id, number, name, snapshot, sha256, status, base)"
        " SELECT ?, ?, ?, ?, '', ?, ?, ? WHERE EXISTS (SELECT 1 FROM person WHERE id = ?)"
        " ON CONFLICT (transmission_id, person_id) DO NOTHING",
        [
            (id_, int(person), number, name, digest, units["status"], int(bases.get(person, 0)), int(person))
            for person, (number, name, digest) in units["people"].items()
        ],
    )
    con.executemany(
        "INSERT INTO transmission_file VALUES (?, ?, ?, ?, ?, x'')"
        " ON CONFLICT (transmission_id, place) DO NOTHING",
        [(id_, place, *file) for place, file in enumerate(units["files"])],
    )
    if _lacks(con, id_):
        remembered.remember(con, {f"{_BUNDLE}{id_}": units["bundle"]})


def _lacks(con: Connection, id_: int) -> bool:
    """Whether a snapshot or a file is not here."""
    found = con.execute(
        "SELECT EXISTS (SELECT 1 FROM transmission_person WHERE transmission_id = ? AND snapshot = '')"
        " OR EXISTS (SELECT 1 FROM transmission_file WHERE transmission_id = ? AND length(content) = 0)",
        (id_, id_),
    )
    return bool(found.fetchone()[0])


def _step(con: Connection, employer_id: int) -> int:
    """The latest step that a new transmission can hold: none that waits to be sent."""
    waiting = con.execute("SELECT min(step_id) FROM outbox WHERE employer_id = ?", (employer_id,)).fetchone()[
        0
    ]
    if waiting is not None:
        return int(waiting) - 1
    return int(con.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])


def _body(con: Connection, message_id: int) -> str:
    row = con.execute("SELECT body FROM provider_message WHERE id = ?", (message_id,)).fetchone()
    return str(row[0]) if row else ""


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
