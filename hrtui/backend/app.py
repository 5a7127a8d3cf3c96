"""The service as one ASGI application: its routes, its errors and what every request goes through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from hrtui import __version__
from hrtui.backend import errors
from hrtui.backend.accounts import routes as account_routes
from hrtui.backend.config import Config
from hrtui.backend.database import Database


def create_app(config: Config, database: Database | None = None) -> FastAPI:
    """The application of `config`; its state holds `config` and `database`.

    The database must be migrated (see `hrtui.backend.migrate`). Works without a lifespan, as in tests that
    call it in process.
    """
    shared = database or Database.open(config.database, config.pool_size)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        shared.close()

    app = FastAPI(
        title="hrtui",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.state.config = config
    app.state.database = shared
    errors.install(app)
    account_routes.install(app, config, shared)
    return app
