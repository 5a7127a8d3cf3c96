"""The e-mail that asks a new employee to fill in their own data."""

from __future__ import annotations

from hrtui.backend.accounts.letters import moment_text
from hrtui.i18n import N_, text_in

SUBJECT = N_("Your details for {employer}")
_BODY = N_(
    "Hello\n\n"
    "{clerk} of {employer} prepares your contract and asks you for your own details. Fill them in here:\n\n"
    "    {link}\n\n"
    "The link works once, until {until} (UTC), and is for you only: do not pass it on.\n"
    "Have your identity card and your bank card at hand.\n"
    "If you do not know {employer}, do nothing and delete this e-mail.\n"
)


def letter(language: str, employer: str, clerk: str, link: str, until: int) -> tuple[str, str]:
    """Subject and body; `until` is a moment in seconds since 1970."""
    employer, clerk = (" ".join(name.split()) for name in (employer, clerk))
    words = {"employer": employer, "clerk": clerk, "link": link, "until": moment_text(until)}
    return text_in(language, SUBJECT, employer=employer), text_in(language, _BODY, **words)
