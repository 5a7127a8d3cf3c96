"""Belgian medical certificates: when one is due, which days have one, and first days that need none.

Employment Contracts Act of 3 July 1978, art. 31 § 2: within two working days from the first day; § 2/1: the
first day of an illness needs none, three times a year, twice since 2026; employers of fewer than 50 people
may opt out.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hrtui.domain import legal
from hrtui.domain.sickness.sickness_act import working_days_after

TERM_WORKING_DAYS = 2
WORKING_DAYS_A_WEEK = 6
"""Saturday is a working day in Belgian labour law."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate from its first to its last day, and when the employer got it (None: announced)."""

    from_date: date
    until: date
    received_on: date | None


@dataclass(frozen=True, slots=True)
class CertificateDue:
    """From which day a certificate is missing, and by when it should be there."""

    from_date: date
    due: date


def certificate_due(
    first_day: date,
    last_day: date | None,
    certificates: Iterable[Certificate],
    today: date,
    *,
    certificate_free: bool = False,
    free: Container[date] = (),
) -> CertificateDue | None:
    """The first day of a case without a certificate up to `today`, and when it is due; None where none is.

    Only certificates that were received count. A `certificate_free` case needs none for its first day.
    """
    day = first_day + timedelta(days=1) if certificate_free else first_day
    end = min(last_day, today) if last_day else today
    received = sorted((one.from_date, one.until) for one in certificates if one.received_on is not None)
    for start, until in received:
        if start <= day <= until:
            day = until + timedelta(days=1)
    if day > end:
        return None
    return CertificateDue(day, working_days_after(day, TERM_WORKING_DAYS, free, a_week=WORKING_DAYS_A_WEEK))


def allowed_free_days(day: date, *, opted_out: bool) -> int:
    """How many first days without a certificate the year of `day` has."""
    return 0 if opted_out else legal.value(legal.CERTIFICATE_FREE_DAYS, day)


def free_days_left(taken: Sequence[date], day: date, *, opted_out: bool) -> int:
    """How many are left in the year of `day`; `taken` are the first days that had none."""
    used = sum(1 for one in taken if one.year == day.year)
    return max(0, allowed_free_days(day, opted_out=opted_out) - used)
