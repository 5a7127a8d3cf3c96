"""Filling a block from its first day (right) or its first person (down), as a spreadsheet does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from hrtui.domain.day import Day, Entry, Refusal
from hrtui.domain.entering import set_entries
from hrtui.editor.applying import carry_out
from hrtui.editor.entering import move_on
from hrtui.editor.moving import place
from hrtui.editor.outcome import Outcome, refuses
from hrtui.editor.position import Rect
from hrtui.editor.state import EditorState
from hrtui.editor.targets import Target, Targets, meant, no_cell, targets
from hrtui.i18n import t
from hrtui.store.changes import DayChange
from hrtui.store.month_view import PersonRow

Entries = tuple[Entry, ...]


def fill_right(state: EditorState) -> Outcome:
    """Copy the first day of each selected person onto their other selected working days.

    Without a selection (or with one of a single day) the working day before the cursor is copied onto the
    cursor's day, or onto as many working days as the pending count says.
    """
    count = state.take_count()
    problem = no_cell(state)
    if problem:
        return refuses(problem)
    block = _block(state)
    rows = _rows(state, block.rows)
    if len(block.days) > 1:
        sources = {row.id: row.days[block.first_day - 1].entries for row in rows}
        days = [Target(row.id, row.days[day - 1]) for row in rows for day in block.days[1:]]
        found = Targets(tuple(target for target in days if target.day.is_working_day))
    else:
        sources = {row.id: _before(row.days, block.first_day) for row in rows}
        found = targets(state, count, marked=False)
    return _fill(state, t("Filled right"), found, lambda target: sources[target.person_id])


def fill_down(state: EditorState) -> Outcome:
    """Copy the days of the first selected person onto the other selected people.

    Without a selection (or with one of a single person) the person above is copied onto the cursor's cell,
    or onto as many people as the pending count says, and the cursor goes to the person after them.
    """
    count = state.take_count()
    problem = meant(state, count, marked=False).problem
    if problem:
        return refuses(problem)
    block = _block(state)
    below = block.rows[1:]
    source_row = block.first_row
    if len(block.rows) == 1:
        source_row = block.first_row - 1
        if source_row < 0:
            return refuses(t("There is nobody above to fill from."))
        below = range(block.first_row, min(block.first_row + (count or 1), len(state.people)))
    source = state.view.row(source_row)
    sources: Mapping[date, Entries] = {
        source.days[day - 1].date: source.days[day - 1].entries for day in block.days
    }
    rows = _rows(state, below)
    found = Targets(tuple(Target(row.id, row.days[day - 1]) for row in rows for day in block.days))
    return _fill(state, t("Filled down"), found, lambda target: sources[target.day.date], down_to=below[-1])


def _fill(
    state: EditorState,
    what: str,
    found: Targets,
    source: Callable[[Target], Entries],
    down_to: int | None = None,
) -> Outcome:
    """Put on each day what `source` has for it; days without a source stay as they are."""
    begun = state.run_day if state.run_day is not None else state.cursor.day
    wanted = Targets(tuple(target for target in found.days if source(target)), found.missing, found.problem)
    if not wanted.days:
        return refuses(t("There is nothing to fill from: the first cell is empty."))

    def decide(target: Target) -> Entries | Refusal:
        return set_entries(target.day, source(target), state.kinds, state.roles)

    def after(changes: Sequence[DayChange]) -> None:
        here = state.cursor
        move_on(state, wanted, changes, begun)
        if down_to is not None and state.selection is None:
            place(state, down_to + 1, here.day)

    return carry_out(state, what, wanted, decide, after)


def _block(state: EditorState) -> Rect:
    return state.selection or Rect.between(state.cursor, state.cursor)


def _rows(state: EditorState, rows: Iterable[int]) -> list[PersonRow]:
    ids = [state.people[row] for row in rows]
    return list(state.view.rows_by_id(ids).values())


def _before(days: Sequence[Day], number: int) -> Entries:
    """What the last day before day `number` holds that is worked or has an entry; () without one."""
    earlier = (day.entries for day in reversed(days[: number - 1]) if day.is_working_day or day.entries)
    return next(earlier, ())


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {
    "entry.fill_right": fill_right,
    "entry.fill_down": fill_down,
}
