"""The backend's feed: each commit brought into the rows, and what it answers of one's own ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hrtui.domain.sync.units import DAY, ENTITIES, SERVER_ENTITIES, locked_spans
from hrtui.failpoints import failpoint
from hrtui.i18n import t
from hrtui.store import changes as writing
from hrtui.store.changes import RowChange
from hrtui.store.moments import local_moment
from hrtui.store.store import Store
from hrtui.sync import erasing, hiding, notes, outbox, refused, server_rows, state
from hrtui.sync.clashes import merging
from hrtui.sync.merge import Author, Merge
from hrtui.sync.oplog import IN_PART, pending
from hrtui.sync.planner import key_of
from hrtui.sync.rows import RowKey
from hrtui.sync.state import State

_CHECK = "month_check"


def apply_page(store: Store, standing: State, answer: Mapping[str, Any]) -> set[RowKey]:
    """Bring one answer to a pull in, in one transaction; returns the rows that look different now.

    Nothing is computed from what was read before the transaction. Raises Inconsistent and StoreError.
    """
    with merging(store, standing.employer_id) as merge:
        now = state.standing_of(store, standing.employer_id)
        if now.cursor != standing.cursor:
            return set()
        for commit in answer["commits"]:
            _take_commit(merge, commit)
        failpoint("pull.applied")
        position = answer["next"]
        now.rev, now.chain = position["rev"], position["chain"]
        confirm_until(merge, now.rev)
        note_head(now, answer)
        now.saw(now.rev, now.chain)
        outbox.prune_sent_log(store.con, now)
        state.save(store, now)
    failpoint("pull.committed")
    erasing.finish(store, standing.employer_id)
    return merge.touched


def note_head(now: State, answer: Mapping[str, Any]) -> None:
    """Take in what every answer tells: the newest position, the timeline, and what a backup holds."""
    head, durable = answer["head"], answer["durable"]
    now.saw(head["rev"], head["chain"])
    now.epoch = answer["epoch"]
    now.durable_rev, now.durable_chain = durable["rev"], durable["chain"]


def confirm_until(merge: Merge, rev: int) -> None:
    """End the edits that the commits up to `rev` have answered."""
    con = merge.con
    for item in outbox.items(con, merge.employer_id, "state = 'acked' AND ack_rev <= ?", rev):
        refused.keep(con, merge.employer_id, item, merge.store.actor)
        _note_late(merge, item)
        merge.confirm(item)
        if item.resolves:
            server_rows.settle_conflict(con, item.resolves["conflict"])
        hiding.follow(merge, item)


def _note_late(merge: Merge, item: outbox.Item) -> None:
    """Let the clerk hear of own edits that the backend keeps beside a month that was forwarded."""
    late = sum("correction" in result for result in item.results or ())
    if late:
        (label,) = merge.con.execute("SELECT label FROM step WHERE id = ?", (item.step_id,)).fetchone()
        notes.add(merge.con, merge.employer_id, notes.LATE, late, [label])


def take_changes(merge: Merge, changes: Iterable[Mapping[str, Any]], author: Author) -> None:
    """Bring changes of the feed in; kinds of rows that this version does not know are left out."""
    for change in changes:
        if change["e"] == erasing.ERASURE:
            erasing.take(merge, change)
        elif change["e"] in SERVER_ENTITIES:
            server_rows.take(merge.con, merge.employer_id, change)
        elif change["e"] in ENTITIES:
            merge.take_change(change, author)


def _take_commit(merge: Merge, commit: Mapping[str, Any]) -> None:
    author = Author(commit["by"], local_moment(commit["at"]))
    own = set(commit["uids"])
    lost: set[int] = set()
    for change in commit["changes"]:
        if change["e"] in ENTITIES:
            lost |= _checks_lost(merge, change, own)
        take_changes(merge, [change], author)
    confirm_until(merge, commit["rev"])
    for check_id in sorted(lost):
        _uncheck(merge, check_id)


def _checks_lost(merge: Merge, change: Mapping[str, Any], own: set[str]) -> set[int]:
    """The checks of a month that a change makes untrue, as whoever checked had not seen it.

    Either this clerk has checked the month and the change comes from elsewhere, or the check comes from
    elsewhere and this clerk has edits of the month on their way.
    """
    key, con = key_of(change), merge.con
    if any(op.uid in own for op in pending(merge.rows, key)):
        return set()
    if key.entity == _CHECK:
        units = change.get("units") or {}
        if change["k"] == "del" or "month" not in units:
            return set()
        found = con.execute(
            f"SELECT 1 FROM operation o JOIN outbox x ON x.step_id = o.step_id{IN_PART} WHERE o.entity = ?"
            " AND o.row_id = ? AND o.date BETWEEN ? AND ? LIMIT 1",
            (DAY, units["person_id"], f"{units['month']}-01", f"{units['month']}-31"),
        ).fetchone()
        return {key.id} if found else set()
    before = merge.rows.columns(key) or {}
    after = before | ENTITIES[key.entity].to_columns(change.get("units") or {})
    lost: set[int] = set()
    for span in locked_spans(key.entity, key.id, key.date, before, after):
        rows = con.execute(
            "SELECT id FROM month_check WHERE person_id = ? AND month BETWEEN ? AND ?", span
        ).fetchall()
        lost |= {row[0] for row in rows if pending(merge.rows, RowKey(_CHECK, row[0]))}
    return lost


def _uncheck(merge: Merge, check_id: int) -> None:
    """Take a check away by a step of one's own, which everybody gets."""
    key = RowKey(_CHECK, check_id)
    columns = merge.rows.columns(key)
    if columns is None:
        return
    step = writing.record_step(
        merge.store,
        merge.employer_id,
        "edit",
        t("{month} changed after it was checked", month=columns["month"]),
        "gone",
    )
    change = RowChange(_CHECK, check_id, columns, None)
    writing.apply(merge.con, [change])
    writing.record_operations(merge.con, step, [change])
    merge.touched.add(key)
