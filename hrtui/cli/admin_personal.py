"""`hrtui admin export` and `hrtui admin erase`: what the law gives an employer and a person a right to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.cli.admin_options import ConfigFile, DatabaseUrl
from hrtui.cli.admin_words import OfEmployer
from hrtui.cli.help import Command
from hrtui.i18n import N_

_EXPORT = N_("Write everything of an employer in open formats: JSON lines, CSV, the documents.")
_ERASE = N_(
    "Erase a person, at the backend and at every clerk's, once the law no longer asks to keep what they were "
    "paid by. It cannot be taken back."
)

_FOLLOW = N_(
    "Erase at the backend, for good, the cases of illness that case managers have erased. Run it every day."
)


def add_to(admin: typer.Typer) -> None:
    """Put the commands of this module below `hrtui admin`."""
    admin.command(
        "export", cls=Command, help=_EXPORT, epilog='hrtui admin export "Bakkerij De Korst" /safe/korst'
    )(export)
    admin.command(
        "erase", cls=Command, help=_ERASE, epilog='hrtui admin erase 1042 --employer "Bakkerij De Korst"'
    )(erase)
    admin.command("erase-cases", cls=Command, help=_FOLLOW, epilog="hrtui admin erase-cases")(erase_cases)


def export(
    ctx: typer.Context,
    employer: Annotated[str, typer.Argument(metavar="EMPLOYER", help=N_("The employer, by name or number."))],
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=N_("The folder to write; it must be new or empty."))
    ],
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    """Everything of one employer."""
    from hrtui.cli.admin_leaving import export_employer

    return export_employer(ctx.obj, config, database, employer, folder)


def erase(
    ctx: typer.Context,
    person: Annotated[
        str,
        typer.Argument(metavar="PERSON", help=N_("The person's number; asked for where it is left out.")),
    ] = "",
    employer: OfEmployer = "",
    cases: Annotated[
        bool, typer.Option("--cases", help=N_("Only the cases of illness, with their files."))
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help=N_("Also cases of illness that may be kept longer; needs --reason.")),
    ] = False,
    reason: Annotated[
        str,
        typer.Option("--reason", metavar="TEXT", help=N_("Why before time, without any name; it is kept.")),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask once more."))] = False,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    """Erase a person, or a person's cases."""
    from hrtui.cli.admin_leaving import Order, erase_person

    order = Order(person, cases=cases, force=force, reason=reason, yes=yes)
    return erase_person(ctx.obj, config, database, employer, order)


def erase_cases(
    ctx: typer.Context, employer: OfEmployer = "", database: DatabaseUrl = "", config: ConfigFile = None
) -> int:
    """Follow the case managers."""
    from hrtui.cli.admin_leaving import follow_case_managers

    return follow_case_managers(ctx.obj, config, database, employer)
