"""Forgetting what the clerk's roles do not show any more: its history, what undo kept, drafts and files.

The rows themselves are emptied by the reading anew that a change of roles brings. An edit that has not been
answered is left until the backend has refused it; what the clerk typed in it stays with the refusal.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from hrtui.domain.roles import Area
from hrtui.domain.sync.transmission import AREA
from hrtui.domain.sync.units import DAY, ENTITIES, WHOLE_ROW
from hrtui.i18n import t
from hrtui.store.database import Connection
from hrtui.store.remembered import remember, value_of
from hrtui.store.remote_transmissions import empty
from hrtui.store.roles import KEPT
from hrtui.store.sickness.remote_files import sent_contents
from hrtui.sync import erasing, notes
from hrtui.sync.merge import Merge
from hrtui.sync.outbox import Item

_DRAFT, _CASES = "form_draft", ("sickness_", "benefit_", "access_log")
_UNSENT = "step_id NOT IN (SELECT step_id FROM outbox)"
_MOST = 5
"""So many of the steps that undo does not reach any more are named."""


def forget(merge: Merge, areas: Collection[str], *, restored: bool) -> None:
    """Forget what these areas hold; inside the transaction that emptied the rows.

    A backend that was `restored` may lack files that it had: they stay.
    """
    hidden = frozenset(Area(one) for one in areas if one in set(Area))
    before = _load(merge.con, merge.employer_id)
    _save(merge.con, merge.employer_id, hidden)
    if hidden:
        steps = _forget(merge.con, merge.employer_id, hidden)
        if Area.SICKNESS in hidden and not restored:
            erasing.drop_contents(merge.con, merge.employer_id, sent_contents(merge.con, merge.employer_id))
        grown = before is not None and not hidden <= before
        if steps or grown:
            labels = [label for entity, label in steps.values() if not entity.startswith(_CASES)]
            notes.add(merge.con, merge.employer_id, notes.NARROWED, len(steps), labels[:_MOST])


def follow(merge: Merge, item: Item) -> None:
    """Forget the same of an edit that was answered, where it is about something that is hidden by now."""
    hidden = _load(merge.con, merge.employer_id)
    if hidden and item.body and any(_without_units(op, hidden) != op for op in item.body["ops"]):
        _forget(merge.con, merge.employer_id, hidden)


def _forget(con: Connection, employer_id: int, hidden: frozenset[Area]) -> dict[int, tuple[str, str]]:
    """Returns the steps that cannot be undone any more: the kind of row and the label of each."""
    con.execute("PRAGMA secure_delete = ON")
    steps: dict[int, tuple[str, str]] = {}
    for entity in (*ENTITIES, _DRAFT):
        if entity == _DRAFT or _units(entity, hidden):
            steps |= _forget_operations(con, employer_id, entity, hidden)
    if not hidden.isdisjoint(map(Area, AREA.split("+"))):
        empty(con, employer_id)
    _forget_sent(con, employer_id, hidden)
    _forget_refused(con, employer_id, hidden)
    _forget_drafts(con, employer_id, hidden)
    return steps


def _units(entity: str, hidden: Collection[Area]) -> set[str]:
    """The units of a row that are hidden: all of them where the row is."""
    known = ENTITIES.get(entity)
    if known is None or entity == DAY:
        return set()
    return {unit for unit in (WHOLE_ROW, *known.units) if known.area_of(unit) in hidden}


def _columns(entity: str, hidden: Collection[Area]) -> set[str]:
    units = ENTITIES[entity].units
    return {name for unit in _units(entity, hidden) - {WHOLE_ROW} for name in units[unit]}


def _forget_operations(
    con: Connection, employer_id: int, entity: str, hidden: frozenset[Area]
) -> dict[int, tuple[str, str]]:
    found = con.execute(
        "SELECT o.step_id, o.seq, o.old, o.new FROM operation o JOIN step s ON s.id = o.step_id"
        f" WHERE o.entity = ? AND s.employer_id = ? AND o.{_UNSENT}",
        (entity, employer_id),
    ).fetchall()
    touched: set[int] = set()
    for step_id, seq, old, new in found:
        if WHOLE_ROW in _units(entity, hidden):
            left: tuple[str | None, str | None] = None, None
        else:
            left = _emptied(entity, old, hidden), _emptied(entity, new, hidden)
        if left == (old, new):
            continue
        touched.add(step_id)
        if left == (None, None) or left == ("{}", "{}"):
            con.execute("DELETE FROM operation WHERE step_id = ? AND seq = ?", (step_id, seq))
        else:
            con.execute(
                "UPDATE operation SET old = ?, new = ? WHERE step_id = ? AND seq = ?", (*left, step_id, seq)
            )
    return _end_steps(con, touched, entity)


def _emptied(entity: str, text: str | None, hidden: frozenset[Area]) -> str | None:
    """The columns of an operation without the hidden ones that hold something."""
    columns = json.loads(text or "null")
    if not isinstance(columns, dict):
        return text
    if entity == _DRAFT:
        kept = dict(columns)
        if isinstance(kept.get("data"), str):
            kept["data"] = _draft_without(kept["data"], hidden)
    else:
        names = _columns(entity, hidden)
        kept = {name: value for name, value in columns.items() if name not in names or value in (None, "")}
    return text if kept == columns else json.dumps(kept)


def _end_steps(con: Connection, steps: Iterable[int], entity: str) -> dict[int, tuple[str, str]]:
    """Let undo and redo leave out the steps that lost something; returns those that it would have reached."""
    ended: dict[int, tuple[str, str]] = {}
    for step_id in sorted(steps):
        label, state = con.execute("SELECT label, state FROM step WHERE id = ?", (step_id,)).fetchone()
        if state in ("live", "undone") and entity != _DRAFT:
            ended[step_id] = entity, label
        con.execute(
            "UPDATE step SET state = 'gone', label = CASE WHEN EXISTS"
            " (SELECT 1 FROM operation WHERE step_id = ?) THEN label ELSE ? END WHERE id = ?",
            (step_id, t(KEPT), step_id),
        )
    return ended


def _forget_sent(con: Connection, employer_id: int, hidden: frozenset[Area]) -> None:
    """What is kept for a backend that is restored: it would refuse it from these roles anyway."""
    for uid, text in con.execute(
        "SELECT uid, body FROM sent_log WHERE employer_id = ?", (employer_id,)
    ).fetchall():
        body = json.loads(text)
        left = [one for op in body["ops"] if (one := _without_units(op, hidden)) is not None]
        if left == body["ops"]:
            continue
        if left:
            con.execute("UPDATE sent_log SET body = ? WHERE uid = ?", (json.dumps(body | {"ops": left}), uid))
        else:
            con.execute("DELETE FROM sent_log WHERE uid = ?", (uid,))


def _without_units(op: Mapping[str, Any], hidden: frozenset[Area]) -> dict[str, Any] | None:
    """An operation as it travels without its hidden units, None where nothing is left of it."""
    gone = _units(op["e"], hidden)
    units = {unit: one for unit, one in (op.get("units") or {}).items() if unit not in gone}
    if WHOLE_ROW in gone or (not units and op.get("units")):
        return None
    return {**op, "units": units} if "units" in op else dict(op)


def _forget_refused(con: Connection, employer_id: int, hidden: frozenset[Area]) -> None:
    """Of refused steps stays what the clerk wanted, not what was there before."""
    for uid, text in con.execute(
        "SELECT uid, changes FROM refused WHERE employer_id = ?", (employer_id,)
    ).fetchall():
        ops = json.loads(text)
        for op in ops:
            for unit in _units(op["e"], hidden) & (op.get("units") or {}).keys():
                op["units"][unit]["base"] = None
        if (now := json.dumps(ops)) != text:
            con.execute("UPDATE refused SET changes = ? WHERE uid = ?", (now, uid))


def _forget_drafts(con: Connection, employer_id: int, hidden: frozenset[Area]) -> None:
    for draft_id, text in con.execute(
        "SELECT id, data FROM form_draft WHERE employer_id = ?", (employer_id,)
    ).fetchall():
        if (now := _draft_without(text, hidden)) != text:
            con.execute("UPDATE form_draft SET data = ? WHERE id = ?", (now, draft_id))


def _draft_without(text: str, hidden: frozenset[Area]) -> str:
    """The data of a form that was left half way, without the fields of hidden columns."""
    data = json.loads(text)
    names = {
        name for entity in ENTITIES for name in _columns(entity, hidden) if entity in ("person", "contract")
    }
    kept = _pruned(data, names)
    return text if kept == data else json.dumps(kept)


def _pruned(data: Any, names: Collection[str]) -> Any:
    if isinstance(data, dict):
        return {key: _pruned(one, names) for key, one in data.items() if key not in names}
    return [_pruned(one, names) for one in data] if isinstance(data, list) else data


def _load(con: Connection, employer_id: int) -> frozenset[Area] | None:
    value = value_of(con, _name(employer_id))
    return None if value is None else frozenset(Area(one) for one in json.loads(value))


def _save(con: Connection, employer_id: int, hidden: Collection[Area]) -> None:
    remember(con, {_name(employer_id): json.dumps(sorted(hidden))})


def _name(employer_id: int) -> str:
    return f"hidden:{employer_id}"
