"""Reporting somebody ill, and taking a report back in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrtui import clock
from hrtui.domain.schedule import scheduled_minutes
from hrtui.domain.sickness import reporting, sickness_act
from hrtui.domain.sickness.case import Case, Linking, Progress, Spell
from hrtui.domain.sickness.certificates import free_days_left
from hrtui.domain.sickness.reporting import NURSING, Known, Report, ReportFault
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, Values
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.moments import moment
from hrtui.store.sickness import calendar, classifications
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.filled import fill_until
from hrtui.store.sickness.outcome import Outcome, carry_out, count_of, name_of, put
from hrtui.store.sickness.records import CASE, PROGRESS, StoredCase, cases_of_person, chain_in, stored_case
from hrtui.store.sickness.terms import contracts_of
from hrtui.store.sickness.wording import REPORT_FAULTS

CHILDREN = (
    "sickness_note",
    "sickness_document",
    "sickness_contact",
    "sickness_certificate",
    "sickness_step",
    PROGRESS,
)
"""The tables whose rows belong to a case, beside what it displaced."""


class ReportRefusedError(StoreError):
    """A report that cannot be taken; `case_id` is the case in its way, where there is one."""

    def __init__(self, text: str, fault: ReportFault, case_id: int | None) -> None:
        super().__init__(text)
        self.fault = fault
        self.case_id = case_id


def report_sick(desk: Desk, person_id: int, report: Report) -> Outcome:
    """Open a case for a person and fill the calendar with it, as one undo step.

    Raises ReportRefusedError (a second open case: with the first one's id), StoreError.
    """
    before, stored = _prepared(desk, person_id, report)
    changes: list[Change] = [
        rows.insertion(CASE, stored.values, stored.id),
        rows.insertion(PROGRESS, step_values(desk, stored.id, stored.case.course[0])),
    ]
    return carry_out(desk, person_id, stored.id, changes, before, put(before, stored))


def expected(desk: Desk, person_id: int, report: Report) -> Outcome:
    """What a report would do, without doing it; raises as `report_sick` does."""
    before, stored = _prepared(desk, person_id, report)
    after = put(before, stored)
    plan = calendar.plan(desk, person_id, before, after)
    return Outcome(stored.id, None, plan, count_of(desk, after, stored.id))


def _prepared(desk: Desk, person_id: int, report: Report) -> tuple[list[StoredCase], StoredCase]:
    """The person's cases, and the one that the report would add."""
    rows.check_people(desk.store, desk.employer_id, [person_id])
    before = cases_of_person(desk.store, person_id)
    refuse(desk, person_id, report, before)
    case_id = new_id()
    step = Progress(report.first_day, report.percent, report.source)
    spell = Spell(case_id, report.first_day, None)
    case = Case(spell, (step,), report.minutes_worked, report.work_accident)
    return before, StoredCase(case_id, person_id, _values(desk, person_id, report), case, {})


def refuse(desk: Desk, person_id: int, report: Report, others: list[StoredCase]) -> None:
    """Raise ReportRefusedError for a report that cannot be taken beside these cases."""
    found = reporting.refused(report, known_of(desk, person_id, report.first_day, others))
    if found:
        text = t(REPORT_FAULTS[found.fault], name=name_of(desk, person_id))
        raise ReportRefusedError(text, found.fault, found.case_id)


def known_of(desk: Desk, person_id: int, first_day: date, others: Sequence[StoredCase]) -> Known:
    """What a report from `first_day` on is checked against, beside these other cases."""
    contracts = contracts_of(desk.store, [person_id]).get(person_id, [])
    taken = [one.case.spell.first_day for one in others if one.values["certificate_free"]]
    return Known(
        clock.today(),
        tuple(one.case.spell for one in others),
        contracts[0].period.start if contracts else None,
        _scheduled(desk, person_id, first_day),
        {one.code for one in classifications.offered_by(desk)},
        free_days_left(taken, first_day, opted_out=desk.certificate_always),
    )


def take_back(desk: Desk, case_id: int) -> Outcome:
    """Take a report back: the case with all that belongs to it goes, the calendar is as before.

    One undo step, which brings all of it back.
    """
    stored = stored_case(desk.store, desk.employer_id, case_id)
    before = cases_of_person(desk.store, stored.person_id)
    after = [one for one in before if one.id != case_id]
    changes: list[Change] = [
        rows.removal(desk.store, desk.employer_id, table, row_id)
        for table in CHILDREN
        for row_id in child_ids(desk, table, case_id)
    ]
    changes.append(rows.removal(desk.store, desk.employer_id, CASE, case_id))
    return carry_out(desk, stored.person_id, case_id, changes, before, after)


def child_ids(desk: Desk, table: str, case_id: int) -> list[int]:
    """The ids of the rows of a table that belong to a case."""
    found = desk.store.con.execute(f"SELECT id FROM {table} WHERE case_id = ?", (case_id,))
    return [row[0] for row in found]


def usual_waiting_days(desk: Desk, person_id: int, first_day: date) -> int:
    """How many waiting days a Dutch report from a day on starts with; the clerk may say another number."""
    if not desk.dutch:
        return 0
    contracts = contracts_of(desk.store, [person_id]).get(person_id, [])
    nature = next((line.nature for line in reversed(contracts) if first_day in line.period), "")
    cases = cases_of_person(desk.store, person_id)
    linked = False
    if all(one.case.spell.last_day and one.case.spell.last_day < first_day for one in cases):
        probe = Spell(0, first_day, None)
        values: Values = {"filled_until": None, "last_day": None}
        new = StoredCase(0, person_id, values, Case(probe, (Progress(first_day, 100),)), {})
        linked = len(chain_in(desk, [*cases, new], 0).spells) > 1
    return sickness_act.waiting_days(nature, linked=linked)


def step_values(desk: Desk, case_id: int, step: Progress) -> Values:
    """The columns of a step of a course."""
    return {
        "employer_id": desk.employer_id,
        "case_id": case_id,
        "from_date": step.from_date.isoformat(),
        "percent": step.percent,
        "therapeutic_percent": step.therapeutic_percent,
        "source": step.source.value,
        "authorised": int(step.authorised),
        "reported_at": moment(),
    }


def _values(desk: Desk, person_id: int, report: Report) -> Values:
    nursing = dict(report.nursing)
    return {
        "employer_id": desk.employer_id,
        "person_id": person_id,
        "classification": report.classification,
        "first_day": report.first_day.isoformat(),
        "last_day": None,
        "reported_at": moment(),
        "minutes_worked": report.minutes_worked,
        "expected_end": report.expected_end.isoformat() if report.expected_end else None,
        **{f"nursing_{name}": nursing.get(name, "") for name in NURSING},
        "safety_net": int(report.safety_net),
        "work_accident": int(report.work_accident),
        "liable_third_party": int(report.liable_third_party),
        "certificate_free": int(report.certificate_free),
        "linking": Linking.BY_RULE.value,
        "waiting_days": report.waiting_days,
        "recovery_reported_at": None,
        "close_reason": "",
        "filled_until": fill_until(clock.today(), report.first_day).isoformat(),
    }


def _scheduled(desk: Desk, person_id: int, day: date) -> int:
    """The minutes that the person was to work on a day."""
    from hrtui.domain.schedule import ScheduleAssignment
    from hrtui.store.schedules import work_schedules

    schedules = work_schedules(desk.store, desk.employer_id)
    found = desk.store.con.execute(
        "SELECT valid_from, schedule_id FROM schedule_assignment WHERE person_id = ?", (person_id,)
    )
    assigned = [ScheduleAssignment(date.fromisoformat(start), schedules[id_]) for start, id_ in found]
    return scheduled_minutes(assigned, day)
