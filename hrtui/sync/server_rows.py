"""Rows that only the backend writes: conflicts, corrections, locks, transmissions and members."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES
from hrtui.domain.sync.wire import ConflictUnits, CorrectionUnits, MemberUnits
from hrtui.store.database import Connection
from hrtui.store.moments import local_moment
from hrtui.store.remote_transmissions import forget, take_lock
from hrtui.store.remote_transmissions import take as take_transmission
from hrtui.sync.planner import key_of

_TABLES = {
    "conflict": "employer_id = ?",
    "correction": "employer_id = ?",
    "member": "employer_id = ?",
    "month_lock": "person_id IN (SELECT id FROM person WHERE employer_id = ?)",
    "month_unlock": "person_id IN (SELECT id FROM person WHERE employer_id = ?)",
}
_STATES = {"to_resend": "open", "merged": "taken over", "resent": "taken over"}
"""What a correction's state at the backend is here; any other is a dropped one."""


def take(con: Connection, employer_id: int, change: Mapping[str, Any]) -> None:
    """Keep a row as the feed brings it; kinds that this version does not know are left out."""
    taker = _TAKERS.get(change["e"])
    if taker is not None:
        taker(con, employer_id, change)


def clear(con: Connection, employer_id: int, *, locks: bool) -> None:
    """Forget all of them, before a snapshot brings those that are; `locks` the locked months too.

    The locks of an employer that was never synced are the clerk's own.
    """
    for table, whose in _TABLES.items():
        if locks or table not in ("month_lock", "month_unlock"):
            con.execute(f"DELETE FROM {table} WHERE {whose}", (employer_id,))
    if locks:
        staged = con.execute(
            "SELECT row_id FROM stage_row WHERE employer_id = ? AND entity = 'transmission'", (employer_id,)
        )
        forget(con, employer_id, [row_id for (row_id,) in staged.fetchall()])


def _conflict(con: Connection, employer_id: int, change: Mapping[str, Any]) -> None:
    if change["k"] == "del":
        con.execute("DELETE FROM conflict WHERE id = ?", (change["id"],))
        return
    units: ConflictUnits = change["units"]
    answer = con.execute("SELECT answer_uid FROM conflict WHERE id = ?", (change["id"],)).fetchone()
    con.execute(
        "INSERT OR REPLACE INTO conflict (id, employer_id, entity, row_id, date, unit, kind, candidates,"
        " actor, at, open, open_there, answer_uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change["id"], employer_id, units["e"], units["row"], units.get("d") or None, units["unit"],
            units["kind"], json.dumps(units["candidates"]), units.get("by") or "",
            local_moment(units["since"]) if units.get("since") else None,
            int(units["open"]), int(units["open"]), answer[0] if answer else None,
        ),
    )  # fmt: skip
    settle_conflict(con, change["id"])


def settle_conflict(con: Connection, conflict_id: int) -> None:
    """Show a conflict as open where it is, and no answer is on its way that has seen every candidate."""
    row = con.execute(
        "SELECT c.open_there, c.candidates, x.resolves, c.answer_uid FROM conflict c"
        " LEFT JOIN outbox x ON x.uid = c.answer_uid WHERE c.id = ?",
        (conflict_id,),
    ).fetchone()
    if row is None:
        return
    there, candidates, resolves, answer = row
    seen = set(json.loads(resolves)["seen"]) if resolves else set()
    unseen = {one["uid"] for one in json.loads(candidates) if not one.get("closed_by")} - seen
    con.execute(
        "UPDATE conflict SET open = ?, answer_uid = ? WHERE id = ?",
        (int(bool(there) and (not resolves or bool(unseen))), answer if resolves else None, conflict_id),
    )


def _correction(con: Connection, employer_id: int, change: Mapping[str, Any]) -> None:
    if change["k"] == "del":
        con.execute("DELETE FROM correction WHERE id = ?", (change["id"],))
        return
    units: CorrectionUnits = change["units"]
    decided = _STATES.get(units["state"], "dropped") if "state" in units else "open"
    if "op" not in units:
        con.execute("UPDATE correction SET state = ? WHERE id = ?", (decided, change["id"]))
        return
    op = units["op"]
    key = key_of(op)
    con.execute(
        "INSERT OR REPLACE INTO correction (id, employer_id, person_id, month, entity, row_id, date, old,"
        " new, actor, at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change["id"], employer_id, units["person"], units["months"][0][0], key.entity, key.id,
            key.date or None, *_values(op), units["by"], local_moment(units["at"]), decided,
        ),
    )  # fmt: skip


def _values(op: Mapping[str, Any]) -> Iterable[str]:
    """Old and new of an operation as the operation log has them."""
    for side, absent in (("base", "ins"), ("new", "del")):
        units = {unit: one[side] for unit, one in (op.get("units") or {}).items()}
        if op["e"] == DAY:
            yield json.dumps(units.get(ENTRIES) or [], separators=(",", ":"))
        else:
            yield json.dumps(None if op["k"] == absent else ENTITIES[op["e"]].to_columns(units))


def _month_lock(con: Connection, _: int, change: Mapping[str, Any]) -> None:
    where = (change["id"], change["d"])
    if change["k"] == "del":
        con.execute("DELETE FROM month_lock WHERE person_id = ? AND month = ?", where)
    else:
        take_lock(con, *where, change["units"])


def _transmission(con: Connection, employer_id: int, change: Mapping[str, Any]) -> None:
    if change["k"] == "set":
        take_transmission(con, employer_id, change["id"], change["units"])


def _member(con: Connection, employer_id: int, change: Mapping[str, Any]) -> None:
    if change["k"] == "del":
        con.execute("DELETE FROM member WHERE employer_id = ? AND id = ?", (employer_id, change["id"]))
    else:
        units: MemberUnits = change["units"]
        con.execute(
            "INSERT OR REPLACE INTO member (employer_id, id, name, roles) VALUES (?, ?, ?, ?)",
            (employer_id, change["id"], units["name"], json.dumps(units["roles"])),
        )


_TAKERS: Mapping[str, Callable[[Connection, int, Mapping[str, Any]], None]] = {
    "conflict": _conflict,
    "correction": _correction,
    "member": _member,
    "month_lock": _month_lock,
    "transmission": _transmission,
}
