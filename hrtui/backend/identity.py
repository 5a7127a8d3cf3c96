"""Who sends a request: the bearer token's user, the device it was given to and the roles at each employer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from hrtui.backend.database import Database
from hrtui.backend.errors import ApiError

ROLES = ("clerk", "case_manager", "manager", "auditor", "administrator")
bearer = HTTPBearer(auto_error=False)
"""Says in the API's description that a token is needed; `identity_of` reads it."""

_FIND = (
    "SELECT s.user_id, s.id, u.display_name, t.expires_at, s.revoked_at, u.disabled_at, m.tenant_id, m.roles"
    " FROM access_token t JOIN login_session s ON s.id = t.session_id"
    " JOIN user_account u ON u.id = s.user_id LEFT JOIN membership m ON m.user_id = u.id"
    " WHERE t.token_hash = ?"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """A logged-in user; `tenants` maps each employer to the roles there, `session_id` names the device."""

    user_id: int
    name: str
    session_id: str
    tenants: dict[int, frozenset[str]]


def identity_of(request: Request, _described: Annotated[object, Depends(bearer)] = None) -> Identity:
    """The user of the request's bearer token. Raises ApiError 401 where it is missing, unknown or expired."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not token.strip():
        raise ApiError(401, "token_missing")
    database: Database = request.app.state.database
    # What follows the point is the mark by which `rates.Strangers` tells tokens of ours.
    plain = token.strip().partition(".")[0]
    digest = sha256(plain.encode(errors="replace")).hexdigest()
    rows = database.find(_FIND, digest)
    if not rows:
        raise ApiError(401, "token_missing")
    user_id, session_id, name, expires_at, revoked_at, disabled_at, *_ = rows[0]
    if revoked_at or disabled_at:
        raise ApiError(401, "token_revoked")
    if expires_at <= time.time():
        raise ApiError(401, "token_expired")
    tenants = {row[6]: frozenset(row[7].split()) for row in rows if row[6] is not None}
    return Identity(user_id, name, session_id, tenants)


SignedIn = Annotated[Identity, Depends(identity_of)]
"""The type of a route's parameter that makes it answer 401 without a valid token."""


def roles_at(identity: Identity, tenant_id: int) -> frozenset[str]:
    """The user's roles at an employer. Raises ApiError 404 elsewhere, also where there is none."""
    if tenant_id not in identity.tenants:
        raise ApiError(404, "not_found")
    return identity.tenants[tenant_id]
