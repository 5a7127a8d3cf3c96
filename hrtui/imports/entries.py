"""An entries file: what people have on which days, checked by the same rules as what is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hrtui import clock
from hrtui.domain.day import Day, Entry, Reason, Refusal
from hrtui.domain.entering import set_entries
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.i18n import hours, t
from hrtui.imports.cells import Record
from hrtui.imports.entry_fields import EntryLine, TypeNames, read_entry
from hrtui.imports.plan import Plan
from hrtui.store.changes import DayChange
from hrtui.store.leave_types import leave_types, roles_in_force
from hrtui.store.limits import excesses
from hrtui.store.month_view import MonthView
from hrtui.store.roles import own_roles, rights
from hrtui.store.store import Store
from hrtui.wording import day_name, excess_refusal, refusal_sentence

PersonDay = tuple[int, date]
Kinds = Mapping[int, LeaveType]
FAR_AWAY = timedelta(days=400)


def plan_entries(store: Store, employer_id: int, records: Sequence[Record], roles: frozenset[str]) -> Plan:
    """What importing these lines would do.

    All lines about one person and date together become what that day holds; other days stay as they are.
    A bad line holds back the other lines about its days.
    """
    plan = Plan()
    kinds = rights(store, employer_id).kinds(leave_types(store, employer_id))
    roles = roles_in_force(store, employer_id, kinds, roles | own_roles(store, employer_id))
    people = dict(store.con.execute("SELECT number, id FROM person WHERE employer_id = ?", (employer_id,)))
    types = TypeNames(kinds)
    lines = [line for record in records if (line := read_entry(record, people, types, plan))]
    days = _days_of(store, employer_id, lines)
    wanted: dict[PersonDay, list[EntryLine]] = {}
    for line in lines:
        for place in _places(line, days, plan):
            wanted.setdefault(place, []).append(line)
    results = {
        place: result
        for place, asked in wanted.items()
        if (result := _enter(days[place], asked, kinds, roles, plan)) is not None
    }
    _hold_to_limits(store, wanted, days, results, kinds, plan)
    for place in sorted(wanted.keys() - _held_back(wanted, plan)):
        _take(place, days[place], wanted[place][0].line, results[place], plan)
    return plan


def _days_of(store: Store, employer_id: int, lines: Sequence[EntryLine]) -> dict[PersonDay, Day]:
    """The days of every month that a line touches, of the people it touches there."""
    months: dict[Month, dict[int, None]] = {}
    for line in lines:
        month = Month.of(line.first)
        while month <= Month.of(line.last):
            months.setdefault(month, {})[line.person_id] = None
            month = month.shift(1)
    days: dict[PersonDay, Day] = {}
    for month, people in months.items():
        rows = MonthView(store, employer_id, month, list(people)).rows_by_id(people)
        days |= {(row.id, day.date): day for row in rows.values() for day in row.days}
    return days


def _places(line: EntryLine, days: Mapping[PersonDay, Day], plan: Plan) -> Iterator[PersonDay]:
    """The person-days that a line is about: its date, or the working days of its period."""
    if abs(line.first - clock.today()) > FAR_AWAY:
        plan.warn(line.line, t("{day} is more than a year away.", day=line.first.isoformat()))
    if not line.is_range:
        yield line.person_id, line.first
        return
    found = False
    for number in range((line.last - line.first).days + 1):
        place = line.person_id, line.first + timedelta(days=number)
        if days[place].is_working_day:
            found = True
            yield place
    if not found:
        plan.refuse(line.line, t("The person works on no day of this period."))


def _enter(
    day: Day, asked: Sequence[EntryLine], kinds: Kinds, roles: frozenset[str], plan: Plan
) -> tuple[Entry, ...] | None:
    """What the day becomes, or None; a refusal is the problem of the last line."""
    stated = [line.entry for line in asked if line.entry]
    if any(line.line in plan.bad for line in asked):
        return None
    result = set_entries(day, stated, kinds, roles)
    if isinstance(result, Refusal):
        if result.reason is Reason.UNCHANGED:
            return day.entries
        plan.refuse(asked[-1].line, refusal_sentence(result, kinds, day))
        return None
    if len(result) == len(asked):
        for line, entry in zip(asked, result, strict=True):
            _compare(line, entry, plan)
    return _with_known_sources(day, result)


def _hold_to_limits(
    store: Store,
    wanted: Mapping[PersonDay, Sequence[EntryLine]],
    days: Mapping[PersonDay, Day],
    results: Mapping[PersonDay, tuple[Entry, ...]],
    kinds: Kinds,
    plan: Plan,
) -> None:
    """Refuse lines that take more leave than there is where the type forbids that; warn where it does not."""
    changes = [DayChange(*place, days[place].entries, result) for place, result in results.items()]
    for excess in excesses(store, kinds, changes):
        line = wanted[excess.change.person_id, excess.change.date][-1].line
        sentence = refusal_sentence(excess_refusal(excess), kinds)
        if excess.kind.negative_allowed:
            plan.warn(line, sentence)
        else:
            plan.refuse(line, sentence)


def _compare(line: EntryLine, entry: Entry, plan: Plan) -> None:
    """Refuse a full or half day that the file gives other hours than the work schedule does."""
    if line.measured not in (None, entry.minutes):
        plan.refuse(
            line.line,
            t(
                "The file gives this part of the day {stated}, the work schedule {minutes}.",
                stated=hours(line.measured or 0),
                minutes=hours(entry.minutes),
            ),
        )


def _with_known_sources(day: Day, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """An entry that the day has already keeps where it came from."""
    known = {replace(entry, source=""): entry for entry in day.entries}
    return tuple(known.get(replace(entry, source=""), entry) for entry in entries)


def _held_back(wanted: Mapping[PersonDay, Sequence[EntryLine]], plan: Plan) -> set[PersonDay]:
    """The days of bad lines, and of the lines that share a day with those; notes which line drags which."""
    held: set[PersonDay] = set()
    blamed = {line: line for line in plan.bad}
    growing = True
    while growing:
        growing = False
        for place, asked in wanted.items():
            cause = next((blamed[line.line] for line in asked if line.line in blamed), None)
            if cause is not None and place not in held:
                held.add(place)
                growing = True
                for line in asked:
                    blamed.setdefault(line.line, cause)
    plan.dragged |= {line: cause for line, cause in blamed.items() if line not in plan.bad}
    return held


def _take(place: PersonDay, day: Day, line: int, entries: tuple[Entry, ...], plan: Plan) -> None:
    if entries == day.entries:
        plan.unchanged += 1
        return
    if day.entries:
        plan.warn(line, t("{day}: what was entered before is replaced.", day=day_name(day.date)))
    plan.count([DayChange(*place, day.entries, entries)], new=not day.entries)
