"""The audit trail: one chained record for each thing done, telling whether values changed and not which.

Values are there as HMAC-SHA-256 under a random key of the person that they are about. So the chain can be
checked by somebody who may not see them, a known value can be proven to be the one, and erasing a person's
key leaves nothing to guess from while the chain stays whole.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from hrtui.backend.database import Connection, Query, Row, marks
from hrtui.domain.sync.canonical import Value, canonical_text
from hrtui.domain.sync.chain import GENESIS

COLUMNS = (
    "n", "hash", "at", "actor", "user_id", "device_id", "rev", "uid", "action", "entity", "row_id", "date",
    "unit", "before", "after",
)  # fmt: skip
_NUMBERS = ("n", "user_id", "rev", "row_id")
_TYPES = " ".join(
    ["tenant_id:bigint", *(f"{name}:{'bigint' if name in _NUMBERS else 'text'}" for name in COLUMNS)]
)
_PAGE = 2000
PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: by which mutation, to which row, and the values before and after (None: no row)."""

    uid: str
    action: str
    entity: str
    row_id: int
    date: str = ""
    person_id: int = 0
    before: Mapping[str, Value] | None = None
    after: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it, at which moment and in which commit."""

    actor: str
    user_id: int
    device_id: str
    at: str
    rev: int


def next_hash(previous: str, record: Iterable[Value]) -> str:
    """The hash of a record (its columns after `hash`, led by `n`) that follows `previous`."""
    return sha256(bytes.fromhex(previous) + canonical_text(list(record)).encode()).hexdigest()


def append(
    con: Connection, tenant_id: int, n: int, last: str, doer: Doer, deeds: list[Deed], keys: dict[int, bytes]
) -> tuple[int, str]:
    """Add records after number `n` with hash `last`; returns the new end. Needs the employer's lock.

    `keys` are those of people that were read before (`keys_query`); it gets the others that are needed.
    """
    _complete(con, tenant_id, {deed.person_id for deed in deeds}, keys)
    rows = []
    for deed in deeds:
        n += 1
        key = keys[deed.person_id]
        units = sorted({*(deed.before or {}), *(deed.after or {})})
        fields: list[Value] = [
            doer.at, doer.actor, doer.user_id, doer.device_id, doer.rev, deed.uid, deed.action, deed.entity,
            deed.row_id, deed.date, " ".join(units), _seal(key, deed.before), _seal(key, deed.after),
        ]  # fmt: skip
        last = next_hash(last, [n, *fields])
        rows.append((tenant_id, n, last, *fields))
    con.insert("audit", _TYPES, rows)
    return n, last


def records(con: Connection, tenant_id: int) -> Iterator[dict[str, Value]]:
    """All records of an employer in order."""
    n = 0
    while rows := con.all(
        f"SELECT {', '.join(COLUMNS)} FROM audit WHERE tenant_id = ? AND n > ? ORDER BY n LIMIT {_PAGE}",
        tenant_id,
        n,
    ):
        for row in rows:
            yield dict(zip(COLUMNS, row, strict=True))
        n = rows[-1][0]


def verify(con: Connection, tenant_id: int) -> tuple[int, int | None]:
    """How many records hold together, and the number of the first that does not (None: all do).

    The end must be the one that the employer's clock knows, so that records missing at the end are seen too.
    """
    count, last = 0, GENESIS
    for record in records(con, tenant_id):
        fields = [record[name] for name in COLUMNS if name != "hash"]
        last_ok = record["n"] == count + 1 and next_hash(last, fields) == record["hash"]
        if not last_ok:
            return count, count + 1
        count, last = count + 1, str(record["hash"])
    end = con.one("SELECT audit_n, audit_hash FROM tenant_clock WHERE tenant_id = ?", tenant_id)
    return count, None if end is not None and tuple(end) == (count, last) else count + 1


def _seal(key: bytes, values: Mapping[str, Value] | None) -> str:
    if values is None:
        return ""
    return hmac.digest(key, canonical_text(dict(values)).encode(), "sha256").hex()


def keys_query(tenant_id: int, people: Sequence[int]) -> Query:
    """The query for the keys of at most PEOPLE people; `keys_in` reads what it finds."""
    sql = (
        f"SELECT person_id, key FROM subject_key WHERE tenant_id = ? AND person_id IN ({marks(len(people))})"
    )
    return sql, (tenant_id, *people)


def keys_in(rows: Sequence[Row]) -> dict[int, bytes]:
    """The keys that `keys_query` found."""
    return {person_id: bytes.fromhex(key) for person_id, key in rows}


def _complete(con: Connection, tenant_id: int, people: set[int], keys: dict[int, bytes]) -> None:
    """Add the keys of these people (0: of rows about nobody), made where there is none yet."""
    ids = sorted(people - keys.keys())
    for start in range(0, len(ids), PEOPLE):
        sql, values = keys_query(tenant_id, ids[start : start + PEOPLE])
        keys |= keys_in(con.all(sql, *values))
    new = {person_id: secrets.token_bytes(32) for person_id in ids if person_id not in keys}
    con.many(
        "INSERT INTO subject_key (tenant_id, person_id, key) VALUES (?, ?, ?)",
        [(tenant_id, person_id, key.hex()) for person_id, key in new.items()],
    )
    keys |= new
