"""The command `hrtui serve` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from hrtui.cli.admin_options import ConfigFile, DatabaseUrl
from hrtui.i18n import N_

HELP = N_(
    "Run the backend that clerks share: on a SQLite file on this computer by default, on PostgreSQL where "
    "many work. `--config` keeps all of it in a file."
)
EXAMPLE = "hrtui serve --database postgresql+psycopg://hrtui_app@/hrtui --workers 4"


def serve(
    ctx: typer.Context,
    database: DatabaseUrl = "",
    config: ConfigFile = None,
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADDRESS", help=N_("Where to listen (127.0.0.1)."))
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", help=N_("The port (8420); 0 takes a free one."))
    ] = None,
    uds: Annotated[
        str | None, typer.Option("--uds", metavar="FILE", help=N_("Listen on a unix socket instead."))
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", help=N_("How many processes serve (1)."))
    ] = None,
    tls_cert: Annotated[
        str | None, typer.Option("--tls-cert", metavar="FILE", help=N_("The certificate chain (PEM)."))
    ] = None,
    tls_key: Annotated[
        str | None, typer.Option("--tls-key", metavar="FILE", help=N_("The key of the certificate (PEM)."))
    ] = None,
    proxy_headers: Annotated[
        bool,
        typer.Option("--proxy-headers", help=N_("A proxy on this computer stands in front and has TLS.")),
    ] = False,
) -> int:
    """Run the backend."""
    from hrtui.cli.serve import serve as run

    given = {
        "host": host, "port": port, "uds": uds, "workers": workers, "tls_cert": tls_cert, "tls_key": tls_key,
        "proxy_headers": proxy_headers or None,
    }  # fmt: skip
    return run(ctx.obj, config, database, given)
