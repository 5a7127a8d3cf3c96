"""Forwarding by a backend: the orders go to it as commands, and it decides, locks and delivers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from hrtui.domain.month import Month
from hrtui.forwarding.command import answer_command, forward_command, lock_command, unlock_command
from hrtui.forwarding.port import AnswerOrder, BasisChangedError, Forwarded, Order, UnlockOrder
from hrtui.i18n import N_, t
from hrtui.store.errors import StoreError
from hrtui.store.transmissions import Status

Post = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""Sends the body to `commands/{name}` and gives the answer; raises CommandRefused or StoreError."""

_REFUSALS = {
    "open_conflicts": N_("Some days were changed in two places: choose what holds first."),
    "already_forwarded": N_("Somebody forwarded this month meanwhile: look at it again."),
    "forbidden": N_("Your roles do not allow this."),
    "not_locked": N_("The month of these people is not locked."),
    "unknown_layout": N_("The backend does not have this layout: ask its administrator."),
}


class CommandRefused(Exception):  # noqa: N818  (reads as what came)
    """The backend refused a command: `code` is its word for the reason, `text` a sentence if it has one."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.text = text


class RemoteForward:
    """A `ForwardPort` on a backend; a command that is repeated with the same uid is carried out once."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def forward(self, order: Order) -> Forwarded:
        """Send the content hashes of what the clerk saw; the backend compares, locks and delivers."""
        answer = self._send("forward", forward_command(order))
        return Forwarded(int(answer["transmission"]), Status(answer["status"]))

    def unlock(self, order: UnlockOrder) -> datetime:
        """Reopen the months; the moment at which they lock again is the backend's."""
        answer = self._send("reopen", unlock_command(order))
        until = datetime.fromisoformat(str(answer["until"]))
        return until if until.tzinfo else until.replace(tzinfo=UTC)

    def lock_again(self, employer_id: int, month: Month, people: Sequence[int]) -> None:
        """Lock reopened months now."""
        self._send("lock", lock_command(month, people))

    def answer(self, order: AnswerOrder) -> Status:
        """Enter the provider's answer by hand."""
        return Status(self._send("answer", answer_command(order))["status"])

    def _send(self, name: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return self._post(name, body)
        except CommandRefused as problem:
            if problem.code == "basis_changed":
                raise BasisChangedError from None
            known = _REFUSALS.get(problem.code)
            text = problem.text or (t(known) if known else t("The backend refused this ({code}).",
                                                             code=problem.code))  # fmt: skip
            raise StoreError(text) from None
