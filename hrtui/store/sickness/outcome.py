"""Writing a change of a person's cases with what it does to the calendar, as one step of undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrtui import clock
from hrtui.domain.sickness.case import Case, Progress, Spell
from hrtui.domain.sickness.counting import CountLine, belgian_window, dutch_window, explain
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, RowChange, Values
from hrtui.store.moments import day_of
from hrtui.store.people import full_name
from hrtui.store.sickness import calendar
from hrtui.store.sickness.calendar import DISPLACED, CalendarPlan
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.records import StoredCase, chain_in
from hrtui.store.sickness.wording import calendar_sentences, count_sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command on a case did: the step for undo (None: nothing), and the calendar's part of it.

    `count` explains the chain where the case counts on from others.
    """

    case_id: int
    step_id: int | None
    calendar: CalendarPlan
    count: tuple[CountLine, ...] = ()

    def sentences(self) -> list[str]:
        """What to tell the clerk, most important first."""
        told = calendar_sentences(self.calendar)
        if len(self.count) > 1:
            told.append("; ".join(map(count_sentence, self.count)) + ".")
        return told


def carry_out(
    desk: Desk,
    person_id: int,
    case_id: int,
    row_changes: Sequence[Change],
    before: Sequence[StoredCase],
    after: Sequence[StoredCase],
    *,
    give_back: bool = True,
    anew: bool = False,
) -> Outcome:
    """Write the rows and the days of the calendar that go with them.

    Raises StaleError where something of it was changed elsewhere meanwhile, StoreError.
    """
    plan = calendar.plan(desk, person_id, before, after, give_back=give_back, anew=anew)
    changes = [*row_changes, *plan.changes]
    if not any(one.id == case_id for one in after):
        # A case goes after what belongs to it, also what days of locked months held before.
        changes = [*plan.changes, *_kept_in_locked_months(desk, case_id, plan), *row_changes]
    # The label names no illness: it is read where cases are not.
    label = t("Absence of {name}", name=name_of(desk, person_id))
    step_id = rows.carry_out(desk.store, desk.employer_id, label, changes)
    there = any(one.id == case_id for one in after)
    return Outcome(case_id, step_id, plan, count_of(desk, after, case_id) if there else ())


def count_of(desk: Desk, cases: Sequence[StoredCase], case_id: int) -> tuple[CountLine, ...]:
    """How the sick days of a case count together with the others of the person."""
    window = dutch_window if desk.dutch else belgian_window
    return tuple(explain(chain_in(desk, cases, case_id), clock.today(), window))


def _kept_in_locked_months(desk: Desk, case_id: int, plan: CalendarPlan) -> list[Change]:
    """The removal of what a case displaced on days that the plan does not touch."""
    touched = {change.id for change in plan.changes if isinstance(change, RowChange)}
    found = desk.store.con.execute("SELECT id FROM sickness_displaced WHERE case_id = ?", (case_id,))
    return [
        rows.removal(desk.store, desk.employer_id, DISPLACED, id_)
        for (id_,) in found.fetchall()
        if id_ not in touched
    ]


def name_of(desk: Desk, person_id: int) -> str:
    """A person's name as lists have it."""
    row = desk.store.con.execute(
        "SELECT first_name, last_name, name_prefix FROM person WHERE id = ?", (person_id,)
    ).fetchone()
    return full_name(*row) if row else ""


def with_values(stored: StoredCase, changed: Mapping[str, object]) -> StoredCase:
    """The case as it will be with these columns."""
    values: Values = {**stored.values, **changed}
    spell = stored.case.spell
    first = date.fromisoformat(values["first_day"])
    last = day_of(values["last_day"])
    linking = type(spell.linking)(values["linking"])
    case = Case(
        Spell(spell.id, first, last, linking),
        stored.case.course,
        values["minutes_worked"],
        bool(values["work_accident"]),
    )
    return StoredCase(stored.id, stored.person_id, values, case, stored.steps)


def with_course(stored: StoredCase, course: Sequence[Progress]) -> StoredCase:
    """The case as it will be with this course."""
    ordered = tuple(sorted(course, key=lambda step: step.from_date))
    return replace(stored, case=replace(stored.case, course=ordered))


def put(cases: Sequence[StoredCase], changed: StoredCase) -> list[StoredCase]:
    """A person's cases with one of them in its new state, or added."""
    return [*(one for one in cases if one.id != changed.id), changed]
