"""Inviting new employees for a clerk: sending the link, telling how it stands, and ending it."""

from __future__ import annotations

from typing import Annotated, Any

from annotated_types import Ge, Le, MaxLen, MinLen
from fastapi import APIRouter, Depends, Path, Response
from typing_extensions import TypedDict

from hrtui import clock
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.daily import Sender
from hrtui.backend.database import Connection
from hrtui.backend.errors import ApiError
from hrtui.backend.invitations import records
from hrtui.backend.invitations.letter import letter
from hrtui.backend.invitations.records import Invited
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.call import ERRORS, Call, Called, answer, speaks_our_protocol
from hrtui.backend.sync.scope import scope_of
from hrtui.backend.sync.stored import units_of
from hrtui.backend.sync.writing import Writing
from hrtui.domain.identity import contact
from hrtui.domain.identity.problem import Given, Problem
from hrtui.domain.invitation import asked
from hrtui.domain.sync import wire
from hrtui.domain.sync.units import ENTITIES
from hrtui.i18n import LANGUAGES

PERSON, PERSON_INVITATION = "person", "person_invitation"
AGAIN = 60
"""Seconds in which the same request is taken for one whose answer was lost, and sends nothing anew."""
_MORE: dict[int | str, dict[str, Any]] = {code: {"model": wire.Problem} for code in (429, 502)}
Id = Annotated[int, Ge(1), Le(wire.ROW_ID_MAX)]

router = APIRouter(
    prefix="/v1/t/{tenant}/person-invitations",
    tags=["people"],
    responses={**ERRORS, **_MORE},
    dependencies=[Depends(speaks_our_protocol)],
)


class Wanted(TypedDict):
    """Whom to invite: the id of the clerk's form, the address, and the language of the e-mail and page."""

    id: Id
    email: Annotated[str, MinLen(3), MaxLen(254)]
    language: Annotated[str, MaxLen(2)]


class Standing(TypedDict):
    """How an invitation stands: `open`, `expired` or `answered`, then with the answer by field."""

    id: int
    state: str
    expires_at: int
    answer: dict[str, str | int | None]


class Standings(TypedDict):
    """The invitations that the clerk sent."""

    invitations: list[Standing]


class Gone(TypedDict):
    """Whether there was something to end."""

    ended: bool


@router.post("", response_model=Standing)
def send(call: Called, body: Wanted) -> Response:
    """E-mail a link to a new employee; for who may write people. 409 where no mail server is set up."""
    accounts: Accounts = call.app.state.accounts
    address = contact.email(body["email"], Given(clock.today()))
    if isinstance(address, Problem):
        raise ApiError(400, "bad_request")
    if not accounts.notifier.sends_mail:
        raise ApiError(409, "no_mail")
    token, moment = records.token_for(call.tenant_id), clock.seconds()
    employer, invited, fresh = call.run(lambda con: _keep(con, call, body, token, moment))
    if fresh:
        link = f"{accounts.url.rstrip('/')}/invite/{token}"
        subject, text = letter(invited.language, employer, call.identity.name, link, invited.expires_at)
        if not accounts.notifier.mail(str(address), subject, text):
            call.run(lambda con: _take_back(con, call, invited))
            raise ApiError(502, "mail_failed")
        call.run(lambda con: _tell(con, call, invited.id))
    return answer(_standing(invited, moment, {}))


@router.get("", response_model=Standings)
def standings(call: Called) -> Response:
    """How the clerk's invitations stand, with what was answered."""
    accounts: Accounts = call.app.state.accounts
    moment, user_id = clock.seconds(), call.identity.user_id
    found = call.run(lambda con: records.of_user(con, call.tenant_id, user_id), read_only=True)
    told = [_standing(one, moment, records.answer_of(accounts.vault, one)) for one in found]
    return answer({"invitations": told})


@router.delete("/{invitation_id}", response_model=Gone)
def end(call: Called, invitation_id: Annotated[int, Path(ge=1, le=wire.ROW_ID_MAX)]) -> Response:
    """End an invitation that is withdrawn, or whose answer has arrived: nothing of it stays here."""
    user_id = call.identity.user_id
    ended = call.run(lambda con: records.drop(con, call.tenant_id, user_id, invitation_id))
    return answer({"ended": ended})


def _keep(con: Connection, call: Call, body: Wanted, token: str, moment: int) -> tuple[str, Invited, bool]:
    """The employer's name, the invitation, and whether it is new: the same may have been sent just now."""
    scope = scope_of(con, call.tenant_id, call.roles)
    if not scope.may_write(PERSON, ()):
        raise ApiError(403, "forbidden")
    user_id = call.identity.user_id
    before = records.by_id(con, call.tenant_id, body["id"])
    if before is not None and before.user_id != user_id:
        raise ApiError(409, "payload_mismatch")
    settings = units_of(con, call.tenant_id, "employer", call.tenant_id) or {}
    name = str(settings.get("name") or "")
    if before is not None and (before.answered_at or before.sent_at > moment - AGAIN):
        return name, before, False
    records.clear_old(con, call.tenant_id, moment)
    Sender(PERSON_INVITATION, call.tenant_id, user_id).count(con, moment)
    country = str(settings.get("country") or "BE")
    units = ENTITIES[PERSON].units
    hidden = {name for unit, names in units.items() if not scope.sees(PERSON, unit) for name in names}
    language = body["language"] if body["language"] in LANGUAGES else "en"
    until = moment + records.LASTS
    invited = Invited(
        call.tenant_id, body["id"], user_id, language, country, asked(country, hidden), moment, until, 0, ""
    )
    records.keep(con, invited, token)
    return name, invited, True


def _take_back(con: Connection, call: Call, invited: Invited) -> None:
    """Nothing was sent: the invitation goes, and does not count."""
    records.drop(con, call.tenant_id, invited.user_id, invited.id)
    Sender(PERSON_INVITATION, call.tenant_id, invited.user_id).take_back(con, invited.sent_at)


def _tell(con: Connection, call: Call, invitation_id: int) -> None:
    """Keep in the audit trail that somebody was invited, and not who."""
    writing = Writing.begin(con, call.tenant_id, call.actor())
    writing.deeds.append(Deed("", "send", PERSON_INVITATION, invitation_id))
    writing.record()


def _standing(invited: Invited, moment: int, found: dict[str, Any]) -> Standing:
    return {
        "id": invited.id,
        "state": invited.state(moment),
        "expires_at": invited.expires_at,
        "answer": found,
    }
