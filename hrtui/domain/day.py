"""One person's day: schedule, holiday, lock and what is entered on it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

_SUNDAY = 7
HIDDEN_TYPE = 0
"""The leave type of an entry that shows as an absence only, as the clerk may not see of what kind it is."""


class Part(StrEnum):
    """Which part of the day an entry covers, as it was entered."""

    FULL = "full"
    MORNING = "am"
    AFTERNOON = "pm"
    HOURS = "hours"


class Status(StrEnum):
    """Whether an entry still waits for somebody's approval."""

    APPROVED = "approved"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a day: a leave type and its minutes."""

    leave_type_id: int
    minutes: int
    part: Part = Part.FULL
    status: Status = Status.APPROVED
    source: str = "manual"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of the employer on a date.

    `names` pairs a language (nl, fr, en) with the name. A replacement day carries the date of the holiday it
    stands for in `replaces`. A `half` holiday takes half of the scheduled time.
    """

    date: datetime.date
    names: tuple[tuple[str, str], ...]
    replaces: datetime.date | None = None
    half: bool = False

    def name(self, language: str) -> str:
        """The name in `language`, or the first one there is."""
        names = dict(self.names)
        return names.get(language) or next(iter(names.values()), "")


def ordinary_day(holiday: datetime.date, replacement: datetime.date) -> datetime.date:
    """Which of a holiday and its replacement is a day like any other for somebody who works on both.

    A holiday on a Sunday is always replaced, and the Sunday is none any more; on another day it is replaced
    for those only for whom that is a usual day off (Belgian Holidays Act of 4 January 1974, art. 6).
    """
    return holiday if holiday.isoweekday() == _SUNDAY else replacement


@dataclass(frozen=True, slots=True)
class Lock:
    """Why a person's month cannot be changed: it was forwarded, when and by whom."""

    at: datetime.datetime
    by: str


@dataclass(frozen=True, slots=True)
class Unlock:
    """Why a forwarded month can be changed now: by whose doing, until when, and for what reason."""

    by: str
    until: datetime.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Day:
    """What the rules need to know of one person on one date.

    `scheduled` is minutes by the work schedule, 0 outside contract or schedule; a holiday does not lower
    it (see `available`). `entries` are in the order they were entered. `locked` is about the person's month.
    """

    date: datetime.date
    in_contract: bool
    scheduled: int
    holiday: Holiday | None = None
    locked: Lock | None = None
    entries: tuple[Entry, ...] = ()
    conflict: bool = False
    unsynced: bool = False

    @property
    def available(self) -> int:
        """Minutes that an absence can cover: the schedule, less a holiday's share of it."""
        if self.holiday is None:
            return self.scheduled
        return self.scheduled - self.scheduled // 2 if self.holiday.half else 0

    @property
    def is_working_day(self) -> bool:
        """Whether the person is expected to work: in contract, scheduled, and not a (whole) holiday."""
        return self.in_contract and self.available > 0

    @property
    def hides_something(self) -> bool:
        """Whether it holds an entry of which the clerk may only know that it is an absence."""
        return any(entry.leave_type_id == HIDDEN_TYPE for entry in self.entries)


class Reason(StrEnum):
    """Why a day did not take an entry; `hrtui.wording` has the sentence for each."""

    LOCKED = "locked"
    OUTSIDE_CONTRACT = "outside_contract"
    NOT_SCHEDULED = "not_scheduled"
    HOLIDAY = "holiday"
    NO_TIME_LEFT = "no_time_left"
    TOO_MANY_MINUTES = "too_many_minutes"
    OVER_24_HOURS = "over_24_hours"
    NEEDS_HOURS = "needs_hours"
    NOT_HALF = "not_half"
    WHOLE_DAYS_ONLY = "whole_days_only"
    HALF_DAYS_ONLY = "half_days_only"
    INACTIVE_TYPE = "inactive_type"
    ROLE_NEEDED = "role_needed"
    NO_ALLOWANCE = "no_allowance"
    NOTHING_TO_CLEAR = "nothing_to_clear"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    HIDDEN = "hidden"
    NOTHING_WAITS = "nothing_waits"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A day that keeps its entries, and why.

    Where the reason has them, `minutes` are those that other entries use and `limit` those that the day has;
    for OVER_24_HOURS they are the total and the 24 hours.
    """

    reason: Reason
    date: datetime.date
    minutes: int = 0
    limit: int = 0
    leave_type_id: int = 0
