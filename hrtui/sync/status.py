"""How an employer's sync stands, as any terminal of the profile reads it from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hrtui.i18n import N_, t
from hrtui.store.moments import moment_of
from hrtui.store.store import Store
from hrtui.sync import outbox, state
from hrtui.sync.backend_errors import sign_in_text

SKEWED = 120
"""From so many seconds on, a clock that differs from the backend's is worth a word."""
SIGN_IN = ("sign_in", "second_step")
"""The problems that a log-in ends."""
PROBLEMS: Mapping[str, str] = {
    "forbidden": N_("The backend gives you no access to this employer (any more). Ask the administrator."),
    "protocol": N_("The backend needs a newer hrtui. Update this one; what you enter is kept."),
    "answer": N_("The backend answers what this program does not understand. Ask the administrator."),
    "inconsistent": N_("What the backend sends does not fit together. Ask the administrator."),
    "storage": N_("The database cannot be written now. Look at the disk, then run hrtui doctor."),
}
"""Why the sync does not go on by itself, in words, beside `sign_in` and `second_step`."""


def problem_text(problem: str, way: str) -> str:
    """Why the sync does not go on by itself; `way` is the key or command that logs in."""
    if problem in SIGN_IN:
        return sign_in_text(way, due=problem == "second_step")
    return t(PROBLEMS[problem])


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What waits, what is to be decided, and since when; moments are UTC.

    `progress` is how many rows of a first (or new) reading are here, and of how many. `skew` is by how many
    seconds this clock is ahead of the backend's. `late` are edits that came after their month was forwarded.
    """

    waiting: int
    conflicts: int
    refused: int
    offline_since: datetime | None
    exchanged_at: datetime | None
    problem: str
    progress: tuple[int, int] | None
    skew: int
    device_id: str
    rev: int
    late: int = 0

    @property
    def synced(self) -> bool:
        """Whether everything is at the backend and here, with nothing to decide."""
        return not (
            self.waiting
            or self.conflicts
            or self.refused
            or self.late
            or self.offline_since
            or self.problem
            or self.progress
            or self.exchanged_at is None
        )

    @property
    def clock_differs(self) -> bool:
        """Whether one of the two clocks is set wrong."""
        return abs(self.skew) >= SKEWED


def status_of(store: Store, employer_id: int) -> SyncStatus | None:
    """How the sync of an employer stands; None where it is not connected."""
    now = state.load(store, employer_id)
    if now is None:
        return None
    con = store.con
    conflicts, refused, late = con.execute(
        "SELECT (SELECT count(*) FROM conflict WHERE employer_id = ? AND open = 1),"
        " (SELECT count(*) FROM refused WHERE employer_id = ? AND state = 'open'),"
        " (SELECT count(*) FROM correction WHERE employer_id = ? AND state = 'open')",
        (employer_id, employer_id, employer_id),
    ).fetchone()
    taken = now.snapshot if now.needs_snapshot else None
    progress = (taken["done"], taken["rows"]) if taken and "rows" in taken else None
    return SyncStatus(
        outbox.waiting(con, employer_id),
        conflicts,
        refused,
        _moment(now.offline_since),
        _moment(now.exchanged_at),
        now.problem,
        progress,
        now.skew,
        now.device_id,
        now.rev,
        late,
    )


def waiting_labels(store: Store, employer_id: int, most: int) -> list[str]:
    """What the first steps that wait to be sent, at most so many, are called."""
    found = store.con.execute(
        "SELECT s.label FROM outbox x JOIN step s ON s.id = x.step_id"
        " WHERE x.employer_id = ? AND x.state <> 'acked' ORDER BY x.step_id, x.part LIMIT ?",
        (employer_id, most),
    )
    return [label for (label,) in found]


def _moment(text: str | None) -> datetime | None:
    return moment_of(text) if text else None
