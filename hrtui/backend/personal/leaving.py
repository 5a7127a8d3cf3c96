"""The operator's erasing of a person: held against the duties to keep, noted, carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from hrtui.backend.database import Connection, Database
from hrtui.backend.documents.store import Documents
from hrtui.backend.personal import bundles, ledger
from hrtui.backend.personal.erasure import Erased, Subject, cases_of, erase
from hrtui.backend.personal.retention import Duty, Kept, duties
from hrtui.backend.sync.erased import CASE, PERSON
from hrtui.backend.sync.stored import live_rows
from hrtui.backend.sync.tenants import OPERATOR
from hrtui.domain.retention import PAYROLL_YEARS


@dataclass(frozen=True, slots=True)
class Places:
    """Where there is something to erase, and the ledger that brings it back after a restore."""

    database: Database
    documents: Documents
    ledger: Path


def person_numbered(database: Database, tenant_id: int, number: str) -> int | None:
    """The id of the person with that number, None where nobody has it."""
    with database.transaction(tenant_id, read_only=True) as con:
        people = live_rows(con, tenant_id, PERSON)
        return next((id_ for id_, units in people if str(units.get("number")) == number.strip()), None)


def kept_by(
    database: Database,
    tenant_id: int,
    person_id: int,
    today: date,
    years: Mapping[str, int] = PAYROLL_YEARS,
    *,
    cases_only: bool,
) -> list[Kept]:
    """What forbids erasing today, the longest first; `years` are the terms of payroll records by country."""
    with database.transaction(tenant_id, read_only=True) as con:
        return duties(con, tenant_id, person_id, today, years, cases_only=cases_only)


def may_be_forced(kept: Kept) -> bool:
    """Whether the employer may decide otherwise: a closed file of illness may go before its longest time."""
    return kept.duty is Duty.SICKNESS


def leave(places: Places, tenant_id: int, person_id: int, reason: str, *, cases_only: bool) -> Erased:
    """Erase a person, or only their cases; each is in the ledger before it is carried out.

    Raises OSError where the ledger or the documents cannot be written.
    """
    subjects = [Subject(tenant_id, PERSON, person_id)]
    if cases_only:
        with places.database.transaction(tenant_id, read_only=True) as con:
            subjects = [Subject(tenant_id, CASE, case_id) for case_id in cases_of(con, tenant_id, person_id)]
    return _erase_all(places, tenant_id, subjects, reason)


def follow(places: Places, tenant_id: int) -> Erased:
    """Erase the cases that case managers erased at their desks; the backend had only deleted them."""
    with places.database.transaction(tenant_id, read_only=True) as con:
        cases = _erased_at_desks(con, tenant_id)
    return _erase_all(places, tenant_id, cases, "")


def _erased_at_desks(con: Connection, tenant_id: int) -> list[Subject]:
    """The cases that the access log tells were erased, that are deleted, and that still have values."""
    log = live_rows(con, tenant_id, "access_log")
    told = [units for _, units in log if units.get("what") == "erased"]
    ids = sorted({units["row_id"] for units in told if units.get("entity") == CASE})
    gone = {
        row_id
        for row_id, text in con.all(
            "SELECT row_id, units FROM row_state WHERE tenant_id = ? AND entity = ? AND deleted = 1",
            tenant_id, CASE,
        )
        if text != "{}"
    }  # fmt: skip
    return [Subject(tenant_id, CASE, case_id) for case_id in ids if case_id in gone]


def _erase_all(places: Places, tenant_id: int, subjects: Iterable[Subject], reason: str) -> Erased:
    total = Erased(0, 0, 0)
    for subject in subjects:
        ledger.note(places.ledger, subject)
        rewritten = bundles.without(places.documents, subject)
        work = partial(
            erase,
            actor=OPERATOR,
            documents=places.documents,
            subject=subject,
            reason=reason,
            rewritten=rewritten,
        )
        total += places.database.run(tenant_id, work)
    return total
