"""Delivering as a part of the service: one worker in each process."""

from __future__ import annotations

from fastapi import FastAPI

from hrtui.backend import specification_notices
from hrtui.backend.config import Config
from hrtui.backend.database import Database
from hrtui.backend.forwarding import commands
from hrtui.backend.forwarding.worker import Deliverer, pace_of

assert commands


def install(app: FastAPI, config: Config, database: Database) -> None:
    """Add the commands and `app.state.deliverer`, which the service starts and stops.

    Needs `app.state.documents` and `app.state.accounts`. Raises ConfigError for a wrong `[delivery]`.
    """

    def tell(tenant_id: int) -> int:
        return specification_notices.tell_of_new(database, app.state.accounts, tenant_id)

    vault, pace = app.state.accounts.vault, pace_of(config)
    app.state.deliverer = Deliverer(database, app.state.documents, vault, pace, tell)
