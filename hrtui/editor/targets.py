"""Which person-days a key means: the selection, else the marked people, else the cursor's cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.day import Day
from hrtui.domain.month import Month
from hrtui.domain.working_days import take_working_days
from hrtui.editor.state import DayOf, EditorState
from hrtui.i18n import t

MAX_COUNT = 366
"""The highest count of working days that is entered at once."""

MONTHS_AHEAD = 24
"""How far a count of working days runs on; 366 days of a full-time week are 17 months."""


@dataclass(frozen=True, slots=True)
class Target:
    """One day of one person, as the screen shows it."""

    person_id: int
    day: Day


@dataclass(frozen=True, slots=True)
class Targets:
    """The days that a key means; `problem` says why there are none.

    `missing` counts the working days that a count asked for and nobody has.
    """

    days: tuple[Target, ...] = ()
    missing: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom and which days of the month a key means, before anything is read about them.

    With `count` it is so many working days of each person from the first of `days` on. `problem` says why
    nobody is meant.
    """

    people: Sequence[int] = ()
    days: range = range(0)
    count: int | None = None
    problem: str = ""


def meant(state: EditorState, count: int | None, *, marked: bool = True) -> Meant:
    """The selection, else the marked people (left aside with `marked` false), else the cursor's cell."""
    problem = no_cell(state)
    if not problem and count is not None and count > MAX_COUNT:
        problem = t("At most {most} days at once.", most=MAX_COUNT)
    if problem:
        return Meant(problem=problem)
    selection = state.selection
    if selection is not None:
        return Meant([state.people[row] for row in selection.rows], selection.days, count)
    people = marked_people(state) if marked else []
    day = state.cursor.day
    return Meant(people or [state.people[state.cursor.row]], range(day, day + 1), count)


def targets(state: EditorState, count: int | None, *, marked: bool = True) -> Targets:
    """The days meant now; `count` asks for so many working days from the first of them on."""
    return read(state, meant(state, count, marked=marked))


def read(state: EditorState, wanted: Meant) -> Targets:
    """The days that are meant, as the screen shows them."""
    if wanted.problem:
        return Targets(problem=wanted.problem)
    if wanted.count is not None:
        return _working_days(state, wanted.people, wanted.days[0], wanted.count)
    rows = state.rows_of(wanted.people, state.month)
    found = ((id_, rows[id_]) for id_ in wanted.people if id_ in rows)
    return Targets(tuple(Target(id_, row.days[day - 1]) for id_, row in found for day in wanted.days))


def no_cell(state: EditorState) -> str:
    """Why no day is under the cursor; empty when one is."""
    if not state.people:
        return t("Nobody is shown. Choose another filter or another month.")
    if state.on_name and state.anchor is None:
        return t("This is a name. Go to a day to enter something.")
    return ""


def marked_people(state: EditorState) -> list[int]:
    """The marked people in list order; those that the list does not show come last."""
    last = len(state.people)
    return sorted(state.marks, key=lambda person: (state.row_of.get(person, last), person))


def of_days(state: EditorState, days: Iterable[DayOf]) -> Targets:
    """These person-days as targets, wherever they are."""
    by_month: dict[Month, list[tuple[int, date]]] = {}
    for person, day in days:
        by_month.setdefault(Month.of(day), []).append((person, day))
    found: list[Target] = []
    for month, wanted in by_month.items():
        rows = state.rows_of(dict.fromkeys(person for person, _ in wanted), month)
        found += [Target(person, rows[person].days[day.day - 1]) for person, day in wanted if person in rows]
    return Targets(tuple(found))


def _working_days(state: EditorState, ids: Iterable[int], first_day: int, count: int) -> Targets:
    """The next `count` working days of each person, running on into the months that follow."""
    wanted = dict.fromkeys(ids, count)
    missing = 0
    found: list[Target] = []
    month = state.month
    start = first_day - 1
    for ahead in range(MONTHS_AHEAD):
        rows = state.rows_of(wanted, month)
        for person, left in list(wanted.items()):
            row = rows.get(person)
            indices = take_working_days(row.days, start, left) if row else []
            found += [Target(person, row.days[index]) for index in indices] if row else []
            wanted[person] -= len(indices)
            if not wanted[person] or (ahead and not indices):
                missing += wanted.pop(person)
        if not wanted:
            break
        month, start = month.shift(1), 0
    return Targets(tuple(found), missing + sum(wanted.values()))
