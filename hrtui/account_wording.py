"""What is said about accounts: passwords in words, waiting, roles and second steps."""

from __future__ import annotations

import textwrap

from hrtui.domain.accounts.passwords import SHORTEST, Strength, Weakness
from hrtui.i18n import N_, t

_STRENGTH = (N_("very weak"), N_("weak"), N_("fair"), N_("good"), N_("strong"))

METHODS = {"app": N_("Authenticator app"), "sms": N_("SMS"), "backup": N_("Backup code")}
"""The second steps of a log-in."""

ROLES = {
    "clerk": N_("clerk"),
    "case_manager": N_("case manager"),
    "manager": N_("manager"),
    "auditor": N_("auditor"),
    "administrator": N_("administrator"),
}
"""What a user may be at an employer."""


def strength_text(found: Strength) -> str:
    """How strong a password is and, where it will not do, why: shown while it is typed."""
    words = t(_STRENGTH[found.score])
    return words if found.weakness is None else f"{words}. {weakness_text(found.weakness)}"


def weakness_text(weakness: Weakness) -> str:
    """Why a password will not do, and what would."""
    if weakness is Weakness.SHORT:
        return t("It needs at least {n} characters. A few words make a good one.", n=SHORTEST)
    if weakness is Weakness.LONG:
        return t("It is too long.")
    if weakness is Weakness.CONTEXT:
        return t("It is mostly a name, month, town or common word. Add words of your own.")
    return t("It is easy to guess. Add a word or two that do not belong together.")


def waiting_text(seconds: int) -> str:
    """That one has to wait, in seconds or minutes."""
    if seconds > 90:
        return t("Too many tries. Wait {n} minutes, then try again.", n=-(-seconds // 60))
    return t("Too many tries. Wait {n} seconds, then try again.", n=max(1, seconds))


def app_steps(secret: str, width: int) -> list[str]:
    """What to do with the QR code beside these lines, and the secret to type where it cannot be scanned."""
    parts = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    half = len(parts) // 2
    return [
        "",
        *textwrap.wrap(t("Open the authenticator app on your phone, add an account and scan this."), width),
        "",
        *textwrap.wrap(t("No camera? Type this in the app, as a key based on time:"), width),
        "",
        f"  {' '.join(parts[:half])}",
        f"  {' '.join(parts[half:])}",
        "",
        *textwrap.wrap(t("Then type the six digits that the app shows."), width),
    ]
