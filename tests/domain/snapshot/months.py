"""Months of days with all sorts of entries, for properties of snapshots and of the files made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from hrtui.domain.day import Day, Entry, Holiday, Part, Status
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.domain.snapshot import Component, Contract, Message, Person, Snapshot, build
from hrtui.domain.starter_types import STARTER

MONTH = Month(2026, 9)
KINDS: dict[int, LeaveType] = {
    number: replace(kind, id=number, provider_codes={"acerta": f"{number:04d}", "partena": f"P{number}"})
    for number, kind in enumerate(STARTER["BE"], 1)
}
_BY_CATEGORY = {
    category: [kind.id for kind in KINDS.values() if kind.category is category] for category in Category
}
WORKED, ABSENT, OVERTIME = (_BY_CATEGORY[category] for category in Category)
PERSON = Person(7, "1007", "Adelro", "Testman", "van", "85073000126", "acerta", "1111111", "17")
SCHEDULES = (0, 1, 7, 59, 240, 228, 453, 456, 480, 1440)


@st.composite
def days_on(draw: st.DrawFn, on: date, *, valid: bool = True) -> Day:
    """A day whose entries fit its schedule, or (not `valid`) whatever a damaged database holds."""
    scheduled = draw(st.sampled_from(SCHEDULES) | st.integers(0, 1440))
    holiday = draw(
        st.none() | st.builds(Holiday, st.just(on), st.just(()), st.none() | st.just(on), st.booleans())
    )
    free = Day(on, True, scheduled, holiday).available if valid else 2000
    entries = []
    kinds = draw(st.lists(st.sampled_from(WORKED + ABSENT), max_size=7, unique=valid))
    for kind in kinds:
        minutes = draw(st.integers(0, free))
        if minutes:
            free -= minutes if valid else 0
            entries.append(Entry(kind, minutes, Part.HOURS, draw(st.sampled_from(Status))))
    if draw(st.booleans()):
        entries.append(Entry(draw(st.sampled_from(OVERTIME)), draw(st.integers(1, 240)), Part.HOURS))
    return Day(on, draw(st.sampled_from((True, True, True, False))), scheduled, holiday, None, tuple(entries))


NAMES = st.dictionaries(st.sampled_from(("nl", "fr", "en")), st.text(min_size=1, max_size=8)).map(
    lambda names: tuple(sorted(names.items()))
)
NUMBER = st.integers(-(10**9), 10**9)
COMPONENTS = st.builds(
    Component, st.integers(1, 2**63 - 1), st.text(min_size=1, max_size=6), NAMES, NUMBER,
    st.none() | NUMBER, st.none() | NUMBER, st.just("EUR"), st.text(max_size=8), st.text(max_size=8),
    st.sampled_from(("", "acerta")),
)  # fmt: skip


@st.composite
def snapshots(draw: st.DrawFn, *, valid: bool = True) -> Snapshot:
    """A snapshot of up to six days with everything that a snapshot can hold."""
    dates = draw(st.lists(st.sampled_from(MONTH.dates()), max_size=6, unique=True))
    days = [draw(days_on(on, valid=valid)) for on in sorted(dates)]
    components = draw(st.lists(COMPONENTS, max_size=3, unique_by=lambda one: one.id))
    messages = draw(st.lists(st.builds(Message, st.integers(1, 9), st.text(max_size=20)), max_size=2))
    contracts = [Contract(date(2020, 1, 1), draw(st.none() | st.just(MONTH.last)), "employee", 3800)]
    return build(1, MONTH, PERSON, days, KINDS, contracts=contracts, components=components, messages=messages)
