"""`hrtui admin export` and `erase`: the work, and what the operator reads of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.cli.admin_operations import employers_named, opened_database
from hrtui.cli.backend_config import configuration
from hrtui.cli.errors import FAILED, CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.prompting import needed
from hrtui.cli.session import say
from hrtui.i18n import day_text, t, tn

if TYPE_CHECKING:
    from hrtui.backend.database import Database
    from hrtui.backend.personal.retention import Kept


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to erase, and how far."""

    number: str
    cases: bool
    force: bool
    reason: str
    yes: bool


def export_employer(choices: Choices, file: Path | None, database: str, employer: str, folder: Path) -> int:
    """Write an employer out and say so; 1 where documents are missing. Raises CommandError."""
    with opened_database(choices, file, database) as opened:
        from hrtui.backend.documents.store import documents_of
        from hrtui.backend.personal.export import export_employer as write

        documents = documents_of(configuration(choices, file, database), opened)
        try:
            done = write(opened, documents, _one_employer(opened, employer), folder)
        except FileExistsError as problem:
            raise CommandError(
                t("The folder {folder} is not empty: name another one.", folder=folder)
            ) from problem
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise CommandError(
                t("{file} cannot be written: {reason}.", file=folder, reason=reason)
            ) from problem
    say(
        t(
            "{rows} rows and {documents} documents are in {folder}; its README.md tells what is what.",
            rows=done.rows,
            documents=done.documents,
            folder=folder,
        )
    )
    for sha256 in done.missing:
        say(t("The store does not have the document {sha256}: look for it in a backup.", sha256=sha256))
    return FAILED if done.missing else 0


def erase_person(choices: Choices, file: Path | None, database: str, employer: str, order: Order) -> int:
    """Erase a person or a person's cases. Raises CommandError where they must be kept, with the date."""
    if order.force and not order.reason.strip():
        raise usage_error(t("Say with --reason why it goes before its time."))
    config = configuration(choices, file, database)
    with opened_database(choices, file, database) as opened:
        from hrtui import clock
        from hrtui.backend.documents.store import documents_of
        from hrtui.backend.personal import leaving
        from hrtui.backend.personal.ledger import ledger_of, years_of

        tenant_id = _one_employer(opened, employer)
        number = order.number or needed(t("Number of the person:"))
        person_id = leaving.person_numbered(opened, tenant_id, number)
        if person_id is None:
            raise CommandError(t("There is no person with that number at this employer."))
        kept = leaving.kept_by(
            opened, tenant_id, person_id, clock.today(), years_of(config), cases_only=order.cases
        )
        standing = [one for one in kept if not (order.force and leaving.may_be_forced(one))]
        if standing:
            raise CommandError(_sentence(standing[0]))
        _confirm(order)
        places = leaving.Places(opened, documents_of(config, opened), ledger_of(config))
        try:
            done = leaving.leave(places, tenant_id, person_id, order.reason, cases_only=order.cases)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise CommandError(t("Nothing was erased: {reason}.", reason=reason)) from problem
    say(
        t(
            "{rows} rows and {documents} documents are erased; clerks' programs follow at their next sync.",
            rows=done.rows,
            documents=done.documents,
        )
    )
    if done.rewritten:
        say(
            tn(
                "{n} transmission keeps what was sent of the others; its files went with the person.",
                "{n} transmissions keep what was sent of the others; their files went with the person.",
                done.rewritten,
            )
        )
    return 0


def follow_case_managers(choices: Choices, file: Path | None, database: str, employer: str) -> int:
    """Erase what case managers erased, at one employer or all. Raises CommandError."""
    config = configuration(choices, file, database)
    rows = documents = 0
    with opened_database(choices, file, database) as opened:
        from hrtui.backend.documents.store import documents_of
        from hrtui.backend.personal import leaving
        from hrtui.backend.personal.ledger import ledger_of

        places = leaving.Places(opened, documents_of(config, opened), ledger_of(config))
        for tenant_id in employers_named(opened, employer):
            try:
                done = leaving.follow(places, tenant_id)
            except OSError as problem:
                reason = problem.strerror or str(problem)
                raise CommandError(t("Not everything was erased: {reason}.", reason=reason)) from problem
            rows, documents = rows + done.rows, documents + done.documents
    say(t("{rows} rows and {documents} documents are erased.", rows=rows, documents=documents))
    return 0


def _one_employer(database: Database, name: str) -> int:
    found = employers_named(database, name)
    if len(found) != 1:
        raise usage_error(t("Say which employer, with --employer."))
    return found[0]


def _confirm(order: Order) -> None:
    if order.yes:
        return
    if not sys.stdin.isatty():
        raise usage_error(t("This cannot be taken back: say --yes where nobody can be asked."))
    if needed(t("This cannot be taken back. Type the number once more:")) != order.number:
        raise CommandError(t("Nothing was erased."))


def _sentence(kept: Kept) -> str:
    """Why nothing is erased, and from when on it may be."""
    from hrtui.backend.personal.retention import Duty

    day = day_text(kept.until, "d MMMM y") if kept.until else ""
    return {
        Duty.EMPLOYED: t("This person is in service: give the contract an end first."),
        Duty.ILL: t("A case of illness is still open: close it first."),
        Duty.PAYROLL: t("What this person was paid by must be kept until {date}.", date=day),
        Duty.SICKNESS: t(
            "The cases of illness may be kept until {date}; --force with --reason erases them before.",
            date=day,
        ),
    }[kept.duty]
