"""Approving and refusing what waits for approval: which days are meant, and writing them as one step."""

from __future__ import annotations

from collections.abc import Callable

from hrtui import wording
from hrtui.domain.approval import approve, refuse, waits
from hrtui.domain.day import Entry, Refusal
from hrtui.editor.applying import plan, why_nothing, write_step
from hrtui.editor.outcome import Level, Message, Outcome, refuses
from hrtui.editor.state import EditorState
from hrtui.editor.targets import Meant, Target, Targets, marked_people, read, targets
from hrtui.i18n import t

LONGEST_REASON = 80
"""A reason stands in the history of the day, in one line with what was done."""


def waiting(state: EditorState) -> Targets:
    """The days that wait among those meant now; on a name those of the whole month, of the marked people too.

    `problem` says why there are none. A pending count asks for so many working days.
    """
    count = state.take_count()
    if state.on_name and state.selection is None and state.people:
        people = marked_people(state) or [state.people[state.cursor.row]]
        found = read(state, Meant(people, range(1, state.month.length + 1)))
    else:
        found = targets(state, count)
    if found.problem:
        return found
    days = tuple(target for target in found.days if waits(target.day.entries))
    if days:
        return Targets(days)
    if len(found.days) == 1:
        day = wording.day_name(found.days[0].day.date)
        return Targets(problem=wording.sentence(t("{day}: nothing waits for approval.", day=day)))
    return Targets(problem=t("None of these days waits for approval."))


def approve_days(state: EditorState, found: Targets) -> Outcome:
    """Approve what waits on the days, as one step."""
    return _decide(state, t("Approved"), found, lambda target: approve(target.day))


def refuse_days(state: EditorState, found: Targets, reason: str) -> Outcome:
    """Take what waits from the days, as one step; an empty `reason` is left out of its label."""
    what = t("Refused ({reason})", reason=reason) if reason else t("Refused")
    return _decide(state, what, found, lambda target: refuse(target.day))


def _decide(
    state: EditorState, what: str, found: Targets, decide: Callable[[Target], tuple[Entry, ...] | Refusal]
) -> Outcome:
    planned = plan(found, decide)
    if not planned.changes:
        return refuses(why_nothing(state, planned))
    days = [(change.person_id, change.date) for change in planned.changes]
    name = state.rows_of([days[0][0]], state.month)[days[0][0]].name
    if failure := write_step(state, wording.step_label(what, days, name), planned.changes):
        return failure
    state.drop_selection()
    said = [wording.told_of(what, wording.days_in_words(days))]
    if planned.refused:
        said.append(wording.skipped_in_words([refusal.reason for _, refusal in planned.refused]))
    level: Level = "warning" if planned.refused else "info"
    return Outcome(cells=state.cells(days), message=Message("; ".join(said) + ".", level))
