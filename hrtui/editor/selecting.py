"""Selecting blocks of days and marking people."""

from __future__ import annotations

from collections.abc import Callable

from hrtui.editor.moving import place
from hrtui.editor.outcome import NOTHING, Outcome, refuses, says
from hrtui.editor.state import EditorState
from hrtui.editor.targets import no_cell
from hrtui.i18n import t, tn


def extend(state: EditorState) -> Outcome:
    """Start a selection that every move extends; again ends it."""
    if state.sticky:
        state.drop_selection()
        return NOTHING
    problem = no_cell(state)
    if problem:
        return refuses(problem)
    state.anchor = state.anchor or state.cursor
    state.sticky = True
    return says(t("Move to extend the selection; the same key again ends it."))


def _stretch(state: EditorState, rows: int, days: int) -> Outcome:
    """Extend the selection by a cell; without one, from the cursor."""
    problem = no_cell(state)
    if problem:
        return refuses(problem)
    sticky, state.sticky = state.sticky, True
    state.anchor = state.anchor or state.cursor
    state.count, state.run_day = None, None
    place(state, state.cursor.row + rows, state.cursor.day + days)
    state.sticky = sticky
    return NOTHING


def select_left(state: EditorState) -> Outcome:
    """Extend by a day back."""
    return _stretch(state, 0, -1)


def select_right(state: EditorState) -> Outcome:
    """Extend by a day."""
    return _stretch(state, 0, 1)


def select_up(state: EditorState) -> Outcome:
    """Extend by a person up."""
    return _stretch(state, -1, 0)


def select_down(state: EditorState) -> Outcome:
    """Extend by a person down."""
    return _stretch(state, 1, 0)


def mark_person(state: EditorState) -> Outcome:
    """Mark the person (or all selected people; again takes the mark off) and go to the next one."""
    if not state.people:
        return refuses(no_cell(state))
    selection = state.selection
    rows = selection.rows if selection else range(state.cursor.row, state.cursor.row + 1)
    people = {state.people[row] for row in rows}
    if people <= state.marks:
        state.marks -= people
    else:
        state.marks |= people
    state.drop_selection()
    state.count, state.run_day = None, None
    place(state, rows[-1] + 1, state.cursor.day)
    return NOTHING


def mark_all(state: EditorState) -> Outcome:
    """Mark everyone that the filter shows."""
    if not state.people:
        return refuses(no_cell(state))
    state.marks |= set(state.people)
    return says(tn("{n} person is marked.", "{n} people are marked.", len(state.marks)))


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {
    "select.extend": extend,
    "select.left": select_left,
    "select.right": select_right,
    "select.up": select_up,
    "select.down": select_down,
    "select.person": mark_person,
    "select.all_visible": mark_all,
}
