"""The command `hrtui forward` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from hrtui.cli.shared_options import AsJson, FilesTo, ForEmployer, TheMonth
from hrtui.i18n import N_

HELP = N_(
    "Check a month and forward it to the payroll provider, as the screen does: the month is locked, and the "
    "files go to a folder. What blocks it is told, and nothing is sent. People who did not change since are "
    "left out."
)
EXAMPLE = "hrtui forward 2026-09 --out ~/payroll --dry-run"


def forward(
    ctx: typer.Context,
    month: TheMonth,
    people: Annotated[
        str,
        typer.Option("--people", metavar="NUMBERS", help=N_("Only these people: their numbers, by commas.")),
    ] = "",
    layout: Annotated[
        str,
        typer.Option("--layout", metavar="NAME", help=N_("One of `hrtui layouts list`; else the last used.")),
    ] = "",
    out: FilesTo = None,
    wages: Annotated[
        str, typer.Option("--wages", metavar="YYYY-MM-DD", help=N_("When wages are paid."))
    ] = "",
    meal_vouchers: Annotated[
        str,
        typer.Option("--meal-vouchers", metavar="YYYY-MM-DD", help=N_("When meal vouchers are ordered.")),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only check, and say what would be sent."))
    ] = False,
    employer: ForEmployer = "",
    as_json: AsJson = False,
) -> int:
    """Forward a month."""
    from hrtui.cli.forward import ForwardOptions
    from hrtui.cli.forward import forward as run

    options = ForwardOptions(month, people, layout, out, wages, meal_vouchers, dry_run, as_json, employer)
    return run(ctx.obj, options)
