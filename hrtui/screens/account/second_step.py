"""Setting up second factors on the screen: which, the QR code of an app, SMS, and the backup codes."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from hrtui.account_wording import METHODS, app_steps
from hrtui.i18n import N_, t
from hrtui.screens.account.connecting import Enrolling, finished
from hrtui.screens.account.step import Blank, StepScreen, code_of
from hrtui.screens.base import KeyScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.sync.session import device_name, session_id
from hrtui.widgets.hints import Hint
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line

_BESIDE = 28
"""Columns that the words beside the QR code need."""

if TYPE_CHECKING:
    from hrtui.sync.account_api import AppSecret, Enrolment, SentSms, Tokens


def next_step(session: Session, now: Enrolling) -> KeyScreen:
    """The menu of what to set up; the backup codes where there is nothing more."""
    possible = ("app", "sms") if now.state.sms_possible else ("app",)
    missing = [name for name in possible if name not in now.state.factors]
    if now.state.factors and not missing:
        return BackupCodesScreen(session, now)
    menu = MenuScreen(session, t("Second step when you log in"), [])

    def choose(method: str) -> None:
        step = AppScreen(session, now) if method == "app" else NumberScreen(session, now)
        menu.app.push_screen(step)

    def no_more() -> None:
        menu.app.push_screen(BackupCodesScreen(session, now))

    helps = {"app": t("scan a code with your phone"), "sms": t("a code is sent to your mobile")}
    items = [Item(t(METHODS[name]), helps[name], partial(choose, name)) for name in missing]
    if now.state.factors:
        items.append(Item(t("No other second step"), t("on to the backup codes"), no_more))
        menu.about = [t("Another second step helps when the phone or the app fails.")]
    else:
        menu.about = [t("Besides the password, each log-in asks for a code that only you get.")]
    menu.items = items
    return menu


class AppScreen(StepScreen):
    """The QR code, black on white whatever the terminal's colours are, and the secret as text beside it."""

    words: ClassVar[dict[str, Hint]] = {"form.enter": (1, N_("go on")), "app.back": (1, N_("leave"))}

    def __init__(self, session: Session, now: Enrolling) -> None:
        self._now = now
        self._app: AppSecret | None = None
        super().__init__(session)

    def heading(self) -> str:
        """The top line."""
        return t("Authenticator app")

    def first_blanks(self) -> list[Blank]:
        """The code that the app shows."""
        return [Blank(t("Code:"))]

    def on_mount(self) -> None:
        """The backend makes the secret."""
        super().on_mount()
        challenge = self._now.state.challenge
        self.ask(lambda: self._now.way.call(lambda api: api.new_app(challenge)), self._made)

    def submit(self) -> None:
        """Ask the backend whether the code is right."""
        challenge, code = self._now.state.challenge, self.text(0)
        self.ask(lambda: self._now.way.call(lambda api: api.confirm_app(challenge, code)), self._right)

    def refused(self, problem: StoreError) -> None:
        """The code is typed anew."""
        super().refused(problem)
        self.blanks[0].edit = LineEdit()

    def _made(self, app: AppSecret) -> None:
        self._app = app

    def _right(self, state: Enrolment) -> None:
        self.go_on(next_step(self.session, self._now.at(state)))

    def explanation(self) -> list[str]:
        """The secret to type, where the window has no room for the code."""
        if self._app is None:
            return []
        room = t(
            "For the code to scan, this window must have at least {width}×{height}.", width=80, height=24
        )
        return [room, *app_steps(self._app.secret, self.size.width - 4)[3:]]

    def draw(self) -> None:
        """The code at the left edge, everything else beside it: 21 lines and 24 in all."""
        from hrtui.domain.accounts.qr import half_blocks

        rows = half_blocks(self._app.uri) if self._app is not None else ()
        if self._app is None or self.size.height < len(rows) + 2 or self.size.width < len(rows[0]) + _BESIDE:
            super().draw()
            return
        room = self.size.width - len(rows[0]) - 3
        blank = self.blanks[0]
        typed = blank.edit.text
        beside: list[Line] = [((f"  {text}", "plain"),) for text in app_steps(self._app.secret, room)]
        line = len(beside) + 2
        beside += [(), ((f"  {blank.label} ", "bold"), (typed, "plain"), (" ", "cursor"))]
        beside += [(), *(((f"  {text}", "warning"),) for text in textwrap.wrap(self.message, room))]
        beside += [()] * len(rows)
        drawn = [((row, "qr"), *beside[y]) for y, row in enumerate(rows)]
        self.show_lines(drawn, column=len(rows[0]) + cell_len(f"  {blank.label} {typed}"), row=line)


class NumberScreen(StepScreen):
    """The mobile number for SMS."""

    def __init__(self, session: Session, now: Enrolling, before: SentSms | None = None) -> None:
        self._now, self._before = now, before
        super().__init__(session)
        if before is not None:
            self.blanks[0].edit = LineEdit(before.number)

    def heading(self) -> str:
        """The top line."""
        return t("Codes by SMS")

    def explanation(self) -> list[str]:
        """How a number is written."""
        return [t("Your mobile number with its country, without the 0 after it: +32 470 12 34 56.")]

    def first_blanks(self) -> list[Blank]:
        """The number."""
        return [Blank(t("Mobile number:"))]

    def submit(self) -> None:
        """Have a code sent."""
        challenge, number = self._now.state.challenge, self.text(0)
        self.ask(lambda: self._now.way.call(lambda api: api.new_sms(challenge, number)), self._sent)

    def refused(self, problem: StoreError) -> None:
        """Where no other SMS may follow yet, the code of the one before still counts."""
        super().refused(problem)
        if self._before is not None and code_of(problem) in ("sms_wait", "sms_limit"):
            step = SmsCodeScreen(self.session, self._now, self._before)
            step.message = problem.text
            self.go_on(step)

    def _sent(self, sent: SentSms) -> None:
        self.go_on(SmsCodeScreen(self.session, self._now, sent))


class SmsCodeScreen(StepScreen):
    """The code that the SMS brought."""

    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("go on")),
        "form.more": (1, N_("another number, or the SMS again")),
        "app.back": (2, N_("leave")),
    }

    def __init__(self, session: Session, now: Enrolling, sent: SentSms) -> None:
        self._now, self._sent = now, sent
        super().__init__(session)

    def heading(self) -> str:
        """The top line."""
        return t("Codes by SMS")

    def explanation(self) -> list[str]:
        """Where it was sent."""
        return [t("An SMS with a code is on its way to {number}.", number=self._sent.number)]

    def first_blanks(self) -> list[Blank]:
        """The code."""
        return [Blank(t("Code:"))]

    def submit(self) -> None:
        """Ask the backend whether it is right."""
        challenge, code = self._now.state.challenge, self.text(0)
        self.ask(lambda: self._now.way.call(lambda api: api.confirm_sms(challenge, code)), self._right)

    def action_form_more(self) -> None:
        """Back to the number; the same one may be sent to again."""
        self.go_on(NumberScreen(self.session, self._now, self._sent))

    def refused(self, problem: StoreError) -> None:
        """The code is typed anew."""
        super().refused(problem)
        self.blanks[0].edit = LineEdit()

    def _right(self, state: Enrolment) -> None:
        self.go_on(next_step(self.session, self._now.at(state)))


class BackupCodesScreen(StepScreen):
    """Ten codes for the day on which the phone is lost; going on needs a yes that they are saved."""

    scopes: ClassVar[tuple[str, ...]] = ("dialog", "form")
    words: ClassVar[dict[str, Hint]] = {
        "dialog.yes": (1, N_("I have saved them")),
        "app.back": (2, N_("leave")),
    }

    def __init__(self, session: Session, now: Enrolling) -> None:
        self._now = now
        self._codes: tuple[str, ...] = ()
        super().__init__(session)

    def heading(self) -> str:
        """The top line."""
        return t("Backup codes")

    def explanation(self) -> list[str]:
        """The codes in two columns, and what to do with them."""
        if not self._codes:
            return []
        half = len(self._codes) // 2
        rows = zip(self._codes[:half], self._codes[half:], strict=True)
        key = self.session.keymap.label("dialog.yes")
        return [
            t("Each of these codes logs you in once, when your phone is lost:"),
            "",
            *(f"{left}\u00a0\u00a0\u00a0\u00a0{right}" for left, right in rows),
            "",
            t("Write them down or print them, and keep them safe. They are not shown again."),
            t("Type {key} once you have saved them.", key=key),
        ]

    def on_mount(self) -> None:
        """The backend makes the codes."""
        super().on_mount()
        challenge = self._now.state.challenge
        self.ask(lambda: self._now.way.call(lambda api: api.backup_codes(challenge)), self._made)

    def submit(self) -> None:
        """Enter alone is not enough."""
        self.action_dialog_no()

    def action_dialog_yes(self) -> None:
        """They are saved: that ends it."""
        if self._codes:
            challenge, before = self._now.state.challenge, session_id(self.session.store)
            device = device_name(self.session.store.folder.name)
            self.ask(
                lambda: self._now.way.call(lambda api: api.finish(challenge, device, before)),
                self._finished,
            )

    def action_dialog_no(self) -> None:
        """Wait until they are."""
        self.message = t("Type {key} once you have saved them.", key=self.session.keymap.label("dialog.yes"))

    def _made(self, codes: tuple[str, ...]) -> None:
        self._codes = codes

    def _finished(self, tokens: Tokens | None) -> None:
        if tokens is not None:
            finished(self, self._now.way, tokens)
        else:
            self.close_telling(t("Your second steps and backup codes are as you set them up."))
