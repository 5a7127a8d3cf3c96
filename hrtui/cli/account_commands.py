"""The commands of accounts: activate, login, logout and password."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.cli.help import Command
from hrtui.cli.shared_options import AsJson
from hrtui.i18n import N_

Url = Annotated[
    str, typer.Argument(metavar="[URL]", help=N_("The backend's address; it is asked for where left out."))
]
CaFile = Annotated[
    Path | None,
    typer.Option(
        "--ca-file",
        metavar="FILE",
        help=N_("The certificate of the authority that the backend's own certificate comes from."),
    ),
]


def add_to(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command(
        cls=Command,
        help=N_(
            "Activate your account with the token that was e-mailed to you: choose a password and a second "
            "step, keep the backup codes, and work."
        ),
        epilog="hrtui activate https://hr.example.org",
    )(activate)
    program.command(
        cls=Command,
        help=N_("Log this computer in at a backend, with your password and the second step."),
        epilog="hrtui login https://hr.example.org",
    )(login)
    program.command(
        cls=Command,
        help=N_("Log this computer out. What is not sent yet stays here until you log in again."),
        epilog="hrtui logout",
    )(logout)
    program.command(
        cls=Command,
        help=N_("Change your password: that of the account and of the profile on this computer."),
        epilog="hrtui password",
    )(password)
    program.command(
        cls=Command,
        help=N_("List the devices that your account is logged in on, and log one out."),
        epilog="hrtui devices --log-out 3f9c0a7be1d24586",
    )(devices)


def activate(ctx: typer.Context, url: Url = "", ca_file: CaFile = None) -> int:
    """Hand over to the module that does it."""
    from hrtui.cli.activate import activate as run

    return run(ctx.obj, url, ca_file)


def login(
    ctx: typer.Context,
    url: Url = "",
    ca_file: CaFile = None,
    reset: Annotated[
        bool, typer.Option("--reset", help=N_("Choose a new password first, with a token by e-mail."))
    ] = False,
) -> int:
    """Hand over to the module that does it."""
    from hrtui.cli.login import log_in

    return log_in(ctx.obj, url, ca_file, reset=reset)


def logout(ctx: typer.Context) -> int:
    """Hand over to the module that does it."""
    from hrtui.cli.login import log_out

    return log_out(ctx.obj)


def password(ctx: typer.Context) -> int:
    """Hand over to the module that does it."""
    from hrtui.cli.login import change_password

    return change_password(ctx.obj)


def devices(
    ctx: typer.Context,
    leaving: Annotated[
        str, typer.Option("--log-out", metavar="ID", help=N_("Log this device out first."))
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Hand over to the module that does it."""
    from hrtui.cli.devices import show_devices

    return show_devices(ctx.obj, leaving, as_json)
