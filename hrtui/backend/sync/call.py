"""Who asks at which employer: what every route of an employer begins with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Path, Request
from fastapi.responses import JSONResponse

from hrtui.backend.database import Connection, Database
from hrtui.backend.errors import ApiError
from hrtui.backend.identity import Identity, bearer, identity_of, roles_at
from hrtui.backend.sync.writing import Actor
from hrtui.domain.sync import wire

Result = TypeVar("Result")
TenantId = Annotated[int, Path(ge=1, le=wire.ROW_ID_MAX)]
ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": wire.Problem} for code in (400, 401, 403, 404, 409, 410, 413, 426, 429, 503)
}


async def speaks_our_protocol(request: Request) -> None:
    """`check_protocol` as a dependency; it is no plain function, as that would cost a change of thread."""
    check_protocol(request)


def check_protocol(request: Request) -> None:
    """Raise ApiError 426 for a client of another protocol."""
    spoken = request.headers.get("hrtui-protocol", str(wire.PROTOCOL))
    if spoken != str(wire.PROTOCOL):
        raise ApiError(426, "upgrade_required")


def tenant_of(request: Request) -> int:
    """The employer that the path names. Raises ApiError 400 where it is no number of one."""
    text = str(request.path_params["tenant"])
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and 1 <= int(text) <= wire.ROW_ID_MAX):
        raise ApiError(400, "bad_request")
    return int(text)


class Call:
    """One request of a clerk at one employer; answers 401 without a token and 404 at another's employer."""

    def __init__(
        self, request: Request, tenant: TenantId, _described: Annotated[object, Depends(bearer)] = None
    ) -> None:
        self.app = request.app
        self.tenant_id = tenant
        # Not a dependency of its own: each costs a change of thread.
        self.identity: Identity = identity_of(request)
        self.roles = roles_at(self.identity, tenant)
        self.limits = request.app.state.config.limits

    def run(self, work: Callable[[Connection], Result], *, read_only: bool = False) -> Result:
        """What `work` returns from a transaction of this employer."""
        database: Database = self.app.state.database
        return database.run(self.tenant_id, work, read_only=read_only)

    def take_turn(self, what: str) -> None:
        """Use a turn of the log-in here; raises ApiError 429 where there is none.

        The log-in tells one device from another: the device's id is whatever its program says.
        """
        if wait := self.app.state.pushes.take(f"{what} {self.tenant_id} {self.identity.session_id}"):
            raise ApiError(429, "rate_limited", retry_after=wait)

    def actor(self, device_id: str = "") -> Actor:
        """The clerk as author."""
        return Actor(self.identity.user_id, self.identity.name, device_id)


Called = Annotated[Call, Depends()]


def answer(body: Any) -> JSONResponse:
    """A body that is no longer checked: it was made by our own types."""
    return JSONResponse(body, headers={"Cache-Control": "no-store"})
