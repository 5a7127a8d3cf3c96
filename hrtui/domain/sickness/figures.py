"""Frequency, duration and percentage of absence through illness, by the Dutch standard for its registration.

Standaard voor verzuimregistratie (Stichting van de Arbeid / NVS): the percentage is sick calendar days, each
by its percentage of incapacity, of all days in service; the frequency is new reports per employee and year;
the duration is the mean of the cases that ended in the period. Cases that count as one stay separate reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hrtui.domain.contract import ContractPeriod
from hrtui.domain.rounding import rounded
from hrtui.domain.sickness.case import Case

DAYS_A_YEAR = 365


class Length(StrEnum):
    """Classes of duration, by their days."""

    SHORT = "short"
    """Up to 7 days."""
    MEDIUM = "medium"
    """8 to 42 days."""
    LONG = "long"
    """43 to 365 days."""
    EXTRA_LONG = "extra_long"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a group: when they were in service, and their cases."""

    contracts: tuple[ContractPeriod, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a group was absent in a period.

    `percentage` in hundredths of a percent, `frequency` in hundredths of a report per person and year,
    `mean_days` in tenths of a day (None: no case ended). `by_length` counts ended cases.
    """

    people: int
    percentage: int
    reports: int
    frequency: int
    ended: int
    mean_days: int | None
    by_length: Mapping[Length, int]


def figures(members: Sequence[Member], first: date, last: date) -> Figures:
    """The figures of a group from `first` to `last`, both included. Days out of service do not count."""
    in_service = sick = reports = people = 0
    ended: list[int] = []
    for member in members:
        spans = _within(((one.start, one.end) for one in member.contracts), first, last)
        days = sum((end - start).days + 1 for start, end in spans)
        people += bool(days)
        in_service += days
        for case in member.cases:
            reports += first <= case.spell.first_day <= last
            sick += _weighted(case, spans, last)
            if case.spell.last_day is not None and first <= case.spell.last_day <= last:
                ended.append((case.spell.last_day - case.spell.first_day).days + 1)
    return Figures(
        people,
        _share(sick * 100, in_service),
        reports,
        _share(reports * DAYS_A_YEAR * 100, in_service),
        len(ended),
        _share(sum(ended) * 10, len(ended)) if ended else None,
        {length: sum(1 for days in ended if length_of(days) is length) for length in Length},
    )


def length_of(days: int) -> Length:
    """The class of duration of a case."""
    if days <= 7:
        return Length.SHORT
    if days <= 42:
        return Length.MEDIUM
    return Length.LONG if days <= DAYS_A_YEAR else Length.EXTRA_LONG


def _weighted(case: Case, spans: Iterable[tuple[date, date]], until: date) -> int:
    """Sick days in the spans × their percentage."""
    total = 0
    for start, end, step in case.segments(until):
        for first, last in spans:
            total += max(0, (min(end, last) - max(start, first)).days + 1) * step.percent
    return total


def _within(spans: Iterable[tuple[date, date | None]], first: date, last: date) -> list[tuple[date, date]]:
    """The spans inside the period, joined where they touch or overlap: a day counts once."""
    found: list[tuple[date, date]] = []
    for start, end in sorted((max(start, first), min(end or last, last)) for start, end in spans):
        if start > end:
            continue
        if found and start <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _share(part: int, whole: int) -> int:
    """Rounded; 0 of nothing."""
    return rounded(part, whole) if whole else 0
