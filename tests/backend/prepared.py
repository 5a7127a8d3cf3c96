"""The application for tests in this process, whose routes are prepared once and not for each test."""

from __future__ import annotations

from fastapi import FastAPI

from hrtui.backend import app as app_module
from hrtui.backend.config import Config
from hrtui.backend.database import Database

_routers: list[object] = []


def create_app(config: Config, database: Database | None = None) -> FastAPI:
    """As `hrtui.backend.app.create_app`; preparing the routes costs 45 ms at the first request."""
    app = app_module.create_app(config, database)
    _routers.append(app.router)
    # All that a route uses hangs on the application, so a router serves any number of them.
    app.router = _routers[0]  # type: ignore[assignment]
    del _routers[1:]
    return app
