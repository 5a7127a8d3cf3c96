"""One writing transaction of an employer: rows read after the lock, changed in memory, committed as one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hrtui.backend.database import Connection, Query, marks
from hrtui.backend.database import Row as Found
from hrtui.backend.sync import audit
from hrtui.backend.sync.positions import Clock, clock_in, clock_of, clock_query, moment
from hrtui.domain.sync.canonical import Value, canonical_text
from hrtui.domain.sync.chain import next_chain
from hrtui.domain.sync.merge import Row
from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, person_of
from hrtui.domain.sync.wire import Position

Key = tuple[str, int, str]
"""Entity, row id, date (empty but for days and month locks)."""
_CHUNK = 40
_COLUMNS = "entity, row_id, date, rev, deleted, units"
_EXACTLY = (
    "SELECT r.entity, r.row_id, r.date, r.rev, r.deleted, r.units FROM json_array_elements(?) AS k"
    " CROSS JOIN LATERAL (SELECT entity, row_id, date, rev, deleted, units FROM row_state WHERE tenant_id = ?"
    " AND entity = k ->> 0 AND row_id = (k ->> 1)::bigint AND date = k ->> 2 OFFSET 0) AS r"
)
"""Each row by its whole key; OFFSET keeps PostgreSQL from joining in another order."""
_STATE = (
    "tenant_id:bigint entity:text row_id:bigint date:text rev:bigint deleted:int person_id:bigint"
    " unique_key:text units:text"
)
_NEWER = (
    "(tenant_id, entity, row_id, date) DO UPDATE SET rev = excluded.rev, deleted = excluded.deleted,"
    " person_id = excluded.person_id, unique_key = excluded.unique_key, units = excluded.units"
)
_FEED = "tenant_id:bigint rev:bigint idx:int entity:text row_id:bigint date:text kind:text units:text"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: the user, the name that others see, and the device (empty for the operator)."""

    user_id: int
    name: str
    device_id: str = ""


@dataclass(slots=True)
class Stored:
    """A row as it stands in this transaction; `rev` is the commit that wrote it last, 0 for a new one."""

    units: dict[str, Value]
    live: bool
    rev: int
    known: bool = True

    @property
    def row(self) -> Row:
        """The row as the merge sees it."""
        return Row(self.units, self.live)


@dataclass(slots=True)
class Savepoint:
    """What `Writing.back_to` needs."""

    rows: dict[Key, Stored]
    changes: dict[Key, dict[str, Value] | None]
    deeds: int


@dataclass(slots=True)
class Writing:
    """Use `begin`; then read with `load` and `get`, write with `put` and `delete`, and `commit` once.

    `looks`, `mentioned` and `given` are what `checks` and `apply` found out, for the operations that follow.
    """

    con: Connection
    tenant_id: int
    clock: Clock
    actor: Actor
    at: str
    rows: dict[Key, Stored] = field(default_factory=dict)
    changes: dict[Key, dict[str, Value] | None] = field(default_factory=dict)
    deeds: list[audit.Deed] = field(default_factory=list)
    uids: list[str] = field(default_factory=list)
    subject_keys: dict[int, bytes] = field(default_factory=dict)
    looks: int = 0
    mentioned: dict[str, set[str]] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, con: Connection, tenant_id: int, actor: Actor) -> Writing:
        """Take the employer's lock; raises ApiError 404 where there is no such employer."""
        return cls(con, tenant_id, clock_of(con, tenant_id, lock=True), actor, moment())

    @classmethod
    def begin_with(
        cls, con: Connection, tenant_id: int, actor: Actor, keys: Collection[Key], others: Sequence[Query]
    ) -> tuple[Writing, list[list[Found]]]:
        """As `begin`, with these rows loaded; returns also the rows of other queries.

        All is asked in one exchange, but each statement sees what was committed before it began: those after
        the lock see what whoever had it has written.
        """
        wanted = _by_entity(keys)
        queries = _queries(con, tenant_id, wanted)
        people = sorted({0, *(key[1] for key in keys if key[0] == "person")})[: audit.PEOPLE]
        asked = [clock_query(con, tenant_id, lock=True), *others, audit.keys_query(tenant_id, people)]
        answers = con.several([*asked, *queries])
        writing = cls(con, tenant_id, clock_in(answers[0]), actor, moment())
        writing.subject_keys = audit.keys_in(answers[len(asked) - 1])
        writing._take(wanted, answers[len(asked) :])
        return writing, answers[1 : len(asked) - 1]

    def load(self, keys: Iterable[Key]) -> None:
        """Read these rows at once, so that `get` need not ask for each."""
        wanted = _by_entity(set(keys) - self.rows.keys())
        if wanted:
            self._take(wanted, self.con.several(_queries(self.con, self.tenant_id, wanted)))

    def _take(self, wanted: Mapping[str, list[Key]], answers: Iterable[Iterable[Found]]) -> None:
        found: dict[Key, Stored] = {}
        for rows in answers:
            for name, row_id, date, rev, deleted, text in rows:
                found[name, row_id, date] = Stored(_completed(name, json.loads(text)), not deleted, rev)
        for entity, some in wanted.items():
            for key in some:
                empty: dict[str, Value] = {ENTRIES: []} if entity == DAY else {}
                self.rows[key] = found.get(key) or Stored(empty, entity == DAY, 0, known=False)

    def get(self, key: Key) -> Stored:
        """A row as it stands; a day that nothing was entered on is an empty one."""
        if key not in self.rows:
            self.load([key])
        return self.rows[key]

    def put(self, key: Key, units: Mapping[str, Value]) -> None:
        """Write these units; a row that is not there comes to life with them."""
        stored = self.get(key)
        if not stored.live:
            units = {**stored.units, **units}
        self.rows[key] = Stored({**stored.units, **units}, True, self.clock.rev + 1)
        told = self.changes.get(key)
        self.changes[key] = {
            **(told or {}),
            **(units if told is not None or stored.live else self.rows[key].units),
        }

    def delete(self, key: Key) -> None:
        """Delete a row; its last values stay beside it."""
        stored = self.get(key)
        self.rows[key] = Stored(stored.units, False, self.clock.rev + 1)
        self.changes[key] = None

    def savepoint(self) -> Savepoint:
        """The present state, to come back to."""
        return Savepoint(dict(self.rows), dict(self.changes), len(self.deeds))

    def back_to(self, point: Savepoint) -> None:
        """Forget what was written since."""
        self.rows, self.changes = point.rows, point.changes
        del self.deeds[point.deeds :]

    def commit(self) -> Position:
        """Write everything as the next commit of the employer; returns its position."""
        clock, rev = self.clock, self.clock.rev + 1
        feed = [self._change(rev, idx, key, units) for idx, (key, units) in enumerate(self.changes.items())]
        uids = json.dumps(self.uids)
        salt = secrets.token_bytes(16)
        body = "\n".join(
            [str(rev), self.actor.device_id, uids, *(" ".join(map(str, one[3:])) for one in feed)]
        )
        chain = next_chain(clock.chain, salt, body)
        self.con.insert("row_state", _STATE, [self._row(key) for key in self.changes], _NEWER)
        self.con.insert("change", _FEED, feed)
        self.con.execute(
            "INSERT INTO commit_log"
            " (tenant_id, rev, chain, salt, at, actor, user_id, device_id, uids, changes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self.tenant_id, rev, chain, salt.hex(), self.at, self.actor.name, self.actor.user_id,
            self.actor.device_id, uids, len(feed),
        )  # fmt: skip
        clock.rev, clock.chain = rev, chain
        self.record()
        return clock.position

    def record(self) -> None:
        """Write the audit records and the clock; on its own for what changes no rows."""
        clock, actor = self.clock, self.actor
        doer = audit.Doer(actor.name, actor.user_id, actor.device_id, self.at, clock.rev)
        clock.audit_n, clock.audit_hash = audit.append(
            self.con, self.tenant_id, clock.audit_n, clock.audit_hash, doer, self.deeds, self.subject_keys
        )
        self.deeds = []
        self.con.execute(
            "UPDATE tenant_clock SET rev = ?, chain = ?, audit_n = ?, audit_hash = ? WHERE tenant_id = ?",
            clock.rev, clock.chain, clock.audit_n, clock.audit_hash, self.tenant_id,
        )  # fmt: skip

    def _row(self, key: Key) -> tuple[Any, ...]:
        entity, row_id, date = key
        stored = self.rows[key]
        known = ENTITIES.get(entity)
        columns = known.to_columns(stored.units) if known else stored.units
        unique = unique_key(entity, stored.units) if stored.live else None
        return (
            self.tenant_id, entity, row_id, date, self.clock.rev + 1, 0 if stored.live else 1,
            person_of(entity, row_id, columns), unique, canonical_text(stored.units),
        )  # fmt: skip

    def _change(self, rev: int, idx: int, key: Key, units: dict[str, Value] | None) -> tuple[Any, ...]:
        kind, text = ("del", "{}") if units is None else ("set", canonical_text(units))
        return (self.tenant_id, rev, idx, *key, kind, text)


def _completed(entity: str, units: dict[str, Value]) -> dict[str, Value]:
    """A row with what its author's program did not know; of an erased one nothing is left to complete."""
    known = ENTITIES.get(entity)
    return known.completed(units) if known is not None and entity != DAY and units else units


def _by_entity(keys: Iterable[Key]) -> dict[str, list[Key]]:
    wanted: dict[str, list[Key]] = {}
    for key in sorted(keys):
        wanted.setdefault(key[0], []).append(key)
    return wanted


def _queries(con: Connection, tenant_id: int, wanted: Mapping[str, list[Key]]) -> list[Query]:
    """The queries for these rows."""
    if con.postgres:
        rows = [key for some in wanted.values() for key in some]
        return [(_EXACTLY, (json.dumps(rows), tenant_id))] if rows else []
    return [
        _query(tenant_id, entity, some[start : start + _CHUNK])
        for entity, some in wanted.items()
        for start in range(0, len(some), _CHUNK)
    ]


def _query(tenant_id: int, entity: str, keys: list[Key]) -> Query:
    """The query for some rows of a kind; it may find others of the same ids and dates too."""
    ids = sorted({key[1] for key in keys})
    dates = sorted({key[2] for key in keys})
    sql = (
        f"SELECT {_COLUMNS} FROM row_state WHERE tenant_id = ? AND entity = ?"
        f" AND row_id IN ({_places(ids)}) AND date IN ({_places(dates)})"
    )
    return sql, (tenant_id, entity, *_padded(ids), *_padded(dates))


def unique_key(entity: str, units: Mapping[str, Value]) -> str | None:
    """What no other live row of the kind may share, as text; None where nothing is unique."""
    known = ENTITIES.get(entity)
    if known is None or not known.once:
        return None
    columns = known.to_columns(units)
    return canonical_text([columns.get(name) for name in known.once])


def _places(values: list[Any]) -> str:
    return marks(_size(len(values)))


def _padded(values: list[Any]) -> list[Any]:
    """The values with the last one repeated, so that few forms of a statement serve any number."""
    return [*values, *values[-1:] * (_size(len(values)) - len(values))]


def _size(count: int) -> int:
    return next(size for size in (1, 4, 10, _CHUNK) if count <= size)
