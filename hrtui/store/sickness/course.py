"""The course of a case: percentages, recovery, opening it again, corrections with their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hrtui import clock
from hrtui.domain.identity.problem import Given, Value
from hrtui.domain.sickness.case import CloseReason, Linking, Progress, step_fault
from hrtui.domain.sickness.fields import CASE_FIELDS
from hrtui.domain.sickness.reporting import Report, clash, fault_of
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, Values
from hrtui.store.errors import StoreError
from hrtui.store.field_checks import refuse_bad_values
from hrtui.store.moments import day_of, moment
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.filled import fill_until
from hrtui.store.sickness.outcome import Outcome, carry_out, name_of, put, with_course, with_values
from hrtui.store.sickness.records import CASE, PROGRESS, StoredCase, cases_of_person, stored_case
from hrtui.store.sickness.report import ReportRefusedError, known_of, step_values
from hrtui.store.sickness.wording import COURSE_FAULTS, REPORT_FAULTS

_CORRECTED = frozenset(field.name for field in CASE_FIELDS if field.table == CASE) | {"linking"}
_DAYS = frozenset({"first_day", "last_day"})


def set_percentage(desk: Desk, case_id: int, step: Progress) -> Outcome:
    """From a day on the person is ill to another percentage; a step of the same day is replaced.

    Raises StoreError where the step says nothing new or lies outside the case.
    """
    stored, before = _case(desk, case_id)
    fault = step_fault(stored.case, step)
    if fault:
        raise StoreError(t(COURSE_FAULTS[fault]))
    values = step_values(desk, case_id, step)
    row_id = stored.steps.get(step.from_date)
    changes: list[Change] = []
    if row_id is None:
        changes.append(rows.insertion(PROGRESS, values))
    else:
        old = rows.row_of(desk.store, desk.employer_id, PROGRESS, row_id)
        changes += rows.update(PROGRESS, row_id, old, values)
    course = [one for one in stored.case.course if one.from_date != step.from_date]
    changed = with_course(stored, [*course, step])
    return carry_out(desk, stored.person_id, case_id, changes, before, put(before, changed))


def remove_percentage(desk: Desk, case_id: int, from_date: date) -> Outcome:
    """Take a step of the course away; the one before holds on. The first step stays."""
    stored, before = _case(desk, case_id)
    row_id = stored.steps.get(from_date)
    if row_id is None or from_date <= stored.case.spell.first_day:
        raise StoreError(t("The percentage of the first sick day can be corrected, not removed."))
    old = rows.row_of(desk.store, desk.employer_id, PROGRESS, row_id)
    changed = with_course(stored, [one for one in stored.case.course if one.from_date != from_date])
    changes: list[Change] = [rows.deletion(PROGRESS, row_id, old)]
    return carry_out(desk, stored.person_id, case_id, changes, before, put(before, changed))


def recover(
    desk: Desk,
    case_id: int,
    back_on: date,
    *,
    reason: CloseReason = CloseReason.RECOVERED,
    give_back: bool = True,
) -> Outcome:
    """Close a case: `back_on` is the first day that is no longer ill.

    The calendar from that day on is free again; with `give_back` leave that had given way there returns.
    Raises StoreError where the day is the first sick day or before (take the report back then), or too far
    ahead.
    """
    stored, before = _case(desk, case_id)
    if not stored.open:
        raise StoreError(t("This case is closed already: open it again first, or correct its last day."))
    if back_on <= stored.case.spell.first_day:
        raise StoreError(t("That leaves no sick day: take the report back instead."))
    if back_on > fill_until(clock.today(), clock.today()):
        raise StoreError(t("That is too far ahead: report the recovery when it is there."))
    last = back_on - timedelta(days=1)
    values: Values = {
        "last_day": last.isoformat(),
        "recovery_reported_at": moment(),
        "close_reason": reason.value,
        "filled_until": last.isoformat(),
    }
    changes = rows.update(CASE, case_id, stored.values, values)
    changed = with_values(stored, values)
    kept, gone = _split(stored, last)
    extra = [_gone(desk, row_id) for row_id in gone]
    changed = with_course(changed, kept)
    return carry_out(
        desk, stored.person_id, case_id, [*changes, *extra], before, put(before, changed), give_back=give_back
    )


def displaced_from(desk: Desk, case_id: int, back_on: date) -> list[date]:
    """The days from `back_on` on whose leave gave way to a case, which a recovery can give back."""
    found = desk.store.con.execute(
        "SELECT date FROM sickness_displaced WHERE case_id = ? AND date >= ? ORDER BY date",
        (case_id, back_on.isoformat()),
    )
    return [date.fromisoformat(day) for (day,) in found]


def reopen(desk: Desk, case_id: int) -> Outcome:
    """Open a case again that was closed too early; the calendar is filled from there on.

    Raises ReportRefusedError where the person has a later case.
    """
    stored, before = _case(desk, case_id)
    if stored.open:
        raise StoreError(t("This case is open."))
    _refuse_clash(desk, stored, stored.case.spell.first_day, None, before)
    first = stored.case.spell.first_day
    values: Values = {
        "last_day": None,
        "recovery_reported_at": None,
        "close_reason": "",
        "filled_until": fill_until(clock.today(), first).isoformat(),
    }
    changes = rows.update(CASE, case_id, stored.values, values)
    changed = with_values(stored, values)
    return carry_out(desk, stored.person_id, case_id, changes, before, put(before, changed))


def correct(desk: Desk, case_id: int, changed_values: Mapping[str, Value]) -> Outcome:
    """Correct columns of a case: those of CASE_FIELDS, `linking`, and the last day of a closed one.

    The values are those that the fields' checks gave. The first step of the course moves with the first day.
    Raises StoreError for other columns or values, ReportRefusedError where the days are another case's.
    """
    stored, before = _case(desk, case_id)
    if set(changed_values) - _CORRECTED - _DAYS:
        raise StoreError(t("This cannot be corrected here."))
    _check_values(desk, changed_values)
    values = dict(changed_values)
    spell = stored.case.spell
    first = date.fromisoformat(str(values.get("first_day", spell.first_day.isoformat())))
    if "last_day" in values and (stored.open or not values["last_day"]):
        raise StoreError(t("Report the recovery, or open the case again, to change whether it goes on."))
    last = date.fromisoformat(str(values["last_day"])) if "last_day" in values else spell.last_day
    if last is not None and last < first:
        raise StoreError(t("That leaves no sick day: take the report back instead."))
    _refuse_clash(desk, stored, first, last, before)
    _refuse_fault(desk, stored, values, before)
    if last is not None:
        values["filled_until"] = last.isoformat()
    changes = rows.update(CASE, case_id, stored.values, values)
    changed, more = _moved_course(desk, with_values(stored, values), first, last)
    return carry_out(
        desk, stored.person_id, case_id, [*changes, *more], before, put(before, changed)
    )  # fmt: skip


def fill_again(desk: Desk, case_id: int) -> Outcome:
    """Enter a case into the calendar anew: after a month was unlocked or days were changed by hand."""
    stored, before = _case(desk, case_id)
    return carry_out(desk, stored.person_id, case_id, [], before, before, anew=True)


def _case(desk: Desk, case_id: int) -> tuple[StoredCase, list[StoredCase]]:
    stored = stored_case(desk.store, desk.employer_id, case_id)
    return stored, cases_of_person(desk.store, stored.person_id)


def _split(stored: StoredCase, last: date) -> tuple[list[Progress], list[int]]:
    """The steps of a course up to its last day, and the rows of those after it."""
    kept = [step for step in stored.case.course if step.from_date <= last]
    return kept, [row for day, row in stored.steps.items() if day > last]


def _gone(desk: Desk, row_id: int) -> Change:
    return rows.removal(desk.store, desk.employer_id, PROGRESS, row_id)


def _moved_course(
    desk: Desk, stored: StoredCase, first: date, last: date | None
) -> tuple[StoredCase, list[Change]]:
    """The course between a new first and last day: its first step moves, steps outside go."""
    course = [step for step in stored.case.course if last is None or step.from_date <= last]
    before = [step for step in course if step.from_date <= first] or course[:1]
    kept = [replace(before[-1], from_date=first), *(step for step in course if step.from_date > first)]
    kept = kept[:1] + [step for step in kept[1:] if step.from_date != before[-1].from_date]
    changes: list[Change] = []
    wanted = {step.from_date for step in kept}
    moved = stored.steps.get(before[-1].from_date)
    for day, row_id in stored.steps.items():
        if row_id == moved:
            old = {"from_date": day.isoformat()}
            changes += rows.update(PROGRESS, row_id, old, {"from_date": first.isoformat()})
        elif day not in wanted:
            changes.insert(0, _gone(desk, row_id))
    return with_course(stored, kept), changes


def _check_values(desk: Desk, values: Mapping[str, Value]) -> None:
    given = Given(clock.today(), desk.country, {"country": values.get("nursing_country")})
    refuse_bad_values(
        CASE_FIELDS, {n: v for n, v in values.items() if n not in ("linking", "last_day")}, given
    )
    if values.get("linking", "") not in {linking.value for linking in Linking}:
        raise StoreError(t("Choose from the list."))


def _refuse_fault(
    desk: Desk, stored: StoredCase, changed: Mapping[str, Value], cases: Sequence[StoredCase]
) -> None:
    """Hold the corrected case to what a report is held to; what it says already may stay."""
    values: Values = {**stored.values, **changed}
    first = date.fromisoformat(values["first_day"])
    known = known_of(desk, stored.person_id, first, [one for one in cases if one.id != stored.id])
    said = {*known.classifications, stored.values["classification"]}
    report = Report(
        first,
        values["classification"],
        minutes_worked=values["minutes_worked"],
        expected_end=day_of(values["expected_end"]),
        certificate_free=bool(values["certificate_free"]),
        waiting_days=values["waiting_days"],
    )
    found = fault_of(report, replace(known, classifications=said))
    if found:
        text = t(REPORT_FAULTS[found.fault], name=name_of(desk, stored.person_id))
        raise ReportRefusedError(text, found.fault, found.case_id)


def _refuse_clash(
    desk: Desk, stored: StoredCase, first: date, last: date | None, cases: Sequence[StoredCase]
) -> None:
    found = clash(first, last, (one.case.spell for one in cases if one.id != stored.id))
    if found:
        text = t(REPORT_FAULTS[found.fault], name=name_of(desk, stored.person_id))
        raise ReportRefusedError(text, found.fault, found.case_id)
