"""What an illness makes of a day of the calendar, and what it takes the place of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hrtui.domain.day import Day, Entry, Part
from hrtui.domain.entering import is_inside
from hrtui.domain.leave_type import Category, LeaveType, Unit
from hrtui.domain.sickness.case import FULL

CASE = "case"
"""The source of the entries that a case made."""

Entries = tuple[Entry, ...]
Kinds = Mapping[int, LeaveType]


@dataclass(frozen=True, slots=True)
class Portion:
    """The illness of one day: its leave type, its percentage, and minutes worked before falling ill."""

    leave_type_id: int
    percent: int
    worked: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """The entries that a day gets, and those of its former ones that gave way to the illness."""

    entries: Entries
    displaced: Entries = ()


def sick_minutes(available: int, portion: Portion) -> int:
    """The minutes of illness on a day: the percentage of its time, and no more than was left to work.

    Half a minute counts as one.
    """
    share = (available * portion.percent + FULL // 2) // FULL
    return max(0, min(share, available - portion.worked))


def fill(day: Day, portion: Portion | None, kinds: Kinds) -> Filled:
    """The day with its illness; with None as it was, without entries of a case.

    `day.entries` are what was entered beside the case. Illness goes before planned leave (Burgerlijk Wetboek
    7:638 lid 8; Belgian Holidays Act, art. 8bis since 2024): leave and work keep the time that is left, where
    their type can be entered in minutes, and give way otherwise. Overtime and work on a holiday stay, and a
    holiday or a free day takes no illness.
    """
    own = without_case(day.entries)
    if portion is None or not day.is_working_day:
        return Filled(own)
    minutes = sick_minutes(day.available, portion)
    if not minutes:
        return Filled(own)
    part = Part.FULL if minutes == day.available else Part.HOURS
    entries: list[Entry] = [Entry(portion.leave_type_id, minutes, part, source=CASE)]
    displaced: list[Entry] = []
    free = day.available - minutes
    for entry in own:
        if not _shares_the_day(entry, kinds):
            entries.append(entry)
            continue
        kept = _kept(entry, free, kinds)
        if kept is not None:
            entries.append(kept)
            free -= kept.minutes
        if kept != entry:
            displaced.append(entry)
    return Filled(tuple(entries), tuple(displaced))


def without_case(entries: Entries) -> Entries:
    """The entries but for those that a case made."""
    return tuple(entry for entry in entries if entry.source != CASE)


def has_case(entries: Entries) -> bool:
    """Whether a case made one of the entries."""
    return any(entry.source == CASE for entry in entries)


def _shares_the_day(entry: Entry, kinds: Kinds) -> bool:
    """Whether the entry takes time that the illness could take."""
    kind = kinds.get(entry.leave_type_id)
    on_holiday = kind is not None and kind.category is Category.WORKED and kind.on_holiday
    return is_inside(entry, kinds) and not on_holiday


def _kept(entry: Entry, free: int, kinds: Kinds) -> Entry | None:
    """What stays of an entry where `free` minutes are left; illness that was entered by hand never stays."""
    kind = kinds.get(entry.leave_type_id)
    if kind is None or kind.sickness or free <= 0:
        return None
    if entry.minutes <= free:
        return entry
    return replace(entry, minutes=free, part=Part.HOURS) if kind.unit is Unit.MINUTE else None
