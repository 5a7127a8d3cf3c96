"""Routes of (call, body) that are answered in one thread: who asks, what the body says, and the work.

FastAPI would change threads for who asks and again for the work, and check the body in between with what it
keeps for all kinds of routes: that took longer than a small push. The description of the API is still made
from the signature.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any, get_type_hints

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError

from hrtui.backend.errors import ApiError
from hrtui.backend.sync.call import Call, check_protocol, tenant_of
from hrtui.backend.sync.places import Places

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Direct(APIRoute):
    """A route whose function takes `call` and `body`, and returns a Response."""

    def get_route_handler(self) -> Handler:
        """What answers a request of this route."""
        work: Callable[[Call, Any], Response] = self.endpoint
        shape: TypeAdapter[Any] = TypeAdapter(get_type_hints(work, include_extras=True)["body"])

        def answer(request: Request, tenant_id: int, text: bytes) -> Response:
            call = Call(request, tenant_id)
            return work(call, read(shape, request, text))

        async def handle(request: Request) -> Response:
            check_protocol(request)
            tenant_id, text = tenant_of(request), await request.body()
            return await run_in_threadpool(answer, request, tenant_id, text)

        return handle


class InPlace(Direct):
    """A route of which only so many run at once for an employer (`Places`)."""

    def get_route_handler(self) -> Handler:
        """What answers a request of this route."""
        handle_now = super().get_route_handler()

        async def handle(request: Request) -> Response:
            places: Places = request.app.state.places
            tenant_id = tenant_of(request)
            if not places.take(tenant_id):
                # Who is nobody here must not wait in the way of those who are.
                await run_in_threadpool(Call, request, tenant_id)
                await places.wait(tenant_id)
            try:
                return await handle_now(request)
            finally:
                places.leave(tenant_id)

        return handle


def read(shape: TypeAdapter[Any], request: Request, text: bytes) -> Any:
    """The body in the shape that the route wants. Raises ApiError 400 for any other."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ApiError(400, "bad_request")
    try:
        return shape.validate_json(text)
    except ValidationError:
        # The faster reader does not take all JSON: half a sign of two is parked later, and not refused here.
        try:
            return shape.validate_python(json.loads(text))
        except (ValueError, RecursionError):
            raise ApiError(400, "bad_request") from None
