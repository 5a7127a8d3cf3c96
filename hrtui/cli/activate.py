"""`hrtui activate`: from the token of an invitation to a profile that is logged in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.account_wording import strength_text
from hrtui.cli import prompting
from hrtui.cli.joining import check_user, join, link_for, place_to_join
from hrtui.cli.options import Choices
from hrtui.cli.second_steps import keep_backup_codes, set_up
from hrtui.cli.session import say
from hrtui.i18n import t
from hrtui.sync.backend_errors import BackendError, refusal

if TYPE_CHECKING:
    from hrtui.sync.account_api import AccountApi, Enrolment, Invitation


def activate(choices: Choices, url: str, ca_file: Path | None) -> int:
    """Go through all steps; what was done before is not asked again. Raises CommandError and StoreError."""
    from hrtui.sync.account_api import AccountApi
    from hrtui.sync.session import Link, device_name, session_id

    place = place_to_join(choices)
    address, file, user = link_for(place.store, url, ca_file)
    with AccountApi(address, file) as api:
        token, invited = _invitation(api)
        check_user(user, invited.name)
        say(t("Welcome, {person}.", person=invited.display_name))
        say(t("Your user name is “{name}”: remember it.", name=invited.name))
        password, state = _password(api, token, invited)
        state = set_up(api, state)
        if not state.backup_codes_saved:
            keep_backup_codes(api, state.challenge)
        before = session_id(place.store) if place.store else ""
        tokens = api.finish(state.challenge, device_name(place.profile.name), before)
    if tokens is None:
        raise refusal("answer")
    say(t("Your account is active, and you are logged in."))
    return join(place, Link(address, invited.name, file), tokens, password)


def new_password(own_words: tuple[str, ...] = ()) -> str:
    """A password that will do, typed twice; tells how strong each try is."""
    from hrtui.domain.accounts.passwords import SHORTEST, strength

    while True:
        question = t("Choose a password (at least {n} characters):", n=SHORTEST)
        password = prompting.needed(question, hidden=True)
        found = strength(password, own_words)
        say(t("Strength: {words}", words=strength_text(found)))
        if found.weakness is not None:
            continue
        if prompting.secret(t("The same password again:")) == password:
            return password
        say(t("The two passwords differ. Type it again."))


def _invitation(api: AccountApi) -> tuple[str, Invitation]:
    while True:
        token = prompting.needed(t("Token of the invitation:"), hidden=True).strip()
        try:
            return token, api.invitation(token)
        except BackendError as problem:
            if problem.code not in ("invitation_unknown", "bad_request"):
                raise
            say(problem.text)


def _password(api: AccountApi, token: str, invited: Invitation) -> tuple[str, Enrolment]:
    while True:
        if invited.password_set:
            password = prompting.needed(t("The password that you chose:"), hidden=True)
        else:
            password = new_password(invited.own_words)
        try:
            return password, api.choose_password(token, password)
        except BackendError as problem:
            if problem.code not in ("wrong_password", "weak_password"):
                raise
            say(problem.text)
