"""One month of an employer as it stands, in the order in which every layout writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.day import Day, Entry
from hrtui.domain.hours import hundredths
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.store.employers import employers
from hrtui.store.month_view import MonthView, PersonRow
from hrtui.store.people import person_ids
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of one person; `hundredths` are its hours × 100 (see day_hundredths)."""

    person: PersonRow
    date: date
    entry: Entry
    kind: LeaveType
    hundredths: int


@dataclass(frozen=True, slots=True)
class TypeTotal:
    """What all people together have of a leave type: how many people, days and minutes."""

    kind: LeaveType
    people: int
    days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class MonthData:
    """The people with a contract in the month, in name order; the leave types, in display order."""

    employer: str
    month: Month
    people: tuple[PersonRow, ...]
    kinds: Mapping[int, LeaveType]

    @classmethod
    def read(cls, store: Store, employer_id: int, month: Month) -> MonthData:
        """The month as the database has it now."""
        ids = person_ids(store, employer_id, month)
        view = MonthView(store, employer_id, month, ids)
        name = next(employer.name for employer in employers(store) if employer.id == employer_id)
        return cls(name, month, tuple(view.rows_by_id(ids).values()), view.kinds)

    def lines(self) -> Iterator[Line]:
        """Every entry by person, date and the order of the day."""
        for person in self.people:
            for day in person.days:
                parts = day_hundredths(day, self.kinds) if day.entries else ()
                for entry, part in zip(day.entries, parts, strict=True):
                    yield Line(person, day.date, entry, self.kinds[entry.leave_type_id], part)

    def type_totals(self) -> list[TypeTotal]:
        """The leave types that occur in the month, in display order, with their totals."""
        people: dict[int, set[int]] = {}
        days: dict[int, int] = {}
        minutes: dict[int, int] = {}
        for line in self.lines():
            people.setdefault(line.kind.id, set()).add(line.person.id)
            days[line.kind.id] = days.get(line.kind.id, 0) + 1
            minutes[line.kind.id] = minutes.get(line.kind.id, 0) + line.entry.minutes
        return [
            TypeTotal(kind, len(people[kind.id]), days[kind.id], minutes[kind.id])
            for kind in self.kinds.values()
            if kind.id in people
        ]


def minutes_by_type(person: PersonRow) -> dict[int, int]:
    """The minutes that a person has of each leave type in the month."""
    found: dict[int, int] = {}
    for day in person.days:
        for entry in day.entries:
            found[entry.leave_type_id] = found.get(entry.leave_type_id, 0) + entry.minutes
    return found


def day_hundredths(day: Day, kinds: Mapping[int, LeaveType]) -> tuple[int, ...]:
    """The hours × 100 of a day's entries, each rounded half-up.

    Where the entries inside the schedule fill it, their parts add up to its rounded hours: the hundredth too
    many or too few goes to the worked line, or else to the longest one.
    """
    parts = [hundredths(entry.minutes) for entry in day.entries]
    inside = [
        index
        for index, entry in enumerate(day.entries)
        if kinds[entry.leave_type_id].category is not Category.OVERTIME
    ]
    if inside and sum(day.entries[index].minutes for index in inside) == day.scheduled:
        rest = hundredths(day.scheduled) - sum(parts[index] for index in inside)
        parts[_balancing(day.entries, inside, kinds)] += rest
    return tuple(parts)


def _balancing(entries: Sequence[Entry], inside: Sequence[int], kinds: Mapping[int, LeaveType]) -> int:
    """The place of the line that takes the rounding."""

    def weight(index: int) -> tuple[bool, int]:
        entry = entries[index]
        return kinds[entry.leave_type_id].category is Category.WORKED, entry.minutes

    return max(inside, key=weight)
