"""Activating an account on the screen: the token of the invitation, then the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrtui.account_wording import strength_text, weakness_text
from hrtui.i18n import t
from hrtui.screens.account.connecting import Enrolling, Way, certificate_blank, certificate_in, known_way
from hrtui.screens.account.step import Blank, StepScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from hrtui.sync.account_api import Enrolment, Invitation


class ActivateScreen(StepScreen):
    """The first step: which backend, and the token that was e-mailed."""

    def __init__(self, session: Session) -> None:
        self._known = known_way(session)
        super().__init__(session)
        self.at = 1 if self._known.url else 0

    def heading(self) -> str:
        """The top line."""
        return t("Activate your account")

    def explanation(self) -> list[str]:
        """Where both are."""
        return [
            t("The e-mail that invites you has the address of the backend and a token. Paste both here."),
            t("Employers that you keep on this computer already stay here only, as before."),
        ]

    def first_blanks(self) -> list[Blank]:
        """Address and token; the certificate is for backends with one of their own."""
        return [
            Blank(t("Backend:"), edit=LineEdit(self._known.url)),
            Blank(t("Token:")),
            certificate_blank(str(self._known.ca_file or "")),
        ]

    def submit(self) -> None:
        """Ask whom the token is for."""
        from hrtui.sync.account_api import backend_url

        token = self.text(1)
        way = Way(backend_url(self.text(0)), certificate_in(self.text(2)))
        if self._known.url and way.url != self._known.url:
            self.message = t("This profile belongs to {url}.", url=self._known.url)
            return
        self.ask(
            lambda: way.call(lambda api: api.invitation(token)),
            lambda invited: self._invited(way, token, invited),
        )

    def _invited(self, way: Way, token: str, invited: Invitation) -> None:
        if self._known.user and invited.name != self._known.user:
            self.message = t("This profile is of “{name}”.", name=self._known.user)
            return
        user = Way(way.url, way.ca_file, invited.name)
        self.go_on(PasswordScreen(self.session, user, token, invited))


class PasswordScreen(StepScreen):
    """The second step: a password of one's own, or the one that was chosen when this was begun before."""

    def __init__(self, session: Session, way: Way, token: str, invited: Invitation) -> None:
        self._way, self._token, self._invited = way, token, invited
        super().__init__(session)

    def heading(self) -> str:
        """The top line."""
        return t("Activate your account: password")

    def explanation(self) -> list[str]:
        """Who it is, and what to do."""
        invited = self._invited
        welcome = t("Welcome, {person}.", person=invited.display_name)
        name = t("Your user name is “{name}”: remember it.", name=invited.name)
        if invited.password_set:
            task = t("Type the password that you chose when you began with this.")
        else:
            task = t("Choose a password: a few words that do not belong together make a good one.")
        return [f"{welcome} {name}", task]

    def first_blanks(self) -> list[Blank]:
        """Once for the one of before, twice for a new one."""
        first = Blank(t("Password:"), secret=True)
        return [first] if self._invited.password_set else [first, Blank(t("Again:"), secret=True)]

    def note(self) -> str:
        """How strong it is, while it is typed."""
        if self._invited.password_set:
            return ""
        return password_note(self.blanks[0].edit.text, self._invited.own_words)

    def submit(self) -> None:
        """Hand it over, if both are the same."""
        password = self.text(0)
        if not self._invited.password_set:
            self.message = password_problem(password, self.text(1), self._invited.own_words)
            if self.message:
                self.at = 0
                return
        self.ask(lambda: self._way.call(lambda api: api.choose_password(self._token, password)), self._chosen)

    def refused(self, problem: StoreError) -> None:
        """It is typed anew."""
        super().refused(problem)
        self.blanks, self.at = self.first_blanks(), 0

    def _chosen(self, state: Enrolment) -> None:
        from hrtui.screens.account.second_step import next_step

        self.go_on(next_step(self.session, Enrolling(self._way, state)))


def password_note(password: str, own_words: tuple[str, ...]) -> str:
    """How strong a new password is, in words; nothing while nothing is typed."""
    from hrtui.domain.accounts.passwords import strength

    return t("Strength: {words}", words=strength_text(strength(password, own_words))) if password else ""


def password_problem(password: str, again: str, own_words: tuple[str, ...]) -> str:
    """'' or why a new password cannot be taken."""
    from hrtui.domain.accounts.passwords import strength

    found = strength(password, own_words)
    if found.weakness is not None:
        return weakness_text(found.weakness)
    return "" if password == again else t("The two passwords differ. Type them again.")
