"""`hrtui admin` and its commands: what the operator of a backend does, on the machine of the database."""

from __future__ import annotations

from typing import Annotated

import typer

from hrtui.cli import admin_delivery, admin_documents, admin_people, admin_personal, admin_trail
from hrtui.cli.admin_options import ConfigFile, DatabaseUrl
from hrtui.cli.help import Command
from hrtui.cli.shared_options import new_group
from hrtui.i18n import N_

admin = new_group(
    N_("Look after a backend: its database, employers, users and audit trail."), "hrtui admin employers add"
)


@admin.command(
    cls=Command,
    help=N_("Bring the backend's database to the form that this version needs."),
    epilog="hrtui admin migrate --database postgresql+psycopg://owner@/hrtui",
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


admin_trail.add_to(admin)
admin_delivery.add_to(admin)
admin_personal.add_to(admin)
admin_documents.add_to(admin)
admin.add_typer(admin_people.employers, name="employers")
admin.add_typer(admin_people.users, name="users")
admin.add_typer(admin_people.invitations, name="invitations")
admin.add_typer(admin_people.sessions, name="sessions")
