"""`hrtui init`: a new profile with its password and its first employer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Literal, cast

from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.folders import draft_of
from hrtui.cli.options import DEMO_PROFILE, Choices
from hrtui.cli.session import clerk, command_of, say, typed_password, warn_of_network
from hrtui.i18n import language, t

SHORTEST_PASSWORD = 8


def create_profile(choices: Choices, employer: str, country: str) -> int:
    """Make the profile, asking for what is missing; raises CommandError or StoreError and leaves nothing."""
    from hrtui import clock
    from hrtui.store.employers import create_employer
    from hrtui.store.keys import create_password_key
    from hrtui.store.profile import find_profile
    from hrtui.store.store import Store

    profile = find_profile(choices.profile_name, choices.data_dir)
    if profile.name == DEMO_PROFILE:
        raise usage_error(t("The profile “demo” is for the sample employer; choose another name."))
    if profile.key_file.exists() or profile.database.exists():
        raise CommandError(
            t("The profile “{name}” exists already in {folder}.", name=profile.name, folder=profile.folder)
        )
    name = employer.strip() or _ask(choices, t("Name of the employer:"), "--employer", str.strip)
    land = _country(choices, country)
    password = _new_password(choices)
    with draft_of(profile) as draft:
        store = Store.open(draft, create_password_key(draft, password), actor=clerk())
        try:
            create_employer(store, name, land, language(), clock.today().year)
        finally:
            store.close()
    warn_of_network(profile)
    say(t("The profile “{name}” is ready in {folder}.", name=profile.name, folder=profile.folder))
    say(
        t(
            "Nobody can open it without the password, so keep that safe. "
            "Next: `{command} import people FILE`, then `{command}`.",
            command=command_of(choices),
        )
    )
    return 0


def _ask(choices: Choices, question: str, option: str, check: Callable[[str], str]) -> str:
    """The first answer that `check` turns into something; raises CommandError where nobody can answer."""
    if choices.password_stdin or not sys.stdin.isatty():
        raise usage_error(t("The option {option} is missing.", option=option))
    while True:
        sys.stderr.write(question + " ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        answer = check(line)
        if answer:
            return answer


def _country(choices: Choices, given: str) -> Literal["BE", "NL"]:
    def check(answer: str) -> str:
        code = answer.strip().upper()
        return code if code in ("BE", "NL") else ""

    code = check(given)
    if given and not code:
        raise usage_error(t("“{value}” is no country that hrtui knows; give BE or NL.", value=given))
    code = code or _ask(choices, t("Country of the employer (BE or NL):"), "--country", check)
    return cast("Literal['BE', 'NL']", code)


def _new_password(choices: Choices) -> str:
    """A password that is long enough, asked until typed twice alike; raises CommandError in a script."""
    while True:
        password = typed_password(
            choices, t("Choose a password (at least {n} characters):", n=SHORTEST_PASSWORD)
        )
        if len(password) < SHORTEST_PASSWORD:
            short = t("The password is too short: it needs at least {n} characters.", n=SHORTEST_PASSWORD)
            if choices.password_stdin:
                raise CommandError(short)
            say(short)
        elif choices.password_stdin or typed_password(choices, t("The same password again:")) == password:
            return password
        else:
            say(t("The two passwords differ. Type it again."))
