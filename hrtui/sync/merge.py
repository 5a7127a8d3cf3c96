"""Bringing the backend's news into the clerk's rows so that always: what is seen = confirmed + unsent edits.

A unit with unsent edits keeps showing them; what the backend has of it meanwhile is its base: the `old` of
the earliest unsent edit, or a row in `sync_base` once something newer came. When the feed reaches the commit
that took (or refused) an edit, the edit ends and the base shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2

from hrtui.domain.sync.units import DAY, ENTITIES, WHOLE_ROW
from hrtui.i18n import t
from hrtui.store.moments import moment
from hrtui.store.store import Store
from hrtui.sync import outbox
from hrtui.sync.oplog import UnitOp, operations, pending
from hrtui.sync.outbox import Item
from hrtui.sync.planner import key_of
from hrtui.sync.rows import Columns, RowKey, Rows, Units

REMOTE, REFUSED = "remote", "refused"
"""Kinds of steps that the backend caused: a colleague's change; an own edit that ended without effect."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a value, and when (as the tables hold moments); `label` is what the history calls it."""

    actor: str
    at: str
    kind: str = REMOTE
    label: str = ""


class Merge:
    """One transaction's news of one employer; `touched` are the rows that look different now."""

    def __init__(self, store: Store, employer_id: int, *, logged: bool = True) -> None:
        self.store = store
        self.con = store.con
        self.employer_id = employer_id
        self.rows = Rows(store.con, employer_id)
        self.touched: set[RowKey] = set()
        self.displaced: dict[RowKey, tuple[Columns, Author]] = {}
        self._logged = logged
        self._steps: dict[Author, list[int]] = {}

    # -- what the backend has of a row, and what is seen of it

    def base(self, key: RowKey, waiting: list[UnitOp] | None = None) -> Units:
        """The confirmed units of a row; WHOLE_ROW says whether it is there (1 or 0)."""
        waiting = pending(self.rows, key) if waiting is None else waiting
        columns = self._columns(key)
        found = None if columns is None else ENTITIES[key.entity].to_units(columns)
        base: Units = {WHOLE_ROW: int(found is not None), **(found or {})}
        for op in reversed(waiting):
            base |= op.old
            if op.kind != "set":
                base[WHOLE_ROW] = int(op.kind == "del")
        return base | self.stored(key)

    def stored(self, key: RowKey) -> Units:
        """The newer confirmed values of units with unsent edits."""
        found = self.con.execute(
            "SELECT unit, value FROM sync_base WHERE entity = ? AND row_id = ? AND date = ?", key
        )
        return {unit: json.loads(value) for unit, value in found}

    def yields(self, key: RowKey) -> bool:
        """Whether the row shows what the backend has, as its unsent edits clash with other rows."""
        query = "SELECT 1 FROM sync_yield WHERE entity = ? AND row_id = ? AND date = ?"
        return self.con.execute(query, key).fetchone() is not None

    # -- news

    def take(self, key: RowKey, news: Units, author: Author) -> None:
        """The backend has these units of a row now (WHOLE_ROW 0: it is deleted)."""
        waiting = pending(self.rows, key)
        base = self.base(key, waiting) | news
        dirty = {unit for op in waiting for unit in op.touches}
        for unit in news.keys() & dirty:
            self._store_base(key, unit, news[unit], author)
        self.show(key, base, waiting, author)

    def take_change(self, change: Mapping[str, Any], author: Author) -> None:
        """A change of the feed, of a row that clerks write."""
        key = key_of(change)
        news: Units = ENTITIES[key.entity].fitted(change.get("units") or {})
        if key.entity != DAY:
            news[WHOLE_ROW] = int(change["k"] != "del")
        self.take(key, news, author)

    def confirm(self, item: Item, *, kept: bool = True) -> None:
        """The feed has reached the commit that answered this mutation: its edits end here.

        It is kept in the log of what was sent, unless it never got to the backend.
        """
        fates = fates_of(item)
        befores: dict[RowKey, tuple[Units, Units, set[str]]] = {}
        for key, op in operations(self.rows, item.step_id, item.first_seq, item.last_seq):
            if key in befores:
                befores[key][2].update(op.touches)
            else:
                befores[key] = self.base(key), self.stored(key), op.touches
        if kept:
            outbox.to_sent_log(self.con, item.uid)
        else:
            self.con.execute("DELETE FROM outbox WHERE uid = ?", (item.uid,))
        author = self._author_of_end(item)
        for key, (base, stored, units) in befores.items():
            after = base | {u: v for u, v in fates.get(key, {}).items() if u not in stored}
            self._settle(key, after, units, author)
        self._end_step(item)

    def _settle(self, key: RowKey, base: Units, units: set[str], author: Author) -> None:
        """Edits of these units ended with `base` confirmed: keep it for edits that wait, or show it."""
        waiting = pending(self.rows, key)
        dirty = {unit for op in waiting for unit in op.touches}
        written = self._written_by(key)
        for unit in units:
            if unit not in dirty:
                self._forget_base(key, unit)
            elif unit in base:
                self._store_base(key, unit, base[unit], written or author)
        if not waiting:
            self.con.execute("DELETE FROM sync_yield WHERE entity = ? AND row_id = ? AND date = ?", key)
        self.show(key, base, waiting, written or author)
        if not waiting:
            self.con.execute("DELETE FROM sync_base WHERE entity = ? AND row_id = ? AND date = ?", key)

    def offer_again(self, uids: Iterable[str]) -> None:
        """Confirmed mutations that a restored backend lost wait again, and are seen again."""
        for uid in uids:
            bases = {key: self.base(key) for key in self._keys_in_sent_log(uid)}
            item = outbox.back_from_sent_log(self.con, uid)
            if item is None:
                continue
            author = Author(self.store.actor, moment(), REFUSED, self._label(item.step_id))
            touched: dict[RowKey, set[str]] = {}
            for key, op in operations(self.rows, item.step_id, item.first_seq, item.last_seq):
                touched.setdefault(key, set()).update(op.touches)
            for key, units in touched.items():
                for unit in units & bases[key].keys():
                    self._store_base(key, unit, bases[key][unit], author)
                self.show(key, bases[key], pending(self.rows, key), author)

    # -- showing

    def show(self, key: RowKey, base: Units, waiting: list[UnitOp], author: Author) -> None:
        """Let the row hold its base with the unsent edits over it."""
        self.put(key, base if self.yields(key) else folded(base, waiting), author, dirty=bool(waiting))

    def put(self, key: RowKey, units: Units, author: Author, *, dirty: bool = False) -> None:
        """Write a row as it is to be seen and log what changed; a clash makes unsent edits give way."""
        from hrtui.sync import clashes

        old = self._columns(key)
        new = {unit: value for unit, value in units.items() if unit != WHOLE_ROW}
        wanted = new if units.get(WHOLE_ROW, 1) else None
        same = (old and ENTITIES[key.entity].to_units(old)) == wanted
        if same and key not in self.displaced:
            return
        while True:
            try:
                became = self.rows.write(key, wanted)
                break
            except dbapi2.IntegrityError as problem:
                if clashes.give_way(self, key, wanted or {}, str(problem), dirty=dirty):
                    return  # this row's own edits gave way: it is written by that
        self.displaced.pop(key, None)
        if not same:
            self._log(key, old, became, author)

    def _columns(self, key: RowKey) -> Columns | None:
        return self.displaced[key][0] if key in self.displaced else self.rows.columns(key)

    def shown_as(self, key: RowKey, author: Author) -> None:
        """Write a row anew from its base and what waits."""
        waiting = pending(self.rows, key)
        self.show(key, self.base(key, waiting), waiting, author)

    def _log(
        self, key: RowKey, old: dict[str, Any] | None, new: dict[str, Any] | None, author: Author
    ) -> None:
        self.touched.add(key)
        if not self._logged:
            return
        if key.entity == DAY:
            before, after = ((columns or {}).get("entries", []) for columns in (old, new))
        elif old is None or new is None:
            before, after = old, new
        else:
            changed = [name for name in new if old.get(name) != new[name]]
            before, after = ({name: row.get(name) for name in changed} for row in (old, new))
        step = self._step(author)
        self.con.execute(
            "INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?)",
            (step[0], step[1], key.entity, key.id, key.date or None, *map(_text, (before, after))),
        )
        step[1] += 1

    def _step(self, author: Author) -> list[int]:
        """The step that this author's changes are kept under, and the next place in it.

        A new one begins where another was made in between, so that the log keeps the order of writing.
        """
        latest = next(reversed(self._steps), None)
        if latest == author:
            return self._steps[author]
        row = self.con.execute(
            "INSERT INTO step (employer_id, kind, label, actor, at, state) VALUES (?, ?, ?, ?, ?, 'gone')",
            (self.employer_id, author.kind, author.label or t("Received"), author.actor, author.at),
        )
        self._steps.pop(author, None)
        self._steps[author] = [int(row.lastrowid), 0]
        return self._steps[author]

    # -- bases

    def _store_base(self, key: RowKey, unit: str, value: object, author: Author) -> None:
        self.con.execute(
            "INSERT OR REPLACE INTO sync_base (entity, row_id, date, unit, employer_id, value, actor, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, unit, self.employer_id, json.dumps(value), author.actor, author.at),
        )

    def _forget_base(self, key: RowKey, unit: str) -> None:
        self.con.execute(
            "DELETE FROM sync_base WHERE entity = ? AND row_id = ? AND date = ? AND unit = ?", (*key, unit)
        )

    def _written_by(self, key: RowKey) -> Author | None:
        """Who wrote the newest confirmed value that waits behind unsent edits."""
        row = self.con.execute(
            "SELECT actor, at FROM sync_base WHERE entity = ? AND row_id = ? AND date = ?"
            " ORDER BY at DESC LIMIT 1",
            key,
        ).fetchone()
        return Author(row[0], row[1]) if row else None

    # -- steps that end

    def _author_of_end(self, item: Item) -> Author:
        return Author(self.store.actor, moment(), REFUSED, self._label(item.step_id))

    def _label(self, step_id: int) -> str:
        return str(self.con.execute("SELECT label FROM step WHERE id = ?", (step_id,)).fetchone()[0])

    def _end_step(self, item: Item) -> None:
        """Where nothing of a step was taken there is nothing to undo."""
        outcomes = {result["outcome"] for result in item.results or ()}
        outcomes |= {one for result in item.results or () for one in (result.get("units") or {}).values()}
        if outcomes and outcomes.isdisjoint({"applied", "noop"}):
            self.con.execute(
                "UPDATE step SET state = 'gone' WHERE id = ? AND NOT EXISTS"
                " (SELECT 1 FROM outbox WHERE step_id = ?)",
                (item.step_id, item.step_id),
            )

    def _keys_in_sent_log(self, uid: str) -> list[RowKey]:
        row = self.con.execute(
            "SELECT step_id, first_seq, last_seq FROM sent_log WHERE uid = ?", (uid,)
        ).fetchone()
        return [key for key, _ in operations(self.rows, *row)] if row else []


def folded(base: Units, waiting: Iterable[UnitOp]) -> Units:
    """The confirmed units with unsent edits over them; an edit of a row that is gone shows nothing."""
    units = dict(base)
    for op in waiting:
        units |= op.new
        if op.kind != "set":
            units[WHOLE_ROW] = int(op.kind == "ins")
    return units


def fates_of(item: Item) -> dict[RowKey, Units]:
    """What the backend holds of each row by an answered mutation itself, as far as it was taken.

    A value that was there already counts as taken; a row that is the same as another (`noop`) was not made.
    """
    found: dict[RowKey, Units] = {}
    for op, result in zip((item.body or {}).get("ops", ()), item.results or (), strict=False):
        taken = found.setdefault(key_of(op), {})
        each = result.get("units") or {}
        good = ("applied",) if op["k"] == "ins" else ("applied", "noop")
        for unit, one in (op.get("units") or {}).items():
            if each.get(unit, result["outcome"]) in good and op["k"] != "del":
                taken[unit] = one["new"]
        if op["k"] in ("ins", "del") and result["outcome"] in good:
            taken[WHOLE_ROW] = int(op["k"] == "ins")
    return found


def _text(value: object) -> str | None:
    if value is None:
        return None
    return json.dumps(value, separators=(",", ":")) if isinstance(value, list) else json.dumps(value)
