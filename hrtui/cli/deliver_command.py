"""The command `hrtui deliver-again` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from hrtui.cli.shared_options import AsJson, FilesTo, ForEmployer, TheMonth
from hrtui.i18n import N_

HELP = N_(
    "Deliver a forwarded month once more where that was given up: the same files under the same id, marked "
    "as a repetition. Without a backend the files are written that could not be written before."
)
EXAMPLE = "hrtui deliver-again 2026-09"


def deliver_again(
    ctx: typer.Context,
    month: TheMonth,
    number: Annotated[
        str,
        typer.Option("--number", metavar="N", help=N_("Which transmission of the month; else the latest.")),
    ] = "",
    out: FilesTo = None,
    employer: ForEmployer = "",
    as_json: AsJson = False,
) -> int:
    """Deliver again."""
    from hrtui.cli.deliver import DeliverOptions
    from hrtui.cli.deliver import deliver_again as run

    return run(ctx.obj, DeliverOptions(month, number, out, employer, as_json))
