"""Opening the month grid: nothing heavy is imported on the way to its first frame."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from hrtui.cli.errors import FAILED, CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import clerk, existing_profile, keys_in_force, say
from hrtui.i18n import language, t

if TYPE_CHECKING:
    from hrtui.app import Opened
    from hrtui.screens.unlock import UnlockScreen
    from hrtui.store.store import Store


class NothingRead(CommandError):  # noqa: N818  (reads as what happened)
    """The profile has an account, and none of the employers is here yet."""


def open_grid(choices: Choices) -> int:
    """Open the month of the chosen profile; raises CommandError or StoreError."""
    from hrtui.store.keys import needs_password, read_key
    from hrtui.store.profile import network_file_system
    from hrtui.store.store import Store

    profile = existing_profile(choices)
    need_terminal()

    stores: list[Store] = []
    keys: list[bytes] = []
    problems: list[CommandError] = []

    def found() -> Opened:
        first = first_employer(stores[0], network_file_system(profile.folder))
        return replace(first, another=lambda: Store.open(profile, keys[0], actor=clerk()))

    def opened(password: str | None) -> Opened | None:
        keys.append(read_key(profile, password))
        stores.append(Store.open(profile, keys[0], actor=clerk()))
        try:
            return found()
        except CommandError as problem:
            problems.append(problem)
            return None

    # Textual's modules are much to look through for garbage, and have none; the app switches this on again.
    gc.disable()
    try:
        start: Opened | UnlockScreen[Opened] | None
        if needs_password(profile):
            from hrtui.screens.unlock import UnlockScreen

            start = UnlockScreen(profile.name, opened)
        else:
            start = opened(None)
        code = _show(start) if start else FAILED
        if problems and isinstance(problems[0], NothingRead):
            _read_employers(stores[0])
            return _show(found())
        if problems:
            raise problems[0]
        return code
    finally:
        gc.enable()
        for store in stores:
            store.close()


def _read_employers(store: Store) -> None:
    """Begin or go on with the first reading, with its progress; raises CommandError and StoreError."""
    from hrtui.cli.sync import exchange

    say(t("Fetching your employers…"))
    for text in exchange(store).values():
        raise CommandError(text)


def need_terminal() -> None:
    """Raise CommandError where there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise usage_error(
            t("The month opens in a terminal only; see `hrtui --help` for what works without one.")
        )


def _show(start: Opened | UnlockScreen[Opened]) -> int:
    from hrtui.app import HrtuiApp

    app = HrtuiApp(start)
    # The mouse is left to the terminal, where it selects and pastes.
    try:
        app.run(mouse=False)
    finally:
        app.stop_sync()
    return app.return_code or 0


def first_employer(store: Store, network: str) -> Opened:
    """The employer in use. What was said before the screen opened cannot be seen any more: it says it again.

    `network` is the kind of network file system that the profile is on; raises CommandError.
    """
    from hrtui.app import Opened
    from hrtui.store.employers import employer_in_use
    from hrtui.store.leave_types import leave_types

    employer = employer_in_use(store)
    if employer is None and store.backend():
        raise NothingRead(t("You have no employer at the backend yet: ask your administrator."))
    if employer is None:
        raise CommandError(
            t("This profile has no employer. Make a new one with `hrtui --profile NAME init`.")
        )
    kinds = leave_types(store, employer.id).values()
    keys = keys_in_force({kind.letter: kind.name(language()) for kind in kinds if kind.letter})
    notice = ""
    if network:
        notice = t(
            "Data on a network file system ({kind}) can get damaged: see `hrtui doctor`.", kind=network
        )
    elif keys.warnings:
        notice = t("Some of your keys do not arrive from every terminal: see `hrtui keys`.")
    return Opened(store, employer, keys, notice=notice)
