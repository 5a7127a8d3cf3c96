"""This device's log-in at a backend: where that is, and tokens, kept and renewed in the profile's database.

For the sync engine: `Login(store).auth()` is an httpx2 Auth that puts the token on every request and renews
it once where the backend answers 401; it raises SignInNeeded where only a new log-in helps. Use one `Login`
per thread, each with its own `Store`; several programs on one profile share the tokens through the database.
"""

from __future__ import annotations

import getpass
import platform
import secrets
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hrtui import clock
from hrtui.store.profile import USUAL_PROFILE
from hrtui.store.remembered import forget, remember, value_of, values_of
from hrtui.store.store import Store
from hrtui.sync.backend_errors import SignInNeeded

if TYPE_CHECKING:
    import httpx2

    from hrtui.sync.account_api import AccountApi, LoginChallenge, Tokens

Result = TypeVar("Result")

EARLY = 20
"""Seconds before its end at which an access token is renewed."""
_ENDED = frozenset({"token_revoked", "account_disabled"})
"""The refusals after which this device's tokens are of no use any more."""
_LINK = ("backend", "backend_ca", "backend_user")
_DUE = "backend_due"
_MARK = "backend_device"
_TOKENS = (
    "backend_access", "backend_access_until", "backend_refresh", "backend_next", "backend_session", _DUE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """The backend of a profile, and the user name there; `ca_file` is None for the usual trust."""

    url: str
    user: str
    ca_file: Path | None = None


def link_of(store: Store) -> Link | None:
    """The backend of this profile; None where it has none. It stays known after a log-out."""
    found = values_of(store.con, _LINK)
    if not found.get("backend"):
        return None
    ca_file = found.get("backend_ca", "")
    return Link(found["backend"], found.get("backend_user", ""), Path(ca_file) if ca_file else None)


def logged_in(store: Store) -> bool:
    """Whether this device holds a log-in; the backend may have ended it meanwhile."""
    return bool(values_of(store.con, _TOKENS).get("backend_refresh"))


def code_due(store: Store) -> bool:
    """Whether the backend asks for the second step again before it goes on with this log-in."""
    kept = values_of(store.con, _TOKENS)
    return bool(kept.get("backend_refresh") and kept.get(_DUE))


def login_again(store: Store, api: AccountApi) -> LoginChallenge | None:
    """Begin with the second step that is asked again; None where password and code are needed.

    Raises BackendError where the backend does not answer.
    """
    from hrtui.sync.backend_errors import BackendError

    if not code_due(store):
        return None
    try:
        challenge = api.login_again(values_of(store.con, _TOKENS)["backend_refresh"])
    except BackendError as problem:
        if problem.code not in _ENDED:
            raise
        forget_login(store)
        return None
    return challenge if challenge.methods else None


def session_id(store: Store) -> str:
    """The id of this device's log-in in the backend's list of devices; empty without one."""
    return values_of(store.con, _TOKENS).get("backend_session", "")


def keep_login(store: Store, link: Link, tokens: Tokens) -> None:
    """Connect the profile to this backend and keep the tokens of a fresh log-in."""
    _put(
        store,
        {
            "backend": link.url,
            "backend_ca": str(link.ca_file or ""),
            "backend_user": link.user,
            "backend_next": "",
            _DUE: "",
            **_of(tokens),
        },
    )


def device_mark(store: Store) -> str:
    """What tells the backend that its user logged in on this device before; it outlives a log-out."""
    return values_of(store.con, (_MARK,)).get(_MARK, "")


def forget_login(store: Store) -> None:
    """Forget the tokens; the backend stays known, and what waits to be sent waits on."""
    with store.transaction():
        forget(store.con, _TOKENS)


def end_login(store: Store) -> bool:
    """Log this device out, at the backend as far as that can be reached; says whether it heard of it."""
    from hrtui.sync.account_api import AccountApi
    from hrtui.sync.backend_errors import BackendError

    link = link_of(store)
    told = False
    if link is not None and logged_in(store):
        try:
            with AccountApi(link.url, link.ca_file) as api:
                api.logout(Login(store, api).token())
            told = True
        except SignInNeeded:
            told = True
        except BackendError:
            told = False
    forget_login(store)
    return told


def device_name(profile: str) -> str:
    """How a profile on this computer is called in the list of devices, in at most 60 characters.

    Clerks who share a computer log in to it by name; the usual profile is not told.
    """
    name = platform.node() or "?"
    with suppress(OSError, KeyError):
        name = f"{getpass.getuser()}@{name}"
    return f"{name[:28]} · {profile[:28]}" if profile != USUAL_PROFILE else name[:60]


class Login:
    """The log-in of this device; `api` (of the same backend) is for tests, else one is made when needed."""

    def __init__(self, store: Store, api: AccountApi | None = None) -> None:
        self._store = store
        self._api = api

    def token(self) -> str:
        """An access token that still works for a while; renews it where needed.

        Raises SignInNeeded where the backend wants a new log-in, BackendError where it does not answer.
        """
        kept = values_of(self._store.con, _TOKENS)
        until = int(kept.get("backend_access_until") or 0)
        if kept.get("backend_access") and until - EARLY > clock.seconds():
            return kept["backend_access"]
        return self.renewed(kept.get("backend_access", ""))

    def call(self, api: AccountApi, request: Callable[[AccountApi, str], Result]) -> Result:
        """One request with a token, and once more with a new one where the backend ended the first early.

        Raises SignInNeeded where the backend wants a new log-in, BackendError.
        """
        from hrtui.sync.backend_errors import BackendError

        token = self.token()
        try:
            return request(api, token)
        except BackendError as problem:
            if problem.code not in _ENDED:
                raise
            return request(api, self.renewed(token))

    def renewed(self, refused: str) -> str:
        """Another token than the `refused` one: that which another program got meanwhile, or a new one."""
        current, following = self._rotation(refused)
        if not current:
            return following
        from hrtui.sync.backend_errors import BackendError

        try:
            tokens = self._account_api().refresh(current, following)
        except BackendError as problem:
            if problem.code in _ENDED:
                self._forget(current)
                raise SignInNeeded(self._store.logs_in_with) from problem
            if problem.code == "second_step_due":
                self._note_due(current)
                raise SignInNeeded(self._store.logs_in_with, due=True) from problem
            raise
        with self._store.transaction():
            # Another program may have gone on from here already; its newer tokens stay.
            if self._kept("backend_refresh") == current:
                self._write({**_of(tokens), "backend_next": ""})
        return tokens.access

    def auth(self) -> httpx2.Auth:
        """The Auth for an httpx2 client of this backend."""
        import httpx2

        login = self

        class _Bearer(httpx2.Auth):
            def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
                token = login.token()
                request.headers["Authorization"] = f"Bearer {token}"
                response = yield request
                if response.status_code == 401:
                    request.headers["Authorization"] = f"Bearer {login.renewed(token)}"
                    yield request

        return _Bearer()

    def _rotation(self, refused: str) -> tuple[str, str]:
        """The refresh token to present and the one to follow it, which is on disk before it is sent.

        Where another program renewed the refused token meanwhile: '' and the access token that it got.
        """
        with self._store.transaction():
            current = self._kept("backend_refresh")
            if not current:
                raise SignInNeeded(self._store.logs_in_with)
            access = self._kept("backend_access")
            if access and access != refused:
                return "", access
            following = self._kept("backend_next")
            if not following:
                following = f"{self._kept('backend_session')}.{secrets.token_urlsafe(32)}"
                self._write({"backend_next": following})
            return current, following

    def _note_due(self, current: str) -> None:
        """Keep that a code is due, once: each write wakes the other threads and programs of the profile."""
        if self._kept(_DUE):
            return
        with self._store.transaction():
            if self._kept("backend_refresh") == current:
                self._write({_DUE: "1"})

    def _forget(self, current: str) -> None:
        with self._store.transaction():
            if self._kept("backend_refresh") == current:
                forget(self._store.con, _TOKENS)

    def _account_api(self) -> AccountApi:
        if self._api is None:
            from hrtui.sync.account_api import AccountApi

            link = link_of(self._store)
            if link is None:
                raise SignInNeeded(self._store.logs_in_with)
            self._api = AccountApi(link.url, link.ca_file)
        return self._api

    def _kept(self, name: str) -> str:
        return value_of(self._store.con, name) or ""

    def _write(self, values: dict[str, str]) -> None:
        remember(self._store.con, values)


def _of(tokens: Tokens) -> dict[str, str]:
    until = clock.seconds() + tokens.expires_in
    mark = {_MARK: tokens.device_mark} if tokens.device_mark else {}
    return mark | {
        "backend_access": tokens.access,
        "backend_access_until": str(until),
        "backend_refresh": tokens.refresh,
        "backend_session": tokens.session_id,
    }


def _put(store: Store, values: dict[str, str]) -> None:
    with store.transaction():
        remember(store.con, values)
