"""The routes of sync: who asks, in which employer, and which work answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from hrtui.backend import specification_notices
from hrtui.backend.database import Connection, Database
from hrtui.backend.errors import ApiError
from hrtui.backend.identity import Identity, bearer, identity_of, roles_at
from hrtui.backend.sync import devices, snapshot
from hrtui.backend.sync import pull as pulling
from hrtui.backend.sync import push as pushing
from hrtui.backend.sync.writing import Actor
from hrtui.domain.sync import wire
from hrtui.failpoints import failpoint

Result = TypeVar("Result")
TenantId = Annotated[int, Path(ge=1, le=wire.ROW_ID_MAX)]
ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": wire.Problem} for code in (400, 401, 403, 404, 409, 410, 413, 426, 429, 503)
}


async def speaks_our_protocol(request: Request) -> None:
    """Raise ApiError 426 for a client of another protocol."""
    spoken = request.headers.get("hrtui-protocol", str(wire.PROTOCOL))
    if spoken != str(wire.PROTOCOL):
        raise ApiError(426, "upgrade_required")


router = APIRouter(
    prefix="/v1/t/{tenant}/sync",
    tags=["sync"],
    responses=ERRORS,
    dependencies=[Depends(speaks_our_protocol)],
)


class Call:
    """One request of a clerk at one employer; answers 401 without a token and 404 at another's employer."""

    def __init__(
        self, request: Request, tenant: TenantId, _described: Annotated[object, Depends(bearer)] = None
    ) -> None:
        self.app = request.app
        self.tenant_id = tenant
        # Not a dependency of its own: each costs a change of thread.
        self.identity: Identity = identity_of(request)
        self.roles = roles_at(self.identity, tenant)
        self.limits = request.app.state.config.limits

    def run(self, work: Callable[[Connection], Result], *, read_only: bool = False) -> Result:
        """What `work` returns from a transaction of this employer."""
        database: Database = self.app.state.database
        return database.run(self.tenant_id, work, read_only=read_only)

    def actor(self, device_id: str = "") -> Actor:
        """The clerk as author."""
        return Actor(self.identity.user_id, self.identity.name, device_id)


Called = Annotated[Call, Depends()]


def answer(body: Any) -> JSONResponse:
    """A body that is no longer checked: it was made by our own types."""
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


@router.post("/hello", response_model=wire.HelloAnswer)
def hello(call: Called, body: wire.HelloRequest) -> Response:
    """The handshake of a device."""
    plain_ids(body["device_id"], body["new_nonce"], body["prev_nonce"] or "")
    identity = call.identity
    return answer(
        call.run(
            lambda con: devices.hello(
                con, call.tenant_id, identity.user_id, identity.session_id, call.roles, call.limits, body
            )
        )
    )


@router.post("/push", response_model=wire.PushAnswer)
def push(call: Called, body: wire.PushRequest) -> Response:
    """Take mutations in the order of their numbers."""
    limits, mutations = call.limits, body["mutations"]
    ops = sum(len(mutation["ops"]) for mutation in mutations)
    if len(mutations) > limits.push_mutations or (ops > limits.push_ops and len(mutations) > 1):
        raise ApiError(413, "too_large")
    if ops > max(limits.push_ops, 500):
        raise ApiError(413, "too_large")
    plain_ids(body["device_id"], body["nonce"], *(mutation["uid"] for mutation in mutations))
    if wait := call.app.state.pushes.take(f"{call.identity.user_id}:{body['device_id']}"):
        raise ApiError(429, "rate_limited", retry_after=wait)
    actor = call.actor(body["device_id"])
    result = call.run(lambda con: pushing.push(con, call.tenant_id, actor, call.roles, body))
    failpoint("server.committed")
    call.app.state.hub.tell(call.tenant_id, result["head"])
    response = answer(result)
    if specification_notices.brings_one(mutations):
        # After the answer: a device does not wait for a mail server.
        state = call.app.state
        response.background = BackgroundTask(
            specification_notices.tell_of_new, state.database, state.accounts, call.tenant_id
        )
    return response


@router.post("/pull", response_model=wire.PullAnswer)
def pull(call: Called, body: wire.PullRequest) -> Response:
    """The commits after a cursor."""
    most = call.limits.pull_changes
    text = call.run(lambda con: pulling.pull(con, call.tenant_id, call.roles, most, body), read_only=True)
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.post("/known", response_model=wire.KnownAnswer)
def known(call: Called, body: wire.KnownRequest) -> Response:
    """Which mutations the history has."""
    if len(body["uids"]) > call.limits.known_uids:
        raise ApiError(413, "too_large")
    plain_ids(*body["uids"])
    most = call.limits.known_uids
    return answer(call.run(lambda con: pulling.known(con, call.tenant_id, most, body), read_only=True))


@router.post("/snapshot", response_model=wire.SnapshotAnswer)
def start_snapshot(call: Called, body: wire.SnapshotRequest) -> Response:
    """Begin a bootstrap."""
    actor = call.actor()
    return answer(call.run(lambda con: snapshot.start(con, call.tenant_id, actor, call.roles, body)))


@router.get("/snapshot/page", response_model=wire.SnapshotPage)
def snapshot_page(call: Called, token: Annotated[str, Query(max_length=4000)]) -> Response:
    """One page of a bootstrap."""
    most = call.limits.snapshot_rows
    return answer(
        call.run(lambda con: snapshot.page(con, call.tenant_id, call.roles, most, token), read_only=True)
    )


def plain_ids(*ids: str) -> None:
    """Raise ApiError 400 for an id that is not plain printable ASCII."""
    if not all(one.isascii() and one.isprintable() for one in ids):
        raise ApiError(400, "bad_request")


def event(data: Any) -> bytes:
    """One server-sent event named `head`."""
    return f"event: head\ndata: {json.dumps(data)}\n\n".encode()
