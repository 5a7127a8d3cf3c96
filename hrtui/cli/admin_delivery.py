"""The commands `hrtui admin channels` and `hrtui admin deliver`."""

from __future__ import annotations

from typing import Annotated

import typer

from hrtui.cli.admin_options import ConfigFile, DatabaseUrl
from hrtui.cli.admin_words import Answers, Call, FromFile, OfEmployer
from hrtui.cli.help import Command
from hrtui.cli.shared_options import AsJson, new_group
from hrtui.i18n import N_

Named = Annotated[str, typer.Option("--name", metavar="NAME", help=N_("The channel's name."))]

channels = new_group(
    N_("Keep the ways by which an employer's months reach its payroll provider."),
    "hrtui admin channels add --file channel.txt",
)


def add_to(admin: typer.Typer) -> None:
    """Add the commands."""
    admin.add_typer(channels, name="channels")
    admin.command("deliver", cls=Command, help=_DELIVER, epilog="hrtui admin deliver --once")(deliver)


@channels.command(
    "add",
    cls=Command,
    help=N_(
        "Make a channel: a folder, an SFTP or HTTPS server, or e-mail. Its settings are lines as `host: "
        "sftp.example.org` in --file; secrets come from other files or the environment, as `key_file: FILE` "
        "or `password_env: NAME`. docs/delivery.md lists them."
    ),
    epilog="hrtui admin channels add --name Acerta --kind sftp --file channel.txt",
)
def add_channel(
    ctx: typer.Context,
    name: Named = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help=N_("folder, sftp, https or mail."))
    ] = "",
    provider: Annotated[
        str,
        typer.Option("--provider", metavar="NAME", help=N_("Only what goes to this provider, as acerta.")),
    ] = "",
    employer: OfEmployer = "",
    file: FromFile = None,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> int:
    from hrtui.cli.admin_channels import add

    given = {"name": name, "kind": kind, "provider": provider, "employer": employer}
    return add(Call(ctx.obj, config, database, Answers(file, given), as_json))


@channels.command(
    "list",
    cls=Command,
    help=N_("List the channels, with what waits and the last problem; never their secrets."),
    epilog="hrtui admin channels list --json",
)
def list_channels(
    ctx: typer.Context,
    employer: OfEmployer = "",
    database: DatabaseUrl = "",
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> int:
    from hrtui.cli.admin_channels import show

    return show(Call(ctx.obj, config, database, Answers(None, {"employer": employer}), as_json))


@channels.command(
    "pin",
    cls=Command,
    help=N_(
        "Compare the key that an SFTP server shows with the known one. Where the provider says that the new "
        "one is theirs, --fingerprint pins it."
    ),
    epilog="hrtui admin channels pin --name Acerta",
)
def pin_channel(
    ctx: typer.Context,
    name: Named = "",
    fingerprint: Annotated[
        str,
        typer.Option("--fingerprint", metavar="SHA256:…", help=N_("The new key, as the command showed it.")),
    ] = "",
    employer: OfEmployer = "",
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    from hrtui.cli.admin_channels import pin

    answers = Answers(None, {"employer": employer, "name": name, "fingerprint": fingerprint})
    return pin(Call(ctx.obj, config, database, answers, as_json=False))


@channels.command(
    "test",
    cls=Command,
    help=N_("See whether a channel works, without sending anything."),
    epilog="hrtui admin channels test --name Acerta",
)
def try_channel(
    ctx: typer.Context,
    name: Named = "",
    employer: OfEmployer = "",
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    from hrtui.cli.admin_channels import try_out

    answers = Answers(None, {"employer": employer, "name": name})
    return try_out(Call(ctx.obj, config, database, answers, as_json=False))


@channels.command(
    "remove",
    cls=Command,
    help=N_("Remove a channel; what waits for it is not delivered by it any more."),
    epilog="hrtui admin channels remove --name Acerta",
)
def remove_channel(
    ctx: typer.Context,
    name: Named = "",
    employer: OfEmployer = "",
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    from hrtui.cli.admin_channels import remove

    answers = Answers(None, {"employer": employer, "name": name})
    return remove(Call(ctx.obj, config, database, answers, as_json=False))


_DELIVER = N_("Deliver what is due and read answers, without the service or beside it.")


def deliver(
    ctx: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help=N_("Do what is due now and end; else go on until Ctrl+C."))
    ] = False,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
) -> int:
    """Deliver."""
    from hrtui.cli.admin_channels import deliver as run

    return run(Call(ctx.obj, config, database, Answers(None, {}), as_json=False), once=once)
