"""The calls of forwarding at the backend for one employer: commands, and the bundles of transmissions."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import httpx2

from hrtui.domain.sync.transmission import AREA
from hrtui.store.remote_transmissions import fill, to_fetch
from hrtui.store.roles import may_hand_on
from hrtui.store.store import Store
from hrtui.sync import state
from hrtui.sync.account_api import checked, failed
from hrtui.sync.backend_errors import BackendError

TRIES = 3
"""How often a command is offered before its answer is given up; it is carried out once."""
_MOST = 4 * 1024 * 1024


class CommandRefused(Exception):  # noqa: N818  (reads as what came)
    """The backend refused a command: `code` is its word for the reason, `body` all that it said."""

    def __init__(self, code: str, body: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.body = dict(body or {})


class ForwardApi:
    """The calls for one employer; they raise BackendError where no answer comes."""

    def __init__(self, client: httpx2.Client, store: Store, employer_id: int) -> None:
        self._client = client
        self._store = store
        self._employer_id = employer_id
        self._base = f"/v1/t/{employer_id}/"

    def command(self, name: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out a command; raises CommandRefused."""
        now = state.standing_of(self._store, self._employer_id)
        body = {
            "uid": str(uuid.uuid4()),
            "device_id": now.device_id,
            "witness": now.witness,
            "args": dict(args),
        }
        for left in reversed(range(TRIES)):
            try:
                response = self._ask("POST", f"commands/{name}", json=body, timeout=60.0)
            except BackendError as problem:
                if problem.code != "offline" or not left:
                    raise
                continue
            if response.status_code not in (400, 403, 404, 409, 422):
                answer: dict[str, Any] = checked(response)["answer"]
                return answer
            said = response.json()
            raise CommandRefused(str(said.get("code")), said)
        raise AssertionError

    def put(self, content: bytes, name: str) -> str:
        """Send a bundle, from where an earlier try got to; returns its SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        begun = {
            "sha256": digest,
            "size": len(content),
            "media_type": "text/plain",
            "name": name,
            "area": AREA,
        }
        now = checked(self._ask("POST", "documents", json=begun))
        while not now["complete"]:
            start = now["offset"]
            path = f"documents/uploads/{now['id']}"
            if start == len(content):
                now = checked(self._ask("POST", f"{path}/complete"))
                continue
            chunk = content[start : start + min(_MOST, now["chunk"])]
            headers = {"Upload-Offset": str(start), "Content-Type": "application/octet-stream"}
            now = checked(self._ask("PATCH", path, content=chunk, headers=headers))
        return digest

    def get(self, digest: str) -> bytes:
        """A bundle."""
        response = self._ask("GET", f"documents/{digest}", timeout=60.0)
        if not response.is_success:
            checked(response)
        return response.content

    def _ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        try:
            return self._client.request(method, self._base + path, **more)
        except httpx2.HTTPError as problem:
            raise failed(problem) from problem


def fetch_bundles(
    store: Store, employer_id: int, api: ForwardApi, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Fetch snapshots and files of transmissions that others made; returns how many transmissions.

    Only for a clerk who may see all that goes along. Raises BackendError where nothing gets through.
    """
    done = 0
    if not may_hand_on(store, employer_id):
        return done
    for transmission_id, digest in to_fetch(store.con, employer_id):
        if stopped():
            break
        try:
            content = api.get(digest)
        except BackendError as problem:
            if problem.code in ("offline", "sign_in", "answer"):
                raise
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            continue
        try:
            with store.transaction():
                fill(store.con, transmission_id, json.loads(content))
        except (ValueError, LookupError, TypeError, AttributeError):
            # The backend does not deliver such a bundle either: the transmission fails, and goes again.
            continue
        done += 1
    return done
