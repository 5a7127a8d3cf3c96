"""The account at the backend: logging in and out, password, second steps and devices."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from hrtui.account_wording import METHODS, ROLES
from hrtui.i18n import t
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.sync.session import Link, Login, code_due, link_of, logged_in
from hrtui.wording import told_of

if TYPE_CHECKING:
    from hrtui.screens.base import KeyScreen
    from hrtui.sync.account_api import Account, AccountApi

Result = TypeVar("Result")
_WIDTH = 76
"""Of what there is to read: it fits the smallest usual terminal."""


class AccountScreen(MenuScreen):
    """What can be done with the account, and below it what the backend says about it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, t("Account"), [])
        self._read()

    def on_mount(self) -> None:
        """Ask the backend, without waiting for it."""
        super().on_mount()
        if self._in and self._link is not None:
            self.run_worker(self._ask(self._link))

    def _read(self) -> None:
        """What the profile says of its log-in."""
        self._link, self._in = link_of(self.session.store), logged_in(self.session.store)
        self._due = code_due(self.session.store)
        self.about = self._first_lines()
        self.items = self._when_in() if self._in else self._when_out()

    def _first_lines(self) -> list[str]:
        if _is_demo(self.session):
            text = t("The sample employer stays on this computer. Make a profile of your own: `hrtui init`.")
            return textwrap.wrap(text, _WIDTH)
        if self._link is None:
            text = t(
                "This profile is on this computer only. With an account at your employer's backend, "
                "colleagues see each other's entries, and months are forwarded from there."
            )
            return textwrap.wrap(text, _WIDTH)
        lines = [t("Backend: {url}", url=self._link.url), t("User name: {name}", name=self._link.user)]
        if self._due:
            lines.append(t("The backend asks for a code again. What you enter is kept here until then."))
        elif not self._in:
            lines.append(t("You are not logged in. What you enter is kept here until you are."))
        return lines

    def _when_out(self) -> list[Item]:
        if _is_demo(self.session):
            return [Item(t("Close"), "", lambda: None)]
        from hrtui.screens.account.activate import ActivateScreen
        from hrtui.screens.account.log_in import LogInScreen

        return [
            Item(t("Log in…"), t("with name, password and a code"), self._opener(LogInScreen)),
            Item(
                t("Activate an account…"), t("with the token of an invitation"), self._opener(ActivateScreen)
            ),
        ]

    def _when_in(self) -> list[Item]:
        from hrtui.screens.account.devices import DevicesScreen
        from hrtui.screens.account.log_in import AgainScreen
        from hrtui.screens.account.password import ChangePasswordScreen, FactorsScreen

        if self._due:
            return [
                Item(t("Log in…"), t("with a code; the password is not needed"), self._opener(AgainScreen)),
                Item(t("Log out"), t("what is not sent yet stays here"), self._log_out),
            ]
        return [
            Item(t("Devices…"), t("where you are logged in; log one out"), self._opener(DevicesScreen)),
            Item(t("Change the password…"), t("of account and profile"), self._opener(ChangePasswordScreen)),
            Item(t("Second steps…"), t("app, SMS, new backup codes"), self._opener(FactorsScreen)),
            Item(t("Log out"), t("what is not sent yet stays here"), self._log_out),
        ]

    def _opener(self, screen: Callable[[Session], KeyScreen]) -> Callable[[], None]:
        def open_it() -> None:
            self.app.push_screen(screen(self.session))

        return open_it

    def _log_out(self) -> None:
        from hrtui.screens.account.devices import LogOutScreen

        self.app.push_screen(LogOutScreen(self.session))

    async def _ask(self, link: Link) -> None:
        try:
            account = await asyncio.to_thread(
                lambda: at_backend(self.session, link, lambda api, token: api.me(token))
            )
        except StoreError as problem:
            self._read()
            if self._in and not self._due:
                self.about = [*self.about, *textwrap.wrap(problem.text, _WIDTH)]
            self.cursor = min(self.cursor, len(self.items) - 1)
        else:
            self.about = [*self.about, "", *_in_words(account)]
        if self.is_current:
            self.draw()


def _is_demo(session: Session) -> bool:
    """Whether this is the profile that `hrtui demo` makes, and throws away on request."""
    return session.store.folder.name == "demo"


def at_backend(session: Session, link: Link, call: Callable[[AccountApi, str], Result]) -> Result:
    """One request with the log-in of this device; raises BackendError."""
    from hrtui.sync.account_api import AccountApi

    with AccountApi(link.url, link.ca_file) as api:
        return Login(session.store, api).call(api, call)


def _in_words(account: Account) -> list[str]:
    factors = ", ".join(t(METHODS[name]) for name in account.factors)
    if account.sms_number:
        factors = f"{factors} ({account.sms_number})"
    lines = [
        t("Name: {name}", name=account.display_name),
        t("Second steps: {factors}", factors=factors),
        t("Backup codes left: {n}", n=account.backup_codes_left),
        "",
    ]
    for one in account.employers:
        roles = ", ".join(t(ROLES.get(role, role)) for role in one.roles)
        lines.append(told_of(one.name, roles))
    return lines
