"""What a day looks like in the grid: pure functions from a Day to a few characters and a style slot.

Every state has a character of its own, so that a screen without colours says the same. All characters are
ASCII or Latin-1, one column wide in every terminal font.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hrtui.domain.day import Day, Part, Status
from hrtui.domain.entering import other_measure
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.i18n import N_

UNSCHEDULED = "·"
OUTSIDE = "/"
HOLIDAY = "*"
SEVERAL = "+"
MORNING = "<"
AFTERNOON = ">"
HOURS = ":"
OVERTIME = "^"
CONFLICT = "!"
PENDING = "?"
UNSYNCED = "~"
LOCKED = "#"
UNLOCKED = "°"
RESEND = "±"
CHECKED = "="
MARKED = "»"
MORE = "…"

PART_MARKS = {Part.FULL: "", Part.MORNING: MORNING, Part.AFTERNOON: AFTERNOON, Part.HOURS: HOURS}

LEGEND = (
    ("v", N_("a full day, by the letter of its type")),
    (f"v{MORNING}", N_("a morning")),
    (f"v{AFTERNOON}", N_("an afternoon")),
    (f"v{HOURS}", N_("some hours")),
    (f"v{SEVERAL}", N_("several types")),
    (f"o{OVERTIME}", N_("overtime, on top of the schedule")),
    (UNSCHEDULED, N_("no work scheduled, such as a weekend")),
    (HOLIDAY, N_("holiday")),
    (OUTSIDE, N_("outside the contract")),
    (CONFLICT, N_("changed in two places: choose which one counts")),
    (PENDING, N_("waits for approval")),
    (UNSYNCED, N_("not yet sent; of part of a day the line below says so")),
    (LOCKED, N_("before a name: the month is forwarded and locked")),
    (UNLOCKED, N_("before a name: forwarded, and unlocked for a while")),
    (RESEND, N_("before a name: changed since it was forwarded, to be sent again")),
    (CHECKED, N_("before a name: the month is checked off")),
    (MARKED, N_("before a name: marked")),
)
"""Every sign and what it means (translate where shown)."""


class Face(NamedTuple):
    """How a day is drawn: exactly `width` characters, and a slot of `hrtui.widgets.colours`."""

    text: str
    slot: str


def face(day: Day, kinds: Mapping[int, LeaveType], width: int, *, show_unsynced: bool = False) -> Face:
    """The day in `width` characters: 2 are sign and mark; 3 and 4 begin with a space, 4 has two marks."""
    signs, slot = _sign(day, kinds)
    marks = _marks(day, kinds, show_unsynced)
    if width == 2:
        return Face(signs + (marks[:1] or (signs if signs == OUTSIDE else " ")), slot)
    if signs == OUTSIDE:
        return Face(OUTSIDE * width, slot)
    return Face(f" {signs}{marks[: width - 2]:<{width - 2}}", slot)


def letter_of(kind: LeaveType) -> str:
    """The one character that stands for a leave type: its letter, else the first one of its key."""
    return kind.letter or kind.key[:1]


def _sign(day: Day, kinds: Mapping[int, LeaveType]) -> tuple[str, str]:
    if day.entries:
        kind = kinds.get(day.entries[0].leave_type_id)
        sign, slot = (letter_of(kind), kind.colour) if kind else ("?", "grey")
        return sign, "conflict" if day.conflict else slot
    slot = "conflict" if day.conflict else "dim"
    if not day.in_contract:
        return OUTSIDE, slot
    if day.holiday is not None and not (day.holiday.half and day.scheduled):
        return HOLIDAY, slot
    if not day.scheduled:
        return UNSCHEDULED, slot
    return " ", slot


def _marks(day: Day, kinds: Mapping[int, LeaveType], show_unsynced: bool) -> str:
    """The marks of a day, the most urgent first."""
    marks = CONFLICT if day.conflict else ""
    marks += _extent(day, kinds)
    if any(entry.status is Status.PENDING for entry in day.entries):
        marks += PENDING
    if show_unsynced and day.unsynced:
        marks += UNSYNCED
    if day.holiday is not None and (day.entries or day.holiday.half):
        marks += HOLIDAY
    return marks


def _extent(day: Day, kinds: Mapping[int, LeaveType]) -> str:
    if len(day.entries) > 1:
        return SEVERAL
    for entry in day.entries:
        kind = kinds.get(entry.leave_type_id)
        if kind is not None and kind.category is Category.OVERTIME:
            return OVERTIME
        return HOURS if other_measure(day, kinds) else PART_MARKS[entry.part]
    return ""
