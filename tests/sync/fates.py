"""What became of every edit that any clerk made: it is at the backend, or a person can see where it went."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hrtui.sync import outbox, planner
from hrtui.sync.oplog import operations
from hrtui.sync.rows import Rows
from tests.sync.guests import Guests
from tests.sync.world import TENANT, Clerk, Server

Results = list[dict[str, Any]]


class Fates:
    """The mutations that were ever in an outbox; those of a file that was replaced may be gone with it."""

    def __init__(self) -> None:
        self.made: dict[str, dict[str, Any]] = {}
        self._queued: dict[str, list[dict[str, Any]]] = {}
        self._taken: set[str] = set()
        self._alone: set[str] = set()

    def note(self, clerk: Clerk) -> None:
        """Remember what waits.

        What is not made into a mutation yet counts as well: one exchange may make it, have it refused and
        forget it, where it is about somebody who was erased.
        """
        rows = Rows(clerk.store.con, TENANT)
        for item in outbox.items(clerk.store.con, TENANT, "state = 'queued'"):
            plans = planner.folded(operations(rows, item.step_id, item.first_seq, item.last_seq))
            if plans:
                self._queued[item.uid] = planner.wire_ops(plans, lambda key, unit: None)
        found = clerk.store.con.execute(
            "SELECT uid, body FROM outbox WHERE body IS NOT NULL UNION ALL SELECT uid, body FROM sent_log"
        ).fetchall()
        self.made.update({uid: json.loads(body) for uid, body in found if uid not in self.made})

    def heard(self, server: Server) -> None:
        """Remember what the backend has taken, which may be restored from an older backup next."""
        self._taken |= server.commits().keys()

    def wiped(self, clerk: Clerk) -> None:
        """A clerk's file is replaced: what only it had is lost with the disk, and that is all that may be."""
        for table in ("outbox", "sent_log"):
            self._alone |= {row[0] for row in clerk.store.con.execute(f"SELECT uid FROM {table}")}

    def check(self, server: Server, staff: Sequence[Clerk], guests: Guests) -> None:
        """Every edit has a receipt, and what its receipt says can be seen, but of people who were erased."""
        edits = {uid: body["ops"] for uid, body in self.made.items()} | self._queued
        about = guests.about(edits)
        forgotten = {uid for uid, places in about.items() if len(places) == len(edits[uid])}
        receipts = {
            uid: [result for place, result in enumerate(results) if place not in about.get(uid, ())]
            for uid, results in server.receipts().items()
            if uid not in forgotten
        }
        local = {row[0] for clerk in staff for row in clerk.store.con.execute("SELECT uid FROM refused")}
        lost = (edits.keys() | self._taken) - receipts.keys() - self._alone - local - forgotten
        assert not lost, f"lost: {sorted(lost)}"
        candidates = {
            one["uid"] for record in server.records("conflict").values() for one in record["candidates"]
        }
        corrections = {record["uid"] for record in server.records("correction").values()}
        parked = server.parked()
        for uid, ops in receipts.items():
            outcomes = {result["outcome"] for result in ops}
            assert not ("conflict" in outcomes and uid not in candidates | server.superseded()), uid
            assert not ("correction" in outcomes and uid not in corrections), uid
            assert not ("parked" in outcomes and uid not in parked), uid
            if "parked" in outcomes and uid not in self._alone:
                assert uid in local, f"nobody was told that {uid} was refused"
        self._nothing_unseen(server, {uid: receipts[uid] for uid in receipts.keys() - about.keys()})
        _locked_months_stay(server)

    def _nothing_unseen(self, server: Server, receipts: dict[str, Results]) -> None:
        """Whoever replaced a value had seen it: it is the base, or was written in the same commit."""
        written: dict[tuple[tuple[str, int, str], str], list[tuple[int, Any]]] = {}
        for rev, key, units in server.history():
            for unit, value in (units or {}).items():
                written.setdefault((key, unit), []).append((rev, value))
        commits = server.commits()
        together: dict[int, list[Any]] = {}
        for uid, body in self.made.items():
            if uid in commits:
                together.setdefault(commits[uid], []).extend(
                    one["new"] for op in body["ops"] for one in (op.get("units") or {}).values()
                )
        for uid in self.made.keys() & receipts.keys():
            for op, result in zip(self.made[uid]["ops"], receipts[uid], strict=True):
                if op["k"] != "set":
                    continue
                key, rev = (op["e"], op["id"], op.get("d", "")), commits[uid]
                for unit, one in op["units"].items():
                    if (result.get("units") or {}).get(unit, result["outcome"]) == "applied":
                        before = [value for at, value in written.get((key, unit), []) if at < rev]
                        seen = [before[-1] if before else [] if op["e"] == "day" else None, *together[rev]]
                        assert one["base"] in seen, (
                            f"{uid} replaced a value of {key} that its author never saw"
                        )


def _locked_months_stay(server: Server) -> None:
    """What was forwarded is not changed by anybody."""
    locked: set[tuple[int, str]] = set()
    for _, key, _ in server.history():
        if key[0] == "month_lock":
            locked.add((key[1], key[2]))
        assert not (key[0] == "day" and (key[1], key[2][:7]) in locked), f"{key} was changed while locked"
