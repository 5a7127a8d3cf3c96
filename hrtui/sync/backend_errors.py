"""What the backend refuses, each as one sentence for the clerk by the code that it answers with."""

from __future__ import annotations

from hrtui.account_wording import waiting_text
from hrtui.i18n import N_, t
from hrtui.store.errors import StoreError


class BackendError(StoreError):
    """The backend refused or did not answer; `code` is its word for it, `wait` how many seconds it asks for.

    The code is `offline` where no answer came, and `answer` where the answer was none of ours.
    """

    def __init__(self, code: str, text: str, wait: int = 0) -> None:
        super().__init__(text)
        self.code = code
        self.wait = wait


class SignInNeeded(BackendError):  # noqa: N818  (reads as what happened)
    """The backend does not accept this device's tokens any more, or there are none; with `due` until a code.

    `problem` says which, as in `status.problem_text`; `way` is the key or command that logs in.
    """

    def __init__(self, way: str, *, due: bool = False) -> None:
        super().__init__("sign_in", sign_in_text(way, due=due))
        self.problem = "second_step" if due else "sign_in"


def sign_in_text(way: str, *, due: bool = False) -> str:
    """That one has to log in, or to give a code again, by a `way` such as a key or a command."""
    if due:
        return t("The backend asks for a code again: {way}. What you enter is kept.", way=way)
    return t("This device is logged out; log in with {way}. What you enter is kept.", way=way)


SENTENCES = {
    "wrong_login": N_("Name and password do not go together. Type both again."),
    "wrong_password": N_("That is not the password of this account. Try again."),
    "wrong_code": N_("That code is not right, or was used before. Wait for the next one and try again."),
    "code_expired": N_("That code is too old. Ask for a new one."),
    "invitation_unknown": N_("This invitation or link is not valid (any more). Ask for a new one."),
    "invitation_expired": N_("This invitation or link is too old. Ask for a new one."),
    "challenge_expired": N_("This took too long. Begin again."),
    "activation_needed": N_(
        "This account is not activated yet. Use the invitation that was e-mailed to you."
    ),
    "no_second_step": N_("No second step of yours works any more. Ask your administrator to reset it."),
    "account_disabled": N_("This account is switched off. Ask your administrator."),
    "factor_needed": N_("Set up an authenticator app or SMS first."),
    "last_factor": N_("This is the only second step left. Set up another one first."),
    "codes_not_saved": N_("Save the backup codes first, and confirm that you have them."),
    "bad_number": N_("This is not a mobile number. Write it with the country, as +32 470 12 34 56."),
    "no_sms": N_("This backend sends no SMS. Use an authenticator app."),
    "sms_failed": N_("The SMS could not be sent. Try again, or choose the authenticator app."),
    "sms_limit": N_("No more SMS for now. Use the app or a backup code, or try again later."),
    "no_mail": N_("This backend sends no e-mail. Tell the service by phone."),
    "no_address": N_("The employer's settings at the backend have no address of the service. Sync first."),
    "mail_failed": N_("The e-mail could not be sent. Try again later, or tell the service by phone."),
    "unknown_session": N_("That device is no longer logged in."),
    "protocol": N_("The backend needs a newer hrtui. Update this one."),
    "no_file": N_("The backend does not have this file yet: it comes from the computer where it was added."),
    "offline": N_("The backend does not answer. Check the address and the connection, and try again."),
    "answer": N_("The backend gave an answer that hrtui does not understand. Check the address."),
}
"""The sentence of each code that comes without numbers."""


def refusal(code: str, wait: int = 0, text: str = "") -> BackendError:
    """The error of an answer with `code`; `wait` in seconds, `text` where the sentence is known already."""
    if text:
        return BackendError(code, text, wait)
    if code == "sms_wait":
        return BackendError(code, t("Wait {n} seconds before the next SMS.", n=max(1, wait)), wait)
    if code in ("locked", "rate_limited"):
        return BackendError(code, waiting_text(wait), wait)
    if code in SENTENCES:
        return BackendError(code, t(SENTENCES[code]), wait)
    return BackendError(code, t("The backend refused this ({code}).", code=code), wait)
