"""Reports of one person for the same days, as two computers can make them: which, and from when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from hrtui.domain.sickness.case import Spell


class Overlap(NamedTuple):
    """Another case of the same person, and the first day that both have."""

    other_id: int
    since: date


def overlapping(spells: Sequence[Spell]) -> dict[int, Overlap]:
    """The cases of one person that share days with another one, by id."""
    found: dict[int, Overlap] = {}
    for one, other in combinations(spells, 2):
        day = max(one.first_day, other.first_day)
        if day in one and day in other:
            found.setdefault(one.id, Overlap(other.id, day))
            found.setdefault(other.id, Overlap(one.id, day))
    return found


def end_of_first(one: Spell, other: Spell) -> date | None:
    """The last day of the earlier report with which both can stay; None where they begin together."""
    first, second = sorted((one.first_day, other.first_day))
    return second - timedelta(days=1) if first < second else None
