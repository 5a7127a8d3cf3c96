"""The dates that go with a month: when wages are paid and meal vouchers ordered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import StrEnum

from hrtui.domain.month import Month

_SATURDAY = 5
_LATEST = timedelta(days=366)


class DateFault(StrEnum):
    """What is wrong with a date."""

    PAST = "past"
    TOO_LATE = "too_late"


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    """Whether banks and providers work: Monday to Friday, no holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def business_days(first: date, holidays: Collection[date], count: int) -> list[date]:
    """The first `count` business days from `first` on."""
    found: list[date] = []
    for day in _days_from(first):
        if is_business_day(day, holidays):
            found.append(day)
        if len(found) == count:
            break
    return found


def proposed_date(month: Month, today: date, holidays: Collection[date]) -> date:
    """The last business day of the month, or the next business day where that is over."""
    last = next(
        day
        for day in (month.last - timedelta(days=back) for back in range(month.length + 31))
        if is_business_day(day, holidays)
    )
    return last if last >= today else business_days(today, holidays, 1)[0]


def date_fault(day: date, today: date) -> DateFault | None:
    """Why a date will not do; None where it does."""
    if day < today:
        return DateFault.PAST
    return DateFault.TOO_LATE if day - today > _LATEST else None


def _days_from(first: date) -> Iterator[date]:
    for step in range(_LATEST.days):
        yield first + timedelta(days=step)
