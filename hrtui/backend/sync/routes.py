"""The routes of sync: who asks, in which employer, and which work answers."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from starlette.background import BackgroundTask

from hrtui.backend import specification_notices
from hrtui.backend.database import Connection
from hrtui.backend.errors import ApiError
from hrtui.backend.sync import devices, snapshot
from hrtui.backend.sync import pull as pulling
from hrtui.backend.sync import push as pushing
from hrtui.backend.sync.call import ERRORS, Called, answer, speaks_our_protocol
from hrtui.backend.sync.direct import Direct, InPlace
from hrtui.domain.sync import wire
from hrtui.failpoints import failpoint

_PREFIX: dict[str, Any] = {"prefix": "/v1/t/{tenant}/sync", "tags": ["sync"], "responses": ERRORS}
router = APIRouter(**_PREFIX, dependencies=[Depends(speaks_our_protocol)])
direct = APIRouter(**_PREFIX, route_class=Direct)
in_place = APIRouter(**_PREFIX, route_class=InPlace)


@direct.post("/hello", response_model=wire.HelloAnswer)
def hello(call: Called, body: wire.HelloRequest) -> Response:
    """The handshake of a device."""
    plain_ids(body["device_id"], body["new_nonce"], body["prev_nonce"] or "")
    call.take_turn("hello")
    identity = call.identity
    return answer(
        call.run(
            lambda con: devices.hello(
                con, call.tenant_id, identity.user_id, identity.session_id, call.roles, call.limits, body
            )
        )
    )


@in_place.post("/push", response_model=wire.PushAnswer)
def push(call: Called, body: wire.PushRequest) -> Response:
    """Take mutations in the order of their numbers."""
    limits, mutations = call.limits, body["mutations"]
    ops = sum(len(mutation["ops"]) for mutation in mutations)
    if len(mutations) > limits.push_mutations or (ops > limits.push_ops and len(mutations) > 1):
        raise ApiError(413, "too_large")
    if ops > max(limits.push_ops, 500):
        raise ApiError(413, "too_large")
    plain_ids(body["device_id"], body["nonce"], *(mutation["uid"] for mutation in mutations))
    call.take_turn("push")
    actor = call.actor(body["device_id"])
    specifications = specification_notices.brought(mutations)

    def work(con: Connection) -> wire.PushAnswer:
        done = pushing.push(con, call.tenant_id, actor, call.roles, body)
        if specifications:
            specification_notices.remember(con, call.tenant_id, specifications)
        return done

    result = call.run(work)
    failpoint("server.committed")
    call.app.state.hub.tell(call.tenant_id, result["head"])
    response = answer(result)
    if specifications:
        # After the answer: a device does not wait for a mail server. What fails here the deliverers do.
        state = call.app.state
        response.background = BackgroundTask(
            specification_notices.tell_of_new, state.database, state.accounts, call.tenant_id
        )
    return response


@direct.post("/pull", response_model=wire.PullAnswer)
def pull(call: Called, body: wire.PullRequest) -> Response:
    """The commits after a cursor."""
    most = call.limits.pull_changes
    text = call.run(lambda con: pulling.pull(con, call.tenant_id, call.roles, most, body), read_only=True)
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


@direct.post("/known", response_model=wire.KnownAnswer)
def known(call: Called, body: wire.KnownRequest) -> Response:
    """Which mutations the history has."""
    if len(body["uids"]) > call.limits.known_uids:
        raise ApiError(413, "too_large")
    plain_ids(*body["uids"])
    most = call.limits.known_uids
    return answer(call.run(lambda con: pulling.known(con, call.tenant_id, most, body), read_only=True))


@direct.post("/snapshot", response_model=wire.SnapshotAnswer)
def start_snapshot(call: Called, body: wire.SnapshotRequest) -> Response:
    """Begin a bootstrap."""
    call.take_turn("snapshot")
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
