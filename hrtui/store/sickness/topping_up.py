"""Filling open cases further into the calendar as time goes on, without anybody doing anything."""

from __future__ import annotations

from hrtui import clock
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, write
from hrtui.store.roles import rights
from hrtui.store.sickness import calendar
from hrtui.store.sickness.desk import case_desk, may_see_cases
from hrtui.store.sickness.filled import behind, fill_until
from hrtui.store.sickness.outcome import put, with_values
from hrtui.store.sickness.records import CASE, cases_of_person
from hrtui.store.store import Store


def top_up(store: Store, employer_id: int) -> list[int]:
    """Fill open cases to the end of next month; returns the people whose calendar changed.

    For the program's start and for opening an employer, where `behind` names cases. Undo does not reach it.
    Who may not see cases has none to fill; two terminals that do it at once write the same, and the second
    finds it done. Months that are locked stay as they are.
    """
    today = clock.today()
    until = fill_until(today, today).isoformat()
    found = behind(store, employer_id)
    if not found or not may_see_cases(store, employer_id) or rights(store, employer_id).reads_only:
        return []
    desk = case_desk(store, employer_id)
    filled: list[int] = []
    for case_id, person_id in found:
        before = cases_of_person(store, person_id)
        stored = next(one for one in before if one.id == case_id)
        values = {"filled_until": until}
        plan = calendar.plan(desk, person_id, before, put(before, with_values(stored, values)))
        changes: list[Change] = [*rows.update(CASE, case_id, stored.values, values), *plan.changes]
        written = write(store, employer_id, t("Absences go on"), changes, undoable=False)
        if written.step_id is not None:
            _seal(store, case_id)
            filled += [person_id] if plan.changes else []
    return filled


def _seal(store: Store, case_id: int) -> None:
    """Let undo leave alone the steps that made this case: it would keep the days that were added since.

    Taking the report back still takes all of it.
    """
    with store.transaction():
        store.con.execute(
            "UPDATE step SET state = 'gone' WHERE state <> 'gone' AND id IN"
            " (SELECT step_id FROM operation WHERE entity = ? AND row_id = ?)",
            (CASE, case_id),
        )
