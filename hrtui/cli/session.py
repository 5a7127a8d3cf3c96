"""What commands share: talk on stderr, the profile and its password, the open database, the employer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.i18n import t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hrtui.domain.month import Month
    from hrtui.keybindings import KeyMap
    from hrtui.store.employers import Employer
    from hrtui.store.profile import Profile
    from hrtui.store.store import Store


def say(text: str) -> None:
    """Tell the clerk something that is no data: on stderr, broken between words where that is a terminal."""
    if sys.stderr.isatty() and "\x1b" not in text:
        import shutil
        import textwrap

        width = max(40, shutil.get_terminal_size().columns)
        lines = [
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
            if len(line) > width
            else [line]
            for line in text.split("\n")
        ]
        text = "\n".join(part for parts in lines for part in parts)
    sys.stderr.write(f"{text}\n")


def write_json(data: Any) -> None:
    """Write the answer of a command with --json to stdout."""
    import json

    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of texts as lines in columns."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def month_of(text: str) -> Month:
    """The month that was given as YYYY-MM; raises CommandError."""
    from hrtui.domain.month import Month

    try:
        return Month.parse(text)
    except ValueError as problem:
        raise usage_error(t("“{text}” is no month; write it as 2026-09.", text=text)) from problem


def clerk() -> str:
    """The name under which the history keeps what this process does: the user of the computer."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def command_of(choices: Choices) -> str:
    """The program with the profile that was chosen, to be named in a sentence: `hrtui --profile an`."""
    from hrtui.store.profile import program_for

    return program_for(choices.profile_name)


def existing_profile(choices: Choices) -> Profile:
    """The chosen profile; raises CommandError where it was never made, StoreError for an impossible name."""
    from hrtui.store.profile import find_profile

    profile = find_profile(choices.profile_name, choices.data_dir)
    if not profile.exists():
        raise usage_error(
            t(
                "There is no profile “{name}” yet. Look around with `hrtui demo`, make one with "
                "`{command} init`, or with a token from your employer with `{command} activate`.",
                name=profile.name,
                command=command_of(choices),
            )
        )
    warn_of_network(profile)
    return profile


def warn_of_network(profile: Profile) -> None:
    """Say so when the profile's files lie where SQLite cannot keep them safe."""
    from hrtui.store.profile import network_file_system

    kind = network_file_system(profile.folder)
    if kind:
        say(
            t(
                "Warning: {folder} is on a network file system ({kind}), where data can get damaged. "
                "Choose a local folder with --data-dir.",
                folder=profile.folder,
                kind=kind,
            )
        )


def typed_password(choices: Choices, question: str) -> str:
    """The password, from standard input with --password-stdin, else asked for on the terminal.

    Raises CommandError when there is neither.
    """
    if choices.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise usage_error(t("There is no terminal to ask the password on; use --password-stdin."))
    import getpass

    return getpass.getpass(question + " ", stream=sys.stderr)


def unlock(choices: Choices, profile: Profile) -> bytes:
    """The key of the profile's database, by key file or password; raises CommandError or StoreError."""
    from hrtui.store.keys import needs_password, read_key

    if not needs_password(profile):
        return read_key(profile)
    return read_key(
        profile, typed_password(choices, t("Password of the profile “{name}”:", name=profile.name))
    )


def open_store(choices: Choices) -> Store:
    """The chosen profile's database; raises CommandError or StoreError."""
    from hrtui.store.store import Store

    profile = existing_profile(choices)
    store = Store.open(profile, unlock(choices, profile), actor=clerk())
    store.logs_in_with = f"`{command_of(choices)} login`"
    return store


def chosen_employer(store: Store, name: str) -> Employer:
    """The employer of that name, or the only one for an empty name; raises CommandError where unclear."""
    from hrtui.store.employers import employers

    there = employers(store)
    found = [employer for employer in there if not name or employer.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"“{employer.name}”" for employer in there) or t("none")
    if name:
        raise CommandError(
            t("There is no employer “{name}” in this profile; there is: {names}.", name=name, names=names)
        )
    raise usage_error(t("Say which employer with --employer: {names}.", names=names))


@contextmanager
def opened(choices: Choices, employer: str) -> Iterator[tuple[Store, Employer]]:
    """The chosen profile's database, closed afterwards, and the employer of that name in it.

    Raises CommandError or StoreError.
    """
    with closing(open_store(choices)) as store:
        yield store, chosen_employer(store, employer)


def keys_in_force(letters: Mapping[str, str]) -> KeyMap:
    """The packaged keys with the clerk's over them; `letters` maps the leave types' letters to their names.

    Raises CommandError with all problems of the clerk's file.
    """
    from hrtui.keybindings import KeyProblems, load, user_file

    try:
        return load(user_file(), letters)
    except KeyProblems as found:
        raise usage_error("\n".join(map(str, found.problems))) from found
