"""The sync calls of the backend for one employer over HTTP; each method is one request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx2

from hrtui import clock
from hrtui.sync.backend_errors import BackendError, refusal

CALM = 20.0
"""Seconds that a server may stay silent on the stream of events: it says something every 15."""


class Refusal(Exception):  # noqa: N818  (reads as what came)
    """The backend answered with an error that the protocol has a way on from; `code` is its word for it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class SyncApi:
    """The calls for one employer. They raise Refusal, and BackendError where no answer came.

    SignInNeeded (a BackendError) comes from the client's Auth.
    """

    def __init__(self, client: httpx2.Client, employer_id: int) -> None:
        self._client = client
        self._base = f"/v1/t/{employer_id}/"

    def hello(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The handshake."""
        return self._post("sync/hello", body)

    def push(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Offer mutations."""
        return self._post("sync/push", body)

    def pull(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Ask for what was committed since."""
        return self._post("sync/pull", body)

    def known(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Ask which mutations the backend has."""
        return self._post("sync/known", body)

    def snapshot(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Begin to read all rows."""
        return self._post("sync/snapshot", body)

    def snapshot_page(self, token: str) -> dict[str, Any]:
        """The next rows."""
        return self._answer(self._send("GET", "sync/snapshot/page", params={"token": token}))

    def wait(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Wait until something was committed, at most 25 seconds."""
        return self._post("sync/wait", body, timeout=httpx2.Timeout(10.0, read=35.0))

    def events(self) -> Iterator[str]:
        """The stream of events: something for each commit, and at once when it begins."""
        timeout = httpx2.Timeout(10.0, read=CALM)
        try:
            with self._client.stream("GET", f"{self._base}sync/events", timeout=timeout) as answer:
                if not answer.is_success:
                    answer.read()
                    self._answer(answer)
                for line in answer.iter_lines():
                    if line.startswith("data:"):
                        yield line[5:].strip()
        except httpx2.HTTPError as problem:
            raise refusal("offline") from problem

    def _post(self, path: str, body: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        return self._answer(self._send("POST", path, json=dict(body), **more))

    def _send(self, method: str, path: str, **more: Any) -> httpx2.Response:
        from hrtui.sync.account_api import failed

        try:
            return self._client.request(method, self._base + path, **more)
        except httpx2.HTTPError as problem:
            raise failed(problem) from problem

    def _answer(self, response: httpx2.Response) -> dict[str, Any]:
        try:
            body = response.json()
        except ValueError:
            body = None
        if response.is_success and isinstance(body, dict):
            return body
        code = body.get("code") if isinstance(body, dict) else None
        if not isinstance(code, str) or response.status_code >= 500 or response.status_code in (408, 429):
            raise BackendError("offline", refusal("offline").text, _wait(response))
        raise Refusal(response.status_code, code)


def _wait(response: httpx2.Response) -> int:
    text = response.headers.get("Retry-After", "")
    return int(text) if text.isdecimal() else 0


def skew_of(answer: Mapping[str, Any]) -> int:
    """By how many seconds this computer's clock is ahead of the backend's (negative: behind)."""
    there = datetime.fromisoformat(answer["time"])
    there = there.replace(tzinfo=UTC) if there.tzinfo is None else there
    return round((clock.now() - there).total_seconds())
