"""Moving the cursor: by cell, by page, to a date or a name, to another month, and out of pending things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hrtui import wording
from hrtui.domain.day import Day
from hrtui.domain.month import Month
from hrtui.domain.working_days import next_working_day
from hrtui.editor.outcome import NOTHING, Outcome, refuses, says
from hrtui.editor.position import NAME_COLUMN, Cursor
from hrtui.editor.state import EditorState
from hrtui.editor.targets import MAX_COUNT
from hrtui.i18n import t, tn
from hrtui.store.people import Filter


def place(state: EditorState, row: int, day: int) -> None:
    """Put the cursor on a cell inside the grid; a selection that is not sticky ends, a sticky one extends."""
    if not state.sticky:
        state.anchor = None
    lowest = NAME_COLUMN if state.anchor is None else 1
    last = max(0, len(state.people) - 1)
    state.cursor = Cursor(min(max(row, 0), last), min(max(day, lowest), state.month.length))


def _move(state: EditorState, rows: int, days: int) -> Outcome:
    """Move by so many rows and days; pressing on at an edge says which edge it is."""
    state.count, state.run_day = None, None
    before = state.cursor
    place(state, before.row + rows, before.day + days)
    if state.cursor != before or not state.people:
        return NOTHING
    if days:
        return says(t("This is the last day of the month.") if days > 0 else t("This is the name."))
    return says(t("This is the last person.") if rows > 0 else t("This is the first person."))


def left(state: EditorState) -> Outcome:
    """One day back; before day 1 is the name."""
    return _move(state, 0, -1)


def right(state: EditorState) -> Outcome:
    """One day on."""
    return _move(state, 0, 1)


def up(state: EditorState) -> Outcome:
    """Previous person."""
    return _move(state, -1, 0)


def down(state: EditorState) -> Outcome:
    """Next person."""
    return _move(state, 1, 0)


def page_up(state: EditorState) -> Outcome:
    """One screen of people up."""
    return _move(state, -state.page_rows, 0)


def page_down(state: EditorState) -> Outcome:
    """One screen of people down."""
    return _move(state, state.page_rows, 0)


def first_day(state: EditorState) -> Outcome:
    """To day 1."""
    state.count, state.run_day = None, None
    place(state, state.cursor.row, 1)
    return NOTHING


def last_day(state: EditorState) -> Outcome:
    """To the last day of the month."""
    state.count, state.run_day = None, None
    place(state, state.cursor.row, state.month.length)
    return NOTHING


def first_person(state: EditorState) -> Outcome:
    """To the top of the list."""
    state.count, state.run_day = None, None
    place(state, 0, state.cursor.day)
    return NOTHING


def last_person(state: EditorState) -> Outcome:
    """To the end of the list."""
    state.count, state.run_day = None, None
    place(state, len(state.people) - 1, state.cursor.day)
    return NOTHING


def next_day(state: EditorState) -> Outcome:
    """One day on, within a run of entries to which Enter returns."""
    begun = state.run_day if state.run_day is not None else state.cursor.day
    outcome = _move(state, 0, 1)
    state.run_day = begun
    return outcome


def prev_day(state: EditorState) -> Outcome:
    """One day back, within a run of entries to which Enter returns."""
    begun = state.run_day
    outcome = _move(state, 0, -1)
    state.run_day = begun
    return outcome


def enter(state: EditorState) -> Outcome:
    """With a count: to that day. Without: to the next person, on the day where the run of entries began."""
    count = state.take_count()
    if count is not None:
        return to_day(state, count)
    begun = state.run_day
    outcome = _move(state, 1, 0)
    if begun is not None:
        place(state, state.cursor.row, begun)
    return outcome


def to_day(state: EditorState, number: int) -> Outcome:
    """To a day of the month."""
    if not 1 <= number <= state.month.length:
        last = state.month.length
        return refuses(t("{month} has {last} days.", month=wording.month_name(state.month), last=last))
    state.run_day = None
    place(state, state.cursor.row, number)
    return NOTHING


def to_date(state: EditorState, day: date) -> Outcome:
    """To a date of any month."""
    outcome = show_month(state, Month.of(day)) if day not in state.month else NOTHING
    to_day(state, day.day)
    return outcome


def after_entry(state: EditorState, days: tuple[Day, ...], last: date) -> None:
    """Go to the next working day after `last` in the person's month `days`; without one, to the last day."""
    end = state.month.length
    index = next_working_day(days, last.day - 1) if last in state.month else None
    place(state, state.cursor.row, index + 1 if index is not None else end)


def show_month(state: EditorState, month: Month) -> Outcome:
    """Show another month, keeping person and day; a selection ends."""
    state.drop_selection()
    state.count, state.run_day, state.entered = None, None, ()
    state.month = month
    state.load_people()
    if state.people:
        return Outcome(rows_changed=True)
    name = wording.month_name(month)
    nobody = t("Nobody has a contract in {month}.", month=name)
    text = t("Nobody matches the filter in {month}.", month=name) if state.filter else nobody
    return Outcome(rows_changed=True, message=refuses(text).message)


def month_prev(state: EditorState) -> Outcome:
    """The month before."""
    return _by_months(state, -1)


def month_next(state: EditorState) -> Outcome:
    """The month after."""
    return _by_months(state, 1)


def _by_months(state: EditorState, months: int) -> Outcome:
    try:
        month = state.month.shift(months)
    except ValueError:
        return refuses(t("There is no month before or after this one."))
    return show_month(state, month)


def set_filter(state: EditorState, wanted: Filter) -> Outcome:
    """Show only the people that match."""
    state.drop_selection()
    state.count, state.run_day, state.entered = None, None, ()
    state.filter = wanted
    state.load_people(or_near=False)
    message = None if state.people else refuses(t("Nobody matches.")).message
    return Outcome(rows_changed=True, message=message)


def digit(state: EditorState, figure: str) -> Outcome:
    """Add a figure to the pending count; one that is too high stays, so that what follows is refused."""
    count = (state.count or 0) * 10 + int(figure)
    if not count:
        return refuses(t("A number of days begins with 1 to 9."))
    state.count = min(count, 10 * MAX_COUNT)
    return refuses(t("At most {most} days at once.", most=MAX_COUNT)) if count > MAX_COUNT else NOTHING


def cancel(state: EditorState) -> Outcome | None:
    """Drop the count, else the selection, else the marks, else the filter; None with nothing to drop."""
    if state.count is not None:
        state.count = None
        return NOTHING
    if state.anchor is not None:
        state.drop_selection()
        return NOTHING
    if state.marks:
        dropped = len(state.marks)
        state.marks.clear()
        return says(tn("{n} person is no longer marked.", "{n} people are no longer marked.", dropped))
    if state.filter:
        set_filter(state, Filter())
        return Outcome(rows_changed=True, message=says(t("Everyone is shown.")).message)
    return None


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {
    "go.left": left,
    "go.right": right,
    "go.up": up,
    "go.down": down,
    "go.page_up": page_up,
    "go.page_down": page_down,
    "go.first_day": first_day,
    "go.last_day": last_day,
    "go.first_person": first_person,
    "go.last_person": last_person,
    "go.next_day": next_day,
    "go.prev_day": prev_day,
    "go.enter": enter,
    "go.month_prev": month_prev,
    "go.month_next": month_next,
}
