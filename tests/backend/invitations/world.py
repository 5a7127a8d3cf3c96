"""What a test of invitations does: invite as the clerk's program, and answer as the employee's browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import httpx2

from hrtui.store import drafts
from hrtui.sync.invitations import InvitationApi, exchange_invitations
from tests.backend.accounts.service import Post
from tests.sync.world import TENANT, Clerk, Server

ANSWER = {
    "birth_date": "30/07/1985", "birth_place": "Gent", "nationality": "BE",
    "national_number": "85.07.30-033.28", "sex": "m", "civil_status": "single", "country": "BE",
    "street": "Voorbeeldstraat", "house_number": "1", "box": "", "postcode": "9000", "city": "Gent",
    "phone": "0471 23 45 67", "iban": "BE71 0961 2345 6769",
}  # fmt: skip
FORM = {"values": {"last_name": "Testpersoon", "first_name": "Tess", "who": "employee"}, "texts": {}}


@dataclass
class Invitations:
    """The backend, the clerk, and the letters."""

    server: Server
    clerk: Clerk
    post: Post

    def api(self, clerk: Clerk | None = None) -> InvitationApi:
        """The calls as a clerk's program makes them."""
        client: httpx2.Client = (clerk or self.clerk).replica.api._client
        return InvitationApi(client, TENANT)

    def prepare(self, language: str = "nl") -> int:
        """Invite somebody from the form of a new person."""
        return drafts.prepare_invitation(
            self.clerk.store, TENANT, "Testpersoon Tess", "tess@example.org", language, form=FORM
        )

    def exchange(self) -> bool:
        """What the program does in its background."""
        return exchange_invitations(self.clerk.store, TENANT, self.api())

    def waiting(self) -> list[drafts.Draft]:
        """The invitations as the clerk sees them."""
        return drafts.invitations(self.clerk.store, TENANT)

    def link(self) -> str:
        """The path of the link in the last e-mail."""
        found = re.search(r"https://hr\.example(/invite/\S+)", self.post.body())
        assert found is not None
        return found[1]

    def get(self, path: str) -> httpx2.Response:
        """Open a page."""
        return self._browser().get(path)

    def answer(self, path: str, **changes: str) -> httpx2.Response:
        """Fill the form in and send it."""
        return self._browser().post(path, data={**ANSWER, **changes})

    def rows(self) -> list[tuple[Any, ...]]:
        """What the backend keeps."""
        with self.server.database.transaction(TENANT, read_only=True) as con:
            return con.all("SELECT * FROM person_invitation WHERE tenant_id = ?", TENANT)

    def _browser(self) -> httpx2.Client:
        return httpx2.Client(base_url="https://hr.example", transport=self.server.transport)
