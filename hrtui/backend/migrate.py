"""Bringing the database to the newest form, and telling whether it is in the form that this code knows."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from hrtui.backend.config import Unavailable
from hrtui.backend.database import checked_url
from hrtui.backend.rls import grants
from hrtui.i18n import t

_FOLDER = Path(__file__).parent / "migrations"


def migrate(url: str, app_role: str = "") -> None:
    """Carry out the steps that the database lacks.

    `app_role` is the PostgreSQL role that the service connects as: it may read and write every table, but
    only add to the audit trail. Raises Unavailable where the database is newer than this code.
    """
    with _connect(url) as con:
        if _version(con) not in (None, *_known()):
            raise Unavailable(_newer())
        command.upgrade(_alembic(con), "head")
        if app_role and con.dialect.name == "postgresql":
            for statement in grants(app_role):
                con.exec_driver_sql(statement)
        con.commit()


def check(url: str) -> None:
    """Raise Unavailable with what to do unless the database is in exactly the form that this code knows."""
    with _connect(url) as con:
        version = _version(con)
    known = _known()
    if version == known[0]:
        return
    if version is not None and version not in known:
        raise Unavailable(_newer())
    if version is None:
        raise Unavailable(t("The database is still empty: run `hrtui admin migrate` first."))
    raise Unavailable(t("The database has an older form than this program: run `hrtui admin migrate` first."))


def ready(url: str) -> None:
    """Make a SQLite file where there is none, then `check`; other databases are made by their operators."""
    if checked_url(url).get_backend_name() == "sqlite" and is_empty(url):
        migrate(url)
    check(url)


def is_empty(url: str) -> bool:
    """Whether nothing was ever migrated there."""
    with _connect(url) as con:
        return _version(con) is None


def _newer() -> str:
    return t("The database has a newer form than this program: install the newer version of hrtui.")


def _known() -> list[str]:
    """All revisions, the newest first."""
    scripts = ScriptDirectory.from_config(_alembic(None))
    return [script.revision for script in scripts.walk_revisions()]


def _version(con: Connection) -> str | None:
    return MigrationContext.configure(con).get_current_revision()


def _alembic(con: Connection | None) -> AlembicConfig:
    config = AlembicConfig(attributes={"connection": con})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


def _connect(url: str) -> Connection:
    made = checked_url(url)
    if made.get_backend_name() == "sqlite" and made.database:
        folder = Path(made.database).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            reason = t("{file} cannot be written: {reason}.", file=folder, reason=problem.strerror)
            raise Unavailable(reason) from problem
    return create_engine(made, poolclass=NullPool, hide_parameters=True).connect()
