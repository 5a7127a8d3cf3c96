"""Messages about cases to the occupational service: sent by e-mail to the address that the employer has set.

The receiver is never the client's choice, so that the backend is no relay; the text is kept nowhere.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from annotated_types import Ge, Le, MaxLen, MinLen
from fastapi import APIRouter, Depends, Response
from typing_extensions import TypedDict

from hrtui.backend.accounts.context import Accounts
from hrtui.backend.database import Connection
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.routes import ERRORS, Call, Called, answer, speaks_our_protocol
from hrtui.backend.sync.scope import scope_of
from hrtui.backend.sync.writing import Writing
from hrtui.domain.sync import wire

CASE = "sickness_case"
_MORE: dict[int | str, dict[str, Any]] = {code: {"model": wire.Problem} for code in (409, 502)}

router = APIRouter(
    prefix="/v1/t/{tenant}/case-messages",
    tags=["cases"],
    responses={**ERRORS, **_MORE},
    dependencies=[Depends(speaks_our_protocol)],
)


class CaseMessage(TypedDict):
    """A message about a case, in plain text."""

    case_id: Annotated[int, Ge(1), Le(2**63 - 1)]
    subject: Annotated[str, MinLen(1), MaxLen(300)]
    body: Annotated[str, MinLen(1), MaxLen(10_000)]


class Sent(TypedDict):
    """The address that the mail server took the message for."""

    recipient: str


@router.post("", response_model=Sent)
def send(call: Called, body: CaseMessage) -> Response:
    """Send a message about a case; case managers only. 409 where no address or mail server is set up."""
    recipient = call.run(lambda con: _recipient(con, call, body["case_id"]), read_only=True)
    accounts: Accounts = call.app.state.accounts
    if not accounts.notifier.sends_mail:
        raise ApiError(409, "no_mail")
    if not recipient:
        raise ApiError(409, "no_address")
    subject = " ".join(body["subject"].split())
    if not accounts.notifier.mail(recipient, subject, body["body"]):
        raise ApiError(502, "mail_failed")
    call.run(lambda con: _tell(con, call, body["case_id"]))
    return answer({"recipient": recipient})


def _recipient(con: Connection, call: Call, case_id: int) -> str:
    """The address of the occupational service; raises ApiError for who may not write cases, or no case."""
    scope = scope_of(con, call.tenant_id, call.roles)
    if not scope.may_write(CASE, ()):
        raise ApiError(403, "forbidden")
    find = "SELECT units FROM row_state WHERE tenant_id = ? AND entity = ? AND row_id = ? AND deleted = 0"
    if not con.all(find, call.tenant_id, CASE, case_id):
        raise ApiError(404, "not_found")
    employer = con.all(find, call.tenant_id, "employer", call.tenant_id)
    units: dict[str, Any] = json.loads(employer[0][0]) if employer else {}
    return str(units.get("occupational_email") or "")


def _tell(con: Connection, call: Call, case_id: int) -> None:
    """Keep in the audit trail that a message was sent, and not what it said."""
    writing = Writing.begin(con, call.tenant_id, call.actor())
    writing.deeds.append(Deed("", "send", CASE, case_id))
    writing.record()
