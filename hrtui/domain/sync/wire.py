"""What travels between client and backend: the shapes of requests and answers of protocol 1, as JSON.

Paths are `/v1/t/{tenant}/...` with `Authorization: Bearer …` and `Hrtui-Protocol: 1`. Every answer with
status 2xx or 409 has the fields of `Head`. An error is `{"code", "message"}`, with the codes of
`hrtui.backend.errors`.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from annotated_types import Ge, Le, MaxLen, MinLen
from typing_extensions import TypedDict

from hrtui.domain.sync.canonical import Value

PROTOCOL = 1
ROW_ID_MAX = 2**63 - 1

OpKind = Literal["ins", "set", "del", "resolve"]
OutcomeName = Literal["applied", "noop", "conflict", "correction", "parked"]
Reason = Literal["role", "deleted", "invalid", "in_use", "duplicate", "unknown", "stale"]
"""Why an operation is parked: a role may not write it; its row or one it names is gone; a value breaks a
rule; something still needs what it deletes; its unique key is taken; an entity or unit unknown here; part of
an `all` mutation that did not fit as a whole."""
Stop = Literal["mseq_gap", "device_fork", "payload_mismatch"]

Uid = Annotated[str, MinLen(36), MaxLen(36)]
Hash = Annotated[str, MinLen(64), MaxLen(64)]
RowId = Annotated[int, Ge(1), Le(ROW_ID_MAX)]


class Position(TypedDict):
    """A place in an employer's history; revision 0 has the chain GENESIS."""

    rev: Annotated[int, Ge(0), Le(ROW_ID_MAX)]
    chain: Hash


class Head(TypedDict):
    """What every answer tells: the newest position, the timeline, what a backup holds, the server's clock."""

    head: Position
    epoch: str
    durable: Position
    time: str


class UnitSet(TypedDict):
    """One unit: the value the clerk saw, the one it becomes, and the own pending mutation it builds on.

    `base` is the `old` of this very change: what stood on the screen, own pending edits included.
    """

    base: object
    new: object
    after: NotRequired[Uid | None]


class Op(TypedDict):
    """One change of one row.

    ins: every unit with base null. set: the changed units. del: every unit with `new` null. resolve: as set
    (of a deleted row: brings it back), or without units where what stands is right. `conflict` with `seen`
    (uids of candidates) on any of them closes exactly those candidates. `d` is the ISO date of a day.
    """

    e: Annotated[str, MinLen(1), MaxLen(40)]
    id: RowId
    d: NotRequired[Annotated[str, MinLen(10), MaxLen(10)]]
    k: OpKind
    units: NotRequired[Annotated[dict[Annotated[str, MinLen(1), MaxLen(40)], UnitSet], MaxLen(80)]]
    conflict: NotRequired[RowId]
    seen: NotRequired[Annotated[list[Uid], MaxLen(200)]]


class Mutation(TypedDict):
    """One step of a clerk. `made_at` is the clerk's clock (UTC, ISO), shown and never compared."""

    uid: Uid
    mseq: Annotated[int, Ge(1), Le(ROW_ID_MAX)]
    made_at: Annotated[str, MinLen(19), MaxLen(40)]
    schema_v: Annotated[int, Ge(1), Le(10_000)]
    label: Annotated[str, MaxLen(400)]
    atom: Literal["each", "all"]
    ops: Annotated[list[Op], MinLen(1)]


class OpResult(TypedDict):
    """What became of one operation; `units` where they fared differently (a part may be applied)."""

    outcome: OutcomeName
    units: NotRequired[dict[str, OutcomeName]]
    conflicts: NotRequired[list[int]]
    correction: NotRequired[int]
    reason: NotRequired[Reason]


class Receipt(TypedDict):
    """The acknowledgement of a mutation and the commit that has it."""

    uid: Uid
    rev: int
    chain: Hash
    ops: list[OpResult]


class HelloRequest(TypedDict):
    """The handshake; `new_nonce` is on the client's disk before it is sent, and in force after a 200 only."""

    device_id: Uid
    prev_nonce: Annotated[str, MinLen(16), MaxLen(64)] | None
    new_nonce: Annotated[str, MinLen(16), MaxLen(64)]
    witness: Position
    schema_v: Annotated[int, Ge(1), Le(10_000)]
    host_fingerprint: NotRequired[Annotated[str, MaxLen(64)]]


class Limits(TypedDict):
    """The most of everything that one request may hold or one answer will."""

    push_mutations: int
    push_ops: int
    push_bytes: int
    pull_changes: int
    known_uids: int
    snapshot_rows: int


class Range(TypedDict):
    """The versions that the backend takes."""

    min: int
    max: int


class HelloAnswer(Head):
    """`scope` names what the clerk's roles may see; a pull with another one answers 409 scope_changed."""

    last_mseq: int
    limits: Limits
    protocol: Range
    schema: Range
    scope: str
    min_feed_rev: int


class PushRequest(TypedDict):
    """Mutations in the order of their `mseq`."""

    device_id: Uid
    nonce: Annotated[str, MinLen(16), MaxLen(64)]
    witness: Position
    mutations: Annotated[list[Mutation], MinLen(1)]


class PushAnswer(Head):
    """One receipt for each mutation up to where it stopped."""

    last_mseq: int
    results: list[Receipt]
    stop: Stop | None


class PullRequest(TypedDict):
    """`scope` as the latest hello or snapshot gave it."""

    cursor: Position
    witness: Position
    limit: Annotated[int, Ge(1), Le(100_000)]
    scope: Annotated[str, MaxLen(64)]
    device_id: NotRequired[Uid]


class Change(TypedDict):
    """One row as it became: the changed units, or that it is deleted."""

    e: str
    id: int
    d: NotRequired[str]
    k: Literal["set", "del"]
    units: NotRequired[dict[str, Value]]


class Commit(TypedDict):
    """One commit: who made it, which mutations it took, what changed."""

    rev: int
    chain: Hash
    at: str
    by: str
    device_id: str
    uids: list[str]
    changes: list[Change]


class PullAnswer(Head):
    """Whole commits after the cursor; `next` is the cursor once they are applied."""

    commits: list[Commit]
    next: Position
    more: bool


class KnownRequest(TypedDict):
    """Which of these mutations does the server have (after a divergence)?"""

    witness: Position
    uids: Annotated[list[Uid], MaxLen(1000)]


class KnownAnswer(Head):
    """Receipts of the known ones, the uids of the others."""

    known: list[Receipt]
    unknown: list[str]


class SnapshotRequest(TypedDict):
    """The start of a bootstrap; without a witness the client forgets the timeline it knew."""

    witness: Position | None
    entities: NotRequired[Annotated[list[Annotated[str, MaxLen(40)]], MaxLen(60)]]


class SnapshotAnswer(Head):
    """From where the feed continues after the pages (`r0`), and how many rows about there are.

    `hidden` are the areas that the roles do not show, so that a client forgets what it has of them.
    """

    r0: Position
    scope: str
    hidden: list[str]
    page_token: str
    rows: int


class SnapshotPage(Head):
    """Rows by entity and id; the last page has no `next_token`. A row is `[entity, id, date, units, rev]`.

    `authors` tells who made the commits that wrote the days last, and when: `{rev: [name, moment]}`.
    """

    rows: list[tuple[str, int, str, dict[str, Value], int]]
    authors: dict[str, tuple[str, str]]
    next_token: str | None


class WaitRequest(TypedDict):
    """Answers when the head has passed the cursor, or after `seconds`."""

    cursor: Position
    witness: Position
    seconds: Annotated[int, Ge(0), Le(25)]


class Problem(TypedDict):
    """The body of every answer that is an error; 409 has the fields of Head too."""

    code: str
    message: str


class Candidate(TypedDict):
    """A value that lost the race: `value` null in a conflict about WHOLE_ROW asks to delete the row."""

    uid: str
    value: Value
    base: Value
    by: str
    device_id: str
    at: str
    closed_by: str | None


class ConflictUnits(TypedDict):
    """The units of the server's entity `conflict`; what stands is in the row itself.

    `kind`: value (two values), delete (a deletion met a changed row), deleted (a change met a deleted row).
    `by` and `since` tell who wrote what stands, as far as known.
    """

    e: str
    row: int
    d: str
    unit: str
    kind: Literal["value", "delete", "deleted"]
    open: bool
    by: str
    since: str
    candidates: list[Candidate]


class CorrectionUnits(TypedDict):
    """The units of the server's entity `correction`: a change that met a locked month and was not applied.

    `months` has the first and last month (null: without end) of each span that it would change. `state`:
    to_resend, merged (month unlocked), withdrawn (its author took it back), resent, rejected.
    """

    op: dict[str, Value]
    person: int
    months: list[list[str | None]]
    uid: str
    by: str
    device_id: str
    at: str
    state: Literal["to_resend", "merged", "withdrawn", "resent", "rejected"]


class LockUnits(TypedDict, total=False):
    """The units of the server's entity `month_lock` (id = person, d = `YYYY-MM`), or a part of them.

    Until the moment `open_until` ('': never) the month may be changed; then it is locked again by itself.
    `open_by` and `open_reason` tell who opened it and why, `transmission` what it was forwarded by.
    """

    at: str
    by: str
    forward_no: int
    hash: str
    transmission: int
    open_until: str
    open_by: str
    open_reason: str


class MemberUnits(TypedDict):
    """The units of the server's entity `member` (id = user)."""

    name: str
    roles: list[str]


for _shape in (
    Position, UnitSet, Op, Mutation, HelloRequest, PushRequest, PullRequest, KnownRequest, SnapshotRequest,
    WaitRequest,
):  # fmt: skip
    # Nothing unknown and no number as text: what a client means must not be guessed.
    _shape.__pydantic_config__ = {"extra": "forbid", "strict": True}  # type: ignore[union-attr]
