"""The options that every command of `hrtui admin` has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrtui.i18n import N_

DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="URL",
        help=N_("The backend's database; else that of the configuration, else a SQLite file."),
    ),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help=N_("The backend's configuration (TOML)."))
]
