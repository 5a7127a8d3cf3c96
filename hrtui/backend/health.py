"""Whether the service lives, whether it can work, and its counters."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from hrtui import __version__
from hrtui.backend import metrics
from hrtui.backend.database import Database
from hrtui.domain.sync.wire import PROTOCOL

router = APIRouter(tags=["operations"])


@router.get("/health")
def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/ready", responses={503: {"description": "The database does not answer."}})
def ready(request: Request) -> JSONResponse:
    """The database answers too."""
    database: Database = request.app.state.database
    try:
        with database.transaction(None, read_only=True) as con:
            con.one("SELECT 1")
    except Exception:
        # Whatever it is, requests must go to another worker until it is over.
        return JSONResponse({"status": "no database"}, status_code=503)
    return JSONResponse({"status": "ok"})


@router.get("/metrics", response_class=Response)
def counters() -> Response:
    """The counters in Prometheus' text form."""
    return Response(metrics.exposition(), media_type=metrics.CONTENT_TYPE)


@router.get("/v1/capabilities")
def capabilities() -> dict[str, str | int]:
    """Which version answers, and which protocol it speaks."""
    return {"version": __version__, "protocol_min": PROTOCOL, "protocol_max": PROTOCOL}
