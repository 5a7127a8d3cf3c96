"""The network between a clerk and a backend in the same process, with faults on demand."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import httpx2

FAULTS = ("ok", "request lost", "answer lost", "twice", "late twin", "cut", "503", "401")
"""What can happen to one request; `late twin`: it arrives once more, after others."""


class AppTransport(httpx2.BaseTransport):
    """Requests to an ASGI application, which runs in an event loop of its own."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx2.ASGITransport(app, raise_app_exceptions=False)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The application's answer, whole."""
        return asyncio.run_coroutine_threadsafe(self._answer(request), self._loop).result(30)

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        asked = httpx2.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await self._inner.handle_async_request(asked)
        body = await answer.aread()
        headers = {
            name: answer.headers[name] for name in ("content-type", "retry-after") if name in answer.headers
        }
        return httpx2.Response(answer.status_code, headers=headers, content=body, request=request)

    def close(self) -> None:
        """End the event loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class Faulty:
    """What happens to the next requests, in order; without a plan all is well.

    `late` holds requests that arrive once more when `deliver` is called.
    """

    def __init__(self) -> None:
        self.plan: deque[str] = deque()
        self.late: list[Callable[[], object]] = []
        self.sent = 0

    def over(self, to: Callable[[], httpx2.BaseTransport]) -> httpx2.BaseTransport:
        """A transport with these faults over another, which is looked up for each request."""
        return _FaultyTransport(self, to)

    def deliver(self) -> None:
        """Let the late twins arrive."""
        late, self.late = self.late, []
        for request in late:
            request()


class _FaultyTransport(httpx2.BaseTransport):
    def __init__(self, faults: Faulty, to: Callable[[], httpx2.BaseTransport]) -> None:
        self._faults = faults
        self._to = to

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self._faults.sent += 1
        fault = self._faults.plan.popleft() if self._faults.plan else "ok"
        if fault == "request lost":
            raise httpx2.ConnectError("lost", request=request)
        if fault == "503":
            body = {"code": "overloaded", "message": ""}
            return httpx2.Response(503, json=body, headers={"Retry-After": "0"}, request=request)
        if fault == "401":
            return httpx2.Response(401, json={"code": "token_expired", "message": ""}, request=request)
        answer = self._send(request)
        if fault == "twice":
            self._send(request)
        if fault == "late twin":
            self._faults.late.append(lambda: self._send(request))
        if fault == "answer lost":
            raise httpx2.ReadTimeout("lost", request=request)
        if fault == "cut":
            return httpx2.Response(
                answer.status_code, content=answer.content[: len(answer.content) // 2], request=request
            )
        return answer

    def _send(self, request: httpx2.Request) -> httpx2.Response:
        return self._to().handle_request(request)
