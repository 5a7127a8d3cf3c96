"""Invitations of new employees: sent through the backend, and answers fetched into the clerk's forms."""

from __future__ import annotations

from typing import Any

import httpx2

from hrtui.store import drafts
from hrtui.store.drafts import Draft
from hrtui.store.store import Store
from hrtui.sync.account_api import checked, failed
from hrtui.sync.backend_errors import BackendError

_PASSING = frozenset({"offline", "sign_in", "answer"})
"""What says nothing about the invitation itself."""


class InvitationApi:
    """The backend's calls for one employer; they raise BackendError."""

    def __init__(self, client: httpx2.Client, employer_id: int) -> None:
        self._client = client
        self._base = f"/v1/t/{employer_id}/person-invitations"

    def send(self, invitation_id: int, email: str, language: str) -> None:
        """E-mail the link; the same call again within a minute sends nothing twice."""
        self._call("POST", "", {"id": invitation_id, "email": email, "language": language})

    def standings(self) -> dict[int, dict[str, Any]]:
        """How the clerk's invitations stand, by id: `state`, and `answer` by field."""
        found: list[dict[str, Any]] = self._call("GET", "")["invitations"]
        return {int(one["id"]): one for one in found}

    def end(self, invitation_id: int) -> None:
        """Let the backend forget an invitation and its answer."""
        self._call("DELETE", f"/{invitation_id}")

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            return checked(self._client.request(method, self._base + path, json=body))
        except httpx2.HTTPError as problem:
            raise failed(problem) from problem


def exchange_invitations(store: Store, employer_id: int, api: InvitationApi) -> bool:
    """Send what waits and fetch what was answered; says whether anything changed here.

    Asks the backend nothing where no form is with an employee. Raises BackendError where nothing gets
    through; a refusal is kept with its invitation.
    """
    waiting = drafts.drafts(store, employer_id, drafts.INVITATION)
    if not waiting:
        return False
    standings = api.standings() if any(one.step != drafts.PREPARED for one in waiting) else {}
    before = {one.id: one.step for one in waiting}
    for one in waiting:
        _exchange(store, employer_id, api, one, standings.get(one.id, {}))
    return before != {one.id: one.step for one in drafts.drafts(store, employer_id, drafts.INVITATION)}


def _exchange(
    store: Store, employer_id: int, api: InvitationApi, one: Draft, standing: dict[str, Any]
) -> None:
    if one.step == drafts.WITHDRAWN:
        api.end(one.id)
        drafts.discard_draft(store, employer_id, one.id)
        return
    if one.step in (drafts.PREPARED, drafts.SENDING, drafts.REFUSED):
        _send(store, employer_id, api, one)
        return
    if one.step == drafts.SENT and standing.get("state") == "answered":
        # Kept here before the backend forgets it, so that no failure in between loses the answer.
        one = drafts.move_invitation(store, employer_id, one, drafts.ANSWERED, answer=standing["answer"])
    elif one.step == drafts.SENT and standing.get("state") != "open":
        drafts.move_invitation(store, employer_id, one, drafts.EXPIRED)
    if one.step == drafts.ANSWERED:
        api.end(one.id)
        drafts.take_answer(store, employer_id, one)


def _send(store: Store, employer_id: int, api: InvitationApi, one: Draft) -> None:
    if one.step == drafts.PREPARED:
        # From here on the backend may know of it, so that withdrawing has to reach it.
        one = drafts.move_invitation(store, employer_id, one, drafts.SENDING)
    try:
        api.send(one.id, str(one.data["email"]), str(one.data["language"]))
    except BackendError as problem:
        if problem.code in _PASSING:
            raise
        if one.step != drafts.REFUSED or one.data.get("problem") != problem.code:
            drafts.move_invitation(store, employer_id, one, drafts.REFUSED, problem=problem.code)
        return
    drafts.move_invitation(store, employer_id, one, drafts.SENT)
