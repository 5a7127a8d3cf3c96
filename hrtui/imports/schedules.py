"""A schedules file: work schedules of one or more weeks, a line for each week."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.schedule import MAX_WEEKS
from hrtui.i18n import t
from hrtui.imports.cells import CellError, Record, parse_text
from hrtui.imports.plan import Plan
from hrtui.imports.tables import Cell
from hrtui.store.changes import RowChange
from hrtui.store.ids import new_id
from hrtui.store.people import fold
from hrtui.store.store import Store

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Any Monday does for a schedule of one week, which is the same in every week.
_SOME_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class _Week:
    """One line; `number` and each of `minutes` are None where they were refused, and `start_right` is off."""

    line: int
    name: str
    start: date | None
    start_right: bool
    number: int | None
    minutes: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    cycle_start: str
    weeks: str


def plan_schedules(store: Store, employer_id: int, records: Sequence[Record]) -> Plan:
    """What importing these lines would do.

    A schedule is recognised by its name; a bad line holds back all its weeks.
    """
    plan = Plan()
    found: dict[str, list[_Week]] = {}
    for record in records:
        week = _read_week(record, plan)
        found.setdefault(fold(week.name), []).append(week)
    stored = {
        fold(name): _Stored(id_, start, weeks)
        for id_, name, start, weeks in store.con.execute(
            "SELECT id, name, cycle_start, weeks FROM work_schedule WHERE employer_id = ?", (employer_id,)
        )
    }
    for name, weeks in found.items():
        if name:
            _check_cycle(weeks, plan)
        bad = next((week.line for week in weeks if week.line in plan.bad), None)
        if bad is None:
            _plan_schedule(weeks, stored.get(name), employer_id, plan)
        else:
            plan.dragged |= {week.line: bad for week in weeks if week.line not in plan.bad}
    return plan


def _read_week(record: Record, plan: Plan) -> _Week:
    plan.check_cells(record)
    line = record.line
    name = plan.attempt(line, lambda: record.text("name"), "")
    if not record.has("name"):
        plan.refuse(line, t("The schedule has no name."))
    known = len(plan.problems)
    start = plan.attempt(line, lambda: record.day("cycle_start"), None)
    return _Week(
        line,
        name,
        start,
        len(plan.problems) == known,
        plan.attempt(line, lambda: record.read("week", _week_number, 1), None),
        tuple(plan.attempt(line, lambda day=day: record.minutes(day), None) for day in WEEKDAYS),  # type: ignore[misc]
    )


def _week_number(cell: Cell) -> int:
    text = parse_text(cell)
    if not (text.isdecimal() and 1 <= int(text) <= MAX_WEEKS):
        raise CellError(t("A week is a number from 1 to {n}, not “{text}”.", n=MAX_WEEKS, text=text[:20]))
    return int(text)


def _check_cycle(weeks: Sequence[_Week], plan: Plan) -> None:
    """The weeks of one schedule must be 1, 2, 3, ... with one start; what was refused is not judged again."""
    last = weeks[-1]
    _check_numbers(weeks, plan)
    starts = {week.start for week in weeks if week.start}
    if len(starts) > 1:
        plan.refuse(last.line, t("The weeks of “{name}” have different starts of the cycle.", name=last.name))
    elif len(weeks) > 1 and not starts and all(week.start_right for week in weeks):
        plan.refuse(
            last.line, t("“{name}” has several weeks and needs the start of its cycle.", name=last.name)
        )
    if all(minutes == 0 for week in weeks for minutes in week.minutes):
        plan.refuse(last.line, t("“{name}” has no hours.", name=last.name))


def _check_numbers(weeks: Sequence[_Week], plan: Plan) -> None:
    seen: set[int] = set()
    for week in weeks:
        if week.number in seen:
            plan.refuse(week.line, t("Week {n} of “{name}” is there twice.", n=week.number, name=week.name))
        if week.number is None:
            return
        seen.add(week.number)
    missing = next((number for number in range(1, max(seen)) if number not in seen), None)
    if missing:
        last = weeks[-1]
        plan.refuse(last.line, t("Week {n} of “{name}” is missing.", n=missing, name=last.name))


def _plan_schedule(weeks: Sequence[_Week], stored: _Stored | None, employer_id: int, plan: Plan) -> None:
    first = weeks[0]
    start = next((week.start for week in weeks if week.start), None)
    pattern = [list(week.minutes) for week in sorted(weeks, key=lambda week: week.number or 0)]
    if stored is None:
        row = {
            "employer_id": employer_id,
            "name": first.name,
            "cycle_start": (start or _SOME_MONDAY).isoformat(),
            "weeks": json.dumps(pattern),
        }
        plan.count([RowChange("work_schedule", new_id(), None, row)], new=True)
        return
    new, old = {}, {}
    if json.loads(stored.weeks) != pattern:
        old["weeks"], new["weeks"] = stored.weeks, json.dumps(pattern)
    if start and start.isoformat() != stored.cycle_start:
        old["cycle_start"], new["cycle_start"] = stored.cycle_start, start.isoformat()
    if new:
        plan.warn(
            first.line,
            t("“{name}” changes for everybody who works by it, in past months too.", name=first.name),
        )
    plan.count([RowChange("work_schedule", stored.id, old, new)] if new else [], new=False)
