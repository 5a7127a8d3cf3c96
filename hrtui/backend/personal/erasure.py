"""Erasing a person, or a person's cases of illness, from everything that the backend keeps.

Rows become empty tombstones and their history leaves the feed. The audit trail keeps its records and its
chain: its values are keyed hashes, and the keys go. A row `erasure` travels in the feed, so that every device
erases the same; the ledger, a file outside the database, brings an erasure back after an older backup was.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from hrtui.backend.database import Connection
from hrtui.backend.documents.store import Documents
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.erased import CASE, ERASURE, PERSON, is_about_erased, payload_of
from hrtui.backend.sync.stored import live_rows
from hrtui.backend.sync.writing import Actor, Key, Writing
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.names import names_in, without
from hrtui.domain.sync.units import DAY, ENTITIES

_DOCUMENT, _TRANSMISSION, _LOG = "sickness_document", "transmission", "access_log"
_NOBODY = 0
_PAGE = 5000
_EMPTY_DAY = '{"entries":[]}'


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be erased: all of a person, or one case of illness."""

    tenant_id: int
    entity: str
    row_id: int


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows and documents went, and how many transmissions were written anew without the person."""

    rows: int
    documents: int
    rewritten: int = 0

    def __add__(self, other: Erased) -> Erased:
        """Both together."""
        return Erased(
            self.rows + other.rows, self.documents + other.documents, self.rewritten + other.rewritten
        )


def cases_of(con: Connection, tenant_id: int, person_id: int) -> list[int]:
    """The cases of a person that are there, or were."""
    return [
        row[0]
        for row in con.all(
            "SELECT row_id FROM row_state WHERE tenant_id = ? AND entity = ? AND person_id = ?",
            tenant_id, CASE, person_id,
        )
    ]  # fmt: skip


def is_erased(con: Connection, tenant_id: int, row_id: int) -> bool:
    """Whether the person or case was erased before."""
    found = con.one(
        "SELECT 1 FROM row_state WHERE tenant_id = ? AND entity = ? AND row_id = ? AND deleted = 0",
        tenant_id, ERASURE, row_id,
    )  # fmt: skip
    return found is not None


def erase(
    con: Connection,
    actor: Actor,
    documents: Documents,
    subject: Subject,
    reason: str = "",
    rewritten: Mapping[str, str] = MappingProxyType({}),
) -> Erased:
    """Erase a subject as one commit that every device gets; one that was erased before is erased again.

    `reason`, which names nobody, stays for all to read. `rewritten` has the contents that take the place of
    those of transmissions (see `bundles`). Raises ApiError 404, OSError.
    """
    tenant_id = subject.tenant_id
    writing = Writing.begin(con, tenant_id, actor)
    keys = _keys(con, subject)
    names = _full_names(con, subject)
    contents = _contents(con, tenant_id, keys)
    records = list(_records_about(con, tenant_id, subject, keys))
    sent, log = sent_about(con, subject), _log_about(con, tenant_id, keys)
    _forget_history(con, tenant_id, [*keys, *records, *sent, *log])
    _forget(con, tenant_id, [*keys, *records], writing.clock.rev + 1)
    _stay_away(writing, subject)
    _forget_receipts(con, tenant_id, [*keys, *records], _forget_parked(writing, names))
    for key in records:
        writing.delete(key)
    if subject.entity == PERSON:
        _let_go_of_teams(writing, subject.row_id)
    for key, units in sent.items():
        contents |= _scrub(writing, key, units, subject.row_id, rewritten)
    for key, units in log.items():
        writing.put(key, {**units, "detail": ""})
    # Records about rows that name the person only through another are sealed with the key of nobody.
    for person_id in (subject.row_id, _NOBODY):
        con.execute("DELETE FROM subject_key WHERE tenant_id = ? AND person_id = ?", tenant_id, person_id)
    writing.put((ERASURE, subject.row_id, ""), {"e": subject.entity, "at": writing.at, "reason": reason})
    writing.deeds.append(Deed("", "erase", subject.entity, subject.row_id))
    writing.commit()
    gone = sum(documents.remove(con, tenant_id, sha256) for sha256 in sorted(contents))
    return Erased(len(keys), gone, sum(units.get("bundle") in rewritten for units in sent.values()))


def _full_names(con: Connection, subject: Subject) -> list[str]:
    found = con.all(
        "SELECT units FROM row_state WHERE tenant_id = ? AND entity = ? AND row_id = ?",
        subject.tenant_id, PERSON, subject.row_id,
    )  # fmt: skip
    return names_in([json.loads(text) for (text,) in found])[0]


def _keys(con: Connection, subject: Subject) -> list[Key]:
    """All rows about the subject, also deleted ones."""
    tenant_id, cases = subject.tenant_id, [subject.row_id]
    keys: list[Key] = [(CASE, subject.row_id, "")]
    if subject.entity == PERSON:
        cases = cases_of(con, tenant_id, subject.row_id)
        keys = [
            (entity, row_id, date)
            for entity, row_id, date in con.all(
                "SELECT entity, row_id, date FROM row_state WHERE tenant_id = ? AND person_id = ?"
                " ORDER BY entity, row_id, date",
                tenant_id, subject.row_id,
            )
        ]  # fmt: skip
    wanted = set(cases)
    for entity in _children(CASE):
        for row_id, text in con.all(
            "SELECT row_id, units FROM row_state WHERE tenant_id = ? AND entity = ?", tenant_id, entity
        ):
            if json.loads(text).get("case_id") in wanted:
                keys.append((entity, row_id, ""))
    return list(dict.fromkeys(keys))


def _children(entity: str) -> list[str]:
    return [name for name, known in ENTITIES.items() if entity in known.references.values()]


def _records_about(con: Connection, tenant_id: int, subject: Subject, keys: Iterable[Key]) -> Iterator[Key]:
    """Conflicts and corrections about these rows: they hold values of them."""
    about = set(keys)
    for entity, row_id, text in con.all(
        "SELECT entity, row_id, units FROM row_state"
        " WHERE tenant_id = ? AND entity IN ('conflict', 'correction')",
        tenant_id,
    ):
        units = json.loads(text)
        op = units.get("op") or {"e": units.get("e"), "id": units.get("row"), "d": units.get("d")}
        if (op.get("e"), op.get("id"), op.get("d") or "") in about or _is_about(units, subject):
            yield entity, row_id, ""


def _is_about(units: Mapping[str, Any], subject: Subject) -> bool:
    return subject.entity == PERSON and units.get("person") == subject.row_id


def _contents(con: Connection, tenant_id: int, keys: Iterable[Key]) -> set[str]:
    """The contents that only these rows name; a row that was deleted names nothing any more."""
    own = {key[1] for key in keys if key[0] == _DOCUMENT}
    mine: set[str] = set()
    others: set[str] = set()
    for row_id, deleted, text in con.all(
        "SELECT row_id, deleted, units FROM row_state WHERE tenant_id = ? AND entity = ?",
        tenant_id, _DOCUMENT,
    ):  # fmt: skip
        sha256 = json.loads(text).get("sha256")
        if isinstance(sha256, str):
            (mine if row_id in own else others if not deleted else set()).add(sha256)
    return mine - others


def _forget(con: Connection, tenant_id: int, keys: Collection[Key], rev: int) -> None:
    """Empty rows: days have no entries, others are tombstones."""
    con.many(
        "UPDATE row_state SET units = ?, deleted = ?, unique_key = NULL, rev = ?"
        " WHERE tenant_id = ? AND entity = ? AND row_id = ? AND date = ?",
        [(*((_EMPTY_DAY, 0) if key[0] == DAY else ("{}", 1)), rev, tenant_id, *key) for key in keys],
    )


def _stay_away(writing: Writing, subject: Subject) -> None:
    """Leave a tombstone also where a restored backup is older than the row: devices may offer it again."""
    writing.con.execute(
        "INSERT INTO row_state (tenant_id, entity, row_id, date, rev, deleted, units)"
        " VALUES (?, ?, ?, '', ?, 1, '{}') ON CONFLICT (tenant_id, entity, row_id, date) DO NOTHING",
        subject.tenant_id, subject.entity, subject.row_id, writing.clock.rev + 1,
    )  # fmt: skip


def _forget_history(con: Connection, tenant_id: int, keys: Collection[Key]) -> None:
    """Take the past changes of these rows out of the feed; the hashes of their commits then tell nothing."""
    about, rev, idx = set(keys), 0, -1
    while rows := con.all(
        "SELECT rev, idx, entity, row_id, date FROM change WHERE tenant_id = ? AND (rev, idx) > (?, ?)"
        " ORDER BY rev, idx LIMIT ?",
        tenant_id, rev, idx, _PAGE,
    ):  # fmt: skip
        rev, idx = rows[-1][:2]
        gone = [row for row in rows if row[2:] in about]
        con.many(
            "DELETE FROM change WHERE tenant_id = ? AND rev = ? AND idx = ?",
            [(tenant_id, *row[:2]) for row in gone],
        )
        con.many(
            "UPDATE commit_log SET salt = '' WHERE tenant_id = ? AND rev = ?",
            [(tenant_id, one) for one in sorted({row[0] for row in gone})],
        )


def _forget_parked(writing: Writing, names: Sequence[str]) -> set[str]:
    """Empty parked operations about rows that were erased; returns the mutations that had them.

    Words about a step that others have a part in no longer name the person.
    """
    found = writing.con.all("SELECT uid, idx, op, label FROM parked WHERE tenant_id = ?", writing.tenant_id)
    uids = {uid for uid, _, text, _ in found if is_about_erased(writing, json.loads(text))}
    for uid, idx, text, label in found:
        kept = payload_of(writing, json.loads(text), "" if uid in uids else without(label, names))
        if kept != (text, label):
            writing.con.execute(
                "UPDATE parked SET op = ?, label = ? WHERE tenant_id = ? AND uid = ? AND idx = ?",
                *kept, writing.tenant_id, uid, idx,
            )  # fmt: skip
    return uids


def _forget_receipts(con: Connection, tenant_id: int, keys: Iterable[Key], uids: Iterable[str]) -> None:
    """Empty the hashes of the mutations about these rows: they have no key, so that values could be tried."""
    about, n, found = {key[:2] for key in keys}, 0, set(uids)
    while rows := con.all(
        "SELECT n, uid, entity, row_id FROM audit WHERE tenant_id = ? AND n > ? ORDER BY n LIMIT ?",
        tenant_id, n, _PAGE,
    ):  # fmt: skip
        n = rows[-1][0]
        found |= {row[1] for row in rows if row[1] and row[2:] in about}
    con.many(
        "UPDATE receipt SET sha256 = '' WHERE tenant_id = ? AND uid = ?",
        [(tenant_id, uid) for uid in sorted(found)],
    )
    # What a command was about is in its hash alone, so that none can be kept.
    con.execute("UPDATE command_receipt SET sha256 = '' WHERE tenant_id = ?", tenant_id)


def _let_go_of_teams(writing: Writing, person_id: int) -> None:
    """Nobody leads the teams that the person led."""
    for row_id, units in live_rows(writing.con, writing.tenant_id, "team"):
        if units.get("manager_id") == person_id:
            writing.put(("team", row_id, ""), {"manager_id": None})


def _log_about(con: Connection, tenant_id: int, keys: Iterable[Key]) -> dict[Key, dict[str, Any]]:
    """The lines that tell who opened these rows: they stay, but name files."""
    about = {key[:2] for key in keys}
    return {
        (_LOG, row_id, ""): units
        for row_id, units in live_rows(con, tenant_id, _LOG)
        if (units.get("entity"), units.get("row_id")) in about and units.get("what") != "erased"
    }


def sent_about(con: Connection, subject: Subject) -> dict[Key, dict[str, Any]]:
    """The transmissions that the person was part of, with their units."""
    if subject.entity != PERSON:
        return {}
    found = con.all(
        "SELECT row_id, units FROM row_state WHERE tenant_id = ? AND entity = ?",
        subject.tenant_id, _TRANSMISSION,
    )  # fmt: skip
    units = {(_TRANSMISSION, row_id, ""): json.loads(text) for row_id, text in found}
    return {key: one for key, one in units.items() if str(subject.row_id) in one.get("people", {})}


def _scrub(
    writing: Writing, key: Key, units: dict[str, Any], person_id: int, rewritten: Mapping[str, str]
) -> set[str]:
    """Take the person out of a transmission; returns the contents that it named.

    The files that went hold the person among others and go. What was sent of the others stays in a content
    without the person: the employer may have to show it for longer.
    """
    own = str(person_id)
    contents = {str(units.get("bundle", "")), *(str(file[1]) for file in units.get("files", []))} - {""}
    cleaned: dict[str, Value] = {
        **units,
        "people": {id_: one for id_, one in units["people"].items() if id_ != own},
        "bases": {id_: one for id_, one in units.get("bases", {}).items() if id_ != own},
        "answers": {id_: one for id_, one in units.get("answers", {}).items() if id_ != own},
        "messages": [one for one in units.get("messages", []) if person_id not in one],
        "files": [],
        "bundle": rewritten.get(str(units.get("bundle", "")), ""),
    }
    writing.put(key, cleaned)
    return contents
