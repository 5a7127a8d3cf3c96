"""What the steps of activating and logging in know together, and what they end with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hrtui.i18n import t
from hrtui.screens.account.step import Blank, StepScreen
from hrtui.sync.session import Link, keep_login, link_of
from hrtui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from hrtui.screens.session import Session
    from hrtui.sync.account_api import AccountApi, Enrolment, Tokens

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a backend that a flow goes: its address, the certificate file and the user name."""

    url: str
    ca_file: Path | None = None
    user: str = ""

    def call(self, request: Callable[[AccountApi], Result]) -> Result:
        """One request to the backend, on a connection of its own; raises BackendError."""
        from hrtui.sync.account_api import AccountApi

        with AccountApi(self.url, self.ca_file) as api:
            return request(api)


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Setting up second factors: the way, and how far it is."""

    way: Way
    state: Enrolment

    def at(self, state: Enrolment) -> Enrolling:
        """The same, further on."""
        return replace(self, state=state)


def known_way(session: Session) -> Way:
    """The backend that the profile has, as far as it has one."""
    link = link_of(session.store)
    return Way(link.url, link.ca_file, link.user) if link else Way("")


def finished(step: StepScreen, way: Way, tokens: Tokens) -> None:
    """Keep the log-in, close the step and say so; the sync goes on by itself."""
    keep_login(step.session.store, Link(way.url, way.user, way.ca_file), tokens)
    keymap = step.session.keymap
    keys = f"{keymap.label('app.screens')} {keymap.label('screens.employers')}"
    text = t("You are logged in. Your employers are being fetched: see them with {key}.", key=keys)
    if 0 < tokens.backup_codes_left < 3:
        text = t("You are logged in. Backup codes left: {n}. Make new ones soon.", n=tokens.backup_codes_left)
    step.close_telling(text)


def certificate_blank(text: str = "") -> Blank:
    """The line for the certificate of an authority of one's own, which most backends do without."""
    return Blank(t("Certificate file (mostly empty):"), optional=True, edit=LineEdit(text))


def certificate_in(text: str) -> Path | None:
    """The file that was typed there."""
    return Path(text).expanduser().absolute() if text else None
