"""Reading all rows anew: fetched in pages beside the clerk's rows, then put in their place at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, SERVER_ENTITIES, WHOLE_ROW
from hrtui.failpoints import failpoint
from hrtui.i18n import t
from hrtui.store.moments import local_moment, moment
from hrtui.store.store import Store
from hrtui.sync import erasing, hiding, outbox, server_rows, state
from hrtui.sync.clashes import merging
from hrtui.sync.feed import confirm_until, note_head, take_changes
from hrtui.sync.merge import Author, Merge
from hrtui.sync.oplog import IN_PART
from hrtui.sync.planner import key_of
from hrtui.sync.rows import RowKey, Units
from hrtui.sync.state import SHAPE, State

_Differing = tuple[set[RowKey], dict[RowKey, Units]]
_DAYS = (
    "SELECT person_id, date, '[' || leave_type_id || ', ' || minutes || ', ' || json_quote(part) || ', '"
    " || json_quote(status) || ', ' || json_quote(source) || ']' AS line FROM calendar_entry"
    " WHERE person_id IN (SELECT id FROM person WHERE employer_id = ?) ORDER BY person_id, date, slot"
)
_CHANGED_DAYS = (
    "WITH here AS MATERIALIZED (SELECT person_id, date, '{\"entries\": [' || group_concat(line, ', ') || ']}'"
    f" AS units FROM ({_DAYS}) GROUP BY person_id, date)"
    " SELECT s.row_id, s.date FROM stage_row s LEFT JOIN here h ON h.person_id = s.row_id AND h.date = s.date"
    " WHERE s.employer_id = ? AND s.entity = 'day' AND s.units IS NOT h.units"
)
_GONE_DAYS = (
    "SELECT person_id, date FROM calendar_entry WHERE person_id IN"
    " (SELECT id FROM person WHERE employer_id = ?)"
    " EXCEPT SELECT row_id, date FROM stage_row WHERE employer_id = ? AND entity = 'day'"
)
_NOBODY = ("", "")
_PLACE = "employer_id = ? AND entity = ? AND row_id = ? AND date = ?"


def begin(store: Store, now: State, answer: Mapping[str, Any], *, diverged: bool) -> None:
    """Start to fetch; `diverged` says that the backend stands on another timeline than what is known here."""
    with store.transaction():
        store.con.execute("DELETE FROM stage_row WHERE employer_id = ?", (now.employer_id,))
        now.snapshot = {
            "token": answer["page_token"],
            "cursor": answer["r0"],
            "witness": answer["head"],
            "scope": answer["scope"],
            "hidden": answer["hidden"],
            "rows": answer["rows"],
            "done": 0,
            "diverged": diverged,
        }
        state.save(store, now)


def take_page(store: Store, now: State, answer: Mapping[str, Any]) -> None:
    """Keep a page, and from where to go on."""
    assert now.snapshot is not None
    with store.transaction():
        authors = answer.get("authors") or {}
        _stage(
            store,
            now.employer_id,
            (
                (e, id_, day, units, *authors.get(str(rev), _NOBODY))
                for e, id_, day, units, rev in answer["rows"]
            ),
        )
        _saw(now.snapshot, answer)
        now.snapshot |= {
            "token": answer["next_token"],
            "done": now.snapshot["done"] + len(answer["rows"]),
        }
        state.save(store, now)
        failpoint("snapshot.page")


def catch_up(store: Store, now: State, answer: Mapping[str, Any]) -> None:
    """Bring what was committed since the pages were begun into them: they are of many moments until then."""
    assert now.snapshot is not None
    with store.transaction():
        for commit in answer["commits"]:
            for change in commit["changes"]:
                author = (commit["by"], commit["at"]) if change["e"] == DAY else _NOBODY
                _change_stage(store, now.employer_id, change, author)
        _saw(now.snapshot, answer)
        now.snapshot |= {"cursor": answer["next"]}
        state.save(store, now)


def _saw(taken: dict[str, Any], answer: Mapping[str, Any]) -> None:
    """Raise what the pages have shown of the history: a backend that is restored meanwhile is found out."""
    if answer["head"]["rev"] > taken["witness"]["rev"]:
        taken["witness"] = answer["head"]


def _stage(store: Store, employer_id: int, rows: Iterable[Sequence[Any]]) -> None:
    store.con.executemany(
        "INSERT OR REPLACE INTO stage_row VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (employer_id, entity, id_, day or "", json.dumps(units), *by)
            for entity, id_, day, units, *by in rows
        ],
    )


def _change_stage(store: Store, employer_id: int, change: Mapping[str, Any], author: tuple[str, str]) -> None:
    place = (employer_id, *key_of(change))
    if change["k"] == "del":
        store.con.execute(f"DELETE FROM stage_row WHERE {_PLACE}", place)
        return
    row = store.con.execute(f"SELECT units FROM stage_row WHERE {_PLACE}", place).fetchone()
    units = (json.loads(row[0]) if row else {}) | change["units"]
    _stage(store, employer_id, [(*key_of(change), units, *author)])


def swap(store: Store, now: State, answer: Mapping[str, Any]) -> set[RowKey]:
    """Put the fetched rows in the place of those that are here, with the unsent edits over them.

    What the fetched rows lack is deleted, unless it waits to be sent. Raises Inconsistent and StoreError.
    """
    assert now.snapshot is not None
    taken = now.snapshot
    first = _nothing_here(store, now.employer_id)
    with merging(store, now.employer_id, logged=not first) as merge:
        if taken["diverged"]:
            outbox.void_acknowledgements(store.con, now.employer_id)
            now.needs_requeue = True
        server_rows.clear(store.con, now.employer_id, locks=now.rev > 0)
        if first:
            _fill(merge)
        else:
            _replace(merge)
        hiding.forget(merge, taken.get("hidden", ()), restored=taken["diverged"])
        failpoint("snapshot.swapped")
        now.stand_at(taken["cursor"]["rev"], taken["cursor"]["chain"])
        confirm_until(merge, now.rev)
        note_head(now, answer)
        now.scope, now.schema_v = taken["scope"], SHAPE
        now.snapshot, now.needs_snapshot, now.needs_hello = None, False, True
        store.con.execute("DELETE FROM stage_row WHERE employer_id = ?", (now.employer_id,))
        state.save(store, now)
        _mark(store, now.employer_id)
    erasing.finish(store, now.employer_id)
    return merge.touched


def _nothing_here(store: Store, employer_id: int) -> bool:
    """Whether the employer has no rows yet, so that there is nothing to compare and nothing unsent."""
    found = store.con.execute(
        "SELECT EXISTS (SELECT 1 FROM employer WHERE id = ?)"
        " OR EXISTS (SELECT 1 FROM outbox WHERE employer_id = ?)",
        (employer_id, employer_id),
    )
    return not found.fetchone()[0]


def _staged(merge: Merge, entity: str) -> list[tuple[RowKey, Units]]:
    found = merge.con.execute(
        "SELECT row_id, date, units FROM stage_row WHERE employer_id = ? AND entity = ?",
        (merge.employer_id, entity),
    )
    return [(RowKey(entity, id_, day), json.loads(units)) for id_, day, units in found]


def _fill(merge: Merge) -> None:
    """Write all rows of an employer that has none here."""
    for entity in merge.rows.order:
        staged = _staged(merge, entity)
        if entity == DAY:
            lines = [
                (key.id, key.date, slot, *entry)
                for key, units in staged
                for slot, entry in enumerate(units.get(ENTRIES) or [])
            ]
            merge.con.executemany("INSERT INTO calendar_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines)
        elif staged:
            merge.rows.insert_many(entity, staged)
    _server_rows(merge)


def _replace(merge: Merge) -> None:
    """Bring in what differs from what is here; units with unsent edits get what was fetched as their base.

    Rows that are the same are left out at once: the clerk's keys wait as long as this takes.
    """
    author = Author(t("the backend"), moment())
    merge.con.execute("DELETE FROM sync_base WHERE employer_id = ?", (merge.employer_id,))
    merge.con.execute("DELETE FROM sync_yield WHERE employer_id = ?", (merge.employer_id,))
    waiting = _waiting_keys(merge)
    # All of them first: what belongs to a person is found by the person, who may be deleted below.
    found = {
        entity: (_differing_days if entity == DAY else _differing)(
            merge, entity, {key for key in waiting if key.entity == entity}
        )
        for entity in merge.rows.order
    }
    for entity, (gone, changed) in found.items():
        for key in gone:
            merge.take(key, {ENTRIES: []} if entity == DAY else {WHOLE_ROW: 0}, author)
        authors = _authors(merge) if entity == DAY else {}
        for key in sorted(changed, key=lambda key: (authors.get(key, author).at, key)):
            merge.take(key, changed[key], authors.get(key, author))
    _server_rows(merge)


def _authors(merge: Merge) -> dict[RowKey, Author]:
    """Who wrote the days that were fetched, as far as the backend said so."""
    found = merge.con.execute(
        "SELECT row_id, date, actor, at FROM stage_row WHERE employer_id = ? AND entity = ? AND actor <> ''",
        (merge.employer_id, DAY),
    )
    return {RowKey(DAY, id_, day): Author(actor, local_moment(at)) for id_, day, actor, at in found}


def _differing(merge: Merge, entity: str, waiting: set[RowKey]) -> _Differing:
    """The rows that the fetched ones lack, and those fetched that are not the same here or have edits."""
    here, staged = merge.rows.all_units(entity), dict(_staged(merge, entity))
    known = ENTITIES[entity]
    # What is left out may not be seen (any more): it becomes what a new row has there.
    unseen = _defaults(merge, entity)
    changed: dict[RowKey, Units] = {}
    for key, units in staged.items():
        news = unseen | known.fitted(units)
        if key in waiting or here.get(key) != news:
            changed[key] = {**news, WHOLE_ROW: 1}
    return (here.keys() | waiting) - staged.keys(), changed


def _differing_days(merge: Merge, entity: str, waiting: set[RowKey]) -> _Differing:
    """The same of days, which are so many that the database compares them, as the text that was fetched."""
    own = (merge.employer_id, merge.employer_id)
    gone = {RowKey(DAY, *row) for row in merge.con.execute(_GONE_DAYS, own)} | waiting
    found = [RowKey(DAY, *row) for row in merge.con.execute(_CHANGED_DAYS, own)]
    changed: dict[RowKey, Units] = {}
    for key in {*found, *waiting}:
        row = merge.con.execute(
            f"SELECT units FROM stage_row WHERE {_PLACE}", (merge.employer_id, *key)
        ).fetchone()
        if row is not None:
            changed[key] = {unit: one for unit, one in json.loads(row[0]).items() if unit == ENTRIES}
            gone.discard(key)
    return gone, changed


def _defaults(merge: Merge, entity: str) -> Units:
    """The units of a row of which nothing is given."""
    return ENTITIES[entity].to_units(merge.rows.defaults(entity))


def _waiting_keys(merge: Merge) -> list[RowKey]:
    found = merge.con.execute(
        "SELECT DISTINCT o.entity, o.row_id, coalesce(o.date, '') FROM outbox x JOIN operation o"
        f" ON x.step_id = o.step_id{IN_PART} WHERE x.employer_id = ?",
        (merge.employer_id,),
    )
    return [RowKey(*row) for row in found.fetchall() if row[0] in ENTITIES]


def _server_rows(merge: Merge) -> None:
    author = Author(t("the backend"), moment())
    for entity in SERVER_ENTITIES:
        changes = [
            {"e": entity, "id": key.id, "k": "set", "units": units} | ({"d": key.date} if key.date else {})
            for key, units in _staged(merge, entity)
        ]
        take_changes(merge, changes, author)


def _mark(store: Store, employer_id: int) -> None:
    """A step without operations: what keeps rows in memory reads them anew."""
    store.con.execute(
        "INSERT INTO step (employer_id, kind, label, actor, at, state)"
        " VALUES (?, 'snapshot', ?, ?, ?, 'gone')",
        (employer_id, t("Everything read from the backend"), store.actor, moment()),
    )
