"""The operator's commands about the audit trail and backups, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.cli.admin_options import ConfigFile, DatabaseUrl
from hrtui.cli.help import Command
from hrtui.cli.shared_options import new_group
from hrtui.i18n import N_

Employer = Annotated[
    str, typer.Option("--employer", metavar="NAME", help=N_("The employer; else every one there is."))
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=N_("The file to write; else standard output."))
]

audit = new_group(N_("Check and write out the audit trail."), "hrtui admin audit verify")


@audit.command(
    cls=Command,
    help=N_("Check that no record of the audit trail was changed, taken out or added."),
    epilog='hrtui admin audit verify --employer "Bakkerij De Korst"',
)
def verify(
    ctx: typer.Context, employer: Employer = "", database: DatabaseUrl = "", config: ConfigFile = None
) -> int:
    """Exit code 1 where a trail does not hold."""
    from hrtui.cli.admin_operations import verify_trail

    return verify_trail(ctx.obj, config, database, employer)


@audit.command(
    cls=Command,
    help=N_("Write the audit trail of an employer, a JSON object on each line."),
    epilog='hrtui admin audit export --employer "Bakkerij De Korst" --out trail.jsonl',
)
def export(
    ctx: typer.Context,
    employer: Employer = "",
    out: Out = None,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    """Data on standard output unless a file is named."""
    from hrtui.cli.admin_operations import export_trail

    return export_trail(ctx.obj, config, database, employer, out)


def add_to(admin: typer.Typer) -> None:
    """Put the commands of this module below `hrtui admin`."""
    admin.add_typer(audit, name="audit")
    admin.command("backup", cls=Command, help=_BACKUP, epilog="hrtui admin backup /backups/2026-09-30.db")(
        backup
    )
    admin.command(
        "mark-durable", cls=Command, help=_DURABLE, epilog="hrtui admin mark-durable --positions heads.json"
    )(mark_durable)
    admin.command("compact", cls=Command, help=_COMPACT, epilog="hrtui admin compact")(compact)
    admin.command("restore-finish", cls=Command, help=_RESTORE, epilog="hrtui admin restore-finish")(
        restore_finish
    )


_BACKUP = N_(
    "Copy the backend's SQLite database while it serves, check the copy, and tell clerks' programs what is "
    "safe."
)
_DURABLE = N_(
    "Note which positions a PostgreSQL backup holds: print them before it is made, name them once it is "
    "checked."
)
_COMPACT = N_(
    "Let go of old changes, so that the database does not grow for ever. Run it daily; the backend may serve."
)
_RESTORE = N_("Run this after a backup was put back, before the backend serves again.")


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file to write; it must not exist."))],
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    """Copy the SQLite database."""
    from hrtui.cli.admin_operations import back_up

    return back_up(ctx.obj, config, database, file)


def mark_durable(
    ctx: typer.Context,
    positions: Annotated[
        Path | None,
        typer.Option(
            "--positions",
            metavar="FILE",
            help=N_("Positions that were printed before a backup that is whole."),
        ),
    ] = None,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    """Without --positions: print where the histories stand, as JSON."""
    from hrtui.cli.admin_operations import mark_durable as mark

    return mark(ctx.obj, config, database, positions)


def compact(
    ctx: typer.Context,
    days: Annotated[
        int,
        typer.Option(
            "--days", min=7, metavar="N", help=N_("Programs away for longer read everything anew (30).")
        ),
    ] = 30,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    """Of every employer."""
    from hrtui.cli.admin_operations import compact as let_go

    return let_go(ctx.obj, config, database, days)


def restore_finish(ctx: typer.Context, database: DatabaseUrl = "", config: ConfigFile = None) -> int:
    """Begin a new timeline."""
    from hrtui.cli.admin_operations import finish_restore

    return finish_restore(ctx.obj, config, database)
