"""Setting up second factors at a plain terminal: the QR code of an app, SMS, and backup codes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from hrtui.account_wording import METHODS, app_steps
from hrtui.cli import prompting
from hrtui.cli.session import say
from hrtui.i18n import t
from hrtui.sync.backend_errors import BackendError

if TYPE_CHECKING:
    from hrtui.sync.account_api import AccountApi, Enrolment

_MANY, _FEW, _NONE = "\x1b[38;5;16;48;5;231m", "\x1b[30;107m", "\x1b[7m"
"""Black on white, by the colours that the terminal has; without any, at least so on a dark one."""
_AS_BEFORE = "\x1b[0m"
_AGAIN = frozenset({"wrong_code", "code_expired", "bad_number", "sms_wait", "sms_failed"})
"""What one can try again at once or after a moment."""


def set_up(api: AccountApi, state: Enrolment) -> Enrolment:
    """Set up at least one second factor, then as many as the clerk wants; raises BackendError."""
    while True:
        missing = [name for name in _possible(state) if name not in state.factors]
        if state.factors and not missing:
            return state
        labels = [t(METHODS[name]) for name in missing]
        if state.factors:
            say(t("Add another second step? It helps when the phone or the app fails."))
            place = prompting.choice(t("Number, or Enter for no:"), labels, may_leave=True)
            if place < 0:
                return state
        elif len(missing) == 1:
            place = 0
        else:
            say(t("Which second step do you want when you log in?"))
            place = prompting.choice(t("Number:"), labels)
        state = (_add_app if missing[place] == "app" else _add_sms)(api, state)


def keep_backup_codes(api: AccountApi, challenge: str) -> None:
    """Show fresh backup codes until the clerk says that they are saved."""
    codes = api.backup_codes(challenge)
    say("\n" + t("Your backup codes. Each logs you in once, when your phone is lost:") + "\n")
    half = len(codes) // 2
    for left, right in zip(codes[:half], codes[half:], strict=True):
        say(f"    {left}    {right}")
    say("\n" + t("Write them down or print them, and keep them safe. They are not shown again."))
    while not prompting.yes(t("Have you saved them?")):
        pass


def print_code(uri: str, secret: str) -> None:
    """Draw the QR code black on white, with the secret as text beside it, within 80 columns and 24 lines."""
    from hrtui.domain.accounts.qr import half_blocks

    rows = half_blocks(uri)
    texts = app_steps(secret, 80 - len(rows[0]) - 3)
    many = "256" in os.environ.get("TERM", "") or bool(os.environ.get("COLORTERM"))
    colours = _NONE if os.environ.get("NO_COLOR") else _MANY if many else _FEW
    plain = not sys.stderr.isatty()
    for place, row in enumerate(rows):
        drawn = row if plain else f"{colours}{row}{_AS_BEFORE}"
        say(f"{drawn}  {texts[place] if place < len(texts) else ''}".rstrip())


def _possible(state: Enrolment) -> tuple[str, ...]:
    return ("app", "sms") if state.sms_possible else ("app",)


def _add_app(api: AccountApi, state: Enrolment) -> Enrolment:
    fresh = api.new_app(state.challenge)
    print_code(fresh.uri, fresh.secret)
    while True:
        code = prompting.needed(t("Code that the app shows:"))
        try:
            return api.confirm_app(state.challenge, code)
        except BackendError as problem:
            _again(problem)


def _add_sms(api: AccountApi, state: Enrolment) -> Enrolment:
    number = _send_to(api, state.challenge, "")
    while True:
        code = prompting.line(t("Code of the SMS (Enter for another number or SMS):"))
        try:
            if code:
                return api.confirm_sms(state.challenge, code)
            number = _send_to(api, state.challenge, number)
        except BackendError as problem:
            _again(problem)


def _send_to(api: AccountApi, challenge: str, before: str) -> str:
    """Have an SMS sent; that of `before` still counts where no other may follow yet."""
    while True:
        if before:
            number = prompting.line(t("Mobile number (Enter for {number} again):", number=before)) or before
        else:
            number = prompting.needed(t("Mobile number with its country, as +32 470 12 34 56:"))
        try:
            sent = api.new_sms(challenge, number)
        except BackendError as problem:
            if before and problem.code in ("sms_wait", "sms_limit"):
                say(problem.text)
                return before
            _again(problem)
            continue
        say(t("An SMS with a code is on its way to {number}.", number=sent.number))
        return sent.number


def _again(problem: BackendError) -> None:
    """Tell why, and go on; raises the problem again where trying again is of no use."""
    if problem.code not in _AGAIN:
        raise problem
    say(problem.text)
