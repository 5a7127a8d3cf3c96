"""The texts of e-mails and SMS, in the language of the user."""

from __future__ import annotations

from datetime import UTC, datetime

from hrtui.domain.accounts.codes import ISSUER
from hrtui.i18n import N_, text_in

INVITED = (
    N_("Your hrtui account"),
    N_(
        "Hello {person}\n\n"
        "An account was made for you at {employers}. Your user name is {name}.\n\n"
        "Activate it: type this in a terminal where hrtui is installed,\n\n"
        "    hrtui activate {url}\n\n"
        "and paste this token when it asks for it:\n\n"
        "    {token}\n\n"
        "You choose a password, and a second step by authenticator app or SMS. Keep your phone at hand.\n"
        "The token works until {until} (UTC) and for you only: do not pass it on.\n"
    ),
)
AGAIN = (
    N_("Set up your second step again"),
    N_(
        "Hello {person}\n\n"
        "The second step of your hrtui account {name} was reset at your request or by your administrator.\n\n"
        "Set it up again: type this in a terminal where hrtui is installed,\n\n"
        "    hrtui activate {url}\n\n"
        "and paste this token when it asks for it:\n\n"
        "    {token}\n\n"
        "It asks for your password, which is still the same. The token works until {until} (UTC).\n"
        "If you did not expect this, call your administrator.\n"
    ),
)
RESET = (
    N_("A new password for hrtui"),
    N_(
        "Hello {person}\n\n"
        "A new password was asked for your hrtui account {name}. Choose it: type\n\n"
        "    hrtui login --reset {url}\n\n"
        "and paste this token when it asks for it:\n\n"
        "    {token}\n\n"
        "The token works until {until} (UTC). If you did not ask for this, do nothing: your password stays.\n"
    ),
)
CHANGED = (
    N_("Your hrtui account was changed"),
    N_("Hello {person}\n\n{what}\n\nIf that was not you, call your administrator at once.\n"),
)
PASSWORD_CHANGED = N_("The password of your hrtui account {name} was changed.")
FACTORS_CHANGED = N_("The second steps or backup codes of your hrtui account {name} were changed.")
BACKUP_USED = N_("A backup code of your hrtui account {name} was used; {n} are left.")

_SMS = N_("{code} is your {issuer} code. It works for 5 minutes. Never pass it on.")


def letter(kind: tuple[str, str], language: str, **values: object) -> tuple[str, str]:
    """Subject and body of one of the letters above."""
    return text_in(language, kind[0]), text_in(language, kind[1], **values)


def told(what: str, language: str, person: str, **values: object) -> tuple[str, str]:
    """Subject and body that tell a user what was changed."""
    return letter(CHANGED, language, person=person, what=text_in(language, what, **values))


def sms_code(language: str, code: str) -> str:
    """The text of an SMS; the code comes first, where phones show it without opening the message."""
    return text_in(language, _SMS, code=code, issuer=ISSUER)


def moment_text(moment: int) -> str:
    """A moment in UTC as all three languages read it: 2026-11-21 14:30."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}"
