"""The account calls of the backend over HTTP: activating, logging in, devices, second factors.

Each method is one request. They raise BackendError (a StoreError: one sentence for the clerk) where the
backend refuses or does not answer. Nothing here keeps anything; `hrtui.sync.session` keeps the tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2

from hrtui.i18n import t
from hrtui.sync.backend_errors import BackendError, refusal

PROTOCOL = "1"
SECONDS = 15.0
"""How long one request may take."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom an invitation is for; `password_set` says that the password was chosen already."""

    name: str
    display_name: str
    language: str
    employers: tuple[str, ...]
    password_set: bool
    own_words: tuple[str, ...] = ()
    """What must not make up the password: the employers' names and the user's own."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How far setting up the second factors is; `factors` holds those of `app` and `sms` that are ready."""

    challenge: str
    factors: tuple[str, ...]
    backup_codes_saved: bool
    sms_possible: bool
    sms_number: str = ""
    methods: tuple[str, ...] = ()
    """The second steps of which `confirm_change` takes one before anything is changed."""


@dataclass(frozen=True, slots=True)
class AppSecret:
    """A new secret for an authenticator app: to type in, and as the address that the QR code carries."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class SentSms:
    """An SMS on its way to a number (shown in part); the next may be asked for after `wait` seconds."""

    number: str
    wait: int
    left: int


@dataclass(frozen=True, slots=True)
class LoginChallenge:
    """A password was right; `methods` are the second steps that exist: `app`, `sms`, `backup`."""

    challenge: str
    methods: tuple[str, ...]
    sms_number: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a device gets at log-in; the access token works `expires_in` seconds."""

    access: str
    refresh: str
    expires_in: int
    session_id: str
    backup_codes_left: int = 0
    device_mark: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """An employer at the backend and the roles that the user has there."""

    tenant_id: int
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Who is logged in, where they may work and what they log in with."""

    name: str
    display_name: str
    email: str
    language: str
    factors: tuple[str, ...]
    sms_number: str
    backup_codes_left: int
    employers: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Device:
    """A log-in that is still valid; times are ISO 8601 in UTC."""

    id: str
    name: str
    created_at: str
    last_used_at: str
    address: str
    current: bool


def backend_url(text: str) -> str:
    """The address of a backend as typed, made whole: `payroll.example.org` is https, a trailing slash goes.

    Raises BackendError for what is no address, and for plain HTTP to another computer, where passwords could
    be read on the way.
    """
    plain = text.strip().rstrip("/")
    whole = plain if "://" in plain else f"https://{plain}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
        usable = parts.scheme in ("http", "https") and bool(host) and (parts.port or 1) > 0
    except ValueError:
        usable, host = False, ""
    if not usable or any(sign.isspace() for sign in whole) or parts.query or parts.fragment or parts.username:
        raise BackendError(
            "address", t("This is not the address of a backend; write it as https://hr.example.org.")
        )
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise BackendError(
            "address", t("Passwords do not go over plain http. Give an address with https://.")
        )
    return whole


def http_client(url: str, ca_file: Path | None = None, **more: Any) -> httpx2.Client:
    """An HTTP client for this backend: certificates verified (by `ca_file` where given), never redirected.

    Raises BackendError where `ca_file` is not usable.
    """
    import ssl

    # Plain HTTP goes to this computer only, so through no proxy of the environment; reading all trusted
    # certificates for it would take 0.1 s.
    encrypted = not url.startswith("http://")
    verify: ssl.SSLContext | bool = encrypted
    if ca_file is not None:
        try:
            verify = ssl.create_default_context(cafile=str(ca_file))
        except (OSError, ssl.SSLError) as problem:
            raise BackendError(
                "ca_file", t("The certificate file {file} cannot be used.", file=ca_file)
            ) from problem
    options = {"timeout": SECONDS, "headers": {"Hrtui-Protocol": PROTOCOL}, "trust_env": encrypted, **more}
    return httpx2.Client(base_url=url, verify=verify, **options)


def checked(response: httpx2.Response) -> dict[str, Any]:
    """The JSON object of a good answer; raises BackendError for any other."""
    try:
        body = response.json() if response.content else {}
    except ValueError:
        body = None
    if response.is_success and isinstance(body, dict):
        return body
    code = body.get("code") if isinstance(body, dict) else None
    if not isinstance(code, str):
        raise refusal("answer")
    assert isinstance(body, dict)
    wait = response.headers.get("Retry-After", "")
    text = ""
    if code == "weak_password":
        from hrtui.account_wording import weakness_text
        from hrtui.domain.accounts.passwords import Weakness

        text = weakness_text(Weakness(str(body.get("weakness", "guessable"))))
    raise refusal(code, int(wait) if wait.isdecimal() else 0, text)


def failed(problem: httpx2.HTTPError) -> BackendError:
    """The error for a request that got no answer."""
    if "CERTIFICATE_VERIFY_FAILED" in str(problem):
        return BackendError(
            "certificate",
            t("The backend's certificate is not trusted here: give its authority's file (--ca-file)."),
        )
    return refusal("offline")


@dataclass
class AccountApi:
    """The account calls at one backend; use it in a `with`, or `close` it."""

    url: str
    ca_file: Path | None = None
    transport: httpx2.BaseTransport | None = None
    _client: httpx2.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._client = http_client(self.url, self.ca_file, transport=self.transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    # -- activating, and setting up second factors

    def invitation(self, token: str) -> Invitation:
        """What an invitation token is for."""
        got = self._post("activation", token=token)
        return Invitation(
            got["name"], got["display_name"], got["language"], tuple(got["employers"]), got["password_set"],
            tuple(got["own_words"]),
        )  # fmt: skip

    def choose_password(self, token: str, password: str) -> Enrolment:
        """Set the account's password, or give the one that was set before to go on."""
        return _enrolment(self._post("activation/password", token=token, password=password))

    def change_factors(self, access: str, password: str) -> Enrolment:
        """Begin to add or remove factors of the account that is logged in."""
        return _enrolment(self._post("enrolment", access, password=password))

    def confirm_change(self, challenge: str, method: str, code: str) -> Enrolment:
        """Give a second step, so that factors may be changed."""
        return _enrolment(self._post("enrolment/code", challenge=challenge, method=method, code=code))

    def new_app(self, challenge: str) -> AppSecret:
        """A fresh secret for an authenticator app; it counts once a code confirmed it."""
        got = self._post("enrolment/app", challenge=challenge)
        return AppSecret(got["secret"], got["uri"])

    def confirm_app(self, challenge: str, code: str) -> Enrolment:
        """Take the app's first code."""
        return _enrolment(self._post("enrolment/app/confirm", challenge=challenge, code=code))

    def new_sms(self, challenge: str, number: str) -> SentSms:
        """Send a code to a mobile number."""
        return _sent(self._post("enrolment/sms", challenge=challenge, number=number))

    def confirm_sms(self, challenge: str, code: str) -> Enrolment:
        """Take the code that the SMS brought."""
        return _enrolment(self._post("enrolment/sms/confirm", challenge=challenge, code=code))

    def remove_factor(self, challenge: str, factor: str) -> Enrolment:
        """Take `app` or `sms` away."""
        return _enrolment(self._post("enrolment/remove", challenge=challenge, factor=factor))

    def backup_codes(self, challenge: str) -> tuple[str, ...]:
        """Ten new backup codes; those of before stop working when `finish` confirms these."""
        return tuple(self._post("enrolment/backup-codes", challenge=challenge)["codes"])

    def finish(self, challenge: str, device: str, replaces: str = "") -> Tokens | None:
        """Confirm that the backup codes are saved; at an activation this logs in, else it gives None."""
        got = self._post(
            "enrolment/finish", challenge=challenge, saved=True, device=device, replaces=replaces
        )
        return _tokens(got) if got.get("access_token") else None

    # -- logging in

    def login(self, name: str, password: str, device_mark: str = "") -> LoginChallenge:
        """The first step of a log-in; `device_mark` is what this device got at the one before."""
        mark = {"device_mark": device_mark} if device_mark else {}
        return _challenge(self._post("login", name=name, password=password, **mark))

    def login_again(self, refresh_token: str) -> LoginChallenge:
        """The second step alone, where the backend asks for it again; `login_code` follows."""
        return _challenge(self._post("login/again", refresh_token=refresh_token))

    def send_sms(self, challenge: str) -> SentSms:
        """Send the SMS of a log-in, or send it again."""
        return _sent(self._post("login/sms", challenge=challenge))

    def login_code(self, challenge: str, method: str, code: str, device: str, replaces: str = "") -> Tokens:
        """The second step: a code of `app`, `sms` or `backup`; `device` is this one's name in lists.

        `replaces` is the id of the log-in that this device had before, which ends.
        """
        words = {"challenge": challenge, "method": method, "code": code}
        return _tokens(self._post("login/code", **words, device=device, replaces=replaces))

    def refresh(self, refresh_token: str, next_token: str) -> Tokens:
        """New access; the client chose the next refresh token, so that a lost answer can be retried."""
        got = self._post("refresh", refresh_token=refresh_token, next_refresh_token=next_token)
        return Tokens(got["access_token"], next_token, got["expires_in"], got["session_id"])

    def logout(self, access: str) -> None:
        """End this device's log-in at the backend."""
        self._post("logout", access)

    # -- the account

    def me(self, access: str) -> Account:
        """Who is logged in."""
        got = self._call("GET", "me", access)
        return Account(
            got["name"], got["display_name"], got["email"], got["language"], tuple(got["factors"]),
            got["sms_number"], got["backup_codes_left"],
            tuple(Membership(one["id"], one["name"], tuple(one["roles"])) for one in got["employers"]),
        )  # fmt: skip

    def devices(self, access: str) -> tuple[Device, ...]:
        """The devices that are logged in, the one used last first."""
        return tuple(Device(**one) for one in self._call("GET", "sessions", access)["sessions"])

    def revoke(self, access: str, device_id: str) -> None:
        """Log another device (or this one) out."""
        self._call("DELETE", f"sessions/{device_id}", access)

    def change_password(self, access: str, old: str, new: str) -> None:
        """Change the password; other devices are logged out."""
        self._post("password", access, old=old, new=new)

    def ask_reset(self, name: str) -> None:
        """Ask for an e-mail with a token to choose a new password; never tells whether the account exists."""
        self._post("reset", name=name)

    def reset_password(self, token: str, password: str) -> str:
        """Choose a new password with the token of that e-mail; returns the user name.

        Logs all devices out.
        """
        return str(self._post("reset/password", token=token, password=password)["name"])

    # -- requests

    def _post(self, path: str, access: str = "", **body: object) -> dict[str, Any]:
        return self._call("POST", path, access, body)

    def _call(
        self, method: str, path: str, access: str = "", body: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {access}"} if access else {}
        try:
            answer = self._client.request(method, f"/v1/auth/{path}", json=body, headers=headers)
        except httpx2.HTTPError as problem:
            raise failed(problem) from problem
        try:
            return checked(answer)
        except KeyError as problem:
            raise refusal("answer") from problem


def _enrolment(got: dict[str, Any]) -> Enrolment:
    return Enrolment(
        got["challenge"],
        tuple(got["factors"]),
        got["backup_codes_saved"],
        got["sms_possible"],
        got["sms_number"],
        tuple(got["methods"]),
    )


def _challenge(got: dict[str, Any]) -> LoginChallenge:
    return LoginChallenge(got["challenge"], tuple(got["methods"]), got["sms_number"])


def _sent(got: dict[str, Any]) -> SentSms:
    return SentSms(got["number"], got["wait"], got["left"])


def _tokens(got: dict[str, Any]) -> Tokens:
    return Tokens(
        got["access_token"],
        got["refresh_token"],
        got["expires_in"],
        got["session_id"],
        got["backup_codes_left"],
        # A backend of an earlier version gives none.
        got.get("device_mark", ""),
    )
