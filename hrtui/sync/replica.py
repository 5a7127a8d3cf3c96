"""One employer's exchange with the backend, one request at a time; after each the database is whole."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hrtui import clock
from hrtui.failpoints import failpoint
from hrtui.store.store import Store
from hrtui.sync import erasing, feed, notes, outbox, refused, server_rows, snapshot, state
from hrtui.sync.api import Refusal, SyncApi, skew_of
from hrtui.sync.backend_errors import BackendError
from hrtui.sync.clashes import Inconsistent, merging
from hrtui.sync.outbox import Item
from hrtui.sync.rows import RowKey
from hrtui.sync.state import SCHEMA, SHAPE, State
from hrtui.sync.status import SKEWED

FIRST_BATCH, MOST_BATCH, GROWTH = 50, 200, 20
MOST_CHANGES = 200
"""So many changes are written at a time: the clerk's keys wait for no longer than that."""
NOTED = timedelta(seconds=60)
"""How old the time of the last exchange may get while nothing else changes."""
_SKEW = 5
STOPS = {403: "forbidden", 404: "forbidden", 426: "protocol", 401: "sign_in"}


class Stopped(Exception):  # noqa: N818  (reads as what happened)
    """The sync cannot go on by itself; `problem` says why, as in `status.PROBLEMS`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(slots=True)
class Replica:
    """The local rows of one employer against the backend's.

    `arrived` is told the rows that look different after each transaction; `batch` is how many mutations one
    request takes at present.
    """

    store: Store
    employer_id: int
    api: SyncApi
    arrived: Callable[[set[RowKey]], None] = lambda _: None
    batch: int = FIRST_BATCH
    roles_changed: bool = True
    _inconsistent: int = 0

    def exchange(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Send and fetch until there is nothing more to do; raises Stopped, BackendError, StoreError."""
        while self.step() and not stopped():
            pass

    def step(self) -> bool:
        """One request and what follows from it; says whether there is more to do at once."""
        # The answer to the last edit about somebody who was erased need not come with news.
        erasing.finish(self.store, self.employer_id)
        now = self._now()
        try:
            if now.needs_snapshot:
                self._snapshot(now)
            elif now.needs_requeue:
                self._requeue(now)
            elif now.needs_hello or now.nonce is None:
                self._hello(now)
            elif batch := self._batch(now):
                self._push(now, batch)
            else:
                return self._pull(now)
        except Refusal as refusal:
            self._refused(refusal)
        except Inconsistent:
            self._inconsistent += 1
            if self._inconsistent > 1:
                raise Stopped("inconsistent") from None
            self._set(needs_snapshot=True, snapshot=None)
        return True

    def _now(self) -> State:
        now = state.load(self.store, self.employer_id)
        if now is None:
            raise Stopped("forbidden")
        print_ = state.fingerprint(self.store.folder)
        if now.fingerprint != print_:
            # A copy of a database must not speak as the device that it was copied from.
            now.new_device()
            now.fingerprint = print_
            self._save(now, notes.NEW_DEVICE)
        if now.schema_v not in (0, SHAPE) and not now.needs_snapshot:
            now.needs_snapshot, now.snapshot = True, None
            self._save(now)
        return now

    # -- hello

    def _hello(self, now: State) -> None:
        if now.pending_nonce is None:
            now.pending_nonce = secrets.token_urlsafe(24)
            self._save(now)
        answer = self.api.hello(
            {
                "device_id": now.device_id,
                "prev_nonce": now.nonce,
                "new_nonce": now.pending_nonce,
                "witness": now.witness,
                "schema_v": SCHEMA,
                "host_fingerprint": now.fingerprint,
            }
        )
        with self.store.transaction():
            now.nonce, now.pending_nonce, now.needs_hello = now.pending_nonce, None, False
            feed.note_head(now, answer)
            now.limits = dict(answer["limits"])
            outbox.renumber(self.store.con, now, answer["last_mseq"])
            self.roles_changed = self.roles_changed or answer["scope"] != now.scope
            if now.scope and answer["scope"] != now.scope:
                now.needs_snapshot, now.snapshot = True, None
            else:
                now.scope = answer["scope"]
            if note := self._note(now, answer):
                notes.add(self.store.con, self.employer_id, note, now.skew)
            state.save(self.store, now)

    # -- push

    def _batch(self, now: State) -> list[Item]:
        if not outbox.waiting(self.store.con, self.employer_id):
            return []
        with merging(self.store, self.employer_id) as merge:
            most = min(self.batch, now.limits["push_mutations"])
            batch = outbox.next_batch(merge.rows, now, most, lambda item: merge.confirm(item, kept=False))
            state.save(self.store, now)
        failpoint("push.marked")
        return batch

    def _push(self, now: State, batch: list[Item]) -> None:
        request = {
            "device_id": now.device_id,
            "nonce": now.nonce,
            "witness": now.witness,
            "mutations": [item.mutation() for item in batch],
        }
        try:
            answer = self.api.push(request)
        except BackendError:
            self.batch = max(1, self.batch // 2)
            raise
        except Refusal as refusal:
            if refusal.status not in (400, 413, 422):
                raise
            self._too_much(batch, refusal)
            return
        failpoint("push.answered")
        self._acknowledge(now, batch, answer)
        self.batch = min(MOST_BATCH, self.batch + GROWTH)

    def _acknowledge(self, now: State, batch: list[Item], answer: Mapping[str, Any]) -> None:
        results = answer["results"]
        with merging(self.store, self.employer_id) as merge:
            for receipt in results:
                outbox.acknowledge(self.store.con, receipt)
                now.saw(receipt["rev"], receipt["chain"])
            feed.note_head(now, answer)
            if answer["stop"] == "device_fork":
                now.new_device()
                notes.add(self.store.con, self.employer_id, notes.NEW_DEVICE)
            elif answer["stop"] == "mseq_gap":
                now.needs_hello = True
            elif answer["stop"] == "payload_mismatch":
                self._refuse(merge, batch[len(results)], "invalid")
                now.needs_hello = True
            # What an earlier request committed may be behind the cursor already.
            feed.confirm_until(merge, now.rev)
            state.save(self.store, now)
        failpoint("push.acknowledged")
        self.arrived(merge.touched)

    def _too_much(self, batch: list[Item], refusal: Refusal) -> None:
        """Send less at a time; what is refused alone is kept for the clerk, and the next goes on."""
        if len(batch) > 1:
            self.batch = max(1, len(batch) // 2)
            return
        with merging(self.store, self.employer_id) as merge:
            self._refuse(merge, batch[0], "too_large" if refusal.status == 413 else "invalid")
            now = state.standing_of(self.store, self.employer_id)
            now.needs_hello = True
            state.save(self.store, now)
        self.arrived(merge.touched)

    def _refuse(self, merge: Any, item: Item, reason: str) -> None:
        refused.keep(self.store.con, self.employer_id, item, self.store.actor, reason)
        merge.confirm(replace(item, results=None), kept=False)
        if item.resolves:
            server_rows.settle_conflict(self.store.con, item.resolves["conflict"])

    # -- pull

    def _pull(self, now: State) -> bool:
        answer = self.api.pull(self._pull_request(now, now.cursor, now.witness, now.scope))
        if answer["commits"] or answer["next"] != now.cursor:
            self.arrived(feed.apply_page(self.store, now, answer))
            self._inconsistent = 0
        now, skew = self._now(), now.skew
        note = self._note(now, answer)
        moved, now.epoch = now.epoch != answer["epoch"], answer["epoch"]
        # Not each time: whoever looks at the database would take it for news.
        if moved or now.offline_since or now.problem or now.skew != skew or _old(now.exchanged_at):
            state.seen_now(now)
            self._save(now, note, now.skew)
        return bool(answer["more"]) or outbox.waiting(self.store.con, self.employer_id) > 0

    def _pull_request(
        self, now: State, cursor: Mapping[str, Any], witness: Mapping[str, Any], scope: str
    ) -> dict[str, Any]:
        return {
            "cursor": cursor,
            "witness": witness,
            "limit": min(now.limits["pull_changes"], MOST_CHANGES),
            "scope": scope,
            "device_id": now.device_id,
        }

    # -- all rows anew

    def _snapshot(self, now: State) -> None:
        taken = now.snapshot or {}
        diverged = bool(taken.get("diverged"))
        if "cursor" not in taken:
            answer = self.api.snapshot({"witness": None if diverged or not now.rev else now.witness})
            snapshot.begin(self.store, now, answer, diverged=diverged)
        elif taken["token"]:
            snapshot.take_page(self.store, now, self.api.snapshot_page(taken["token"]))
        else:
            # What is known of another timeline would not be recognised.
            ahead = not diverged and now.witness_rev > taken["witness"]["rev"]
            witness = now.witness if ahead else taken["witness"]
            answer = self.api.pull(self._pull_request(now, taken["cursor"], witness, taken["scope"]))
            snapshot.catch_up(self.store, now, answer)
            if not answer["more"]:
                self.arrived(snapshot.swap(self.store, now, answer))
                self.roles_changed = True
        self.arrived(set())

    def _requeue(self, now: State) -> None:
        """After the backend was restored: what it does not know any more is offered again."""
        query = "SELECT uid FROM sent_log WHERE employer_id = ? ORDER BY step_id, part"
        uids = [row[0] for row in self.store.con.execute(query, (self.employer_id,))]
        unknown: list[str] = []
        most = max(1, now.limits["known_uids"])
        for start in range(0, len(uids), most):
            answer = self.api.known({"witness": now.witness, "uids": uids[start : start + most]})
            unknown += answer["unknown"]
            with self.store.transaction():
                for receipt in answer["known"]:
                    self.store.con.execute(
                        "UPDATE sent_log SET ack_rev = ?, ack_chain = ? WHERE uid = ?",
                        (receipt["rev"], receipt["chain"], receipt["uid"]),
                    )
                feed.note_head(now, answer)
                state.save(self.store, now)
        with merging(self.store, self.employer_id) as merge:
            merge.offer_again(unknown)
            notes.add(self.store.con, self.employer_id, notes.RESTORED, len(unknown))
            now.needs_requeue, now.needs_hello = False, True
            state.save(self.store, now)
        self.arrived(merge.touched)

    # -- refusals

    def _refused(self, refusal: Refusal) -> None:
        match refusal.code:
            case "timeline_diverged":
                self._set(needs_snapshot=True, snapshot={"diverged": True})
            case "device_fork":
                now = self._now()
                now.new_device()
                self._save(now, notes.NEW_DEVICE)
            case "scope_changed" | "cursor_expired":
                self.roles_changed = True
                now = self._now()
                kept = {"diverged": True} if (now.snapshot or {}).get("diverged") else None
                self._set(needs_snapshot=True, snapshot=kept)
            case _:
                raise Stopped(STOPS.get(refusal.status, "answer"))

    def _note(self, now: State, answer: Mapping[str, Any]) -> str:
        """Keep by how much the clocks differ; returns the note that the clerk gets of it, '' for none."""
        skew, before = skew_of(answer), now.skew
        if abs(skew - before) < _SKEW:
            return ""
        now.skew = skew
        return notes.CLOCK if abs(before) < SKEWED <= abs(skew) else ""

    def _set(self, **values: Any) -> None:
        now = self._now()
        for name, value in values.items():
            setattr(now, name, value)
        self._save(now)

    def _save(self, now: State, note: str = "", count: int = 0) -> None:
        with self.store.transaction():
            state.save(self.store, now)
            if note:
                notes.add(self.store.con, self.employer_id, note, count)


def _old(moment: str | None) -> bool:
    if moment is None:
        return True
    return clock.now().replace(tzinfo=None) - datetime.fromisoformat(moment) > NOTED
