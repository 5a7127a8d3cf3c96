"""What became of every edit that any clerk made: it is at the backend, or a person can see where it went."""

from __future__ import annotations

from collections.abc import Sequence

from tests.sync.world import Clerk, Server


class Fates:
    """The mutations that were ever in an outbox; those of a file that was replaced may be gone with it."""

    def __init__(self) -> None:
        self.made: dict[str, int] = {}
        self._alone: set[str] = set()

    def note(self, clerk: Clerk) -> None:
        """Remember what waits."""
        found = clerk.store.con.execute(
            "SELECT x.uid, count(o.seq) FROM outbox x JOIN operation o ON o.step_id = x.step_id"
            " AND o.seq >= x.first_seq AND (x.last_seq IS NULL OR o.seq <= x.last_seq)"
            " WHERE x.body IS NOT NULL GROUP BY x.uid"
        )
        self.made.update(found.fetchall())

    def wiped(self, clerk: Clerk) -> None:
        """A clerk's file is replaced: what only it had is lost with the disk, and that is all that may be."""
        for table in ("outbox", "sent_log"):
            self._alone |= {row[0] for row in clerk.store.con.execute(f"SELECT uid FROM {table}")}

    def check(self, server: Server, staff: Sequence[Clerk]) -> None:
        """Every edit has a receipt, and what its receipt says can be seen."""
        receipts = server.receipts()
        local = {row[0] for clerk in staff for row in clerk.store.con.execute("SELECT uid FROM refused")}
        lost = self.made.keys() - receipts.keys() - self._alone - local
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
