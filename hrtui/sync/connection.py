"""A profile's way to its backend for one thread: the HTTP client with its log-in, and where it may work."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from hrtui.domain.sickness.message import Message
from hrtui.store.remembered import remember
from hrtui.store.roles import set_own_roles
from hrtui.store.store import Store
from hrtui.sync import state
from hrtui.sync.account_api import AccountApi, http_client
from hrtui.sync.api import SyncApi
from hrtui.sync.backend_errors import SignInNeeded
from hrtui.sync.case_files import BackendFiles, send_message
from hrtui.sync.forward_api import ForwardApi
from hrtui.sync.invitations import InvitationApi
from hrtui.sync.session import Login, link_of


class Backend:
    """The backend that the profile of `store` is connected to; raises SignInNeeded where there is none."""

    def __init__(self, store: Store) -> None:
        link = link_of(store)
        if link is None:
            raise SignInNeeded(store.logs_in_with)
        self._store = store
        self._accounts = AccountApi(link.url, link.ca_file)
        self._login = Login(store, self._accounts)
        self._client = http_client(link.url, link.ca_file, auth=self._login.auth())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._accounts.close()

    def api(self, employer_id: int) -> SyncApi:
        """The sync calls for one employer."""
        return SyncApi(self._client, employer_id)

    def files(self, employer_id: int) -> BackendFiles:
        """The files of an employer's cases."""
        return BackendFiles(self._client, employer_id)

    def invitations(self, employer_id: int) -> InvitationApi:
        """The calls that invite new employees."""
        return InvitationApi(self._client, employer_id)

    def tell_service(self, employer_id: int, case_id: int, text: Message, contact_id: int = 0) -> str:
        """E-mail a message about a case to the occupational service; returns the address."""
        return send_message(self._client, employer_id, case_id, text, contact_id)

    def forwarding(self, employer_id: int) -> ForwardApi:
        """The calls of forwarding for one employer."""
        return ForwardApi(self._client, self._store, employer_id)

    def take_memberships(self) -> None:
        """Keep the clerk's name and roles, and let all their employers sync; raises BackendError."""
        account = self._accounts.me(self._login.token())
        with self._store.transaction():
            remember(self._store.con, {"backend_name": account.display_name})
        for member in account.employers:
            state.connect(self._store, member.tenant_id)
            with self._store.transaction():
                set_own_roles(self._store, member.tenant_id, member.roles)
