"""Erasing here what the backend erased: a person or a case, with history, sent edits, refusals and files.

Edits that are on their way are left until the backend has refused them; then they go as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, WHOLE_ROW
from hrtui.i18n import t
from hrtui.store.database import Connection
from hrtui.store.moments import moment
from hrtui.store.remembered import remember, value_of
from hrtui.store.sickness.vault import vault_of
from hrtui.store.store import Store
from hrtui.sync import erased_names, notes
from hrtui.sync.clashes import merging
from hrtui.sync.merge import Author, Merge
from hrtui.sync.rows import RowKey

ERASURE, PERSON, CASE = "erasure", "person", "sickness_case"
_DOCUMENT, _LOG = "sickness_document", "access_log"
_BESIDE = ("month_lock", "month_unlock", "transmission_person")
"""Tables that are not synced row by row and have a column `person_id`."""
_VALUES = "coalesce(nullif(old, 'null'), new)"


@dataclass(slots=True)
class _Kept:
    """What a profile remembers: what it erased (kind, id), what waits for an answer, and files to remove.

    `waiting` has the rows with edits on their way: once they are gone, an edit need not say whom it is about.
    """

    known: set[tuple[str, int]] = field(default_factory=set)
    waiting: dict[tuple[str, int], set[RowKey]] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)


def take(merge: Merge, change: Mapping[str, Any]) -> None:
    """Erase what a row `erasure` of the feed names; what was erased before and is not here is left alone."""
    units = change.get("units") or {}
    subject = (str(units.get("e")), int(change["id"]))
    kept = _load(merge.con, merge.employer_id)
    if subject[0] not in (PERSON, CASE) or (subject in kept.known and not _is_here(merge.con, subject)):
        return
    _erase(merge, subject, kept)
    _save(merge.con, merge.employer_id, kept)


def finish(store: Store, employer_id: int) -> None:
    """Remove the files of what was erased, and erase what waited for an answer; outside a transaction."""
    kept = _load(store.con, employer_id)
    answered = [
        subject
        for subject, rows in sorted(kept.waiting.items())
        if not _unsent(store.con, _keys(store.con, subject) | rows)
    ]
    if not kept.contents and not answered:
        return
    for subject in answered:
        with merging(store, employer_id) as merge:
            now = _load(store.con, employer_id)
            _erase(merge, subject, now)
            _save(store.con, employer_id, now)
    contents = _load(store.con, employer_id).contents
    vault = vault_of(store)
    for sha256 in sorted(contents):
        if not store.con.execute("SELECT 1 FROM sickness_document WHERE sha256 = ?", (sha256,)).fetchone():
            vault.remove(sha256)
    with store.transaction():
        now = _load(store.con, employer_id)
        now.contents -= contents
        _save(store.con, employer_id, now)
    # What was overwritten must not stay readable in the log of the database either.
    store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def drop_contents(con: Connection, employer_id: int, contents: Iterable[str]) -> None:
    """Let `finish` remove these files, as far as no row names them any more; inside a transaction."""
    kept = _load(con, employer_id)
    if more := set(contents) - kept.contents:
        kept.contents |= more
        _save(con, employer_id, kept)


def _erase(merge: Merge, subject: tuple[str, int], kept: _Kept) -> None:
    con = merge.con
    con.execute("PRAGMA secure_delete = ON")
    keys = _keys(con, subject) | kept.waiting.get(subject, set())
    unsent = _unsent(con, keys)
    if unsent and subject not in kept.waiting:
        notes.add(con, merge.employer_id, notes.ERASED, len(unsent))
    kept.known.add(subject)
    kept.waiting.pop(subject, None)
    if unsent:
        kept.waiting[subject] = set(unsent)
    kept.contents |= _contents(con, keys)
    if subject[0] == PERSON:
        erased_names.forget(con, merge.employer_id, subject[1], keys)
    _forget_operations(con, keys)
    _forget_beside(con, merge.employer_id, keys, subject)
    for key in unsent:
        if key.entity != _LOG:
            _give_way(merge, key)
    _forget_rows(con, keys, subject)
    merge.touched |= keys


def _is_here(con: Connection, subject: tuple[str, int]) -> bool:
    entity, row_id = subject
    return con.execute(f"SELECT 1 FROM {entity} WHERE id = ?", (row_id,)).fetchone() is not None


def _keys(con: Connection, subject: tuple[str, int]) -> set[RowKey]:
    """The rows about the subject that are here or were, its days, and the log of who opened them."""
    entity, row_id = subject
    keys, cases = {RowKey(entity, row_id)}, {row_id}
    if entity == PERSON:
        keys |= _naming(con, "person_id", {row_id})
        cases = {key.id for key in keys if key.entity == CASE}
        for query in (
            "SELECT DISTINCT date FROM calendar_entry WHERE person_id = ?",
            "SELECT DISTINCT date FROM operation WHERE entity = 'day' AND row_id = ?",
        ):
            keys |= {RowKey(DAY, row_id, day) for (day,) in con.execute(query, (row_id,))}
    keys |= _naming(con, "case_id", cases)
    ids = {key.id for key in keys}
    log = con.execute(f"SELECT id, row_id FROM {_LOG}").fetchall()
    return keys | {RowKey(_LOG, log_id) for log_id, about in log if about in ids}


def _naming(con: Connection, column: str, ids: Iterable[int]) -> set[RowKey]:
    """The rows whose column names one of these, also those that only the log of operations knows."""
    found: set[RowKey] = set()
    tables = [name for name, entity in ENTITIES.items() if column in entity.units]
    for row_id in ids:
        for table in tables:
            rows = con.execute(f"SELECT id FROM {table} WHERE {column} = ?", (row_id,))
            found |= {RowKey(table, id_) for (id_,) in rows}
        logged = con.execute(
            "SELECT DISTINCT entity, row_id FROM operation WHERE entity <> 'day'"
            f" AND json_extract({_VALUES}, ?) = ?",
            (f"$.{column}", row_id),
        )
        found |= {RowKey(entity, id_) for entity, id_ in logged if entity in tables}
    return found


def _unsent(con: Connection, keys: Iterable[RowKey]) -> list[RowKey]:
    """The rows with edits that the backend has not answered."""
    waiting = {
        RowKey(*row)
        for row in con.execute(
            "SELECT DISTINCT entity, row_id, coalesce(date, '') FROM operation"
            " WHERE step_id IN (SELECT step_id FROM outbox)"
        )
    }
    return sorted(waiting.intersection(keys))


def _contents(con: Connection, keys: Iterable[RowKey]) -> set[str]:
    """The contents that these documents name, or named."""
    found: set[str] = set()
    for key in keys:
        if key.entity == _DOCUMENT:
            rows = con.execute(f"SELECT sha256 FROM {_DOCUMENT} WHERE id = ?", (key.id,)).fetchall()
            rows += con.execute(
                f"SELECT json_extract({_VALUES}, '$.sha256') FROM operation WHERE entity = ? AND row_id = ?",
                (_DOCUMENT, key.id),
            ).fetchall()
            found |= {sha256 for (sha256,) in rows if sha256}
    return found


def _forget_operations(con: Connection, keys: Iterable[RowKey]) -> None:
    """Take the history of these rows away; what was done cannot be undone any more."""
    steps: set[int] = set()
    for key in keys:
        place = (key.entity, key.id, key.date or None)
        found = con.execute(
            "SELECT DISTINCT step_id FROM operation WHERE entity = ? AND row_id = ? AND date IS ?"
            " AND step_id NOT IN (SELECT step_id FROM outbox)",
            place,
        ).fetchall()
        steps |= {step_id for (step_id,) in found}
        con.execute(
            "DELETE FROM operation WHERE entity = ? AND row_id = ? AND date IS ?"
            " AND step_id NOT IN (SELECT step_id FROM outbox)",
            place,
        )
    for step_id in sorted(steps):
        con.execute(
            "UPDATE step SET state = 'gone', label = CASE WHEN EXISTS"
            " (SELECT 1 FROM operation WHERE step_id = ?) THEN label ELSE ? END WHERE id = ?",
            (step_id, t("Erased"), step_id),
        )


def _forget_beside(con: Connection, employer_id: int, keys: set[RowKey], subject: tuple[str, int]) -> None:
    """Take away what other tables keep of these rows: conflicts, corrections, refused edits, drafts."""
    for key in keys:
        place = (key.entity, key.id, key.date or None)
        con.execute("DELETE FROM conflict WHERE entity = ? AND row_id = ? AND date IS ?", place)
        con.execute("DELETE FROM correction WHERE entity = ? AND row_id = ? AND date IS ?", place)
        for table in ("sync_base", "sync_yield", "stage_row"):
            con.execute(f"DELETE FROM {table} WHERE entity = ? AND row_id = ? AND date = ?", tuple(key))
    ids = {str(key.id) for key in keys}
    _forget_refused(con, employer_id, ids)
    for draft, text in con.execute(
        "SELECT id, data FROM form_draft WHERE employer_id = ?", (employer_id,)
    ).fetchall():
        if any(one in text for one in ids):
            con.execute("DELETE FROM form_draft WHERE id = ?", (draft,))
    _forget_sent(con, employer_id, keys)
    if subject[0] == PERSON:
        _forget_forwarded(con, employer_id, subject[1])


def _forget_refused(con: Connection, employer_id: int, ids: set[str]) -> None:
    """Take what names these rows out of the refused edits; what is about others still waits for the clerk."""
    for uid, text in con.execute(
        "SELECT uid, changes FROM refused WHERE employer_id = ?", (employer_id,)
    ).fetchall():
        ops = json.loads(text)
        left = [op for op in ops if ids.isdisjoint(re.findall(r"\d+", json.dumps(op)))]
        if not left:
            con.execute("DELETE FROM refused WHERE uid = ?", (uid,))
        elif len(left) < len(ops):
            con.execute("UPDATE refused SET changes = ? WHERE uid = ?", (json.dumps(left), uid))


def _forget_sent(con: Connection, employer_id: int, keys: set[RowKey]) -> None:
    """Take these rows out of what is kept for a backend that is restored: it must not get them back."""
    for uid, text in con.execute(
        "SELECT uid, body FROM sent_log WHERE employer_id = ?", (employer_id,)
    ).fetchall():
        body = json.loads(text)
        left = [op for op in body["ops"] if RowKey(op["e"], op["id"], op.get("d") or "") not in keys]
        if len(left) == len(body["ops"]):
            continue
        if left:
            body |= {"ops": left, "label": t("Erased")}
            con.execute("UPDATE sent_log SET body = ? WHERE uid = ?", (json.dumps(body), uid))
        else:
            con.execute("DELETE FROM sent_log WHERE uid = ?", (uid,))


def _forget_forwarded(con: Connection, employer_id: int, person_id: int) -> None:
    """Take the person out of what was forwarded; its files are of months that may go for everybody."""
    sent = con.execute(
        "SELECT x.id, x.messages FROM transmission x JOIN transmission_person p ON p.transmission_id = x.id"
        " WHERE x.employer_id = ? AND p.person_id = ?",
        (employer_id, person_id),
    ).fetchall()
    for transmission_id, text in sent:
        messages = [one for one in json.loads(text) if one.get("person") != person_id]
        con.execute("DELETE FROM transmission_file WHERE transmission_id = ?", (transmission_id,))
        con.execute(
            "UPDATE transmission SET messages = ? WHERE id = ?", (json.dumps(messages), transmission_id)
        )
    con.execute("DELETE FROM correction WHERE person_id = ?", (person_id,))
    for table in _BESIDE:
        con.execute(f"DELETE FROM {table} WHERE person_id = ?", (person_id,))


def _give_way(merge: Merge, key: RowKey) -> None:
    """Let a row with unsent edits show that nothing is there, whatever the edits say."""
    unit, value = (ENTRIES, "[]") if key.entity == DAY else (WHOLE_ROW, "0")
    author = Author(t("the backend"), moment())
    merge.con.execute(
        "INSERT OR REPLACE INTO sync_base (entity, row_id, date, unit, employer_id, value, actor, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*key, unit, merge.employer_id, value, author.actor, author.at),
    )
    merge.con.execute("INSERT OR REPLACE INTO sync_yield VALUES (?, ?, ?, ?)", (*key, merge.employer_id))


def _forget_rows(con: Connection, keys: Iterable[RowKey], subject: tuple[str, int]) -> None:
    """Delete the rows; of the log of who opened what stays that it was done."""
    if subject[0] == PERSON:
        con.execute("DELETE FROM calendar_entry WHERE person_id = ?", (subject[1],))
        con.execute("UPDATE team SET manager_id = NULL WHERE manager_id = ?", (subject[1],))
    for key in keys:
        if key.entity == _LOG:
            con.execute(f"UPDATE {_LOG} SET detail = '' WHERE id = ? AND what <> 'erased'", (key.id,))
        elif key.entity != DAY:
            con.execute(f"DELETE FROM {key.entity} WHERE id = ?", (key.id,))


def _name(employer_id: int) -> str:
    return f"erased:{employer_id}"


def _load(con: Connection, employer_id: int) -> _Kept:
    value = value_of(con, _name(employer_id))
    if value is None:
        return _Kept()
    found = json.loads(value)
    known = {(entity, id_) for entity, id_ in found["known"]}
    waiting = {(entity, id_): {RowKey(*key) for key in rows} for entity, id_, *rows in found["waiting"]}
    return _Kept(known, waiting, set(found["contents"]))


def _save(con: Connection, employer_id: int, kept: _Kept) -> None:
    value = {
        "known": sorted(kept.known),
        "waiting": [[*subject, *sorted(rows)] for subject, rows in sorted(kept.waiting.items())],
        "contents": sorted(kept.contents),
    }
    remember(con, {_name(employer_id): json.dumps(value)})
