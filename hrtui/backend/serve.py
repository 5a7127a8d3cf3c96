"""Running the service: the database looked at, the socket bound, one process or several, a graceful stop."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.supervisors import Multiprocess

from hrtui.backend import migrate
from hrtui.backend.config import Config, ConfigError, Unavailable
from hrtui.backend.database import Database
from hrtui.backend.heads import Heads
from hrtui.i18n import t

GRACE = 15
"""Seconds that calls have to end when the service stops; streams end at once."""
_LOCAL = ("127.0.0.1", "::1", "localhost")
_PROXY = "unix"
"""How whoever is at the other end of the unix socket is called."""


@dataclass(frozen=True, slots=True)
class AppFactory:
    """Makes the application in each worker; the configuration travels in memory, never in the environment."""

    config: Config

    def __call__(self) -> Any:
        """The application, with the logs of this process set up."""
        from hrtui.backend.app import create_app
        from hrtui.backend.logs import set_up

        set_up(self.config.log_level)
        _stop_waiting_first()
        app = create_app(self.config)
        return behind_socket(app) if self.config.uds and self.config.proxy_headers else app


def behind_socket(app: Any) -> ASGIApp:
    """The application behind a proxy at a unix socket: a call is from where the proxy itself saw it come.

    That is the last address of X-Forwarded-For. Those before it are what the client says, by which it could
    get round the counting of its tries.
    """
    proxied: Any = ProxyHeadersMiddleware(app, _PROXY)

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["client"] = (_PROXY, 0)
        await proxied(scope, receive, send)

    return call


def _stop_waiting_first() -> None:
    """Let streams and long polls end as soon as the process is told to stop, which waits for every call."""
    from hrtui.backend.sync.hub import close_all

    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)

        def stop(which: int, frame: FrameType | None, go_on: Any = before) -> None:
            close_all()
            if callable(go_on):
                go_on(which, frame)

        signal.signal(number, stop)


def look_at_database(config: Config) -> list[str]:
    """Make a SQLite file where there is none, refuse a database of another form.

    Returns what the operator should know, a sentence each. Raises ConfigError; DBAPIError where the database
    cannot be reached.
    """
    migrate.ready(config.database)
    _try_settings(config)
    return _warnings(config)


def _try_settings(config: Config) -> None:
    """Raise ConfigError for a setting with which no worker can begin: it would be tried again for ever."""
    from hrtui.backend.app import create_app

    app = create_app(config)
    app.state.hub.close()
    app.state.database.close()


def bind(config: Config) -> socket.socket:
    """The socket that the service listens on. Raises ConfigError where it cannot be had."""
    if config.uds:
        return _bind_path(Path(config.uds))
    if config.host not in _LOCAL and not config.tls_cert and not config.proxy_headers:
        raise ConfigError(
            t(
                "Outside this computer the backend needs TLS (--tls-cert and --tls-key), or a proxy in front "
                "that has it (--proxy-headers)."
            )
        )
    try:
        family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
        bound = socket.create_server((config.host, config.port), family=family, backlog=2048)
    except OSError as problem:
        raise Unavailable(
            t(
                "The backend cannot listen on {host}, port {port}: {reason}.",
                host=config.host,
                port=config.port,
                reason=os.strerror(problem.errno) if problem.errno else problem.strerror,
            )
        ) from problem

    # asyncio does not set it on a socket that it is given, and every answer would wait 40 ms.
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


def address(config: Config, bound: socket.socket) -> str:
    """Where clients reach the service."""
    if config.uds:
        return f"unix:{config.uds}"
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"{'https' if config.tls_cert else 'http'}://{host}:{bound.getsockname()[1]}"


def run(config: Config, bound: socket.socket) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code."""
    settings = uvicorn.Config(
        AppFactory(config),
        factory=True,
        http=Heads,
        workers=config.workers,
        uds=config.uds or None,
        ssl_certfile=config.tls_cert or None,
        ssl_keyfile=config.tls_key or None,
        proxy_headers=config.proxy_headers and not config.uds,
        forwarded_allow_ips="127.0.0.1,::1",
        access_log=False,
        log_config=None,
        server_header=False,
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE,
    )
    if config.workers == 1:
        server = uvicorn.Server(settings)
        # Also before uvicorn listens for them, and when it sends them once more at its end.
        _on_stop(server.handle_exit)
        server.run([bound])
        return 0 if server.started else 1
    early: list[int] = []
    _on_stop(lambda number, _frame: early.append(number))
    with tempfile.TemporaryDirectory(prefix="hrtui-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        supervisor = Multiprocess(settings, [bound])
        supervisor.signal_queue.extend(early)
        supervisor.run()
    return 0


def _on_stop(do: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, do)


def _warnings(config: Config) -> list[str]:
    database = Database.open(config.database, 1)
    try:
        if not database.postgres:
            return []
        with database.transaction(None, read_only=True) as con:
            row = con.one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if row is None or not row[0]:
            return []
        return [t("The database role passes by row-level security: give the backend a role of its own.")]
    finally:
        database.close()


def _bind_path(path: Path) -> socket.socket:
    """A unix socket that only this user's group reaches; a socket that nobody listens on is replaced."""
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.is_socket():
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
                if probe.connect_ex(str(path)) == 0:
                    raise Unavailable(t("Another process listens on {path} already.", path=path))
            path.unlink()
        bound.bind(str(path))
        path.chmod(0o660)
        bound.listen(2048)
    except OSError as problem:
        bound.close()
        raise Unavailable(
            t("The backend cannot listen on {path}: {reason}.", path=path, reason=problem.strerror)
        ) from problem
    return bound
