"""Options that several commands have, and how a group of commands is made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.cli.help import Group
from hrtui.i18n import N_

AsJson = Annotated[bool, typer.Option("--json", help=N_("Write the answer as JSON."))]
ForEmployer = Annotated[
    str, typer.Option("--employer", metavar="NAME", help=N_("The employer, where the profile has several."))
]
TheMonth = Annotated[str, typer.Argument(metavar="YYYY-MM", help=N_("The month."))]
FilesTo = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help=N_("The folder for the files; else the one used last.")),
]


def new_group(description: str, example: str) -> typer.Typer:
    """A group of commands with our own help page."""
    return typer.Typer(
        cls=Group, help=description, epilog=example, rich_markup_mode=None, add_completion=False
    )
