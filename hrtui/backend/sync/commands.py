"""Commands that need the backend at once (forward, unlock, resend): each carried out once, under the lock.

A command is a function that takes the writing transaction, the scope of who asks and the arguments, and
returns an answer as JSON. It registers itself with `@command("forward")`; raising ApiError takes everything
back. What it writes goes through `Writing` and `hrtui.backend.sync.locking`, and becomes one commit with the
answer kept beside it, so that a client that lost the answer asks again with the same `uid`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Annotated, Any

from annotated_types import MaxLen
from fastapi import APIRouter, Depends, Path, Response
from typing_extensions import TypedDict

from hrtui.backend.database import Connection
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.call import ERRORS, Called, answer, speaks_our_protocol
from hrtui.backend.sync.positions import check_history
from hrtui.backend.sync.routes import plain_ids
from hrtui.backend.sync.scope import Scope, scope_of
from hrtui.backend.sync.writing import Writing
from hrtui.domain.sync import wire

Answer = Mapping[str, Any]
Command = Callable[[Writing, Scope, Mapping[str, Any]], Answer]
COMMANDS: dict[str, Command] = {}
router = APIRouter(
    prefix="/v1/t/{tenant}/commands",
    tags=["commands"],
    responses=ERRORS | {422: {"model": wire.Problem}},
    dependencies=[Depends(speaks_our_protocol)],
)


class CommandRequest(TypedDict):
    """`uid` is made by the client, once for each time that the clerk asks; `args` are the command's own."""

    uid: wire.Uid
    device_id: wire.Uid
    witness: wire.Position
    args: Annotated[dict[str, Any], MaxLen(40)]


CommandRequest.__pydantic_config__ = {"extra": "forbid", "strict": True}  # type: ignore[attr-defined]


class CommandAnswer(wire.Head):
    """The position of the commit and the command's own answer."""

    rev: int
    answer: dict[str, Any]


def command(name: str) -> Callable[[Command], Command]:
    """Register a command under the name that its route has."""

    def register(work: Command) -> Command:
        COMMANDS[name] = work
        return work

    return register


@router.post("/{name}", response_model=CommandAnswer)
def carry_out(
    call: Called, name: Annotated[str, Path(min_length=1, max_length=40)], body: CommandRequest
) -> Response:
    """Carry a command out, or repeat the answer that it had."""
    work = COMMANDS.get(name)
    if work is None:
        raise ApiError(404, "not_found")
    plain_ids(body["uid"], body["device_id"])

    def once(con: Connection) -> dict[str, Any]:
        writing = Writing.begin(con, call.tenant_id, call.actor(body["device_id"]))
        check_history(con, call.tenant_id, writing.clock, body["witness"])
        digest = sha256(json.dumps([name, body["args"]], sort_keys=True).encode()).hexdigest()
        row = con.one(
            "SELECT sha256, rev, answer, name FROM command_receipt WHERE tenant_id = ? AND uid = ?",
            call.tenant_id, body["uid"],
        )  # fmt: skip
        if row is not None:
            # An erasure empties the hashes.
            if row[3] != name or row[0] not in ("", digest):
                raise ApiError(422, "payload_mismatch")
            return {**writing.clock.head(), "rev": row[1], "answer": json.loads(row[2])}
        scope = scope_of(con, call.tenant_id, call.roles)
        if not scope.writes:
            raise ApiError(403, "forbidden")
        result = dict(work(writing, scope, body["args"]))
        writing.uids.append(body["uid"])
        position = writing.commit()
        con.execute(
            "INSERT INTO command_receipt (tenant_id, uid, name, sha256, rev, answer)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            call.tenant_id, body["uid"], name, digest, position["rev"], json.dumps(result),
        )  # fmt: skip
        return {**writing.clock.head(), "rev": position["rev"], "answer": result}

    done = call.run(once)
    call.app.state.hub.tell(call.tenant_id, done["head"])
    return answer(done)
