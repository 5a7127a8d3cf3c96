"""Making a snapshot: days into lines, with the time that is worked or free without being entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from hrtui.domain.day import Day, Holiday, Status
from hrtui.domain.hours import hundredths
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.domain.snapshot.types import (
    Component,
    Contract,
    Kind,
    Line,
    Message,
    Person,
    Snapshot,
    SnapshotDay,
)
from hrtui.domain.starter_types import STARTER

WORKED_KEYS = ("AD", "GW")
HOLIDAY_KEYS = ("BF", "FD")
REPLACEMENT_KEYS = ("VF", *HOLIDAY_KEYS)
"""Keys of the types that stand for time nobody enters, as the starter lists have them."""

_ORDER = {Category.WORKED: 0, Category.ABSENCE: 1, Category.OVERTIME: 2}


@dataclass(frozen=True)
class Kinds:
    """The leave types of an employer as snapshots hold them, and the types of time that nobody enters.

    `empty` keeps the days on which nothing is entered, by what they are made of: most people share them.
    """

    by_id: Mapping[int, Kind]
    worked: Kind
    holiday: Kind
    replacement: Kind
    empty: dict[tuple[date, int, Holiday | None], SnapshotDay] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, kinds: Mapping[int, LeaveType]) -> Kinds:
        """`kinds` by id; a type that an employer does not have is that of the starter list, with id 0."""
        own = {id_: _kind(kind) for id_, kind in kinds.items()}
        plain = (
            own[kind.id]
            for kind in kinds.values()
            if kind.category is Category.WORKED and not kind.on_holiday
        )
        worked = _first(own, WORKED_KEYS, Category.WORKED) or next(plain, None) or _starter("AD")
        holiday = _first(own, HOLIDAY_KEYS, Category.ABSENCE) or _starter("BF")
        return cls(own, worked, holiday, _first(own, REPLACEMENT_KEYS, Category.ABSENCE) or holiday)


def build(
    employer_id: int,
    month: Month,
    person: Person,
    days: Iterable[Day],
    kinds: Kinds | Mapping[int, LeaveType],
    *,
    contracts: Sequence[Contract] = (),
    components: Sequence[Component] = (),
    messages: Sequence[Message] = (),
) -> Snapshot:
    """The snapshot of a person's month.

    What of the schedule is neither entered nor a holiday is worked; a holiday's share that nobody worked is
    a line of its own. Days outside every contract are left out, whatever is entered on them, and so are days
    with neither schedule nor entries. `kinds` are all leave types of the employer (`Kinds.of` them once for
    many people). Raises KeyError for an entry of another type.
    """
    known = kinds if isinstance(kinds, Kinds) else Kinds.of(kinds)
    made = tuple(_day(day, known) for day in days if day.in_contract and (day.scheduled or day.entries))
    return Snapshot(
        employer_id,
        month,
        person,
        tuple(sorted(contracts, key=lambda one: one.start)),
        made,
        tuple(sorted(components, key=lambda one: (one.code, one.cents, one.id))),
        tuple(sorted(messages, key=lambda one: one.id)),
    )


def balanced(lines: Sequence[tuple[Category, int]], scheduled: int) -> tuple[int, ...]:
    """Hours × 100 of the lines of a day, given as category and minutes, each rounded half-up.

    Where the lines inside the schedule fill it, theirs add up to the rounded schedule: what is too many or
    too few goes to the longest worked line, and what would take that below zero to the longest others.
    """
    parts = [hundredths(minutes) for _, minutes in lines]
    inside = [index for index, (category, _) in enumerate(lines) if category is not Category.OVERTIME]
    if inside and sum(lines[index][1] for index in inside) == scheduled:
        rest = hundredths(scheduled) - sum(parts[index] for index in inside)
        inside.sort(key=lambda index: (lines[index][0] is not Category.WORKED, -lines[index][1]))
        for index in inside:
            taken = max(rest, -parts[index])
            parts[index] += taken
            rest -= taken
    return tuple(parts)


@lru_cache(maxsize=4096)
def _balanced(lines: tuple[tuple[Category, int], ...], scheduled: int) -> tuple[int, ...]:
    return balanced(lines, scheduled)


def _day(day: Day, kinds: Kinds) -> SnapshotDay:
    if day.entries:
        return _made(day, kinds)
    what = day.date, day.scheduled, day.holiday
    if what not in kinds.empty:
        kinds.empty[what] = _made(day, kinds)
    return kinds.empty[what]


def _made(day: Day, kinds: Kinds) -> SnapshotDay:
    found = sorted(_sums(day, kinds), key=lambda line: (_ORDER[line[0].category], line[0].key, line[0].id))
    parts = _balanced(tuple((kind.category, minutes) for kind, minutes, _ in found), day.scheduled)
    lines = (
        Line(kind, minutes, part, pending)
        for (kind, minutes, pending), part in zip(found, parts, strict=True)
    )
    return SnapshotDay(day.date, day.scheduled, tuple(lines))


def _sums(day: Day, kinds: Kinds) -> Iterable[tuple[Kind, int, bool]]:
    """The time of each type on the day, in minutes, and whether some of it is pending."""
    sums: dict[tuple[int, str], tuple[Kind, int, bool]] = {}

    def add(kind: Kind, minutes: int, pending: bool = False) -> None:
        _, before, waiting = sums.get((kind.id, kind.key), (kind, 0, False))
        sums[kind.id, kind.key] = (kind, before + minutes, waiting or pending)

    absent = worked = 0
    for entry in day.entries:
        kind = kinds.by_id[entry.leave_type_id]
        add(kind, entry.minutes, entry.status is Status.PENDING)
        absent += entry.minutes if kind.category is Category.ABSENCE else 0
        worked += entry.minutes if kind.category is Category.WORKED else 0
    off = max(min(day.scheduled - day.available, day.scheduled - absent - worked), 0)
    rest = max(day.scheduled - absent - worked - off, 0)
    if off and day.holiday:
        add(kinds.replacement if day.holiday.replaces else kinds.holiday, off)
    if rest:
        add(kinds.worked, rest)
    return sums.values()


def _kind(kind: LeaveType, id_: int | None = None) -> Kind:
    return Kind(
        kind.id if id_ is None else id_,
        kind.key,
        tuple(sorted((language, name) for language, name in kind.names.items() if name)),
        kind.category,
        kind.dmfa_code,
        kind.sickness,
        tuple(sorted((provider, code) for provider, code in kind.provider_codes.items() if code)),
    )


def _first(kinds: Mapping[int, Kind], keys: Sequence[str], category: Category) -> Kind | None:
    """The type with the first of the keys that there is; one in another category is not meant."""
    by_key = {kind.key: kind for kind in kinds.values() if kind.category is category}
    return next((by_key[key] for key in keys if key in by_key), None)


def _starter(key: str) -> Kind:
    return next(_kind(kind, 0) for kind in STARTER["BE"] if kind.key == key)
