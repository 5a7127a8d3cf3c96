"""E-mails that say that a benefit specification came: once to each member who may see cases, naming nobody.

The push that brings a specification leaves a receipt in its own transaction, whose `rev` is the moment at
which somebody is to be told next, 0 when all were: a mail server that takes nothing, or a worker that ends in
the middle, puts it off and loses none. The deliverers look for what is due.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

from babel.dates import format_date

from hrtui import clock
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.letters import letter
from hrtui.backend.accounts.users import employer_name
from hrtui.backend.database import Connection, Database
from hrtui.backend.forwarding import queue
from hrtui.backend.sync.positions import clock_of
from hrtui.backend.sync.scope import scope_of
from hrtui.backend.sync.stored import units_of
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
_HELD = 600
"""Seconds after which a job that nothing was heard of is taken over: its worker has ended."""
_OWN = "tenant_id = ? AND uid = ? AND name = ?"


@dataclass(frozen=True, slots=True)
class _Job:
    """A specification of which members are to be told; `told` are the ids of those who were."""

    row_id: int
    tries: int = 0
    told: frozenset[int] = field(default=frozenset())

    @property
    def uid(self) -> str:
        """The name of its receipt."""
        return f"{queue.NOTICE}-{self.row_id}"

    @property
    def answer(self) -> str:
        """What the receipt keeps."""
        return json.dumps({"row": self.row_id, "tries": self.tries, "told": sorted(self.told)})


@dataclass(frozen=True, slots=True)
class _Member:
    """Who is to hear of it."""

    id: int
    name: str
    email: str
    language: str


def brought(mutations: Iterable[Mutation]) -> list[int]:
    """The specifications that a push can add."""
    return [
        op["id"] for mutation in mutations for op in mutation["ops"] if op["e"] == ENTITY and op["k"] == "ins"
    ]


def remember(con: Connection, tenant_id: int, row_ids: Iterable[int]) -> None:
    """Keep in the transaction that adds specifications that members are to be told of them."""
    for row_id in row_ids:
        job = _Job(row_id)
        con.execute(
            "INSERT INTO command_receipt (tenant_id, uid, name, sha256, rev, answer)"
            " VALUES (?, ?, ?, '', 1, ?) ON CONFLICT (tenant_id, uid) DO NOTHING",
            tenant_id, job.uid, queue.NOTICE, job.answer,
        )  # fmt: skip
    con.execute("UPDATE tenant_clock SET due_at = 0 WHERE tenant_id = ?", tenant_id)


def tell_of_new(database: Database, accounts: Accounts, tenant_id: int) -> int:
    """E-mail every member of an employer who may see cases what is due to be told; returns how many."""
    count = 0
    for job in database.run(tenant_id, partial(_take, tenant_id=tenant_id)):
        told = _tell(database, accounts, tenant_id, job)
        count += len(told.told - job.told)
    return count


def _take(con: Connection, tenant_id: int) -> list[_Job]:
    """What is due, held for a while against other workers."""
    moment = clock.seconds()
    rows = con.all(
        "SELECT uid, rev, answer FROM command_receipt WHERE tenant_id = ? AND name = ?"
        " AND rev > 0 AND rev <= ? ORDER BY uid",
        tenant_id, queue.NOTICE, moment,
    )  # fmt: skip
    sql = f"UPDATE command_receipt SET rev = ? WHERE {_OWN} AND rev = ?"
    taken = []
    for uid, rev, text in rows:
        if con.execute(sql, moment + _HELD, tenant_id, uid, queue.NOTICE, rev):
            kept = json.loads(text)
            taken.append(_Job(kept["row"], kept["tries"], frozenset(kept["told"])))
    return taken


def _tell(database: Database, accounts: Accounts, tenant_id: int, job: _Job) -> _Job:
    """Tell of one specification; whoever could not be told is told later."""
    missed = False
    for one, subject, body in _letters(database, tenant_id, job):
        if accounts.notifier.sends_mail and accounts.notifier.mail(one.email, subject, body):
            job = replace(job, told=job.told | {one.id})
            database.run(tenant_id, partial(_keep, tenant_id=tenant_id, job=job, at=clock.seconds() + _HELD))
        else:
            missed = True
    at = clock.seconds() + queue.wait_after(job.tries + 1) if missed else 0
    job = replace(job, tries=job.tries + missed)
    database.run(tenant_id, partial(_keep, tenant_id=tenant_id, job=job, at=at))
    return job


def _letters(database: Database, tenant_id: int, job: _Job) -> list[tuple[_Member, str, str]]:
    """Who is still to be told of a specification, with subject and body; nobody where it is no news."""
    month = database.run(tenant_id, lambda con: _month(con, tenant_id, job.row_id), read_only=True)
    if month is None:
        return []
    members = database.run(tenant_id, lambda con: _members(con, tenant_id), read_only=True)
    employer = employer_name(database, tenant_id)
    letters = []
    for one in members:
        if one.id not in job.told:
            said = format_date(month, "LLLL y", locale=one.language)
            text = letter(NOTICE, one.language, person=one.name, month=said, employer=employer)
            letters.append((one, *text))
    return letters


def _keep(con: Connection, tenant_id: int, job: _Job, at: int) -> None:
    """Keep how far a job came, and when it goes on."""
    clock_of(con, tenant_id, lock=True)
    sql = f"UPDATE command_receipt SET rev = ?, answer = ? WHERE {_OWN}"
    con.execute(sql, at, job.answer, tenant_id, job.uid, queue.NOTICE)
    queue.plan(con, tenant_id)


def _month(con: Connection, tenant_id: int, row_id: int) -> date | None:
    """The first day of the month of a specification; None where it is no news (any more)."""
    units = units_of(con, tenant_id, ENTITY, row_id)
    since = (clock.today() - timedelta(days=NEW_DAYS)).isoformat()
    return date.fromisoformat(f"{units['month']}-01") if units and units["received_on"] >= since else None


def _members(con: Connection, tenant_id: int) -> list[_Member]:
    """Everybody who may see specifications and can be reached."""
    members = con.all(
        "SELECT m.user_id, m.roles, u.display_name, u.email, u.language FROM membership m"
        " JOIN user_account u ON u.id = m.user_id"
        " WHERE m.tenant_id = ? AND u.disabled_at = 0 AND u.activated_at > 0 AND u.email <> ''"
        " ORDER BY m.user_id",
        tenant_id,
    )
    return [
        _Member(user_id, name, email, language if language in LANGUAGES else "en")
        for user_id, roles, name, email, language in members
        if scope_of(con, tenant_id, frozenset(roles.split())).sees(ENTITY, "month")
    ]
