"""Going from one day that needs a look to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hrtui import i18n, wording
from hrtui.domain.day import Day, Status
from hrtui.domain.entering import other_measure
from hrtui.domain.leave_type import Category
from hrtui.editor.moving import place
from hrtui.editor.outcome import Outcome, refuses, says
from hrtui.editor.state import EditorState
from hrtui.editor.targets import no_cell
from hrtui.i18n import t


def next_issue(state: EditorState) -> Outcome:
    """To the next day with a problem, person by person, round at the end of the list.

    Days that wait to be sent are many while the line is down, and in order otherwise: they come last.
    """
    state.count, state.run_day = None, None
    if not state.people:
        return refuses(no_cell(state))
    backend = state.store.backend(state.employer_id)
    waiting: tuple[int, Day] | None = None
    for row_number, day in _from_cursor(state):
        problem = problem_of(state, day)
        if problem:
            return _go(state, row_number, day, problem)
        if backend and day.unsynced and waiting is None:
            waiting = row_number, day
    if waiting is not None:
        return _go(state, *waiting, t("not sent yet"))
    return says(t("No problem found in {month}.", month=wording.month_name(state.month)))


def _go(state: EditorState, row_number: int, day: Day, problem: str) -> Outcome:
    place(state, row_number, day.date.day)
    name = state.view.row(row_number).name
    where = f"{name}, {wording.day_name(day.date)}"
    return says(f"{wording.told_of(where, problem)}.", "warning")


def problem_of(state: EditorState, day: Day) -> str:
    """What is wrong with a day, in words; empty for a day in order."""
    if day.conflict:
        return t("changed in two places")
    if not day.entries:
        return ""
    if not day.in_contract:
        return t("an entry outside the contract")
    absent = sum(entry.minutes for entry in day.entries if _is_absence(state, entry.leave_type_id))
    if absent > day.available:
        if day.holiday is not None:
            return t("absent {absent} on a holiday", absent=i18n.hours(absent))
        free = i18n.hours(day.available)
        return t("absent {absent} with {hours} scheduled", absent=i18n.hours(absent), hours=free)
    if other := other_measure(day, state.kinds):
        used, now = map(i18n.hours, other)
        return t("a whole or half day of {used}, now {limit}: enter it again", used=used, limit=now)
    if any(entry.status is Status.PENDING for entry in day.entries):
        return t("awaiting approval")
    return ""


def _is_absence(state: EditorState, leave_type_id: int) -> bool:
    kind = state.kinds.get(leave_type_id)
    return kind is not None and kind.category is Category.ABSENCE


def _from_cursor(state: EditorState) -> Iterator[tuple[int, Day]]:
    """Every day with its row, from the one after the cursor round to the cursor itself."""
    start, here = state.cursor.row, state.cursor.day
    total = len(state.people)
    for day in state.view.row(start).days[here:]:
        yield start, day
    for step in range(1, total):
        row_number = (start + step) % total
        for day in state.view.row(row_number).days:
            yield row_number, day
    for day in state.view.row(start).days[:here]:
        yield start, day


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {"view.next_issue": next_issue}
