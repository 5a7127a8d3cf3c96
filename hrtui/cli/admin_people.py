"""The commands `hrtui admin employers|users|invitations|sessions`; users are never named in the words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from hrtui.cli.admin_options import ConfigFile, DatabaseUrl
from hrtui.cli.admin_words import Answers, Call, FromFile, OfEmployer
from hrtui.cli.help import Command
from hrtui.cli.shared_options import AsJson, new_group
from hrtui.i18n import N_

Roles = Annotated[
    str,
    typer.Option(
        "--roles",
        metavar="ROLE,ROLE",
        help=N_("clerk, case_manager, manager, auditor, administrator; or none."),
    ),
]
Spoken = Annotated[
    str, typer.Option("--language", metavar="nl|fr|en", help=N_("The language of e-mails; else this one."))
]


employers = new_group(N_("Make and list the employers of a backend."), "hrtui admin employers add")
users = new_group(N_("Make, list and change the users of a backend."), "hrtui admin users add")
invitations = new_group(N_("Send invitations to activate accounts."), "hrtui admin invitations send")
sessions = new_group(N_("End log-ins."), "hrtui admin sessions revoke")


@employers.command(
    "add",
    cls=Command,
    help=N_("Make an employer with the leave types and holidays of its country. It asks what is missing."),
    epilog='hrtui admin employers add --name "Bakkerij De Korst" --country BE',
)
def add_employer(
    ctx: typer.Context,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=N_("The employer's name."))] = "",
    country: Annotated[str, typer.Option("--country", metavar="BE|NL", help=N_("Its country."))] = "",
    spoken: Annotated[
        str, typer.Option("--language", metavar="nl|fr|en", help=N_("Its language; else this one."))
    ] = "",
    file: FromFile = None,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> int:
    from hrtui.cli.admin_accounts import add_employer as add

    answers = Answers(file, {"name": name, "country": country, "language": spoken})
    return add(Call(ctx.obj, config, database, answers, as_json))


@employers.command("list", cls=Command, help=N_("List the employers."), epilog="hrtui admin employers list")
def list_employers(
    ctx: typer.Context, database: DatabaseUrl = "", config: ConfigFile = None, as_json: AsJson = False
) -> int:
    from hrtui.cli.admin_accounts import list_employers as show

    return show(Call(ctx.obj, config, database, Answers(None, {}), as_json))


@users.command(
    "add",
    cls=Command,
    help=N_(
        "Make a user and e-mail the invitation. It asks for user name, full name and e-mail address, or "
        "reads them from --file with the lines name, full_name, email."
    ),
    epilog='hrtui admin users add --employer "Bakkerij De Korst" --roles clerk,manager',
)
def add_user(
    ctx: typer.Context,
    employer: OfEmployer = "",
    roles: Roles = "",
    spoken: Spoken = "",
    file: FromFile = None,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> int:
    from hrtui.cli.admin_accounts import add_user as add

    answers = Answers(file, {"employer": employer, "roles": roles, "language": spoken})
    return add(Call(ctx.obj, config, database, answers, as_json))


@users.command(
    "list",
    cls=Command,
    help=N_("List the users: name, whether active, and their roles."),
    epilog="hrtui admin users list --json",
)
def list_users(
    ctx: typer.Context, database: DatabaseUrl = "", config: ConfigFile = None, as_json: AsJson = False
) -> int:
    from hrtui.cli.admin_accounts import list_users as show

    return show(Call(ctx.obj, config, database, Answers(None, {}), as_json))


@users.command(
    "roles",
    cls=Command,
    help=N_("Give a user other roles at an employer; `none` takes the user out there."),
    epilog='hrtui admin users roles --employer "Bakkerij De Korst" --roles clerk,case_manager',
)
def set_roles(
    ctx: typer.Context,
    employer: OfEmployer = "",
    roles: Roles = "",
    file: FromFile = None,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> int:
    from hrtui.cli.admin_accounts import set_roles as change

    answers = Answers(file, {"employer": employer, "roles": roles})
    return change(Call(ctx.obj, config, database, answers, as_json))


def _of_one_user(
    group: typer.Typer, name: str, description: str, example: str
) -> Callable[[Callable[[Call], int]], None]:
    """Add what it decorates as a command that asks for nothing but the user's name."""

    def add(work: Callable[[Call], int]) -> None:
        @group.command(name, cls=Command, help=description, epilog=example)
        def command(
            ctx: typer.Context,
            file: FromFile = None,
            database: DatabaseUrl = "",
            config: ConfigFile = None,
            as_json: AsJson = False,
        ) -> int:
            return work(Call(ctx.obj, config, database, Answers(file, {}), as_json))

    return add


@_of_one_user(
    users,
    "disable",
    N_("Switch a user off: all devices are logged out at once."),
    "hrtui admin users disable",
)
def _disable(call: Call) -> int:
    from hrtui.cli.admin_accounts import set_disabled

    return set_disabled(call, disabled=True)


@_of_one_user(users, "enable", N_("Switch a user on again."), "hrtui admin users enable")
def _enable(call: Call) -> int:
    from hrtui.cli.admin_accounts import set_disabled

    return set_disabled(call, disabled=False)


@_of_one_user(
    users,
    "reset-factor",
    N_("After a lost phone: take a user's second steps away and e-mail a token to set them up again."),
    "hrtui admin users reset-factor",
)
def _reset_factor(call: Call) -> int:
    from hrtui.cli.admin_accounts import reset_factor

    return reset_factor(call)


@_of_one_user(
    invitations,
    "send",
    N_("Send a user's invitation again; the one of before stops working."),
    "hrtui admin invitations send",
)
def _send_invitation(call: Call) -> int:
    from hrtui.cli.admin_accounts import invite

    return invite(call)


@_of_one_user(sessions, "revoke", N_("Log all devices of a user out."), "hrtui admin sessions revoke")
def _revoke_sessions(call: Call) -> int:
    from hrtui.cli.admin_accounts import revoke_sessions

    return revoke_sessions(call)
