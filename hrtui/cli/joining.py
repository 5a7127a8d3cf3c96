"""What activating and logging in end with: the profile, its log-in, the first reading of the employers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.cli import prompting
from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.folders import draft_of
from hrtui.cli.options import DEMO_PROFILE, Choices
from hrtui.cli.session import clerk, command_of, say, typed_password, warn_of_network
from hrtui.i18n import t

if TYPE_CHECKING:
    from hrtui.store.profile import Profile
    from hrtui.store.store import Store
    from hrtui.sync.account_api import Tokens
    from hrtui.sync.session import Link


@dataclass(frozen=True, slots=True)
class Place:
    """The profile that a log-in is for; `store` and `key` are None where it is still to be made.

    `password` is what opened it, '' where none was asked for.
    """

    profile: Profile
    store: Store | None = None
    key: bytes | None = None
    password: str = field(default="", repr=False)


def place_to_join(choices: Choices) -> Place:
    """The chosen profile, opened where it is there; raises CommandError and StoreError."""
    from hrtui.store.keys import needs_password, read_key
    from hrtui.store.profile import find_profile
    from hrtui.store.store import Store

    profile = find_profile(choices.profile_name, choices.data_dir)
    if profile.name == DEMO_PROFILE:
        raise usage_error(t("The profile “demo” is for the sample employer; choose another name."))
    if not profile.exists():
        return Place(profile)
    password = ""
    if needs_password(profile):
        password = typed_password(choices, t("Password of the profile “{name}”:", name=profile.name))
    key = read_key(profile, password)
    return Place(profile, Store.open(profile, key, actor=clerk()), key, password)


def link_for(store: Store | None, url: str, ca_file: Path | None) -> tuple[str, Path | None, str]:
    """Address of the backend, its certificate file and the user name of before; asks what is not known.

    Raises CommandError where the profile has another backend, BackendError for what is no address.
    """
    from hrtui.sync.account_api import backend_url
    from hrtui.sync.session import link_of

    known = link_of(store) if store is not None else None
    given = backend_url(url) if url else ""
    file = ca_file.expanduser().absolute() if ca_file else None
    if known is None:
        return given or _asked_url(), file, ""
    if given and given != known.url:
        raise CommandError(
            t(
                "This profile belongs to {url}. Use another profile for another backend: --profile NAME.",
                url=known.url,
            )
        )
    return known.url, file or known.ca_file, known.user


def check_user(known: str, name: str) -> None:
    """Raise CommandError where the profile is another user's: what it holds is what that one may see."""
    if known and name.strip().casefold() != known:
        raise CommandError(
            t(
                "This profile is of “{name}”. Use another profile for another user: --profile NAME.",
                name=known,
            )
        )


def join(place: Place, link: Link, tokens: Tokens, password: str) -> int:
    """Keep the log-in in the profile, which is made where there is none, and read its employers."""
    from hrtui.sync.session import keep_login

    if place.store is None or place.key is None:
        store = _new_profile(place.profile, link, tokens, password)
        say(
            t("The profile “{name}” is made. The password of your account opens it.", name=place.profile.name)
        )
    else:
        store = place.store
        keep_login(store, link, tokens)
        _offer_password(place.profile, place.key, password)
    try:
        _read_employers(store, command_of(Choices(place.profile.name)))
        _tell_of_local(store)
    finally:
        store.close()
    return 0


def _asked_url() -> str:
    from hrtui.sync.account_api import backend_url
    from hrtui.sync.backend_errors import BackendError

    while True:
        try:
            return backend_url(prompting.needed(t("Address of the backend (it is in the e-mail):")))
        except BackendError as problem:
            say(problem.text)


def _new_profile(profile: Profile, link: Link, tokens: Tokens, password: str) -> Store:
    from hrtui.store.keys import create_password_key
    from hrtui.store.store import Store
    from hrtui.sync.session import keep_login

    with draft_of(profile) as draft:
        key = create_password_key(draft, password)
        made = Store.open(draft, key, actor=clerk())
        try:
            keep_login(made, link, tokens)
        finally:
            made.close()
    warn_of_network(profile)
    return Store.open(profile, key, actor=clerk())


def _offer_password(profile: Profile, key: bytes, password: str) -> None:
    """The profile's own password and that of the account may differ: the clerk may want to have one."""
    from hrtui.store.errors import WrongPassword
    from hrtui.store.keys import change_password, needs_password, read_key

    try:
        if not needs_password(profile):
            return
        read_key(profile, password)
    except WrongPassword:
        say(t("This profile opens with another password than that of your account."))
        if prompting.yes(t("Let it open with the account's password from now on?")):
            change_password(profile, key, password)


def _tell_of_local(store: Store) -> None:
    from hrtui.store.employers import employers
    from hrtui.sync import state

    connected = set(state.connected(store))
    names = ", ".join(f"“{one.name}”" for one in employers(store) if one.id not in connected)
    if names:
        say(t("These employers stay on this computer only, as before: {names}.", names=names))


def _read_employers(store: Store, command: str) -> None:
    from hrtui.cli.sync import exchange
    from hrtui.store.employers import employers
    from hrtui.store.errors import StoreError
    from hrtui.sync import state

    say(t("Fetching your employers…"))
    try:
        failed = exchange(store)
    except (StoreError, CommandError) as problem:
        say(problem.text)
        say(t("That goes on when hrtui starts: type `{command}`.", command=command))
        return
    connected = state.connected(store)
    names = {one.id: one.name for one in employers(store)}
    for employer_id in connected:
        if employer_id in names:
            here = t("“{name}” is here: type `{command}`.", name=names[employer_id], command=command)
            say(failed.get(employer_id) or here)
    if not connected:
        say(t("You have no roles at any employer yet. Ask your administrator."))
