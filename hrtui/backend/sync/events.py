"""Waiting for changes: a stream of server-sent events, or one call that answers when something is new."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from hrtui.backend.database import Busy, Connection
from hrtui.backend.errors import ApiError
from hrtui.backend.identity import identity_of, roles_at
from hrtui.backend.sync.call import ERRORS, Call, Called, answer, speaks_our_protocol
from hrtui.backend.sync.hub import Hub
from hrtui.backend.sync.positions import check_history, clock_of
from hrtui.backend.sync.routes import event
from hrtui.domain.sync import wire
from hrtui.domain.sync.wire import Head

KEEP_ALIVE = b": \n\n"
router = APIRouter(
    prefix="/v1/t/{tenant}/sync", tags=["sync"], responses=ERRORS, dependencies=[Depends(speaks_our_protocol)]
)
_streams: Counter[int] = Counter()


@router.get("/events", responses={200: {"content": {"text/event-stream": {}}}}, response_class=Response)
async def events(request: Request, call: Called) -> StreamingResponse:
    """A stream of the head: at once, and whenever it moves. It ends when the worker stops."""
    user = call.identity.user_id
    if _streams[user] >= call.limits.streams_per_user:
        raise ApiError(429, "rate_limited", retry_after=5)
    head = await asyncio.to_thread(_head, call)
    return StreamingResponse(
        _stream(request, call, head, user),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.post("/wait", response_model=Head)
async def wait(call: Called, body: wire.WaitRequest) -> Response:
    """The head, once it differs from the cursor or after so many seconds."""

    def look(con: Connection) -> Head:
        now = clock_of(con, call.tenant_id)
        check_history(con, call.tenant_id, now, body["witness"])
        return now.head()

    def ask() -> Head:
        return call.run(look, read_only=True)

    hub: Hub = call.app.state.hub
    async with hub.waiting(call.tenant_id):
        head = await asyncio.to_thread(ask)
        if head["head"] == body["cursor"]:
            seconds = min(body["seconds"], call.limits.wait_seconds)
            await hub.head_after(call.tenant_id, head["head"]["rev"], seconds)
            head = await asyncio.to_thread(ask)
    return answer(head)


def _head(call: Call) -> Head:
    return call.run(lambda con: clock_of(con, call.tenant_id).head(), read_only=True)


def _may_stay(request: Request, call: Call) -> bool:
    """Whether the log-in still counts and the clerk still belongs to the employer."""
    try:
        roles_at(identity_of(request), call.tenant_id)
    except (ApiError, Busy) as problem:
        return isinstance(problem, Busy)
    return True


async def _stream(request: Request, call: Call, head: Head, user: int) -> AsyncIterator[bytes]:
    """Events until the client leaves, the log-in ends or the worker stops."""
    hub: Hub = call.app.state.hub
    _streams[user] += 1
    try:
        async with hub.waiting(call.tenant_id):
            rev, loop = head["head"]["rev"], asyncio.get_running_loop()
            looked = loop.time()
            yield event({"rev": rev, "chain": head["head"]["chain"]})
            while not hub.closed:
                moved = await hub.head_after(call.tenant_id, rev, call.limits.ping_seconds)
                if moved is None or loop.time() >= looked + call.limits.ping_seconds:
                    if not await asyncio.to_thread(_may_stay, request, call):
                        return
                    looked = loop.time()
                if moved is None:
                    yield KEEP_ALIVE
                else:
                    rev = moved["rev"]
                    yield event(moved)
    finally:
        _streams[user] -= 1
        if not _streams[user]:
            del _streams[user]
