"""`hrtui layouts` and its commands: which layouts there are, what is wrong with one, and a try on a month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.cli.help import Command
from hrtui.cli.shared_options import AsJson, ForEmployer, TheMonth, new_group
from hrtui.i18n import N_

layouts = new_group(
    N_(
        "The layouts in which a month goes to a payroll provider. Your own belong in the folder layouts "
        "beside settings.toml; one with the name of a packaged layout takes its place."
    ),
    "hrtui layouts list",
)


@layouts.command(
    "list",
    cls=Command,
    help=N_("Show every layout with what it is for."),
    epilog="hrtui layouts list --json",
)
def list_all(ctx: typer.Context, as_json: AsJson = False) -> int:
    """Show the layouts."""
    from hrtui.cli.layout_work import show_layouts

    return show_layouts(as_json)


@layouts.command(
    cls=Command,
    help=N_("Check a layout and report all its problems, each with its line."),
    epilog="hrtui layouts check ~/.config/hrtui/layouts/our-provider.toml",
)
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The layout's file (TOML)."))],
    as_json: AsJson = False,
) -> int:
    """Check a file."""
    from hrtui.cli.layout_work import check_file

    return check_file(file, as_json)


@layouts.command(
    "try",
    cls=Command,
    help=N_(
        "Write a month in a layout to a folder, with SHA256SUMS, and send nothing. What stands in the way is "
        "reported by person and field."
    ),
    epilog="hrtui layouts try acerta 2026-09 --out ~/payroll/try",
)
def try_on(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=N_("The layout's name, or its file (with .toml)."))
    ],
    month: TheMonth,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help=N_("The folder to write to; else NAME-YYYY-MM here.")),
    ] = None,
    employer: ForEmployer = "",
) -> int:
    """Try a layout."""
    from hrtui.cli.layout_work import try_layout

    return try_layout(ctx.obj, name, month, out, employer=employer)
