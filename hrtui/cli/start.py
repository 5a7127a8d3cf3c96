"""Opening the month grid: nothing heavy is imported on the way to its first frame."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import clerk, existing_profile, keys_in_force
from hrtui.i18n import language, t

if TYPE_CHECKING:
    from hrtui.store.store import Store


def open_grid(choices: Choices) -> int:
    """Open the month of the chosen profile; raises CommandError or StoreError."""
    from hrtui.store.keys import read_key
    from hrtui.store.store import Store

    profile = existing_profile(choices)
    need_terminal()
    store = Store.open(profile, read_key(profile), actor=clerk())
    try:
        return _show(store)
    finally:
        store.close()


def need_terminal() -> None:
    """Raise CommandError where there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise usage_error(
            t("The month opens in a terminal only; see `hrtui --help` for what works without one.")
        )


def _show(store: Store) -> int:
    from hrtui.app import HrtuiApp
    from hrtui.store.employers import employers
    from hrtui.store.leave_types import leave_types

    there = employers(store)
    if not there:
        raise CommandError(
            t("This profile has no employer. Make a new one with `hrtui --profile NAME init`.")
        )
    kinds = leave_types(store, there[0].id).values()
    keys = keys_in_force({kind.letter: kind.name(language()) for kind in kinds if kind.letter})
    app = HrtuiApp(store, there[0], keys)
    # The mouse is left to the terminal, where it selects and pastes.
    app.run(mouse=False)
    return app.return_code or 0
