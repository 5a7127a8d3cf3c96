"""Files of cases at the backend, sent in chunks that go on after a cut line, and messages about cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2

from hrtui.domain.roles import Area
from hrtui.domain.sickness.message import Message
from hrtui.failpoints import failpoint
from hrtui.store.sickness.desk import case_desk, may_see_cases
from hrtui.store.sickness.remote_files import Content, keep_progress, keep_sent, to_send, upload
from hrtui.store.sickness.retention import forget_erased
from hrtui.store.sickness.vault import vault_of
from hrtui.store.store import Store
from hrtui.sync.account_api import checked, failed
from hrtui.sync.backend_errors import BackendError, refusal

MOST = 4 * 1024 * 1024
"""The most bytes that one request brings unless the backend says less."""


class BackendFiles:
    """The documents store of the backend for one employer; its calls raise BackendError."""

    def __init__(self, client: httpx2.Client, employer_id: int) -> None:
        self._client = client
        self._base = f"/v1/t/{employer_id}/documents"
        self._uploads: dict[str, tuple[str, int]] = {}

    def received(self, content: Content) -> int:
        """Begin to send a content, or learn how far it is; one that is all there is checked and kept."""
        body = {
            "sha256": content.sha256,
            "size": content.size,
            "media_type": content.media_type,
            "name": content.name,
            "area": Area.SICKNESS.value,
        }
        state = checked(self._request("POST", "", json=body))
        self._uploads[content.sha256] = (str(state["id"]), min(MOST, int(state["chunk"]) or MOST))
        if not state["complete"] and state["offset"] == content.size:
            state = self._complete(content)
        return content.size if state["complete"] else int(state["offset"])

    def send(self, content: Content, offset: int, chunk: bytes) -> int:
        """Send a part; the last one lets the backend check the whole."""
        upload_id, most = self._uploads[content.sha256]
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}
        answer = self._request("PATCH", f"/uploads/{upload_id}", content=chunk[:most], headers=headers)
        there = int(checked(answer)["offset"])
        failpoint("file.part")
        if there == content.size:
            self._complete(content)
        return there

    def fetch(self, sha256: str, offset: int) -> bytes:
        """The next part of a content."""
        headers = {"Range": f"bytes={offset}-{offset + MOST - 1}"}
        answer = self._request("GET", f"/{sha256}", headers=headers)
        if answer.status_code == 404:
            raise refusal("no_file")
        if answer.status_code == 206 or (answer.status_code == 200 and not offset):
            return answer.content
        checked(answer)
        return b""

    def _complete(self, content: Content) -> dict[str, Any]:
        upload_id, _ = self._uploads[content.sha256]
        state = checked(self._request("POST", f"/uploads/{upload_id}/complete"))
        failpoint("file.complete")
        return state

    def _request(self, method: str, path: str, **more: Any) -> httpx2.Response:
        try:
            return self._client.request(method, self._base + path, **more)
        except httpx2.HTTPError as problem:
            raise failed(problem) from problem


def send_message(
    client: httpx2.Client, employer_id: int, case_id: int, text: Message, contact_id: int = 0
) -> str:
    """Let the backend e-mail a message about a case to the occupational service; returns the address.

    The case must have reached the backend, and so must the contact that waits for it, which the backend then
    marks as sent. Raises BackendError; then nothing was sent, or nobody knows.
    """
    body: dict[str, Any] = {"case_id": case_id, "subject": text.subject, "body": text.body}
    if contact_id:
        body["contact_id"] = contact_id
    try:
        answer = client.post(f"/v1/t/{employer_id}/case-messages", json=body)
    except httpx2.HTTPError as problem:
        raise failed(problem) from problem
    return str(checked(answer)["recipient"])


class _Stopped(Exception):  # noqa: N818  (nothing is wrong)
    """The program ends in the middle of a file."""


def send_waiting(
    store: Store,
    employer_id: int,
    files: BackendFiles,
    stopped: Callable[[], bool] = lambda: False,
    most: int | None = None,
) -> int:
    """Send files that the backend does not have yet, `most` of them (None: all); returns how many.

    What was kept of erased cases is emptied first, as far as the backend heard of their deletion.

    A file that the backend refuses for what it is (its type, the quota) waits for another time without
    keeping the others back. Raises BackendError where nothing gets through.
    """
    if not may_see_cases(store, employer_id):
        return 0
    forget_erased(store)
    desk = case_desk(store, employer_id)

    sent = 0
    for content in to_send(desk):

        def progress(done: int, _size: int, content: Content = content) -> None:
            keep_progress(desk, content, done)
            if stopped():
                raise _Stopped

        try:
            upload(vault_of(store), files, content, progress)
        except _Stopped:
            return sent
        except BackendError as problem:
            if problem.code in ("offline", "sign_in", "answer"):
                raise
            continue
        keep_sent(desk, content)
        sent += 1
        if sent == most:
            break
    return sent
