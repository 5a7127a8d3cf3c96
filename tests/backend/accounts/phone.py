"""The phone of a test's clerk, and a clock that a test moves on."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from hrtui import clock
from hrtui.sync.account_api import AccountApi, Tokens
from hrtui.sync.backend_errors import BackendError
from tests.backend.accounts.service import PASSWORD, Service


@dataclass(frozen=True)
class Active:
    """An activated account: the app's secret, the tokens of its first device, its backup codes."""

    secret: str
    tokens: Tokens
    codes: tuple[str, ...]


class Moment:
    """What time it is for backend and client; `later` moves it on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0)
        patch.setattr(clock, "now", lambda: self.now)

    def later(self, seconds: int) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def app_code(secret: str, at: datetime) -> str:
    """What an authenticator app shows at that moment, by an independent program."""
    words = ["oathtool", "--totp", "-b", "--now", f"{at:%Y-%m-%d %H:%M:%S} UTC", secret]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def refused(call: Callable[..., object], *words: object) -> str:
    """The code with which the backend refuses a call."""
    with pytest.raises(BackendError) as found:
        call(*words)
    return found.value.code


def activated(backend: Service, api: AccountApi, moment: Moment, name: str = "an.peeters") -> Active:
    """A clerk with an authenticator app who is logged in."""
    challenge = api.choose_password(backend.invite(name), PASSWORD).challenge
    secret = api.new_app(challenge).secret
    api.confirm_app(challenge, app_code(secret, moment.now))
    codes = api.backup_codes(challenge)
    tokens = api.finish(challenge, "desk")
    assert tokens is not None
    moment.later(30)
    return Active(secret, tokens, codes)


def logged_in(api: AccountApi, active: Active, moment: Moment, device: str = "desk") -> Tokens:
    """Log another device in, in both steps."""
    begun = api.login("an.peeters", PASSWORD)
    tokens = api.login_code(begun.challenge, "app", app_code(active.secret, moment.now), device)
    moment.later(30)
    return tokens


def changing(api: AccountApi, active: Active, moment: Moment) -> str:
    """The challenge with which second steps are changed, once password and code were given."""
    begun = api.change_factors(active.tokens.access, PASSWORD)
    state = api.confirm_change(begun.challenge, "app", app_code(active.secret, moment.now))
    moment.later(30)
    return state.challenge
