"""Which port forwards the month of a profile: this computer alone, or the backend that it is connected to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hrtui.domain.roles import ADMINISTRATOR, MANAGER, Area
from hrtui.forwarding.local import LocalForward
from hrtui.forwarding.port import ForwardPort
from hrtui.forwarding.prepare import Layouts
from hrtui.forwarding.remote import RemoteForward
from hrtui.store.errors import StoreError
from hrtui.store.roles import own_roles, rights
from hrtui.store.store import Store
from hrtui.sync.forward_api import ForwardApi

UNLOCKERS = frozenset({MANAGER, ADMINISTRATOR})
"""The roles that may unlock a forwarded month, where a backend keeps roles."""


def port_of(store: Store, employer_id: int, layouts: Layouts, folder: Path | None) -> ForwardPort:
    """The port of an employer; `folder` is where the files go of one that is not at a backend."""
    if not store.backend(employer_id):
        return LocalForward(store, layouts, folder or Path())
    return remote_of(store, layouts)


def remote_of(store: Store, layouts: Layouts) -> RemoteForward:
    """The port to the backend of a profile that has one."""
    return RemoteForward(store, layouts, forward_api)


@contextmanager
def forward_api(store: Store, employer_id: int) -> Iterator[ForwardApi]:
    """The way to the profile's backend; raises SignInNeeded without a log-in."""
    from hrtui.sync.connection import Backend

    with Backend(store) as backend:
        yield backend.forwarding(employer_id)


def refuse_unseen(store: Store, employer_id: int) -> None:
    """Raise StoreError where the clerk may not see all that was sent: the report and the files have it."""
    own = rights(store, employer_id)
    for area in (Area.PAY_COMPONENTS, Area.MESSAGES, Area.SICKNESS):
        if text := own.why_hidden(area):
            raise StoreError(text)


def may_unlock(store: Store, employer_id: int) -> bool:
    """Whether the clerk may unlock a forwarded month: anyone without a backend, else a manager's role."""
    return not store.backend(employer_id) or bool(own_roles(store, employer_id) & UNLOCKERS)
