"""What a day holds after something is entered on it, or why it stays as it is.

All times are minutes. What changes a day returns its whole new tuple of entries, or a Refusal. Absences and
worked types count inside the schedule and share its minutes; a holiday takes its share away, except for the
worked types that exist for holidays. Overtime comes on top. Together with the time that is worked without
being entered, nothing goes above 24 hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hrtui.domain.day import Day, Entry, Part, Reason, Refusal
from hrtui.domain.leave_type import Category, LeaveType, Unit
from hrtui.domain.schedule import DAY_MINUTES

HALVES = (Part.MORNING, Part.AFTERNOON)


@dataclass(frozen=True, slots=True)
class Full:
    """All the time of the day that is free."""


@dataclass(frozen=True, slots=True)
class Half:
    """Half of the day: its morning or its afternoon."""

    part: Part


@dataclass(frozen=True, slots=True)
class Minutes:
    """Exactly so many minutes."""

    minutes: int


Amount = Full | Half | Minutes
Kinds = Mapping[int, LeaveType]
Entries = tuple[Entry, ...]


def whole_day(day: Day, kind: LeaveType) -> int:
    """Minutes of a whole day of `kind`: what a holiday leaves, or all of the schedule for holiday work."""
    return day.scheduled if _for_holidays(kind) else day.available


def half_day(whole: int, part: Part) -> int:
    """Minutes of the morning or afternoon of a day of `whole` minutes; the morning has the odd one."""
    return whole // 2 if part is Part.AFTERNOON else whole - whole // 2


def other_measure(day: Day, kinds: Kinds) -> tuple[int, int] | None:
    """Minutes of an entry of a whole or half day that its day has no more, and those that it has now.

    A schedule, contract or holiday that changes afterwards leaves entries as they are. A day that has no time
    left at all is not meant.
    """
    for entry in day.entries:
        kind = kinds.get(entry.leave_type_id)
        if kind is None or kind.category is Category.OVERTIME or entry.part is Part.HOURS:
            continue
        whole = whole_day(day, kind)
        now = whole if entry.part is Part.FULL else half_day(whole, entry.part)
        if now and entry.minutes != now:
            return entry.minutes, now
    return None


def free_minutes(day: Day, kind: LeaveType, entries: Iterable[Entry], kinds: Kinds) -> int:
    """Minutes that `entries` leave for `kind` on the day; below 0 where they take more than it has."""
    inside = [entry for entry in entries if is_inside(entry, kinds)]
    free = day.scheduled - sum(entry.minutes for entry in inside)
    if _for_holidays(kind):
        return free
    ordinary = (entry.minutes for entry in inside if not _is_for_holidays(entry, kinds))
    return min(free, day.available - sum(ordinary))


def is_inside(entry: Entry, kinds: Kinds) -> bool:
    """Whether the entry counts inside the schedule: everything but overtime."""
    kind = kinds.get(entry.leave_type_id)
    return kind is None or kind.category is not Category.OVERTIME


def put(day: Day, kind: LeaveType, amount: Amount, kinds: Kinds, roles: frozenset[str]) -> Entries | Refusal:
    """Enter `amount` of `kind` on the day beside other types; an earlier entry of `kind` gives way.

    Full takes what is free; where nothing is, `kind` takes the place of every absence and worked type. Half
    and Minutes are refused when they do not fit. Overtime needs Minutes.
    """
    return (
        closed(day)
        or _not_offered(day, kind, roles)
        or _impossible(day, kind)
        or _put(day, kind, amount, kinds)
    )


def clear(day: Day) -> Entries | Refusal:
    """Remove all entries of the day, overtime too; also where the day fell out of contract since."""
    if refusal := shut(day):
        return refusal
    return () if day.entries else Refusal(Reason.NOTHING_TO_CLEAR, day.date)


def cycle_half(day: Day, kinds: Kinds) -> Entries | Refusal:
    """Turn the day's one entry inside the schedule: full, morning, afternoon, full; hours to morning."""
    inside = [entry for entry in day.entries if is_inside(entry, kinds)]
    if refusal := closed(day):
        return refusal
    if not day.entries:
        return Refusal(Reason.NOTHING_TO_CLEAR, day.date)
    if not inside:
        return Refusal(Reason.NEEDS_HOURS, day.date, leave_type_id=day.entries[0].leave_type_id)
    if len(inside) > 1:
        return Refusal(Reason.NOT_HALF, day.date)
    kind = kinds[inside[0].leave_type_id]
    steps: dict[Part, Amount] = {Part.MORNING: Half(Part.AFTERNOON), Part.AFTERNOON: Full()}
    amount = steps.get(inside[0].part, Half(Part.MORNING))
    return _impossible(day, kind) or _put(day, kind, amount, kinds)


def set_entries(day: Day, entries: Sequence[Entry], kinds: Kinds, roles: frozenset[str]) -> Entries | Refusal:
    """Replace all that the day holds by `entries`, where full and half take this day's time and hours stay.

    Entries of one type become one; status and source are those of `entries`. An entry that the day already
    holds may be of a type that is no longer active. No entries at all is the same as `clear`.
    """
    if not entries:
        return clear(day)
    if refusal := closed(day):
        return refusal
    placed: Entries = ()
    for entry in _merged(entries):
        kind = kinds[entry.leave_type_id]
        refusal = None if entry in day.entries else _not_offered(day, kind, roles)
        measured = (
            refusal or _impossible(day, kind) or measure(day, kind, _amount(entry, kind), placed, kinds)
        )
        if isinstance(measured, Refusal):
            return measured
        placed = (*placed, replace(measured, status=entry.status, source=entry.source))
    return _final(day, placed, kinds)


def _put(day: Day, kind: LeaveType, amount: Amount, kinds: Kinds) -> Entries | Refusal:
    """`put` for a day and type that are known to allow it."""
    gives_way = {entry for entry in day.entries if entry.leave_type_id == kind.id}
    if kind.category is Category.OVERTIME:
        if gives_way and not isinstance(amount, Minutes):
            return Refusal(Reason.UNCHANGED, day.date, leave_type_id=kind.id)
    elif isinstance(amount, Full) and free_minutes(day, kind, day.entries, kinds) <= 0:
        has_it_all = sum(entry.minutes for entry in gives_way) == whole_day(day, kind)
        if not has_it_all:
            gives_way = {entry for entry in day.entries if is_inside(entry, kinds)}
    others = tuple(entry for entry in day.entries if entry not in gives_way)
    new = measure(day, kind, amount, others, kinds)
    if isinstance(new, Refusal):
        return new
    # The same amount again is no new entry: it must not approve a pending one or change where it came from.
    same = (entry for entry in gives_way if _amounts_to(entry) == _amounts_to(new))
    new = next(same, new)
    place = next((index for index, entry in enumerate(day.entries) if entry in gives_way), len(others))
    return _final(day, (*others[:place], new, *others[place:]), kinds)


def shut(day: Day) -> Refusal | None:
    """Why nothing on the day can change."""
    if day.locked:
        return Refusal(Reason.LOCKED, day.date)
    if day.hides_something:
        return Refusal(Reason.HIDDEN, day.date)
    return Refusal(Reason.CONFLICT, day.date) if day.conflict else None


def closed(day: Day) -> Refusal | None:
    """Why nothing at all can be entered on the day."""
    return shut(day) or (None if day.in_contract else Refusal(Reason.OUTSIDE_CONTRACT, day.date))


def _not_offered(day: Day, kind: LeaveType, roles: frozenset[str]) -> Refusal | None:
    """Why this clerk cannot enter the type on any day."""
    if not kind.active:
        return Refusal(Reason.INACTIVE_TYPE, day.date, leave_type_id=kind.id)
    if kind.role_needed and kind.role_needed not in roles:
        return Refusal(Reason.ROLE_NEEDED, day.date, leave_type_id=kind.id)
    return None


def _impossible(day: Day, kind: LeaveType) -> Refusal | None:
    """Why the day has no time for a type that counts inside the schedule."""
    if kind.category is Category.OVERTIME or whole_day(day, kind) > 0:
        return None
    reason = Reason.HOLIDAY if day.scheduled else Reason.NOT_SCHEDULED
    return Refusal(reason, day.date, leave_type_id=kind.id)


def measure(day: Day, kind: LeaveType, amount: Amount, others: Entries, kinds: Kinds) -> Entry | Refusal:
    """The entry that `amount` of the type makes beside `others`, or why it does not fit."""
    if isinstance(amount, Minutes) and amount.minutes <= 0:
        return Refusal(Reason.NEEDS_HOURS, day.date, leave_type_id=kind.id)
    if kind.category is Category.OVERTIME:
        if not isinstance(amount, Minutes):
            return Refusal(Reason.NEEDS_HOURS, day.date, leave_type_id=kind.id)
        return Entry(kind.id, amount.minutes, Part.HOURS)
    whole = whole_day(day, kind)
    free = free_minutes(day, kind, others, kinds)
    taken = {entry.part for entry in others if is_inside(entry, kinds)}
    used = Refusal(Reason.TOO_MANY_MINUTES, day.date, whole - free, whole, kind.id)
    match amount:
        case Full():
            minutes = free
        case Half(part):
            minutes = half_day(whole, part)
        case Minutes(minutes):
            pass
    if minutes <= 0 or (isinstance(amount, Half) and (free <= 0 or amount.part in taken)):
        return replace(used, reason=Reason.NO_TIME_LEFT)
    if minutes > free:
        return used
    part = _part(kind, amount, minutes, whole, taken)
    if kind.unit is Unit.DAY and part is not Part.FULL:
        return replace(used, reason=Reason.WHOLE_DAYS_ONLY)
    if kind.unit is Unit.HALF_DAY and part is Part.HOURS:
        return replace(used, reason=Reason.HALF_DAYS_ONLY)
    return Entry(kind.id, minutes, part)


def _part(kind: LeaveType, amount: Amount, minutes: int, whole: int, taken: set[Part]) -> Part:
    """Which part of the day the minutes are: hours, unless they are known to be the whole or a half."""
    if minutes == whole:
        return Part.FULL
    if isinstance(amount, Half):
        return amount.part
    completes_a_half = isinstance(amount, Full) and not taken.isdisjoint(HALVES)
    if completes_a_half or kind.unit is Unit.HALF_DAY:
        for part in HALVES:
            if part not in taken and half_day(whole, part) == minutes:
                return part
    return Part.HOURS


def _final(day: Day, entries: Entries, kinds: Kinds) -> Entries | Refusal:
    """The entries, unless they change nothing or go above 24 hours."""
    if entries == day.entries:
        return Refusal(Reason.UNCHANGED, day.date)
    inside = sum(entry.minutes for entry in entries if is_inside(entry, kinds))
    overtime = sum(entry.minutes for entry in entries if not is_inside(entry, kinds))
    total = max(inside, day.available) + overtime
    if total > DAY_MINUTES:
        return Refusal(Reason.OVER_24_HOURS, day.date, total, DAY_MINUTES)
    return entries


def _merged(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with those of one type added up; both halves of a type are its whole day."""
    merged: dict[int, Entry] = {}
    for entry in entries:
        first = merged.get(entry.leave_type_id)
        if first is None:
            merged[entry.leave_type_id] = entry
        else:
            part = Part.FULL if {first.part, entry.part} == set(HALVES) else Part.HOURS
            merged[entry.leave_type_id] = replace(first, minutes=first.minutes + entry.minutes, part=part)
    return list(merged.values())


def _amount(entry: Entry, kind: LeaveType) -> Amount:
    """The amount as it was entered; overtime is hours, whatever part it names."""
    if entry.part is Part.HOURS or kind.category is Category.OVERTIME:
        return Minutes(entry.minutes)
    return Full() if entry.part is Part.FULL else Half(entry.part)


def _amounts_to(entry: Entry) -> tuple[int, int, Part]:
    return entry.leave_type_id, entry.minutes, entry.part


def _for_holidays(kind: LeaveType) -> bool:
    return kind.category is Category.WORKED and kind.on_holiday


def _is_for_holidays(entry: Entry, kinds: Kinds) -> bool:
    kind = kinds.get(entry.leave_type_id)
    return kind is not None and _for_holidays(kind)
