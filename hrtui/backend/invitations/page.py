"""The page of an invited employee: a plain form without scripts, whose answer counts once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request, Response

from hrtui import clock
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.database import Connection, Database
from hrtui.backend.invitations import html, records
from hrtui.backend.invitations.records import Invited
from hrtui.backend.sync.stored import units_of
from hrtui.domain.identity.problem import Given
from hrtui.domain.invitation import checked
from hrtui.i18n import LANGUAGES

MOST = 20_000
"""Bytes of an answer; more is no form of ours."""
router = APIRouter(include_in_schema=False)
Language = Annotated[str, Query(max_length=2)]


async def _typed(request: Request) -> dict[str, str]:
    """The fields of a sent form, `application/x-www-form-urlencoded`."""
    body = await request.body()
    if len(body) > MOST:
        return {}
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None)
    return dict(pairs[:100])


@router.get("/invite/{token}")
def show(request: Request, token: str, lang: Language = "") -> Response:
    """The empty form."""
    found = _find(request, token)
    if found is None:
        return _gone(lang)
    employer, invited = found
    return _form(invited, employer, lang, {"country": invited.country, "nationality": invited.country}, {})


@router.post("/invite/{token}")
def take(
    request: Request, token: str, typed: Annotated[dict[str, str], Depends(_typed)], lang: Language = ""
) -> Response:
    """Take the answer, or show the form again with what is wrong."""
    found = _find(request, token)
    if found is None:
        return _gone(lang)
    employer, invited = found
    outcome = checked(invited.asked, typed, Given(clock.today(), invited.country))
    if outcome.problems:
        return _form(invited, employer, lang, typed, outcome.problems)
    accounts: Accounts = request.app.state.accounts
    database: Database = request.app.state.database
    first = database.run(
        invited.tenant_id,
        lambda con: records.put_answer(con, accounts.vault, invited, outcome.values, clock.seconds()),
    )
    if not first:
        return _gone(lang)
    return _page(html.thanks(_language(invited.language, lang), employer))


def _find(request: Request, token: str) -> tuple[str, Invited] | None:
    """The employer's name and the invitation, as long as its link works."""
    tenant_id = records.tenant_of(token)
    if not tenant_id or len(token) > 100 or not token.isascii():
        return None
    database: Database = request.app.state.database
    return database.run(tenant_id, lambda con: _open(con, tenant_id, token), read_only=True)


def _open(con: Connection, tenant_id: int, token: str) -> tuple[str, Invited] | None:
    invited = records.by_token(con, tenant_id, token)
    if invited is None or invited.state(clock.seconds()) != "open":
        return None
    units = units_of(con, tenant_id, "employer", tenant_id) or {}
    return str(units.get("name") or ""), invited


def _form(
    invited: Invited, employer: str, lang: str, typed: Mapping[str, str], problems: Mapping[str, Any]
) -> Response:
    language = _language(invited.language, lang)
    return _page(
        html.form(language, employer, invited.country, invited.asked, typed, problems),
        422 if problems else 200,
    )


def _gone(lang: str) -> Response:
    return _page(html.gone(_language("en", lang)), 404)


def _language(own: str, chosen: str) -> str:
    return chosen if chosen in LANGUAGES else own


def _page(content: str, status: int = 200) -> Response:
    return Response(content, status, headers=html.HEADERS, media_type="text/html")
