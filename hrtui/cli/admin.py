"""`hrtui admin` and its commands: what the operator of a backend does, on the machine of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.cli.help import Command, Group
from hrtui.i18n import N_

DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="URL",
        help=N_("The backend's database; else that of the configuration, else a SQLite file."),
    ),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help=N_("The backend's configuration (TOML)."))
]

admin = typer.Typer(
    cls=Group,
    help=N_("Look after a backend: its database, employers, users and audit trail."),
    epilog="hrtui admin migrate --database postgresql+psycopg://owner@/hrtui",
    rich_markup_mode=None,
    add_completion=False,
)


@admin.command(
    cls=Command,
    help=N_("Bring the backend's database to the form that this version needs."),
    epilog="hrtui admin migrate --database postgresql+psycopg://owner@/hrtui --app-role hrtui_app",
)
def migrate(
    ctx: typer.Context,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
    app_role: Annotated[
        str,
        typer.Option(
            "--app-role",
            metavar="ROLE",
            help=N_("The PostgreSQL role that `hrtui serve` connects as; it gets the rights it needs."),
        ),
    ] = "",
) -> int:
    from hrtui.cli.admin_migrate import migrate_database

    return migrate_database(ctx.obj, config, database, app_role)
