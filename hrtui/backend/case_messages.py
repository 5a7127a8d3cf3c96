"""Messages about cases to the occupational service: sent by e-mail to the address that the employer has set.

The receiver is never the client's choice, so that the backend is no relay; the text is kept nowhere. What was
prepared while the backend was away has a row `sickness_contact`: it goes out once, for whoever asks first,
and the backend marks the row for all.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import Annotated, Any, NotRequired

from annotated_types import Ge, Le, MaxLen, MinLen
from fastapi import APIRouter, Depends, Response
from typing_extensions import TypedDict

from hrtui import clock
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.daily import Sender
from hrtui.backend.database import Connection
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.call import ERRORS, Call, Called, answer, speaks_our_protocol
from hrtui.backend.sync.scope import scope_of
from hrtui.backend.sync.stored import units_of
from hrtui.backend.sync.writing import Writing
from hrtui.domain.sync import wire

CASE, CONTACT, MESSAGE = "sickness_case", "sickness_contact", "case_message"
WAITING, SENT = "waiting", "sent"
PATIENCE = 600
"""Seconds after which a sending that nothing was heard of is taken over: its worker has ended."""
_CLAIM = "case-message"
_OWN_CLAIM = "tenant_id = ? AND uid = ? AND name = ?"
_MORE: dict[int | str, dict[str, Any]] = {code: {"model": wire.Problem} for code in (409, 429, 502)}

router = APIRouter(
    prefix="/v1/t/{tenant}/case-messages",
    tags=["cases"],
    responses={**ERRORS, **_MORE},
    dependencies=[Depends(speaks_our_protocol)],
)


class CaseMessage(TypedDict):
    """A message about a case, in plain text; `contact_id` is the row that waits for it, where one does."""

    case_id: Annotated[int, Ge(1), Le(2**63 - 1)]
    contact_id: NotRequired[Annotated[int, Ge(1), Le(2**63 - 1)]]
    subject: Annotated[str, MinLen(1), MaxLen(300)]
    body: Annotated[str, MinLen(1), MaxLen(10_000)]


class Sent(TypedDict):
    """The address that the mail server took the message for."""

    recipient: str


@router.post("", response_model=Sent)
def send(call: Called, body: CaseMessage) -> Response:
    """Send a message about a case; case managers only. 409 where no address or mail server is set up.

    For a contact that was sent already it answers as if it were sent now; 409 while another request sends it.
    """
    case_id, contact_id = body["case_id"], body.get("contact_id", 0)
    recipient = call.run(lambda con: _recipient(con, call, case_id), read_only=True)
    accounts: Accounts = call.app.state.accounts
    if not accounts.notifier.sends_mail:
        raise ApiError(409, "no_mail")
    if not recipient:
        raise ApiError(409, "no_address")
    sender = Sender(MESSAGE, call.tenant_id, call.identity.user_id)
    moment = clock.seconds()

    def begin(con: Connection) -> bool:
        if contact_id and not _claim(con, call, case_id, contact_id):
            return False
        sender.count(con, moment)
        return True

    def give_up(con: Connection) -> None:
        sender.take_back(con, moment)
        if contact_id:
            _release(con, call, contact_id)

    if not call.run(begin):
        return answer({"recipient": recipient})
    subject = " ".join(body["subject"].split())
    if not accounts.notifier.mail(recipient, subject, body["body"]):
        call.run(give_up)
        raise ApiError(502, "mail_failed")
    head = call.run(lambda con: _tell(con, call, case_id, contact_id, recipient))
    if head is not None:
        call.app.state.hub.tell(call.tenant_id, head)
    return answer({"recipient": recipient})


def _claim(con: Connection, call: Call, case_id: int, contact_id: int) -> bool:
    """Whether this request is the one to send a contact's message; raises ApiError 404, 409.

    The claim is kept as a receipt, so that two workers never send the same.
    """
    writing = Writing.begin(con, call.tenant_id, call.actor())
    contact = writing.get((CONTACT, contact_id, ""))
    if not contact.live or contact.units.get("case_id") != case_id:
        raise ApiError(404, "not_found")
    if contact.units.get("state") != WAITING:
        return False
    own = (call.tenant_id, _uid(contact_id), _CLAIM)
    row = con.one(f"SELECT answer FROM command_receipt WHERE {_OWN_CLAIM}", *own)
    if row is not None and json.loads(row[0])["since"] + PATIENCE > clock.seconds():
        raise ApiError(409, "being_sent")
    con.execute(f"DELETE FROM command_receipt WHERE {_OWN_CLAIM}", *own)
    con.execute(
        "INSERT INTO command_receipt (tenant_id, uid, name, sha256, rev, answer) VALUES (?, ?, ?, '', ?, ?)",
        *own, writing.clock.rev, json.dumps({"since": clock.seconds()}),
    )  # fmt: skip
    return True


def _release(con: Connection, call: Call, contact_id: int) -> None:
    """Let another request send what this one could not."""
    own = (call.tenant_id, _uid(contact_id), _CLAIM)
    con.execute(f"DELETE FROM command_receipt WHERE {_OWN_CLAIM}", *own)


def _uid(contact_id: int) -> str:
    return f"{_CLAIM}-{contact_id}"


def _recipient(con: Connection, call: Call, case_id: int) -> str:
    """The address of the occupational service; raises ApiError for who may not write cases, or no case."""
    scope = scope_of(con, call.tenant_id, call.roles)
    if not scope.may_write(CASE, ()):
        raise ApiError(403, "forbidden")
    if units_of(con, call.tenant_id, CASE, case_id) is None:
        raise ApiError(404, "not_found")
    employer = units_of(con, call.tenant_id, "employer", call.tenant_id) or {}
    return str(employer.get("occupational_email") or "")


def _tell(con: Connection, call: Call, case_id: int, contact_id: int, recipient: str) -> wire.Position | None:
    """Keep in the audit trail that a message was sent, and not what it said; mark the row that waited for it.

    Returns the position of the commit that marks, None where no row waited.
    """
    writing = Writing.begin(con, call.tenant_id, call.actor())
    writing.deeds.append(Deed("", "send", CASE, case_id))
    key = (CONTACT, contact_id, "")
    if not contact_id or not writing.get(key).live:
        writing.record()
        return None
    at = f"{clock.now().astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    writing.put(key, {"state": SENT, "recipient": recipient, "at": at})
    return writing.commit()
