"""Steps of the timeline that were done or are not needed, and Belgian certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hrtui import clock
from hrtui.domain.sickness.agenda import Task
from hrtui.domain.sickness.certificates import Certificate, free_days_left
from hrtui.domain.sickness.message import Telling
from hrtui.domain.sickness.poortwachter import Due, Mark, Step, timeline
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, Values
from hrtui.store.errors import StoreError
from hrtui.store.moments import day_of
from hrtui.store.sickness.desk import Desk, stable_id
from hrtui.store.sickness.outcome import name_of
from hrtui.store.sickness.records import case_record, cases_of_person, stored_case
from hrtui.store.sickness.terms import holidays_between

STEP, CERTIFICATE = "sickness_step", "sickness_certificate"
_KNOWN = frozenset({*Step, *Task})


def timeline_of(desk: Desk, case_id: int) -> list[Due]:
    """The steps of a Dutch case with what was done of them, also for the cases that it counts on from."""
    chain = case_record(desk, case_id).chain
    marks = [mark for spell in chain.spells for mark in marks_of(desk, spell.id)]
    free = holidays_between(desk, chain.date_of(1), chain.date_of(740))
    return timeline(chain, marks, free)


def marks_of(desk: Desk, case_id: int) -> list[Mark]:
    """What was done of a case, or is not needed."""
    found = desk.store.con.execute(
        "SELECT step, number, done_on, needed FROM sickness_step WHERE case_id = ? AND employer_id = ?",
        (case_id, desk.employer_id),
    )
    return [Mark(step, number, day_of(done_on), bool(needed)) for step, number, done_on, needed in found]


def mark(desk: Desk, case_id: int, step: str, number: int = 0, *, done_on: date | None) -> int | None:
    """Say that a step or task of a case was done on a day, or with None that it is not needed.

    Returns the undo step. Raises StoreError for an unknown step or a day in the future.
    """
    if step == Task.OVERLAP:
        raise StoreError(t("Open the case to decide which of the two reports holds."))
    if step not in _KNOWN:
        raise StoreError(t("There is no such step."))
    if done_on is not None and done_on > clock.today():
        raise StoreError(t("A step cannot be done in the future."))
    values: Values = {
        "employer_id": desk.employer_id,
        "case_id": case_id,
        "step": step,
        "number": number,
        "done_on": done_on.isoformat() if done_on else None,
        "needed": int(done_on is not None),
    }
    row_id, old = _stored_mark(desk, case_id, step, number)
    if row_id is None:
        stored_case(desk.store, desk.employer_id, case_id)
        new_row = stable_id(STEP, case_id, step, number)
        changes: list[Change] = [rows.insertion(STEP, values, new_row)]
    else:
        changes = [*rows.update(STEP, row_id, old, values)]
    return _write(desk, case_id, changes)


def mark_told(desk: Desk, case_id: int, telling: str) -> None:
    """Where the service was told of the sick report, the step of reporting to it is done today."""
    reported = any(one.step == Step.SERVICE_REPORT for one in marks_of(desk, case_id))
    if telling == Telling.REPORT and desk.dutch and not reported:
        mark(desk, case_id, Step.SERVICE_REPORT, done_on=clock.today())


def unmark(desk: Desk, case_id: int, step: str, number: int = 0) -> int | None:
    """Take a mark away: the step is to be done again."""
    row_id, old = _stored_mark(desk, case_id, step, number)
    if row_id is None:
        return None
    return _write(desk, case_id, [rows.deletion(STEP, row_id, old)])


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate with its id."""

    id: int
    certificate: Certificate


def certificates_of(desk: Desk, case_id: int) -> list[StoredCertificate]:
    """The certificates of a case in date order."""
    found = desk.store.con.execute(
        "SELECT id, from_date, until_date, received_on FROM sickness_certificate"
        " WHERE case_id = ? AND employer_id = ? ORDER BY from_date, id",
        (case_id, desk.employer_id),
    )
    return [
        StoredCertificate(
            id_, Certificate(date.fromisoformat(start), date.fromisoformat(end), day_of(received))
        )
        for id_, start, end, received in found
    ]


def add_certificate(desk: Desk, case_id: int, certificate: Certificate) -> int:
    """Keep a certificate of a case, received or announced; returns its id.

    Raises StoreError where its days are none or lie before the case.
    """
    stored = stored_case(desk.store, desk.employer_id, case_id)
    _check_certificate(certificate, stored.case.spell.first_day)
    change = rows.insertion(
        CERTIFICATE,
        {
            "employer_id": desk.employer_id,
            "case_id": case_id,
            "from_date": certificate.from_date.isoformat(),
            "until_date": certificate.until.isoformat(),
            "received_on": certificate.received_on.isoformat() if certificate.received_on else None,
        },
    )
    _write(desk, case_id, [change])
    return change.id


def receive_certificate(desk: Desk, certificate_id: int, received_on: date | None) -> int | None:
    """Say when an announced certificate came in (None: it did not)."""
    old = rows.row_of(desk.store, desk.employer_id, CERTIFICATE, certificate_id)
    if received_on is not None and received_on > clock.today():
        raise StoreError(t("A certificate cannot have come in in the future."))
    new = {"received_on": received_on.isoformat() if received_on else None}
    return _write(desk, old["case_id"], rows.update(CERTIFICATE, certificate_id, old, new))


def remove_certificate(desk: Desk, certificate_id: int) -> int | None:
    """Take a certificate away."""
    old = rows.row_of(desk.store, desk.employer_id, CERTIFICATE, certificate_id)
    return _write(desk, old["case_id"], [rows.deletion(CERTIFICATE, certificate_id, old)])


def certificate_free_left(desk: Desk, person_id: int, day: date) -> int:
    """How many first days without certificate somebody has left in the year of a day (Belgium)."""
    cases = cases_of_person(desk.store, person_id)
    taken = [one.case.spell.first_day for one in cases if one.values["certificate_free"]]
    return free_days_left(taken, day, opted_out=desk.certificate_always)


def _check_certificate(certificate: Certificate, first_day: date) -> None:
    if certificate.until < certificate.from_date:
        raise StoreError(t("The certificate ends before it starts."))
    if certificate.until < first_day:
        raise StoreError(t("The certificate ends before the first sick day."))
    if certificate.received_on is not None and certificate.received_on > clock.today():
        raise StoreError(t("A certificate cannot have come in in the future."))


def _stored_mark(desk: Desk, case_id: int, step: str, number: int) -> tuple[int | None, Values]:
    row = desk.store.con.execute(
        "SELECT id FROM sickness_step WHERE employer_id = ? AND case_id = ? AND step = ? AND number = ?",
        (desk.employer_id, case_id, step, number),
    ).fetchone()
    if row is None:
        return None, {}
    return row[0], rows.row_of(desk.store, desk.employer_id, STEP, row[0])


def _write(desk: Desk, case_id: int, changes: Sequence[Change]) -> int | None:
    stored = stored_case(desk.store, desk.employer_id, case_id)
    label = t("Absence of {name}", name=name_of(desk, stored.person_id))
    return rows.carry_out(desk.store, desk.employer_id, label, changes)
