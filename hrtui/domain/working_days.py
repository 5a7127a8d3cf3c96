"""Counting in working days: the steps in which a clerk's cursor and counts move."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from hrtui.domain.day import Day


def next_working_day(days: Sequence[Day], index: int) -> int | None:
    """The index of the first working day after `index`, or None where there is none."""
    return next(iter(take_working_days(days, index + 1, 1)), None)


def take_working_days(days: Sequence[Day], start_index: int, count: int) -> list[int]:
    """The indexes of the first `count` working days from `start_index` on, or of as many as there are."""
    working = (index for index in range(start_index, len(days)) if days[index].is_working_day)
    return list(islice(working, count))
