"""The queue of deliveries: a row for each transmission and channel, taken by one worker at a time.

A worker holds what it takes by a lease that it renews while it sends. Where it dies, the lease ends and
another one begins again: what may be a repetition says so by the transmission's id and the count of tries.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from hrtui import clock
from hrtui.backend.database import Connection
from hrtui.backend.documents.store import describe
from hrtui.backend.errors import ApiError
from hrtui.backend.forwarding import records
from hrtui.backend.forwarding.arguments import ForwardOrder
from hrtui.backend.sync.writing import Actor, Writing
from hrtui.domain.sync.transmission import AREA, delivered_status
from hrtui.i18n import t

WORKER = Actor(0, "hrtui")
FIRST, LONGEST = 15, 4 * 3600
"""Seconds until the second try, and at most between two."""
MOST_TRIES = 14
"""Then it is given up, about a day after the first; whoever asks for it again gets as many once more."""
NOTICE = "specification-notice"
"""The name of the receipts that tell by `rev` when members are to hear of a specification."""
NEVER = 1 << 62
"""When an employer is looked at for whom nothing waits."""


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery that this worker holds under `lease`; from the second try on it may be a repetition."""

    tenant_id: int
    transmission_id: int
    channel_id: int
    tries: int
    lease: str


def check_documents(writing: Writing, order: ForwardOrder) -> None:
    """Raise ApiError 400 unless what is to be delivered was sent before."""
    found = describe(writing.con, writing.tenant_id, order.bundle)
    if not any(one.area == AREA for one in found):
        raise ApiError(400, "bad_request")


def add(writing: Writing, order: ForwardOrder) -> None:
    """Queue a new transmission for the channels of its provider."""
    for channel_id, provider in writing.con.all(
        "SELECT id, provider FROM delivery_channel WHERE tenant_id = ?", writing.tenant_id
    ):
        if provider in ("", order.provider):
            put(writing.con, writing.tenant_id, order.id, channel_id, writing.clock.rev + 1)


def put(con: Connection, tenant_id: int, transmission_id: int, channel_id: int, place: int) -> None:
    """Queue a transmission for a channel, to go after all with a lower place."""
    con.execute(
        "INSERT INTO delivery (tenant_id, transmission_id, channel_id, place, status)"
        " VALUES (?, ?, ?, ?, 'queued')",
        tenant_id, transmission_id, channel_id, place,
    )  # fmt: skip
    con.execute("UPDATE tenant_clock SET due_at = 0 WHERE tenant_id = ?", tenant_id)


def again(con: Connection, tenant_id: int, transmission_id: int) -> int:
    """Let what was given up of a transmission go on under the same id; returns through how many channels.

    The tries are counted on, so that everything that is sent says it may be a repetition.
    """
    changed = con.execute(
        "UPDATE delivery SET status = 'queued', next_at = 0 WHERE tenant_id = ? AND transmission_id = ?"
        " AND status = 'failed'",
        tenant_id, transmission_id,
    )  # fmt: skip
    con.execute("UPDATE tenant_clock SET due_at = 0 WHERE tenant_id = ?", tenant_id)
    return changed


def plan(con: Connection, tenant_id: int) -> None:
    """Note when a deliverer must next look at this employer; needs the employer's lock."""
    con.execute(
        "UPDATE tenant_clock SET due_at = coalesce((SELECT min(due) FROM ("
        "SELECT CASE status WHEN 'queued' THEN next_at ELSE lease_until + 1 END AS due FROM delivery"
        " WHERE tenant_id = ? AND status IN ('queued', 'sending')"
        " UNION ALL SELECT returns_at FROM delivery_channel WHERE tenant_id = ? AND returns_at > 0"
        " UNION ALL SELECT rev FROM command_receipt WHERE tenant_id = ? AND name = ? AND rev > 0"
        ") AS times), ?) WHERE tenant_id = ?",
        tenant_id, tenant_id, tenant_id, NOTICE, NEVER, tenant_id,
    )  # fmt: skip


def take(con: Connection, tenant_id: int, lease: str, seconds: int) -> Job | None:
    """Take the next delivery that is due, in the order of each channel; None where nothing is.

    In a transaction of its own: who sees it taken knows that it is.
    """
    writing = Writing.begin(con, tenant_id, WORKER)
    moment = clock.seconds()
    row = con.one(
        "SELECT d.transmission_id, d.channel_id, d.tries, c.name FROM delivery d JOIN delivery_channel c"
        " ON c.tenant_id = d.tenant_id AND c.id = d.channel_id WHERE d.tenant_id = ?"
        " AND ((d.status = 'queued' AND d.next_at <= ?) OR (d.status = 'sending' AND d.lease_until < ?))"
        " AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.tenant_id = d.tenant_id"
        " AND e.channel_id = d.channel_id AND e.place < d.place AND e.status IN ('queued', 'sending'))"
        " ORDER BY d.place, d.channel_id LIMIT 1",
        tenant_id, moment, moment,
    )  # fmt: skip
    if row is None:
        return None
    transmission_id, channel_id, tries, name = row
    con.execute(
        "UPDATE delivery SET status = 'sending', tries = tries + 1, lease = ?, lease_until = ?"
        " WHERE tenant_id = ? AND transmission_id = ? AND channel_id = ?",
        lease, moment + seconds, tenant_id, transmission_id, channel_id,
    )  # fmt: skip
    if tries == 0:
        records.note(writing, transmission_id, "sending", name, "")
        writing.commit()
    return Job(tenant_id, transmission_id, channel_id, tries + 1, lease)


def renew(con: Connection, job: Job, seconds: int) -> bool:
    """Hold a delivery for longer; says whether it is still this worker's."""
    sql = f"UPDATE delivery SET lease_until = ? WHERE {_HELD}"
    return bool(con.execute(sql, clock.seconds() + seconds, *_held(job)))


def finish(con: Connection, job: Job, place: str) -> bool:
    """Note that the files arrived at `place`; False where another worker has taken the delivery over."""
    writing = Writing.begin(con, job.tenant_id, WORKER)
    if not con.execute(f"UPDATE delivery SET status = 'delivered', problem = '' WHERE {_HELD}", *_held(job)):
        return False
    _tell(writing, job, place if job.tries == 1 else t("{place} (try {n})", place=place, n=job.tries))
    return True


def put_off(con: Connection, job: Job, problem: str, *, hopeless: bool = False) -> None:
    """Try again later, or give up after many tries or where it is `hopeless`; `problem` says why."""
    writing = Writing.begin(con, job.tenant_id, WORKER)
    status = "failed" if hopeless or job.tries % MOST_TRIES == 0 else "queued"
    changed = con.execute(
        f"UPDATE delivery SET status = ?, problem = ?, next_at = ? WHERE {_HELD}",
        status, problem, clock.seconds() + wait_after(job.tries), *_held(job),
    )  # fmt: skip
    if changed:
        _tell(writing, job, problem)
        plan(con, job.tenant_id)


def wait_after(tries: int) -> int:
    """Seconds until the next try, spread so that many deliveries do not come back at once."""
    seconds = min(LONGEST, FIRST << ((tries - 1) % MOST_TRIES))
    return seconds // 2 + secrets.randbelow(seconds + 1)


def _tell(writing: Writing, job: Job, text: str) -> None:
    """Bring the state of all deliveries of a transmission to the clerks."""
    rows = writing.con.all(
        "SELECT d.status, d.channel_id, c.name FROM delivery d JOIN delivery_channel c"
        " ON c.tenant_id = d.tenant_id AND c.id = d.channel_id"
        " WHERE d.tenant_id = ? AND d.transmission_id = ?",
        job.tenant_id, job.transmission_id,
    )  # fmt: skip
    status = delivered_status(row[0] for row in rows)
    own, name = next((row[0], row[2]) for row in rows if row[1] == job.channel_id)
    records.note(writing, job.transmission_id, status, name, text, own)
    writing.commit()


_HELD = "tenant_id = ? AND transmission_id = ? AND channel_id = ? AND status = 'sending' AND lease = ?"


def _held(job: Job) -> tuple[object, ...]:
    return job.tenant_id, job.transmission_id, job.channel_id, job.lease
