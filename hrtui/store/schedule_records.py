"""The library of work schedules: making and changing them, and saying who works by which from when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.week_editor import Starts, WeekDraft
from hrtui.i18n import day_text, t, tn
from hrtui.store import rows
from hrtui.store.by_ids import select
from hrtui.store.changes import Change, RowChange, Values
from hrtui.store.errors import StoreError
from hrtui.store.people import fold
from hrtui.store.schedules import weeks_of
from hrtui.store.store import Store

MAX_NAME = 40
# SQLite takes the other columns from the row that has the maximum (Bare columns in an aggregate query).
_IN_FORCE = (
    "SELECT a.person_id, a.schedule_id, max(a.valid_from) FROM schedule_assignment a"
    " JOIN person p ON p.id = a.person_id WHERE p.employer_id = ? AND a.valid_from <= ? GROUP BY a.person_id"
)


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule in the library; `people` is how many work by it today."""

    id: int
    draft: WeekDraft
    people: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """What an assignment did: the undo step (None for none), and who worked by it from then on already."""

    step_id: int | None
    changed: int
    unchanged: int


def schedule_library(store: Store, employer_id: int, today: date) -> list[ScheduleLine]:
    """The employer's schedules in name order."""
    counts = dict(
        store.con.execute(
            f"SELECT schedule_id, count(*) FROM ({_IN_FORCE}) GROUP BY schedule_id",
            (employer_id, today.isoformat()),
        ).fetchall()
    )
    found = store.con.execute(
        "SELECT id, name, cycle_start, weeks, start_times FROM work_schedule WHERE employer_id = ?",
        (employer_id,),
    )
    lines = [ScheduleLine(id_, _draft(*columns), counts.get(id_, 0)) for id_, *columns in found]
    return sorted(lines, key=lambda line: (fold(line.draft.name), line.id))


def create_schedule(store: Store, employer_id: int, draft: WeekDraft) -> int:
    """Add a schedule to the library; returns its id. Raises StoreError where another has the name."""
    _check_name(store, employer_id, draft.name, None)
    change = _insertion(employer_id, draft)
    rows.carry_out(store, employer_id, t("New schedule {name}", name=draft.name), [change])
    return change.id


def change_schedule(
    store: Store,
    employer_id: int,
    schedule_id: int,
    draft: WeekDraft,
    *,
    start: date | None = None,
    person_ids: Sequence[int] | None = None,
) -> int:
    """Change a schedule; returns the id of the one that holds the change.

    Another name, or other start times, change the schedule itself, and so do other hours while nobody has
    ever worked by it. Otherwise other hours make a new schedule, by which the people (all who work by the old
    one, or those of `person_ids`) work from `start` on; what they worked before stays. The old one keeps its
    name with the day of the change behind it. Raises StoreError where `start` is missing or a name clashes.
    """
    row = rows.row_of(store, employer_id, "work_schedule", schedule_id)
    new = _values(draft)
    same_hours = row["cycle_start"] == new["cycle_start"] and weeks_of(row["weeks"]) == draft.weeks
    if same_hours or not _assignments(store, schedule_id):
        _check_name(store, employer_id, draft.name, schedule_id)
        label = t("Schedule {name}", name=draft.name)
        rows.carry_out(store, employer_id, label, rows.update("work_schedule", schedule_id, row, new))
        return schedule_id
    if start is None:
        raise StoreError(t("People work by this schedule: say from which day it changes."))
    changes: list[Change] = []
    if person_ids is None and fold(draft.name) == fold(row["name"]):
        old_name = t("{name} until {day}", name=row["name"], day=day_text(start, "d/M/y"))
        changes += rows.update("work_schedule", schedule_id, row, {"name": old_name})
    else:
        _check_name(store, employer_id, draft.name, None)
    insertion = _insertion(employer_id, draft)
    changes.append(insertion)
    changes += _moved(_assignments(store, schedule_id), schedule_id, insertion.id, start, person_ids)
    label = t("Schedule {name} from {day}", name=draft.name, day=day_text(start, "d/M/y"))
    rows.carry_out(store, employer_id, label, changes)
    return insertion.id


def delete_schedule(store: Store, employer_id: int, schedule_id: int) -> int | None:
    """Drop a schedule that nobody ever worked by; raises StoreError where somebody did."""
    row = rows.row_of(store, employer_id, "work_schedule", schedule_id)
    people = len({person_id for _, person_id, _, _ in _assignments(store, schedule_id)})
    if people:
        raise StoreError(
            tn(
                "{n} person works or worked by this schedule: it cannot be deleted.",
                "{n} people work or worked by this schedule: it cannot be deleted.",
                people,
            )
        )
    label = t("Schedule {name} deleted", name=row["name"])
    return rows.carry_out(store, employer_id, label, [rows.deletion("work_schedule", schedule_id, row)])


def assign_schedule(
    store: Store, employer_id: int, schedule_id: int, person_ids: Sequence[int], start: date
) -> Assigned:
    """Let people work by a schedule from `start` until their next change of schedule, as one undo step."""
    name = rows.row_of(store, employer_id, "work_schedule", schedule_id)["name"]
    rows.check_people(store, employer_id, person_ids)
    day = start.isoformat()
    latest: dict[int, tuple[int, int, str]] = {}
    query = (
        "SELECT id, person_id, schedule_id, valid_from FROM schedule_assignment"
        " WHERE person_id IN ({marks}) AND valid_from <= ? ORDER BY valid_from, id"
    )
    for id_, person_id, assigned, valid_from in select(store.con, query, person_ids, day):
        latest[person_id] = (id_, assigned, valid_from)
    changes: list[Change] = []
    for person_id in dict.fromkeys(person_ids):
        id_, assigned, valid_from = latest.get(person_id, (0, 0, ""))
        if assigned == schedule_id:
            continue
        if valid_from == day:
            old, new = {"schedule_id": assigned}, {"schedule_id": schedule_id}
            changes.append(RowChange("schedule_assignment", id_, old, new))
        else:
            changes.append(_assignment(person_id, schedule_id, day))
    people = tn("{n} person", "{n} people", len(changes))
    label = t(
        "Schedule {name} for {people} from {day}", name=name, people=people, day=day_text(start, "d/M/y")
    )
    step_id = rows.carry_out(store, employer_id, label, changes)
    return Assigned(step_id, len(changes), len(set(person_ids)) - len(changes))


Assignment = tuple[int, int, int, str]
"""Id, person, schedule and ISO date of an assignment."""


def _assignments(store: Store, schedule_id: int) -> list[Assignment]:
    """All assignments, by date, of everybody who was ever put on the schedule."""
    found = store.con.execute(
        "SELECT id, person_id, schedule_id, valid_from FROM schedule_assignment WHERE person_id IN"
        " (SELECT person_id FROM schedule_assignment WHERE schedule_id = ?) ORDER BY valid_from, id",
        (schedule_id,),
    )
    return found.fetchall()  # type: ignore[no-any-return]


def _moved(
    assignments: Iterable[Assignment],
    old_id: int,
    schedule_id: int,
    start: date,
    person_ids: Sequence[int] | None,
) -> list[Change]:
    """From `start` on, the new schedule wherever the old one would hold."""
    day = start.isoformat()
    wanted = None if person_ids is None else set(person_ids)
    in_force: dict[int, int] = {}
    on_the_day: set[int] = set()
    changes: list[Change] = []
    for id_, person_id, assigned, valid_from in assignments:
        if wanted is not None and person_id not in wanted:
            continue
        if valid_from < day:
            in_force[person_id] = assigned
            continue
        if valid_from == day:
            on_the_day.add(person_id)
        if assigned == old_id:
            new = {"schedule_id": schedule_id}
            changes.append(RowChange("schedule_assignment", id_, {"schedule_id": old_id}, new))
    for person_id, assigned in in_force.items():
        if assigned == old_id and person_id not in on_the_day:
            changes.append(_assignment(person_id, schedule_id, day))
    return changes


def _assignment(person_id: int, schedule_id: int, day: str) -> RowChange:
    values = {"person_id": person_id, "schedule_id": schedule_id, "valid_from": day}
    return rows.insertion("schedule_assignment", values)


def _check_name(store: Store, employer_id: int, name: str, schedule_id: int | None) -> None:
    if not name.strip():
        raise StoreError(t("A schedule needs a name."))
    if len(name) > MAX_NAME:
        raise StoreError(t("This name is too long: at most {limit} characters fit.", limit=MAX_NAME))
    found = store.con.execute("SELECT id, name FROM work_schedule WHERE employer_id = ?", (employer_id,))
    for id_, other in found:
        if id_ != schedule_id and fold(other) == fold(name):
            raise StoreError(t("There is a schedule {name} already.", name=other))


def _insertion(employer_id: int, draft: WeekDraft) -> RowChange:
    return rows.insertion("work_schedule", {"employer_id": employer_id} | _values(draft))


def _values(draft: WeekDraft) -> Values:
    known = any(time is not None for week in draft.starts for time in week)
    return {
        "name": draft.name.strip(),
        "cycle_start": draft.cycle_start.isoformat(),
        "weeks": json.dumps(draft.weeks),
        "start_times": json.dumps(draft.starts) if known else None,
    }


def _draft(name: str, cycle_start: str, weeks: str, start_times: str | None) -> WeekDraft:
    starts: tuple[Starts, ...] = tuple(tuple(week) for week in json.loads(start_times or "[]"))
    return WeekDraft(name, date.fromisoformat(cycle_start), weeks_of(weeks), starts)
