"""Requests that are refused: a code, an HTTP status and a plain sentence without anything personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from hrtui.backend.database import Busy
from hrtui.backend.logs import failure, log

_SENTENCES = {
    "bad_request": "The request is not understood.",
    "token_missing": "Log in first.",
    "token_expired": "The log-in has expired.",
    "token_revoked": "This device was logged out.",
    "second_step_due": "The second step is asked again.",
    "device_revoked": "This device may no longer sync.",
    "forbidden": "Your roles do not allow this.",
    "not_found": "There is nothing here.",
    "method_not_allowed": "This cannot be done here.",
    "basis_changed": "Something changed since the month was looked at.",
    "open_conflicts": "Some days were changed in two places: choose what holds first.",
    "already_forwarded": "Somebody forwarded this month meanwhile.",
    "sent_since": "The provider got something newer about some of these people since.",
    "not_given_up": "The delivery was not given up: there is nothing to do again.",
    "dates_missing": "The provider wants dates that were not given.",
    "not_locked": "The month of these people is not locked.",
    "already_decided": "Somebody decided about this already.",
    "timeline_diverged": "The backend does not know the history that this device has seen.",
    "device_fork": "Another copy of this device has synced.",
    "scope_changed": "What your roles may see has changed.",
    "cursor_expired": "The changes since then are no longer kept.",
    "too_large": "The request is too large.",
    "too_slow": "The request took too long to arrive.",
    "payload_mismatch": "The same id came with other contents.",
    "wrong_offset": "The upload stands elsewhere.",
    "wrong_content": "The content is not the one that was announced.",
    "wrong_type": "This kind of file is not taken.",
    "bad_range": "The content is not that long.",
    "quota": "The employer's documents take all the room there is.",
    "upgrade_required": "This version of the program is too old for the backend.",
    "rate_limited": "Too many requests; try again later.",
    "overloaded": "The backend is busy; try again later.",
    "tenant_busy": "This employer is busy; try again later.",
    "internal": "Something went wrong at the backend.",
    "wrong_login": "Name and password do not go together.",
    "wrong_password": "This is not the password of the account.",
    "weak_password": "The password is too weak.",
    "wrong_code": "The code is not right, or was used before.",
    "code_expired": "The code is too old.",
    "challenge_expired": "The log-in took too long; begin again.",
    "invitation_unknown": "The token is not valid.",
    "invitation_expired": "The token is too old.",
    "activation_needed": "The account is not activated yet.",
    "account_disabled": "The account is switched off.",
    "no_second_step": "None of the second steps can be taken any more.",
    "factor_needed": "Set up a second step first.",
    "last_factor": "This is the only second step.",
    "codes_not_saved": "The backup codes are not confirmed yet.",
    "bad_number": "This is no mobile number.",
    "no_sms": "No SMS is set up.",
    "sms_failed": "The SMS could not be sent.",
    "sms_limit": "No more SMS for now.",
    "sms_wait": "Wait before the next SMS.",
    "no_mail": "No e-mail is set up.",
    "no_address": "The employer has no address for this.",
    "mail_failed": "The e-mail could not be sent.",
    "being_sent": "Somebody is sending this message already.",
    "locked": "Too many tries; try again later.",
    "unknown_session": "This device is not logged in.",
}
_BY_STATUS = {401: "token_missing", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}


class ApiError(Exception):
    """Raise it anywhere below a route; `extra` joins the body, `retry_after` is in seconds."""

    def __init__(
        self, status: int, code: str, *, retry_after: int = 0, extra: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.extra = dict(extra or {})


def problem(
    status: int, code: str, *, retry_after: int = 0, extra: Mapping[str, Any] | None = None
) -> JSONResponse:
    """The answer of a refused request."""
    headers = {"Cache-Control": "no-store"}
    if retry_after:
        headers["Retry-After"] = str(retry_after)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    body = {"code": code, "message": _SENTENCES.get(code, _SENTENCES["bad_request"]), **(extra or {})}
    return JSONResponse(body, status_code=status, headers=headers)


def install(app: FastAPI) -> None:
    """Answer every failure of a route in the same form, without what it was about."""

    @app.exception_handler(ApiError)
    def refused(_request: Request, error: ApiError) -> JSONResponse:
        return problem(error.status, error.code, retry_after=error.retry_after, extra=error.extra)

    @app.exception_handler(RequestValidationError)
    def not_understood(_request: Request, _error: RequestValidationError) -> JSONResponse:
        return problem(400, "bad_request")

    @app.exception_handler(Busy)
    def busy(_request: Request, _error: Busy) -> JSONResponse:
        return problem(503, "overloaded", retry_after=2)

    @app.exception_handler(OSError)
    def no_place(_request: Request, error: OSError) -> JSONResponse:
        log.error("failed", **failure(error))
        return problem(503, "overloaded", retry_after=10)

    @app.exception_handler(HTTPException)
    def other(_request: Request, error: HTTPException) -> JSONResponse:
        code = _BY_STATUS.get(error.status_code, "bad_request")
        return problem(error.status_code, "too_large" if error.status_code == 413 else code)
