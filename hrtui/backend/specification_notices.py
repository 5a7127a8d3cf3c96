"""E-mails that say that a benefit specification came: once to each member who may see cases, naming nobody.

What was told is kept as a receipt per specification and member. A mail server that takes nothing leaves none,
so that the next specification tells of both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from babel.dates import format_date

from hrtui import clock
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.letters import letter
from hrtui.backend.accounts.users import employer_name
from hrtui.backend.database import Connection, Database
from hrtui.backend.sync.scope import scope_of
from hrtui.domain.sync.wire import Mutation
from hrtui.i18n import LANGUAGES, N_

ENTITY = "benefit_specification"
NEW_DAYS = 31
"""A specification that was received longer ago is history that somebody brings in, and no news."""
NOTICE = (
    N_("A new benefit specification"),
    N_(
        "Hello {person}\n\n"
        "A new benefit specification of {month} is ready in hrtui, at {employer}.\n"
        "You find it with the cases of illness.\n"
    ),
)
_NAME = "specification-notice"
_OWN = "tenant_id = ? AND uid = ? AND name = ?"


@dataclass(frozen=True, slots=True)
class _Notice:
    """That one member is to hear of one specification; `month` is its first day."""

    uid: str
    month: date
    person: str
    email: str
    language: str


def brings_one(mutations: Iterable[Mutation]) -> bool:
    """Whether a push can bring a specification."""
    return any(op["e"] == ENTITY for mutation in mutations for op in mutation["ops"])


def tell_of_new(database: Database, accounts: Accounts, tenant_id: int) -> int:
    """E-mail every member of an employer who may see cases what they were not told of; returns how many."""
    if not accounts.notifier.sends_mail:
        return 0
    told = 0
    employer = employer_name(database, tenant_id)
    for one in database.run(tenant_id, lambda con: _wanted(con, tenant_id), read_only=True):
        if not database.run(tenant_id, partial(_claim, tenant_id=tenant_id, uid=one.uid)):
            continue
        month = format_date(one.month, "LLLL y", locale=one.language)
        subject, body = letter(NOTICE, one.language, person=one.person, month=month, employer=employer)
        if accounts.notifier.mail(one.email, subject, body):
            told += 1
        else:
            database.run(tenant_id, partial(_release, tenant_id=tenant_id, uid=one.uid))
    return told


def _wanted(con: Connection, tenant_id: int) -> list[_Notice]:
    """A notice for every recent specification and everybody who may see it."""
    since = (clock.today() - timedelta(days=NEW_DAYS)).isoformat()
    rows = con.all(
        "SELECT row_id, units FROM row_state WHERE tenant_id = ? AND entity = ? AND deleted = 0"
        " ORDER BY row_id",
        tenant_id, ENTITY,
    )  # fmt: skip
    recent = [(row_id, units) for row_id, text in rows if (units := json.loads(text))["received_on"] >= since]
    if not recent:
        return []
    members = con.all(
        "SELECT m.user_id, m.roles, u.display_name, u.email, u.language FROM membership m"
        " JOIN user_account u ON u.id = m.user_id"
        " WHERE m.tenant_id = ? AND u.disabled_at = 0 AND u.activated_at > 0 AND u.email <> ''"
        " ORDER BY m.user_id",
        tenant_id,
    )
    return [
        _Notice(
            f"specification-{row_id}-{user_id}",
            date.fromisoformat(f"{units['month']}-01"),
            name,
            email,
            language if language in LANGUAGES else "en",
        )
        for user_id, roles, name, email, language in members
        if scope_of(con, tenant_id, frozenset(roles.split())).sees(ENTITY, "month")
        for row_id, units in recent
    ]


def _claim(con: Connection, tenant_id: int, uid: str) -> bool:
    """Whether this is the one to tell; two workers never tell the same."""
    found = con.execute(
        "INSERT INTO command_receipt (tenant_id, uid, name, sha256, rev, answer)"
        " VALUES (?, ?, ?, '', 0, '{}') ON CONFLICT (tenant_id, uid) DO NOTHING",
        tenant_id, uid, _NAME,
    )  # fmt: skip
    return found == 1


def _release(con: Connection, tenant_id: int, uid: str) -> None:
    con.execute(f"DELETE FROM command_receipt WHERE {_OWN}", tenant_id, uid, _NAME)
