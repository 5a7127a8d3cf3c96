"""`hrtui admin migrate`: the backend's database gets the form that this version needs."""

from __future__ import annotations

from pathlib import Path

from hrtui.cli.backend_config import configuration, refused
from hrtui.cli.errors import CommandError
from hrtui.cli.options import Choices
from hrtui.cli.session import say
from hrtui.i18n import t


def migrate_database(choices: Choices, file: Path | None, database: str, app_role: str) -> int:
    """Migrate and say so. Raises CommandError where the database cannot be reached or is too new."""
    config = configuration(choices, file, database)
    from sqlalchemy.exc import DBAPIError

    from hrtui.backend.config import ConfigError
    from hrtui.backend.migrate import migrate

    try:
        migrate(config.database, app_role)
    except ConfigError as problem:
        raise refused(problem) from problem
    except DBAPIError as problem:
        reason = str(problem.orig).strip().splitlines()[0] if problem.orig else ""
        raise CommandError(t("The database refuses: {reason}.", reason=reason.rstrip("."))) from problem
    say(t("The database has the form that this version needs."))
    return 0
