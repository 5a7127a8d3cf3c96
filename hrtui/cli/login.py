"""`hrtui login`, `hrtui logout` and `hrtui password`: the log-in of this device, in plain prompts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.account_wording import METHODS
from hrtui.cli import prompting
from hrtui.cli.activate import new_password
from hrtui.cli.errors import CommandError
from hrtui.cli.joining import Place, check_user, join, link_for, place_to_join
from hrtui.cli.options import Choices
from hrtui.cli.session import clerk, command_of, existing_profile, open_store, say, unlock
from hrtui.i18n import t
from hrtui.sync.backend_errors import BackendError

if TYPE_CHECKING:
    from hrtui.sync.account_api import AccountApi, LoginChallenge, Tokens


def log_in(choices: Choices, url: str, ca_file: Path | None, *, reset: bool) -> int:
    """Log this device in, after choosing a new password with `reset`. Raises CommandError and StoreError."""
    from hrtui.sync.account_api import AccountApi
    from hrtui.sync.session import Link, device_mark, device_name, login_again, session_id

    place = _place_to_reset(choices) if reset else place_to_join(choices)
    address, file, known = link_for(place.store, url, ca_file)
    mark = device_mark(place.store) if place.store else ""
    with AccountApi(address, file) as api:
        again = login_again(place.store, api) if place.store and not reset else None
        if reset:
            name, password = _reset(api)
            check_user(known, name)
            challenge = api.login(name, password, mark)
        elif again is not None:
            say(t("The backend asks for a code again."))
            name, password, challenge = known, place.password, again
        else:
            name, password, challenge = _first_step(api, known, place.password, command_of(choices), mark)
        before = session_id(place.store) if place.store else ""
        tokens = _second_step(api, challenge, before, device_name(place.profile.name))
    say(t("You are logged in."))
    if tokens.backup_codes_left < 3:
        say(t("Backup codes left: {n}. Make new ones under Account.", n=tokens.backup_codes_left))
    return join(place, Link(address, name, file), tokens, password)


def log_out(choices: Choices) -> int:
    """End this device's log-in; what waits to be sent waits on. Raises CommandError and StoreError."""
    from hrtui.sync.session import end_login, logged_in

    store = open_store(choices)
    try:
        if not logged_in(store):
            raise CommandError(t("This profile is not logged in at a backend."))
        told = end_login(store)
    finally:
        store.close()
    say(t("You are logged out. What is not sent yet stays here until you log in again."))
    if not told:
        say(t("The backend could not be told; it ends the log-in by itself. Or end it from another device."))
    return 0


def change_password(choices: Choices) -> int:
    """Change the password of account and profile; without a backend that of the profile alone.

    Raises CommandError and StoreError.
    """
    from hrtui.store.keys import change_password as lock_with
    from hrtui.store.keys import needs_password
    from hrtui.store.store import Store
    from hrtui.sync.account_api import AccountApi
    from hrtui.sync.session import Login, link_of

    profile = existing_profile(choices)
    if not needs_password(profile):
        raise CommandError(t("This profile has no password."))
    key = unlock(choices, profile)
    store = Store.open(profile, key, actor=clerk())
    try:
        link = link_of(store)
        if link is None:
            password = new_password()
        else:
            with AccountApi(link.url, link.ca_file) as api:
                login = Login(store, api)
                login.token()
                old = prompting.needed(t("Password of your account now:"), hidden=True)
                password = new_password((link.user,))
                login.call(api, lambda api, token: api.change_password(token, old, password))
        lock_with(profile, key, password)
    finally:
        store.close()
    if link is None:
        say(t("The profile opens with the new password from now on."))
    else:
        say(t("Account and profile have the new password. Your other devices were logged out."))
    return 0


def _first_step(
    api: AccountApi, known: str, same: str, command: str, mark: str
) -> tuple[str, str, LoginChallenge]:
    """Name and password until they go together; `same` is the profile's password, mostly that of both.

    `command` is the program with its profile, `mark` that of this device.
    """
    while True:
        question = t("User name ({name}):", name=known) if known else t("User name:")
        name = prompting.line(question) or known
        if not name:
            continue
        check_user(known, name)
        password = ""
        while not password:
            question = t("Password of your account (Enter: that of the profile):") if same else ""
            password = prompting.secret(question or t("Password of your account:")) or same
        try:
            return name.strip().casefold(), password, api.login(name, password, mark)
        except BackendError as problem:
            if problem.code != "wrong_login":
                raise
            same = ""
            say(problem.text)
            say(t("Forgotten? Stop with Ctrl+C and type `{command} login --reset`.", command=command))


def _second_step(api: AccountApi, challenge: LoginChallenge, before: str, device: str) -> Tokens:
    method = _method(challenge)
    if method == "sms":
        _send_sms(api, challenge)
    while True:
        code = prompting.line(_question(method))
        if not code:
            method = _method(challenge, ask=True)
        else:
            try:
                return api.login_code(challenge.challenge, method, code, device, before)
            except BackendError as problem:
                if problem.code not in ("wrong_code", "code_expired"):
                    raise
                say(problem.text)
                continue
        if method == "sms":
            _send_sms(api, challenge)


def _send_sms(api: AccountApi, challenge: LoginChallenge) -> None:
    try:
        sent = api.send_sms(challenge.challenge)
        say(t("An SMS with a code is on its way to {number}.", number=sent.number))
    except BackendError as problem:
        if problem.code not in ("sms_wait", "sms_limit", "sms_failed"):
            raise
        say(problem.text)


def _question(method: str) -> str:
    return {
        "app": t("Code that the app shows (Enter for another way):"),
        "sms": t("Code of the SMS (Enter to have it sent again, or for another way):"),
        "backup": t("A backup code (Enter for another way):"),
    }[method]


def _method(challenge: LoginChallenge, *, ask: bool = False) -> str:
    """The second step: the only one there is besides a backup code, or the one that the clerk chooses."""
    usual = [name for name in challenge.methods if name != "backup"]
    if len(usual) == 1 and not ask:
        return usual[0]
    say(t("Second step:"))
    place = prompting.choice(t("Number:"), [t(METHODS[name]) for name in challenge.methods])
    return challenge.methods[place]


def _place_to_reset(choices: Choices) -> Place:
    """The chosen profile; who cannot open it any more is told the way out, which is another profile."""
    from hrtui.store.errors import WrongPassword

    try:
        return place_to_join(choices)
    except WrongPassword as problem:
        raise CommandError(
            t(
                "That password does not open this profile, and nobody can give it another. "
                "Make a new profile: `hrtui --profile NAME login --reset`."
            )
        ) from problem


def _reset(api: AccountApi) -> tuple[str, str]:
    """Choose a new password with the token of an e-mail, which is asked for where there is none yet.

    Returns the user name and that password.
    """
    token = prompting.secret(t("Token of the e-mail (Enter to have one sent):")).strip()
    while not token:
        api.ask_reset(prompting.needed(t("User name:")))
        say(t("If there is such an account, an e-mail with a token is on its way."))
        token = prompting.secret(t("Token of the e-mail:")).strip()
    while True:
        try:
            password = new_password()
            name = api.reset_password(token, password)
        except BackendError as problem:
            if problem.code != "weak_password":
                raise
            say(problem.text)
        else:
            say(t("The account has the new password, and all your devices are logged out."))
            return name, password
