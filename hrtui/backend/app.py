"""The service as one ASGI application: its routes, its errors and what every request goes through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from hrtui import __version__
from hrtui.backend import case_messages, errors, health
from hrtui.backend.accounts import routes as account_routes
from hrtui.backend.config import Config
from hrtui.backend.database import Database
from hrtui.backend.documents import routes as document_routes
from hrtui.backend.documents.settings import CHUNK
from hrtui.backend.forwarding import delivering
from hrtui.backend.invitations import page as invitation_page
from hrtui.backend.invitations import routes as invitation_routes
from hrtui.backend.middleware import Bodies, Observed
from hrtui.backend.rates import Strangers, Turns
from hrtui.backend.sync import commands, events, routes
from hrtui.backend.sync.hub import Hub
from hrtui.backend.sync.places import Places


def create_app(config: Config, database: Database | None = None) -> FastAPI:
    """The application of `config`; its state holds `config`, `database` and `hub`.

    The database must be migrated (see `hrtui.backend.migrate`). Works without a lifespan, as in tests that
    call it in process; then whoever gave the database closes it.
    """
    shared = database or Database.open(config.database, config.pool_size)
    hub = Hub(shared, config.limits.poll_seconds)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        app.state.deliverer.start()
        yield
        app.state.deliverer.stop()
        hub.close()
        shared.close()

    app = FastAPI(
        title="hrtui",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.state.config, app.state.database, app.state.hub = config, shared, hub
    app.state.pushes = Turns(config.limits.pushes_per_second)
    app.state.places = Places(2 * config.pool_size)
    errors.install(app)
    of_sync = (routes.router, routes.direct, routes.in_place, events.router, commands.router)
    for router in (health.router, *of_sync, case_messages.router):
        app.include_router(router)
    account_routes.install(app, config, shared)
    app.include_router(invitation_routes.router)
    app.include_router(invitation_page.router)
    document_routes.install(app, config, shared)
    delivering.install(app, config, shared)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)
    app.add_middleware(Bodies, most=config.limits.body_bytes, chunk=CHUNK)
    ours = app.state.accounts.vault.is_stamped
    app.add_middleware(Strangers, per_second=config.limits.strangers_per_second, ours=ours)
    app.add_middleware(Observed)
    return app
