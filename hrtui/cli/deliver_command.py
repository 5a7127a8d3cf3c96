"""The command `hrtui deliver-again` and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.i18n import N_

HELP = N_(
    "Deliver a forwarded month once more where that was given up: the same files under the same id, marked "
    "as a repetition. Without a backend the files are written that could not be written before."
)
EXAMPLE = "hrtui deliver-again 2026-09"


def deliver_again(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help=N_("The month."))],
    number: Annotated[
        str,
        typer.Option("--number", metavar="N", help=N_("Which transmission of the month; else the latest.")),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help=N_("The folder for the files; else the one used last.")),
    ] = None,
    employer: Annotated[
        str,
        typer.Option("--employer", metavar="NAME", help=N_("The employer, where the profile has several.")),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=N_("Write the answer as JSON."))] = False,
) -> int:
    """Deliver again."""
    from hrtui.cli.deliver import DeliverOptions
    from hrtui.cli.deliver import deliver_again as run

    return run(ctx.obj, DeliverOptions(month, number, out, employer, as_json))
