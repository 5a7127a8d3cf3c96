"""Illness counted day by day, written apart from the rules, to hold them against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from hrtui.domain.sickness.case import Spell

ONE = timedelta(days=1)


@st.composite
def spells(draw: st.DrawFn, *, most: int = 5, longest: int = 60, closed: bool = False) -> list[Spell]:
    """Cases of one person in order that do not overlap; the last may be open."""
    day = draw(st.dates(date(2019, 1, 1), date(2027, 12, 31)))
    count = draw(st.integers(1, most))
    found: list[Spell] = []
    for number in range(count):
        length = draw(st.integers(1, longest))
        last: date | None = day + timedelta(days=length - 1)
        open_end = number == count - 1 and not closed and draw(st.booleans())
        found.append(Spell(number + 1, day, None if open_end else last))
        day = day + timedelta(days=length + draw(st.integers(0, 70)))
    return found


def sick_days(cases: Sequence[Spell], until: date) -> Iterator[date]:
    """Every day of illness up to `until`, one by one."""
    for case in cases:
        day = case.first_day
        while day <= until and (case.last_day is None or day <= case.last_day):
            yield day
            day += ONE


def free_between(earlier: Spell, later: Spell) -> int:
    """The days without illness between two cases, counted one by one."""
    assert earlier.last_day is not None
    day, free = earlier.last_day + ONE, 0
    while day < later.first_day:
        free += 1
        day += ONE
    return free


def groups(cases: Sequence[Spell], limit_on: dict[int, int]) -> list[list[int]]:
    """Ids that count as one: a case joins the group before it when fewer days than its limit lie between."""
    found = [[cases[0].id]]
    for earlier, later in pairwise(cases):
        if free_between(earlier, later) < limit_on[later.id]:
            found[-1].append(later.id)
        else:
            found.append([later.id])
    return found
