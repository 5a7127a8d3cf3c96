"""Waiting for changes: a stream of server-sent events, or one call that answers when something is new."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

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
_Seat = tuple[int, int]
_seated: Counter[_Seat] = Counter()
"""How many streams and long polls of a user at an employer are open in this worker."""


class _Stream(StreamingResponse):
    """Events for a clerk who has taken a seat, which is free again when they end."""

    def __init__(self, events: AsyncIterator[bytes], seat: _Seat) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(events, media_type="text/event-stream", headers=headers)
        self._seat = seat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until there are no more or the client leaves."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            # Not in the iterator, which never begins where the client has left already.
            _leave(self._seat)


@router.get("/events", responses={200: {"content": {"text/event-stream": {}}}}, response_class=Response)
async def events(request: Request, call: Called) -> StreamingResponse:
    """A stream of the head: at once, and whenever it moves. It ends when the worker stops."""
    seat = _take(call)
    try:
        head = await asyncio.to_thread(_head, call)
    except BaseException:
        _leave(seat)
        raise
    return _Stream(_stream(request, call, head), seat)


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
    seat = _take(call)
    try:
        async with hub.waiting(call.tenant_id):
            head = await asyncio.to_thread(ask)
            if head["head"] == body["cursor"]:
                seconds = min(body["seconds"], call.limits.wait_seconds)
                await hub.head_after(call.tenant_id, head["head"]["rev"], seconds)
                head = await asyncio.to_thread(ask)
    finally:
        _leave(seat)
    return answer(head)


def _take(call: Call) -> _Seat:
    """Take a seat, at once and before anything is awaited; raises ApiError 429 where all are taken."""
    seat = call.identity.user_id, call.tenant_id
    if _seated[seat] >= call.limits.streams_per_user:
        raise ApiError(429, "rate_limited", retry_after=5)
    _seated[seat] += 1
    return seat


def _leave(seat: _Seat) -> None:
    _seated[seat] -= 1
    if not _seated[seat]:
        del _seated[seat]


def _head(call: Call) -> Head:
    return call.run(lambda con: clock_of(con, call.tenant_id).head(), read_only=True)


def _may_stay(request: Request, call: Call) -> bool:
    """Whether the log-in still counts and the clerk still belongs to the employer."""
    try:
        roles_at(identity_of(request), call.tenant_id)
    except (ApiError, Busy) as problem:
        return isinstance(problem, Busy)
    return True


async def _stream(request: Request, call: Call, head: Head) -> AsyncIterator[bytes]:
    """Events until the client leaves, the log-in ends or the worker stops."""
    hub: Hub = call.app.state.hub
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
