"""The Belgian guaranteed wage: who pays which part of each day of illness.

Employment Contracts Act of 3 July 1978, art. 52 (workers), 70 to 73/1 (employees); collective agreements
12bis and 13bis (85.88 % and the supplement of 25.88 %); holidays: Royal Decree of 18 April 1974, art. 13.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrtui.domain import legal
from hrtui.domain.month import months_later
from hrtui.domain.sickness.case import FULL, Case, Linking
from hrtui.domain.sickness.counting import belgian_window, gap_days

HOLIDAY_DAYS = 30
"""Holidays in the 30 days after an illness began are paid by the employer."""


class Regime(StrEnum):
    """By which rules an illness is paid."""

    EMPLOYEE = "employee"
    WORKER = "worker"
    NONE = "none"


class Band(StrEnum):
    """Who pays a day of illness."""

    DAILY_WAGE = "daily_wage"
    """The rest of a first day that was partly worked: all of it by the employer, outside the 30 days."""
    FULL = "full"
    REDUCED = "reduced"
    """85.88 % by the employer."""
    SUPPLEMENT = "supplement"
    """25.88 % by the employer beside the health fund."""
    MUTUALITY = "mutuality"
    HOLIDAY = "holiday"


WORKER_BANDS = ((7, Band.FULL), (14, Band.REDUCED), (30, Band.SUPPLEMENT))
"""Up to which counted day each band goes for workers."""

_STARTS_THE_WINDOW = frozenset({Band.FULL, Band.REDUCED})
"""A case with such days is what a later one relapses into; the supplement alone is not enough."""

_WORKERS = frozenset({"worker", "student", "flexi", "apprentice", "agency"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a contract decides: the regime, and since when the person is in service without a break."""

    regime: Regime
    in_service_since: date


@dataclass(frozen=True, slots=True)
class WageDay:
    """One day of illness: who pays it and how many of the 30 days are used with it."""

    date: date
    band: Band
    used: int
    left: int


def regime_of(worker_status: str) -> Regime:
    """The regime of a contract's worker status; who is no employee follows the rules of workers.

    Freelancers and trainees have no employment contract and so no guaranteed wage.
    """
    if worker_status in ("employee", ""):
        return Regime.EMPLOYEE
    return Regime.WORKER if worker_status in _WORKERS else Regime.NONE


def rights(cases: Sequence[Case], terms: Terms) -> list[list[Case]]:
    """A chain of relapses cut before each case that brings a right to 30 new days.

    The window of a relapse runs from the last case that was paid at 100 or 85.88 %, and not from a relapse
    that was not (Employment Contracts Act, art. 52 § 2 and 73; Securex, "meerdere keren herval"). A case that
    counts on because it was said so brings no right.
    """
    found: list[list[Case]] = []
    paid_until: date | None = None
    for case in cases:
        first, last = case.spell.first_day, case.spell.last_day
        beyond = paid_until is None or gap_days(paid_until, first) >= belgian_window(first)
        if not found or (beyond and case.spell.linking is not Linking.LINKED):
            found.append([])
        found[-1].append(case)
        if last and any(
            day.band in _STARTS_THE_WINDOW and day.date >= first for day in wage_days(found[-1], terms, last)
        ):
            paid_until = last
    return found


def wage_days(
    cases: Sequence[Case], terms: Terms, until: date, holidays: Container[date] = ()
) -> Iterator[WageDay]:
    """Every day of cases with one right to the guaranteed wage, up to `until` where the last one goes on.

    The 30 calendar days run over all of the cases (see `rights`), from each case's first day, which does not
    count where it was partly worked. Workers have a right to them after a month of service only; the days
    before are the health fund's and count. An authorised return to work is the health fund's, too; falling
    fully ill again in it gives no guaranteed wage while it is neutral. What of such an illness comes after
    the neutral time has a new right, in whose 30 days the neutral days of the illness count.
    """
    most = legal.value(legal.GUARANTEED_WAGE_DAYS, cases[0].spell.first_day)
    used = 0
    for case in cases:
        first = case.spell.first_day
        returned: date | None = None
        ill_again: date | None = None
        for start, end, step in case.segments(until):
            if step.authorised and step.percent < FULL:
                returned, ill_again = returned or start, None
            elif returned is not None:
                ill_again = ill_again or start
            for day in _days(start, end):
                if returned and ill_again and not _is_neutral(day, returned, ill_again):
                    used, returned = (day - ill_again).days, None
                if step.authorised or returned is not None:
                    band = Band.MUTUALITY
                elif day == first and case.minutes_worked:
                    band = Band.DAILY_WAGE
                else:
                    used = min(used + 1, most + 1)
                    band = _band(terms, day, used, most)
                if terms.regime is not Regime.NONE and day in holidays and (day - first).days <= HOLIDAY_DAYS:
                    band = Band.HOLIDAY
                yield WageDay(day, band, min(used, most), most - min(used, most))


def _is_neutral(day: date, returned: date, ill_again: date) -> bool:
    """Whether a day of an illness that begins in an authorised return to work has no guaranteed wage."""
    return (day - returned).days < legal.value(legal.BE_NEUTRAL_DAYS, ill_again)


def _band(terms: Terms, day: date, used: int, most: int) -> Band:
    if terms.regime is Regime.NONE or used > most:
        return Band.MUTUALITY
    if terms.regime is Regime.EMPLOYEE:
        return Band.FULL
    if day < months_later(terms.in_service_since, 1):
        return Band.MUTUALITY
    return next(band for last, band in WORKER_BANDS if used <= last)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def next_change(days: Sequence[WageDay], today: date) -> WageDay | None:
    """The first day after `today` that somebody else pays; None where there is none among `days`."""
    current = next((day.band for day in days if day.date >= today), None)
    later = (day for day in days if day.date > today)
    return next((day for day in later if day.band not in (current, Band.HOLIDAY)), None)
