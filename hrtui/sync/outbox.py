"""What waits to be sent: steps made into mutations, sent in batches, answered, and offered again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrtui.domain.sync.canonical import canonical
from hrtui.domain.sync.units import ENTITIES, WHOLE_ROW
from hrtui.store.database import Connection
from hrtui.store.moments import moment
from hrtui.sync import planner
from hrtui.sync.oplog import operations
from hrtui.sync.planner import Answer
from hrtui.sync.rows import RowKey, Rows
from hrtui.sync.state import SCHEMA, State

MOST_LABEL = 400
_COLUMNS = "uid, step_id, part, first_seq, last_seq, mseq, body, resolves, ack_rev, results"
_SENT = "uid, employer_id, step_id, part, first_seq, last_seq, body, resolves"
KEPT_DAYS = 35
"""How long a confirmed mutation is kept at least, beside being in a backup."""


@dataclass(frozen=True, slots=True)
class Item:
    """A mutation of the outbox; `results` are the backend's, None until it answered."""

    uid: str
    step_id: int
    part: int
    first_seq: int
    last_seq: int | None
    mseq: int | None
    body: dict[str, Any] | None
    resolves: dict[str, Any] | None
    ack_rev: int | None
    results: list[dict[str, Any]] | None

    def mutation(self) -> dict[str, Any]:
        """As it travels (`wire.Mutation`)."""
        assert self.body is not None
        return {"uid": self.uid, "mseq": self.mseq, **self.body}


def items(con: Connection, employer_id: int, which: str, *values: object, limit: int = -1) -> list[Item]:
    """The mutations of an employer under a condition, in the order in which they were made."""
    found = con.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE employer_id = ? AND {which} ORDER BY step_id, part LIMIT ?",
        (employer_id, *values, limit),
    )
    return [_item(row) for row in found.fetchall()]


def _item(row: Sequence[Any]) -> Item:
    uid, step, part, first, last, mseq, body, resolves, rev, results = row
    texts = [json.loads(text) if text else None for text in (body, resolves, results)]
    return Item(uid, step, part, first, last, mseq, texts[0], texts[1], rev, texts[2])


def next_batch(rows: Rows, state: State, mutations: int, end: Callable[[Item], None]) -> list[Item]:
    """The next mutations to send, at most so many and within the backend's limits, marked as sent.

    What was sent before goes first, as it was; steps are made into mutations in order, and one that changes
    nothing which travels is given to `end`. Inside a transaction of the caller, which saves the state.
    """
    batch = items(rows.con, rows.employer_id, "state = 'sent'", limit=mutations)
    while len(batch) < mutations:
        queued = items(rows.con, rows.employer_id, "state = 'queued'", limit=1)
        if not queued:
            break
        batch += _send(rows, state, queued[0], end)
    batch = batch[:mutations]
    return batch[: _fitting(batch, state.limits)]


def _fitting(batch: Sequence[Item], limits: Mapping[str, int]) -> int:
    """How many of them one request takes, at least one."""
    ops = size = 0
    for place, item in enumerate(batch):
        assert item.body is not None
        ops += len(item.body["ops"])
        size += len(canonical(item.body).encode()) + 200
        if place and (ops > limits["push_ops"] or size > limits["push_bytes"]):
            return place
    return len(batch)


def _send(rows: Rows, state: State, item: Item, end: Callable[[Item], None]) -> list[Item]:
    """Make a queued step into a mutation with a number; nothing where none of it travels.

    A big step is divided first; its other parts follow in the outbox.
    """
    ops = operations(rows, item.step_id, item.first_seq, item.last_seq)
    most = max(1, state.limits["push_ops"])
    if item.part == 0 and item.last_seq is None and len(ops) > most:
        _divide(rows, item, most)
        return []
    plans = planner.folded(ops)
    answer = _answer(item)
    if not plans and answer is None:
        end(item)
        return []
    label, made_at = rows.con.execute("SELECT label, at FROM step WHERE id = ?", (item.step_id,)).fetchone()
    body = {
        "made_at": f"{made_at.replace(' ', 'T')}Z",
        "schema_v": SCHEMA,
        "label": label[:MOST_LABEL],
        "atom": planner.atom_of(plans),
        "ops": planner.wire_ops(plans, lambda key, unit: _before(rows, key, unit, item), answer),
    }
    rows.con.execute(
        "UPDATE outbox SET state = 'sent', mseq = ?, body = ? WHERE uid = ?",
        (state.next_mseq, json.dumps(body), item.uid),
    )
    state.next_mseq += 1
    return items(rows.con, rows.employer_id, "uid = ?", item.uid)


def _divide(rows: Rows, item: Item, most: int) -> None:
    """Give each part of a big step a place of its own in the outbox."""
    query = "SELECT seq FROM operation WHERE step_id = ? ORDER BY seq"
    seqs = [row[0] for row in rows.con.execute(query, (item.step_id,))]
    for part, (first, last) in enumerate(planner.parts(len(seqs), most)):
        span = (seqs[first], None if last is None else seqs[last])
        if part == 0:
            rows.con.execute("UPDATE outbox SET first_seq = ?, last_seq = ? WHERE uid = ?", (*span, item.uid))
        else:
            rows.con.execute(
                "INSERT INTO outbox (uid, step_id, state, employer_id, part, first_seq, last_seq)"
                " VALUES (?, ?, 'queued', ?, ?, ?, ?)",
                (planner.part_uid(item.uid, part), item.step_id, rows.employer_id, part, *span),
            )


def _answer(item: Item) -> Answer | None:
    if item.resolves is None:
        return None
    entity, row_id, day = item.resolves["row"]
    return Answer(item.resolves["conflict"], RowKey(entity, row_id, day), item.resolves["seen"])


def _before(rows: Rows, key: RowKey, unit: str, item: Item) -> str | None:
    """The own mutation that wrote what this one replaced of a unit; None where somebody else had."""
    found = rows.con.execute(
        "SELECT o.step_id, o.seq, o.old, o.new, s.kind FROM operation o JOIN step s ON s.id = o.step_id"
        " WHERE o.entity = ? AND o.row_id = ? AND o.date IS ? AND (o.step_id < ? OR (o.step_id = ?"
        " AND o.seq < ?)) ORDER BY o.step_id DESC, o.seq DESC",
        (key.entity, key.id, key.date or None, item.step_id, item.step_id, item.first_seq),
    )
    for step_id, seq, old, new, kind in found:
        if not _touches(key, unit, old, new):
            continue
        if kind in ("remote", "refused"):
            return None
        return mutation_of(rows.con, step_id, seq)
    return None


def _touches(key: RowKey, unit: str, old: str | None, new: str | None) -> bool:
    if key.date or old is None or new is None or unit == WHOLE_ROW:
        return True
    columns = json.loads(new)
    return any(name in columns for name in ENTITIES[key.entity].units.get(unit, ()))


def mutation_of(con: Connection, step_id: int, seq: int) -> str | None:
    """The mutation that an operation is part of; None where it is no longer kept."""
    for table in ("outbox", "sent_log"):
        found = con.execute(
            f"SELECT uid FROM {table} WHERE step_id = ? AND first_seq <= ?"
            " AND (last_seq IS NULL OR last_seq >= ?)",
            (step_id, seq, seq),
        ).fetchone()
        if found:
            return str(found[0])
    return None


def renumber(con: Connection, state: State, last_mseq: int) -> None:
    """Number what is sent but not acknowledged after the last number that the backend has seen."""
    state.next_mseq = last_mseq + 1
    for item in items(con, state.employer_id, "state = 'sent'"):
        con.execute("UPDATE outbox SET mseq = ? WHERE uid = ?", (state.next_mseq, item.uid))
        state.next_mseq += 1


def acknowledge(con: Connection, receipt: Mapping[str, Any]) -> None:
    """Keep what the backend says became of a mutation; the feed confirms it."""
    con.execute(
        "UPDATE outbox SET state = 'acked', ack_rev = ?, ack_chain = ?, results = ?"
        " WHERE uid = ? AND state <> 'queued'",
        (receipt["rev"], receipt["chain"], json.dumps(receipt["ops"]), receipt["uid"]),
    )


def to_sent_log(con: Connection, uid: str) -> None:
    """Take a confirmed mutation out of the outbox, and keep it for a backend that was restored."""
    con.execute(
        f"INSERT OR REPLACE INTO sent_log ({_SENT}, ack_rev, ack_chain, confirmed_at)"
        f" SELECT {_SENT}, ack_rev, ack_chain, ? FROM outbox WHERE uid = ?",
        (moment(), uid),
    )
    con.execute("DELETE FROM outbox WHERE uid = ?", (uid,))


def void_acknowledgements(con: Connection, employer_id: int) -> None:
    """Another timeline knows nothing of what was acknowledged on this one."""
    con.execute(
        "UPDATE outbox SET state = 'sent', ack_rev = NULL, ack_chain = NULL, results = NULL"
        " WHERE employer_id = ? AND state = 'acked'",
        (employer_id,),
    )


def back_from_sent_log(con: Connection, uid: str) -> Item | None:
    """Put a confirmed mutation that a restored backend does not know back in its old place."""
    con.execute(
        f"INSERT OR IGNORE INTO outbox ({_SENT}, state) SELECT {_SENT}, 'sent' FROM sent_log WHERE uid = ?",
        (uid,),
    )
    con.execute("DELETE FROM sent_log WHERE uid = ?", (uid,))
    row = con.execute(f"SELECT {_COLUMNS} FROM outbox WHERE uid = ?", (uid,)).fetchone()
    return _item(row) if row else None


def prune_sent_log(con: Connection, state: State) -> None:
    """Forget what a backup of the backend holds and is old enough."""
    con.execute(
        "DELETE FROM sent_log WHERE employer_id = ? AND ack_rev <= ? AND confirmed_at < datetime(?, ?)",
        (state.employer_id, state.durable_rev, moment(), f"-{KEPT_DAYS} days"),
    )


def waiting(con: Connection, employer_id: int) -> int:
    """How many mutations the backend has not acknowledged."""
    query = "SELECT count(*) FROM outbox WHERE employer_id = ? AND state <> 'acked'"
    return int(con.execute(query, (employer_id,)).fetchone()[0])
