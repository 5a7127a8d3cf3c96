"""Logging in on the screen: address, name and password; then a code of the app, by SMS, or a backup code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from hrtui.account_wording import METHODS
from hrtui.i18n import N_, t
from hrtui.screens.account.connecting import (
    Way,
    certificate_blank,
    certificate_in,
    finished,
    known_way,
)
from hrtui.screens.account.step import Blank, StepScreen, code_of
from hrtui.screens.base import KeyScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.store.profile import program_for
from hrtui.sync.session import device_mark, device_name, login_again, session_id
from hrtui.widgets.hints import Hint
from hrtui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from hrtui.sync.account_api import LoginChallenge, SentSms

Then = Callable[["CodeScreen", str, str], None]
"""Something else than logging in that a code opens: given the screen, the method and the code."""


class LogInScreen(StepScreen):
    """The first step: which backend, who, and the password of the account."""

    def __init__(self, session: Session) -> None:
        self._known = known_way(session)
        super().__init__(session)
        self.at = next((place for place, blank in enumerate(self.blanks) if not blank.edit.text), 0)

    def heading(self) -> str:
        """The top line."""
        return t("Log in")

    def explanation(self) -> list[str]:
        """What it is for, and for whom not."""
        return [
            t("Log this computer in at your employer's backend. The password is that of your account there."),
            t("No account yet? Activate it with the token that was e-mailed to you (menu: Account)."),
        ]

    def first_blanks(self) -> list[Blank]:
        """What is known already stands there."""
        blanks = [
            Blank(t("Backend:"), edit=LineEdit(self._known.url)),
            Blank(t("User name:"), edit=LineEdit(self._known.user)),
            Blank(t("Password:"), secret=True),
        ]
        return blanks if self._known.url else [*blanks, certificate_blank()]

    def submit(self) -> None:
        """Ask the backend whether they go together."""
        from hrtui.sync.account_api import backend_url

        address, name, password = self.text(0), self.text(1), self.text(2)
        file = self._known.ca_file or (certificate_in(self.text(3)) if len(self.blanks) > 3 else None)
        way = Way(backend_url(address), file, name.casefold())
        if self._known.url and way.url != self._known.url:
            self.message = t("This profile belongs to {url}.", url=self._known.url)
            return
        if self._known.user and way.user != self._known.user:
            self.message = t("This profile is of “{name}”.", name=self._known.user)
            return
        mark = device_mark(self.session.store)
        self.ask(
            lambda: way.call(lambda api: api.login(name, password, mark)),
            lambda challenge: self._right(way, challenge),
        )

    def refused(self, problem: StoreError) -> None:
        """The password is typed anew; who has forgotten it is told how to get another."""
        super().refused(problem)
        self.blanks[2].edit = LineEdit()
        if code_of(problem) == "wrong_login":
            command = program_for(self.session.store.folder.name)
            forgotten = t("Forgotten? Leave hrtui and type `{command} login --reset`.", command=command)
            self.message = f"{self.message} {forgotten}"

    def _right(self, way: Way, challenge: LoginChallenge) -> None:
        self.go_on(second_step(self.session, way, challenge))


class AgainScreen(StepScreen):
    """Asking for the second step alone, where the backend wants it again."""

    def heading(self) -> str:
        """The top line."""
        return t("Log in")

    def on_mount(self) -> None:
        """Nothing is to be filled in."""
        super().on_mount()
        way, store = known_way(self.session), self.session.store
        self.ask(
            lambda: way.call(lambda api: login_again(store, api)), lambda found: self._opened(way, found)
        )

    def submit(self) -> None:
        """Nothing is to be filled in."""
        self.close()

    def _opened(self, way: Way, challenge: LoginChallenge | None) -> None:
        if challenge is None:
            self.go_on(LogInScreen(self.session))
        else:
            self.go_on(second_step(self.session, way, challenge))


class CodeScreen(StepScreen):
    """The second step of a log-in; `then` is what is done with the code in its place."""

    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("log in")),
        "form.more": (1, N_("another way, or the SMS again")),
        "app.back": (2, N_("leave")),
    }

    def __init__(
        self, session: Session, way: Way, challenge: LoginChallenge, method: str, then: Then | None = None
    ) -> None:
        self._way, self._challenge, self._method, self._then = way, challenge, method, then
        self._sent = ""
        super().__init__(session)

    def heading(self) -> str:
        """The top line."""
        if self._then is not None:
            return t("Second step: {method}", method=t(METHODS[self._method]))
        return t("Log in: {method}", method=t(METHODS[self._method]))

    def explanation(self) -> list[str]:
        """Where the code comes from."""
        return {
            "app": [t("Open the authenticator app on your phone and type the six digits for HRTUI.")],
            "sms": [self._sent or t("An SMS with a code is being sent.")],
            "backup": [t("Type one of the backup codes that you saved. Each works once.")],
        }[self._method]

    def hints(self) -> dict[str, Hint]:
        """Without a mobile number no SMS can come again."""
        if "sms" in self._challenge.methods:
            return self.words
        return self.words | {"form.more": (1, N_("another way"))}

    def first_blanks(self) -> list[Blank]:
        """The code."""
        return [Blank(t("Code:"))]

    def on_mount(self) -> None:
        """An SMS is sent at once."""
        super().on_mount()
        if self._method == "sms":
            token = self._challenge.challenge
            self.ask(lambda: self._way.call(lambda api: api.send_sms(token)), self._on_its_way)

    def submit(self) -> None:
        """Ask the backend whether it is right."""
        code, before = self.text(0), session_id(self.session.store)
        device = device_name(self.session.store.folder.name)
        challenge, method = self._challenge.challenge, self._method
        if self._then is not None:
            self._then(self, method, code)
            return
        self.ask(
            lambda: self._way.call(lambda api: api.login_code(challenge, method, code, device, before)),
            lambda tokens: finished(self, self._way, tokens),
        )

    def refused(self, problem: StoreError) -> None:
        """The code is typed anew; where no SMS may follow yet, that of before still counts."""
        super().refused(problem)
        self.blanks[0].edit = LineEdit()
        if self._method == "sms" and not self._sent:
            waits = code_of(problem) in ("sms_wait", "sms_limit")
            self._sent = t("The code of the SMS before still counts.") if waits else t("No SMS was sent.")

    def action_form_more(self) -> None:
        """Choose another way, or the SMS again."""
        self.go_on(methods(self.session, self._way, self._challenge, self._then))

    def _on_its_way(self, sent: SentSms) -> None:
        self._sent = t("An SMS with a code is on its way to {number}.", number=sent.number)


class ConfirmScreen(CodeScreen):
    """The second step before something else than logging in."""

    words: ClassVar[dict[str, Hint]] = {**CodeScreen.words, "form.enter": (1, N_("go on"))}


def _code_screen(
    session: Session, way: Way, challenge: LoginChallenge, method: str, then: Then | None
) -> CodeScreen:
    kind = CodeScreen if then is None else ConfirmScreen
    return kind(session, way, challenge, method, then)


def second_step(session: Session, way: Way, challenge: LoginChallenge, then: Then | None = None) -> KeyScreen:
    """The screen of the only second step there is besides a backup code, or the menu of them."""
    usual = [name for name in challenge.methods if name != "backup"]
    if len(usual) == 1:
        return _code_screen(session, way, challenge, usual[0], then)
    return methods(session, way, challenge, then)


def methods(session: Session, way: Way, challenge: LoginChallenge, then: Then | None = None) -> MenuScreen:
    """The menu of second steps."""
    helps = {
        "app": t("the code that it shows"),
        "sms": t("a code is sent to {number}", number=challenge.sms_number),
        "backup": t("when the phone is lost"),
    }
    menu = MenuScreen(session, t("Second step") if then else t("Log in: the second step"), [])

    def choose(method: str) -> None:
        menu.app.push_screen(_code_screen(session, way, challenge, method, then))

    menu.items = [Item(t(METHODS[name]), helps[name], partial(choose, name)) for name in challenge.methods]
    return menu
