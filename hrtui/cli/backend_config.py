"""The configuration of the backend that a command works with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrtui.cli.errors import FAILED, MISUSED, CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.i18n import t

if TYPE_CHECKING:
    from hrtui.backend.config import Config


def configuration(choices: Choices, file: Path | None, database: str, **given: Any) -> Config:
    """What the command line says over the configuration file; a SQLite file in the data folder by default.

    Raises CommandError where a setting is wrong or the server's libraries are not installed.
    """
    needs_server()
    from hrtui.backend.config import ConfigError, default_database, read_config
    from hrtui.store.profile import find_profile

    given["database"] = database or None
    try:
        # No profile's name begins with a dot.
        folder = find_profile(choices.profile_name, choices.data_dir).folder.parent / ".server"
        return read_config(file, given, default_database(folder))
    except ConfigError as problem:
        raise usage_error(str(problem)) from problem


@contextmanager
def refusals_told() -> Iterator[None]:
    """Do the block; what the backend's configuration or database refuses in it ends the command.

    Raises CommandError with the reason.
    """
    from sqlalchemy.exc import DBAPIError

    from hrtui.backend.config import ConfigError, Unavailable
    from hrtui.backend.database import Busy

    try:
        yield
    except ConfigError as problem:
        code = FAILED if isinstance(problem, Unavailable) else MISUSED
        raise CommandError(str(problem), code) from problem
    except DBAPIError as problem:
        reason = str(problem.orig).strip().splitlines()[0] if problem.orig else ""
        raise CommandError(t("The database refuses: {reason}.", reason=reason.rstrip("."))) from problem
    except Busy as problem:
        raise CommandError(t("The backend's database is busy. Try again.")) from problem


def needs_server() -> None:
    """Raise CommandError where the libraries of the backend are missing."""
    from importlib.util import find_spec

    missing = [name for name in ("fastapi", "uvicorn", "alembic", "structlog") if find_spec(name) is None]
    if missing:
        raise CommandError(t("The backend is not installed here: install hrtui[server]."))
