"""The commands and their options; each hands over at once to the module that does the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer.exceptions import TyperException

from hrtui.cli import account_commands, deliver_command, forward_command, serve_command
from hrtui.cli.admin import admin
from hrtui.cli.errors import STOPPED, usage_error
from hrtui.cli.help import Command, explain
from hrtui.cli.layouts import layouts
from hrtui.cli.options import Choices, Demo
from hrtui.cli.shared_options import AsJson, ForEmployer, TheMonth, new_group
from hrtui.i18n import N_, t

if TYPE_CHECKING:
    from hrtui.payroll.lists import ListKind

DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Check the file and say what it would change, no more."))
]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help=N_("Import the valid lines and list the others."))]
OfMonth = Annotated[str, typer.Argument(metavar="[YYYY-MM]", help=N_("The month; else this one."))]
ListLayout = Annotated[str, typer.Option("--layout", metavar="csv|xlsx", help=N_("The kind of file (csv)."))]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="PATH", help=N_("The folder or the file to write; else standard output.")),
]
Table = Annotated[
    Path, typer.Argument(metavar="FILE", help=N_("A CSV file (; , or tab, UTF-8 or Windows) or XLSX."))
]


program = new_group(
    N_(
        "Payroll entry in the terminal. Without a command it opens the month grid of your profile; "
        "try it with `hrtui demo`."
    ),
    "hrtui --profile north --lang nl",
)
imports = new_group(N_("Read people, work schedules or leave from a file."), "hrtui import people staff.xlsx")
exports = new_group(
    N_("Write a month, or the people, pay components and messages that go with it, to a file."),
    "hrtui export month 2026-09",
)


@program.callback(invoke_without_command=True)
def _top(ctx: typer.Context) -> int:
    if ctx.invoked_subcommand is None:
        from hrtui.cli.start import open_grid

        return open_grid(ctx.obj)
    return 0


@program.command(
    cls=Command,
    help=N_("Make a sample employer in the profile `demo` (once) and open its month. No account, no server."),
    epilog="hrtui demo --people 300 --fresh",
)
def demo(
    ctx: typer.Context,
    people: Annotated[
        str, typer.Option("--people", metavar="N", help=N_("How many people the sample employer has (40)."))
    ] = "",
    fresh: Annotated[
        bool, typer.Option("--fresh", help=N_("Throw the sample away and make it again."))
    ] = False,
    no_ui: Annotated[bool, typer.Option("--no-ui", help=N_("Only make it; do not open it."))] = False,
) -> int:
    from hrtui.cli.demo import open_demo

    if people and not (people.isdecimal() and int(people) > 0):
        raise usage_error(t("“{value}” is no number of people; give 1 or more.", value=people))
    return open_demo(ctx.obj, Demo(int(people) if people else None, fresh, no_ui))


@program.command(
    cls=Command,
    help=N_(
        "Make a profile of your own on this computer: its password, and an employer with leave types and "
        "holidays. It asks for what the options do not say."
    ),
    epilog='hrtui init --employer "Bakkerij De Korst" --country BE',
)
def init(
    ctx: typer.Context,
    employer: Annotated[
        str, typer.Option("--employer", metavar="NAME", help=N_("The employer's name."))
    ] = "",
    country: Annotated[
        str,
        typer.Option("--country", metavar="BE|NL", help=N_("Whose leave types and holidays it starts with.")),
    ] = "",
) -> int:
    from hrtui.cli.create import create_profile

    return create_profile(ctx.obj, employer, country)


@program.command(
    cls=Command,
    help=N_(
        "Show every key with what it does, or check a keys file of your own and report all its problems. "
        "Your file overrides the packaged keys per action."
    ),
    epilog="hrtui keys --check ~/.config/hrtui/keybindings.toml",
)
def keys(
    ctx: typer.Context,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help=N_("The keys file to check."))
    ] = None,
    as_json: AsJson = False,
) -> int:
    from hrtui.cli.keys import check_keys, show_keys

    return check_keys(check, as_json) if check else show_keys(as_json)


def _add_import(what: Literal["people", "schedules", "entries"], description: str, example: str) -> None:
    """Add the command that reads a file of people, schedules or entries."""

    @imports.command(what, cls=Command, help=description, epilog=example)
    def run(
        ctx: typer.Context,
        file: Table,
        dry_run: DryRun = False,
        skip_bad: SkipBad = False,
        employer: ForEmployer = "",
        as_json: AsJson = False,
    ) -> int:
        from hrtui.cli.importing import import_file

        return import_file(
            ctx.obj, what, file, employer=employer, dry_run=dry_run, skip_bad=skip_bad, as_json=as_json
        )


_add_import(
    "people",
    N_(
        "Add people with their contract, team and work schedule, or bring them up to date. Column names may "
        "be Dutch, French or English. Nothing is imported unless every line is valid."
    ),
    "hrtui import people staff.xlsx --dry-run",
)
_add_import(
    "schedules",
    N_("Add work schedules of one or more weeks. Nothing is imported unless every line is valid."),
    "hrtui import schedules schedules.csv",
)
_add_import(
    "entries",
    N_(
        "Enter leave, worked time and overtime from a list of person, date, type and hours. Nothing is "
        "imported unless every line is valid; the whole file is one step to undo."
    ),
    "hrtui import entries leave-september.csv --skip-bad",
)


@exports.command(
    cls=Command,
    help=N_(
        "Write everything that is entered in a month. CSV goes to standard output unless --out is given."
    ),
    epilog="hrtui export month 2026-09 --layout xlsx --out ~/payroll",
)
def month(
    ctx: typer.Context,
    month: TheMonth,
    layout: Annotated[
        str,
        typer.Option(
            "--layout", metavar="NAME", help=N_("csv, xlsx, pdf or one of `hrtui layouts list` (csv).")
        ),
    ] = "csv",
    out: Out = None,
    employer: ForEmployer = "",
) -> int:
    from hrtui.cli.exporting import export_month

    return export_month(ctx.obj, month, layout, out, employer=employer)


def _add_list(what: ListKind, description: str, example: str) -> None:
    """Add the command that writes a list that goes with a month."""

    @exports.command(what, cls=Command, help=description, epilog=example)
    def run(
        ctx: typer.Context,
        month: OfMonth = "",
        layout: ListLayout = "csv",
        out: Out = None,
        employer: ForEmployer = "",
    ) -> int:
        from hrtui.cli.exporting import export_list

        return export_list(ctx.obj, what, month, layout, out, employer=employer)


_add_list(
    "people",
    N_("Write the people of a month with their contracts and schedules, a line per contract."),
    "hrtui export people 2026-09 --layout xlsx --out ~/payroll",
)
_add_list(
    "components",
    N_("Write the pay components of a month, a line for each."),
    "hrtui export components 2026-09",
)
_add_list(
    "messages",
    N_("Write the messages to the payroll provider of a month."),
    "hrtui export messages 2026-09",
)


@exports.command(
    cls=Command,
    help=N_(
        "Write the whole history of absence through illness of everybody who was ill: as csv or xlsx, or as"
        " JSON in the terms of afas, nmbrs or xpert. Case managers only."
    ),
    epilog="hrtui export absences --layout afas --out absences.json",
)
def absences(
    ctx: typer.Context,
    layout: Annotated[str, typer.Option("--layout", help=N_("csv, xlsx, afas, nmbrs or xpert."))] = "csv",
    out: Out = None,
    employer: ForEmployer = "",
) -> int:
    from hrtui.cli.exporting import export_absences

    return export_absences(ctx.obj, layout, out, employer=employer)


@exports.command(
    cls=Command,
    help=N_("Write what is due about cases of illness as an iCalendar file. Case managers only."),
    epilog="hrtui export agenda --out agenda.ics",
)
def agenda(ctx: typer.Context, out: Out = None, employer: ForEmployer = "") -> int:
    from hrtui.cli.exporting import export_agenda

    return export_agenda(ctx.obj, out, employer=employer)


@program.command(
    cls=Command,
    help=N_(
        "Check this computer and the profile: versions, folders and their permissions, the database and what "
        "the terminal can show."
    ),
    epilog="hrtui doctor --json",
)
def doctor(ctx: typer.Context, as_json: AsJson = False) -> int:
    from hrtui.cli.doctor import examine

    return examine(ctx.obj, as_json)


@program.command(
    cls=Command,
    help=N_("Send what waits and fetch what is new, once; an open hrtui does so by itself."),
    epilog="hrtui sync --json",
)
def sync(ctx: typer.Context, as_json: AsJson = False) -> int:
    from hrtui.cli.sync import sync_once

    return sync_once(ctx.obj, as_json)


@program.command(
    cls=Command,
    help=N_("Say how the sync with the backend stands: what waits, conflicts, since when it is offline."),
    epilog="hrtui status --json",
)
def status(ctx: typer.Context, as_json: AsJson = False) -> int:
    from hrtui.cli.sync import show_status

    return show_status(ctx.obj, as_json)


@program.command(
    cls=Command,
    help=N_(
        "Write a copy of the profile to one file, also while hrtui is open elsewhere. It stays encrypted and "
        "opens with the password of this moment."
    ),
    epilog="hrtui backup /media/usb/payroll-2026-09.hrtui",
)
def backup(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=N_("The file to write; it must not exist yet."))
    ],
) -> int:
    from hrtui.cli.keep import make_backup

    return make_backup(ctx.obj, file)


@program.command(
    cls=Command,
    help=N_("Bring a profile back from a backup. The backup is checked first."),
    epilog="hrtui restore /media/usb/payroll-2026-09.hrtui --replace",
)
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A file that `hrtui backup` wrote."))],
    replace: Annotated[
        bool,
        typer.Option("--replace", help=N_("Replace the profile that is there; its files are set aside.")),
    ] = False,
) -> int:
    from hrtui.cli.keep import restore_backup

    return restore_backup(ctx.obj, file, replace=replace)


program.command("deliver-again", cls=Command, help=deliver_command.HELP, epilog=deliver_command.EXAMPLE)(
    deliver_command.deliver_again
)
program.command("forward", cls=Command, help=forward_command.HELP, epilog=forward_command.EXAMPLE)(
    forward_command.forward
)
program.command("serve", cls=Command, help=serve_command.HELP, epilog=serve_command.EXAMPLE)(
    serve_command.serve
)
account_commands.add_to(program)
program.add_typer(admin, name="admin")
program.add_typer(imports, name="import")
program.add_typer(exports, name="export")
program.add_typer(layouts, name="layouts")


def run_command(choices: Choices, words: list[str]) -> int:
    """Run the command that `words` spell, return its exit code; raises CommandError where they spell none."""
    try:
        command = typer.main.get_command(program)
        code = int(command(words, prog_name="hrtui", standalone_mode=False, obj=choices) or 0)
    except TyperException as problem:
        raise usage_error(explain(problem)) from problem
    except typer.Abort as stopped:  # the end of the input
        raise KeyboardInterrupt from stopped
    if code == STOPPED:
        raise KeyboardInterrupt
    return code
