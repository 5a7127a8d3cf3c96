"""Delivering as a part of the service: one worker in each process."""

from __future__ import annotations

from fastapi import FastAPI

from hrtui.backend.config import Config
from hrtui.backend.database import Database
from hrtui.backend.forwarding import commands
from hrtui.backend.forwarding.worker import Deliverer, pace_of

assert commands


def install(app: FastAPI, config: Config, database: Database) -> None:
    """Add the commands and `app.state.deliverer`, which the service starts and stops.

    Needs `app.state.documents` and `app.state.accounts`. Raises ConfigError for a wrong `[delivery]`.
    """
    app.state.deliverer = Deliverer(database, app.state.documents, app.state.accounts.vault, pace_of(config))
