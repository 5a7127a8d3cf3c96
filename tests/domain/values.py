"""Leave types, days and Hypothesis strategies that the tests of the rules share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce

from hypothesis import strategies as st

from hrtui.domain.day import Day, Entry, Holiday, Lock, Part, Refusal
from hrtui.domain.entering import Amount, Full, Half, Minutes, cycle_half, put
from hrtui.domain.leave_type import Category, LeaveType, Unit

MONDAY = date(2026, 9, 14)
NO_ROLES: frozenset[str] = frozenset()
HOLIDAY = Holiday(MONDAY, (("en", "Fair Monday"),))
HALF_HOLIDAY = Holiday(MONDAY, (("en", "Fair Monday"),), half=True)
LOCK = Lock(datetime(2026, 10, 1, tzinfo=UTC), "Example Clerk")


def kind(id_: int, key: str, letter: str, category: Category = Category.ABSENCE, **more: object) -> LeaveType:
    """A leave type named by its key."""
    return LeaveType(id_, key, letter, {"en": key}, category, **more)  # type: ignore[arg-type]


VAK = kind(1, "VAK", "v")
KV = kind(2, "KV", "k")
AD = kind(3, "AD", "w", Category.WORKED)
GF = kind(4, "GF", "j", Category.WORKED, on_holiday=True)
OVU = kind(5, "OVU", "o", Category.OVERTIME)
OVN = kind(6, "OVN", "n", Category.OVERTIME)
BEV = kind(7, "BEV", "b", unit=Unit.DAY)
JVD = kind(8, "JVD", "d", unit=Unit.HALF_DAY)
OLD = kind(9, "OLD", "", active=False)
SEC = kind(10, "SEC", "s", role_needed="casemanager")
KINDS = {one.id: one for one in (VAK, KV, AD, GF, OVU, OVN, BEV, JVD, OLD, SEC)}


def day(
    *entries: Entry,
    scheduled: int = 456,
    holiday: Holiday | None = None,
    in_contract: bool = True,
    locked: Lock | None = None,
    conflict: bool = False,
) -> Day:
    """A Monday in contract with 7:36 scheduled, unless told otherwise."""
    return Day(MONDAY, in_contract, scheduled, holiday, locked, entries, conflict)


def full(of: LeaveType, minutes: int = 456) -> Entry:
    """A whole day."""
    return Entry(of.id, minutes, Part.FULL)


def am(of: LeaveType, minutes: int = 228) -> Entry:
    """A morning."""
    return Entry(of.id, minutes, Part.MORNING)


def pm(of: LeaveType, minutes: int = 228) -> Entry:
    """An afternoon."""
    return Entry(of.id, minutes, Part.AFTERNOON)


def hours(of: LeaveType, minutes: int) -> Entry:
    """So many minutes."""
    return Entry(of.id, minutes, Part.HOURS)


dates = st.dates(date(2000, 1, 1), date(2099, 12, 31))
scheduled = st.sampled_from([0, 1, 60, 228, 285, 450, 455, 456, 480, 1440]) | st.integers(0, 1440)
holidays = st.sampled_from([None, None, HOLIDAY, HALF_HOLIDAY])
empty_days = st.builds(lambda minutes, holiday: day(scheduled=minutes, holiday=holiday), scheduled, holidays)
kinds = st.sampled_from(list(KINDS.values()))
amounts: st.SearchStrategy[Amount] = (
    st.just(Full())
    | st.sampled_from([Half(Part.MORNING), Half(Part.AFTERNOON)])
    | st.integers(-10, 1500).map(Minutes)
    | st.sampled_from([60, 228, 456]).map(Minutes)
)
keys = st.tuples(kinds, amounts) | st.none()
"""One key: a leave type and an amount, or the half-day key."""


def result_of(on: Day, key: tuple[LeaveType, Amount] | None) -> tuple[Entry, ...] | Refusal:
    """What the rules answer to a key."""
    return cycle_half(on, KINDS) if key is None else put(on, *key, KINDS, NO_ROLES)


def press(on: Day, key: tuple[LeaveType, Amount] | None) -> Day:
    """The day after a key; the same day where it is refused."""
    result = result_of(on, key)
    return on if isinstance(result, Refusal) else replace(on, entries=result)


days = st.builds(lambda on, pressed: reduce(press, pressed, on), empty_days, st.lists(keys, max_size=6))
"""Days with whatever some keys entered on them."""
