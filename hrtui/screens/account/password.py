"""Changing the password and the second steps of an account that is logged in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hrtui.account_wording import METHODS
from hrtui.i18n import t
from hrtui.screens.account.account import at_backend
from hrtui.screens.account.activate import password_note, password_problem
from hrtui.screens.account.connecting import Enrolling, Way
from hrtui.screens.account.log_in import CodeScreen, second_step
from hrtui.screens.account.second_step import BackupCodesScreen, next_step
from hrtui.screens.account.step import Blank, StepScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.sync.session import Link, link_of

if TYPE_CHECKING:
    from hrtui.sync.account_api import Enrolment


class ChangePasswordScreen(StepScreen):
    """The password now, and a new one twice."""

    def heading(self) -> str:
        """The top line."""
        return t("Change the password")

    def explanation(self) -> list[str]:
        """What follows from it."""
        return [
            t("Your other devices are logged out. A profile that opens with the same password follows."),
        ]

    def first_blanks(self) -> list[Blank]:
        """Three hidden lines."""
        return [
            Blank(t("Password now:"), secret=True),
            Blank(t("New password:"), secret=True),
            Blank(t("Again:"), secret=True),
        ]

    def note(self) -> str:
        """How strong the new one is, while it is typed."""
        return password_note(self.blanks[1].edit.text, ())

    def submit(self) -> None:
        """Hand them over, if both are the same."""
        link = link_of(self.session.store)
        old, new = self.text(0), self.text(1)
        self.message = password_problem(new, self.text(2), ())
        if self.message or link is None:
            self.at = 1
            return
        self.ask(lambda: _change(self.session, link, old, new), self._changed)

    def refused(self, problem: StoreError) -> None:
        """They are typed anew."""
        super().refused(problem)
        self.blanks, self.at = self.first_blanks(), 0

    def _changed(self, profile_too: bool) -> None:
        if profile_too:
            self.close_telling(t("Account and profile have the new password."))
        else:
            self.close_telling(t("The account has the new password. This profile keeps its own."))


class FactorsScreen(StepScreen):
    """The password once more and a code; then what to change of the second steps."""

    def heading(self) -> str:
        """The top line."""
        return t("Second steps")

    def explanation(self) -> list[str]:
        """Why it asks."""
        return [
            t("Type the password of your account once more: this decides who can log in."),
            t("A code follows. Without your phone, take a backup code."),
        ]

    def first_blanks(self) -> list[Blank]:
        """The password."""
        return [Blank(t("Password:"), secret=True)]

    def submit(self) -> None:
        """Ask the backend whether it is right."""
        link = link_of(self.session.store)
        password = self.text(0)
        if link is not None:
            self.ask(
                lambda: at_backend(
                    self.session, link, lambda api, token: api.change_factors(token, password)
                ),
                lambda state: self._may(link, state),
            )

    def refused(self, problem: StoreError) -> None:
        """It is typed anew."""
        super().refused(problem)
        self.blanks = self.first_blanks()

    def _may(self, link: Link, state: Enrolment) -> None:
        from hrtui.sync.account_api import LoginChallenge

        way = Way(link.url, link.ca_file, link.user)
        if not state.methods:
            self.go_on(_menu(self.session, Enrolling(way, state)))
            return
        asked = LoginChallenge(state.challenge, state.methods, state.sms_number)
        self.go_on(second_step(self.session, way, asked, partial(_confirm, way, state.challenge)))


class RemovingScreen(StepScreen):
    """Taking a second step away."""

    def __init__(self, session: Session, now: Enrolling, factor: str) -> None:
        self._now, self._factor = now, factor
        super().__init__(session)

    def heading(self) -> str:
        """The top line."""
        return t("Second steps")

    def on_mount(self) -> None:
        """Nothing more is asked."""
        super().on_mount()
        challenge, factor = self._now.state.challenge, self._factor
        self.ask(
            lambda: self._now.way.call(lambda api: api.remove_factor(challenge, factor)),
            lambda _: self.close_telling(
                t("{method} is no second step any more.", method=t(METHODS[factor]))
            ),
        )

    def submit(self) -> None:
        """Nothing is to be filled in."""
        self.close()


def _confirm(way: Way, challenge: str, step: CodeScreen, method: str, code: str) -> None:
    """Hand the code over; then the menu of what to change opens."""
    step.ask(
        lambda: way.call(lambda api: api.confirm_change(challenge, method, code)),
        lambda state: step.go_on(_menu(step.session, Enrolling(way, state))),
    )


def _menu(session: Session, now: Enrolling) -> MenuScreen:
    menu = MenuScreen(session, t("Second steps"), [])

    def add() -> None:
        menu.app.push_screen(next_step(session, now))

    def codes() -> None:
        menu.app.push_screen(BackupCodesScreen(session, now))

    def remove(factor: str) -> None:
        menu.app.push_screen(RemovingScreen(session, now, factor))

    items = [Item(t("New backup codes"), t("those of before stop working"), codes)]
    if len(now.state.factors) < (2 if now.state.sms_possible else 1):
        items.insert(0, Item(t("Add another…"), t("app or SMS"), add))
    if len(now.state.factors) > 1:
        for factor in now.state.factors:
            label = t("Remove: {method}", method=t(METHODS[factor]))
            items.append(Item(label, t("the other one stays"), partial(remove, factor)))
    menu.items = items
    menu.about = [t("Set up now: {factors}", factors=", ".join(t(METHODS[one]) for one in now.state.factors))]
    return menu


def _change(session: Session, link: Link, old: str, new: str) -> bool:
    """Change the account's password, and the profile's where that is the same; says whether it was."""
    from hrtui.store.errors import WrongPassword
    from hrtui.store.keys import change_password, needs_password, read_key
    from hrtui.store.profile import Profile

    at_backend(session, link, lambda api, token: api.change_password(token, old, new))
    folder = session.store.folder
    profile = Profile(folder.name, folder)
    if not needs_password(profile):
        return False
    try:
        change_password(profile, read_key(profile, old), new)
    except WrongPassword:
        return False
    return True
