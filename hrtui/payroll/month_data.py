"""One month of an employer as it stands, in the order in which every layout writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hrtui.domain.day import Entry
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.domain.snapshot import balanced
from hrtui.store.employers import employer_of
from hrtui.store.month_view import MonthView, PersonRow
from hrtui.store.people import person_ids
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of one person; `hundredths` are its hours × 100, so rounded that a day adds up."""

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
        name = employer_of(store, employer_id).name
        return cls(name, month, tuple(view.rows_by_id(ids).values()), view.kinds)

    def lines(self) -> Iterator[Line]:
        """Every entry by person, date and the order of the day."""
        for person in self.people:
            for day in person.days:
                entered = [(entry, self.kinds[entry.leave_type_id]) for entry in day.entries]
                parts = balanced([(kind.category, entry.minutes) for entry, kind in entered], day.scheduled)
                for (entry, kind), part in zip(entered, parts, strict=True):
                    yield Line(person, day.date, entry, kind, part)

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
