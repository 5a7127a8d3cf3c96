"""What approving or refusing makes of a day on which something waits for approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hrtui.domain.day import Day, Entry, Reason, Refusal, Status
from hrtui.domain.entering import Kinds, shut

Entries = tuple[Entry, ...]


def waits(entries: Iterable[Entry]) -> bool:
    """Whether one of the entries waits for approval."""
    return any(entry.status is Status.PENDING for entry in entries)


def approve(day: Day) -> Entries | Refusal:
    """The day with all that waited approved; its hours stay as they were asked for."""
    return _closed(day) or tuple(replace(entry, status=Status.APPROVED) for entry in day.entries)


def refuse(day: Day) -> Entries | Refusal:
    """The day without what waited: a refused request is not paid, and its hours are worked."""
    return _closed(day) or tuple(entry for entry in day.entries if entry.status is not Status.PENDING)


def waits_for_illness(day: Day, kinds: Kinds) -> bool:
    """Whether what waits is an illness, about which no reason may be kept (GDPR, art. 9)."""
    waiting = (kinds.get(entry.leave_type_id) for entry in day.entries if entry.status is Status.PENDING)
    return any(kind is not None and kind.sickness for kind in waiting)


def _closed(day: Day) -> Refusal | None:
    if refusal := shut(day):
        return refusal
    return None if waits(day.entries) else Refusal(Reason.NOTHING_WAITS, day.date)
