"""What every request goes through: an id, limits on its body, decompression, a log line and counters."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
import zlib
from collections.abc import Iterable
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrtui.backend import metrics
from hrtui.backend.errors import problem
from hrtui.backend.logs import failure, log
from hrtui.backend.rates import OURS

MOST_RATIO = 40
"""How much larger than what was sent a body may become: JSON hardly shrinks further, a bomb does."""
_DIGITS = 18
"""A longer number of bytes is not even read."""
MOST_OF_STRANGERS = 64 * 1024
"""Bytes of a body without a token of ours: it is read before anybody knows who asks."""
PATIENCE, PATIENCE_WITH_STRANGERS = 300.0, 20.0
"""Seconds in which a body must have come."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_ALWAYS = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
"""What each answer says unless it says otherwise: almost all are about people."""
_OF_THE_BODY = (b"content-encoding", b"content-length")
_REQUEST_ID = re.compile(rb"[0-9A-Za-z-]{8,64}")
_TENANT = re.compile(r"/v1/t/(\d{1,19})/")
_UPLOAD = re.compile(r"/v1/t/\d{1,19}/documents/uploads/")


class Observed:
    """Gives each request an id, answers 500 for what nobody caught, counts and logs it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"hrtui-request-id", b"")
        request_id = given.decode() if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        found = _TENANT.match(scope["path"])
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id, tenant=found[1] if found else None)
        begun, status = time.monotonic(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_usual(message.get("headers", ()), request_id)
                _count(scope, status, time.monotonic() - begun)
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception as error:
            log.error("failed", path=_route(scope), **failure(error))
            if status:
                raise
            await problem(500, "internal")(scope, receive, answer)
        finally:
            seconds = round(time.monotonic() - begun, 4)
            log.info("request", method=_method(scope), path=_route(scope), status=status, seconds=seconds)


class Bodies:
    """Reads the body of a request at once: refuses it as soon as it is too large, and unpacks it.

    `most` is in bytes, `chunk` that of a part of a document. A stranger sends little and soon, so that many
    slow ones at once do not fill the memory.
    """

    def __init__(self, app: ASGIApp, most: int, chunk: int) -> None:
        self.app = app
        self.most = most
        self.chunk = chunk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its whole body, or refuse it."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        chunk = scope["method"] == "PATCH" and _UPLOAD.match(scope["path"])
        ours = bool(scope.get(OURS))
        most = (self.chunk if chunk else self.most) if ours else min(self.most, MOST_OF_STRANGERS)
        headers = dict(scope["headers"])
        refused = problem(413, "too_large")
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit() or len(declared) > _DIGITS or int(declared) > most:
            await refused(scope, receive, send)
            return
        try:
            async with asyncio.timeout(PATIENCE if ours else PATIENCE_WITH_STRANGERS):
                body = await _whole(receive, most)
        except TimeoutError:
            await problem(408, "too_slow")(scope, receive, send)
            return
        coding = headers.get(b"content-encoding", b"identity").lower()
        if body is not None and coding == b"gzip":
            body = _unpacked(body, most)
        elif body is not None and coding != b"identity":
            await problem(400, "bad_request")(scope, receive, send)
            return
        if body is None:
            await refused(scope, receive, send)
            return
        # The same scope, so that others see which route it came to.
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _OF_THE_BODY]
        await self.app(scope, _replay(body, receive), send)


async def _whole(receive: Receive, most: int) -> bytes | None:
    """The body, None where it is larger than allowed."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _unpacked(body: bytes, most: int) -> bytes | None:
    """What a gzip body holds; None where it is none or grows beyond what is allowed."""
    unpacker = zlib.decompressobj(wbits=31)
    most = min(most, MOST_RATIO * len(body) + 1024)
    try:
        plain = unpacker.decompress(body, most + 1)
    except zlib.error:
        return b"\x00"
    return plain if len(plain) <= most and not unpacker.unconsumed_tail else None


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body as one message; after it whatever the server says, as that the client left."""
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _route(scope: Scope) -> str:
    """The route's pattern, so that counters and logs hold no ids."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", "")) or "other"


def _method(scope: Scope) -> str:
    """The method, so that nobody makes up names in the counters."""
    return scope["method"] if scope["method"] in _METHODS else "other"


def _with_usual(headers: Iterable[tuple[bytes, bytes]], request_id: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with those that each one has."""
    given = list(headers)
    names = {name.lower() for name, _ in given}
    usual = [pair for pair in _ALWAYS if pair[0] not in names]
    return [*given, *usual, (b"hrtui-request-id", request_id.encode())]


def _count(scope: Scope, status: int, seconds: float) -> None:
    metrics.REQUESTS.labels(_method(scope), _route(scope), str(status)).inc()
    metrics.SECONDS.labels(_route(scope)).observe(seconds)
