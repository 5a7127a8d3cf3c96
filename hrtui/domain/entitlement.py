"""How much leave the law gives for a year: Belgian employees and workers, and the Netherlands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.month import Month
from hrtui.domain.rounding import rounded
from hrtui.domain.schedule import WorkSchedule

FULL_WEEK_DAYS = 5

_EMPLOYEE_DAYS = (0, 2, 4, 5, 7, 9, 10, 12, 14, 15, 17, 19, 20)
_WORKER_DAYS = (
    *((231, 20), (221, 19), (212, 18), (202, 17), (192, 16), (182, 15), (163, 14), (154, 13), (144, 12)),
    *((135, 11), (125, 10), (106, 9), (97, 8), (87, 7), (77, 6), (64, 5), (48, 4), (39, 3), (20, 2), (10, 1)),
)
_NL_WEEKS = 4


def employee_days(months: int) -> int:
    """Days of leave of a Belgian employee for months (0 to 12) worked or assimilated in the year before.

    In a week of five days (Royal Decree of 30 March 1967; table of the annual holidays service). Raises
    ValueError outside 0 to 12.
    """
    if not 0 <= months <= 12:
        raise ValueError(f"a year has 0 to 12 months: {months}")
    return _EMPLOYEE_DAYS[months]


def worker_days(days: int) -> int:
    """Days of leave of a Belgian worker for paid and assimilated days in the year before, five-day week.

    Royal Decree of 30 March 1967; table of the annual holidays service. Raises ValueError below 0.
    """
    if days < 0:
        raise ValueError(f"days cannot be below 0: {days}")
    return next((leave for least, leave in _WORKER_DAYS if days >= least), 0)


def dutch_minutes(parts: Iterable[tuple[int, int]], days_in_year: int) -> int:
    """Statutory leave of a Dutch year: four times the weekly hours, in proportion to the days in service.

    `parts` are weekly minutes with the days in service that they were worked: it builds up by the hours of
    then. Burgerlijk Wetboek 7:634. Half a minute goes up.
    """
    return rounded(_NL_WEEKS * sum(weekly * days for weekly, days in parts), days_in_year)


def days_in_minutes(thousandths: int, weekly_minutes: int) -> int:
    """Days of a five-day week (thousandths) as minutes of somebody who works so many a week; half goes up.

    Twenty days are four of anyone's weeks, so that part-time work has its share.
    """
    return rounded(thousandths * weekly_minutes, 1000 * FULL_WEEK_DAYS)


def own_days(days: int, schedule: WorkSchedule) -> int:
    """Days of a five-day week as days of somebody with this schedule, in the same unit; half goes up.

    Twenty days are four of anyone's weeks: sixteen days of four a week, twenty short days of five a week.
    """
    worked = sum(1 for week in schedule.weeks for minutes in week if minutes)
    return rounded(days * worked, FULL_WEEK_DAYS * len(schedule.weeks))


def weekly_minutes(schedule: WorkSchedule) -> int:
    """The minutes of an average week of the schedule's cycle; half a minute goes up."""
    return rounded(sum(map(sum, schedule.weeks)), len(schedule.weeks))


def whole_months(periods: list[tuple[date, date | None]], year: int) -> int:
    """How many months of the year are covered from their first to their last day, by one or several."""
    months = [Month(year, number) for number in range(1, 13)]
    return sum(days_between(periods, month.first, month.last) == month.length for month in months)


def days_covered(
    periods: list[tuple[date, date | None]], year: LeaveYear, *, weekdays_only: bool = False
) -> int:
    """How many days of the year are covered; with `weekdays_only` Monday to Friday."""
    return days_between(periods, year.first, year.last, weekdays_only=weekdays_only)


def days_between(
    periods: list[tuple[date, date | None]], start: date, end: date, *, weekdays_only: bool = False
) -> int:
    """How many days from `start` to `end` are covered, each once."""
    first, last = start.toordinal(), end.toordinal()
    count = 0
    for begun, ended in sorted((one.toordinal(), to.toordinal() if to else last) for one, to in periods):
        until = min(last, ended)
        begin = max(first, begun)
        if begin <= until:
            count += _weekdays(until) - _weekdays(begin - 1) if weekdays_only else until - begin + 1
            first = until + 1
    return count


def _weekdays(ordinal: int) -> int:
    """How many days from Monday to Friday there are up to a day; ordinal 1 is a Monday."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * FULL_WEEK_DAYS + min(rest, FULL_WEEK_DAYS)
