"""How many messages a clerk has the backend send in a day, counted where no other deed resets it."""

from __future__ import annotations

from dataclasses import dataclass

from hrtui.backend.accounts import attempts
from hrtui.backend.database import Connection
from hrtui.backend.errors import ApiError

MOST_A_DAY = 300
"""Messages of one kind, so that a stolen log-in makes no bulk mailer."""
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Sender:
    """A clerk at an employer who sends messages of a kind (`person_invitation`, `case_message`)."""

    kind: str
    tenant_id: int
    user_id: int

    def count(self, con: Connection, now: int) -> None:
        """Count a message that is about to go; raises ApiError 429 past MOST_A_DAY of a day (UTC)."""
        if attempts.counted(con, self._what(now), now) > MOST_A_DAY:
            raise ApiError(429, "rate_limited", retry_after=_DAY - now % _DAY)

    def take_back(self, con: Connection, now: int) -> None:
        """A message that was counted did not go: the mail server refused it."""
        attempts.uncounted(con, self._what(now))

    def _what(self, now: int) -> str:
        return f"{self.kind} {self.tenant_id} {self.user_id} {now // _DAY}"
