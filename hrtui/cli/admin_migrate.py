"""`hrtui admin migrate`: the backend's database gets the form that this version needs."""

from __future__ import annotations

from pathlib import Path

from hrtui.cli.backend_config import configuration, refusals_told
from hrtui.cli.options import Choices
from hrtui.cli.session import say
from hrtui.i18n import t


def migrate_database(choices: Choices, file: Path | None, database: str, app_role: str) -> int:
    """Migrate and say so. Raises CommandError where the database cannot be reached or is too new."""
    config = configuration(choices, file, database)
    from hrtui.backend.migrate import migrate

    with refusals_told():
        migrate(config.database, app_role)
    say(t("The database has the form that this version needs."))
    return 0
