"""In what one person's leave of a type is kept, minutes or days, and how leave is measured so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.leave_type import Limit
from hrtui.domain.ledger import Grant
from hrtui.domain.rounding import rounded
from hrtui.domain.schedule import ScheduleAssignment, scheduled_minutes

DAY = 1000
"""A day of leave: halves, quarters and eighths (an hour of a day of eight) are exact."""
DAYS_OF_LIMIT = 10
"""Thousandths in the hundredths of a day that a limit is kept in."""
_USUAL_DAY = (480, 1)


@dataclass(frozen=True, slots=True)
class Held:
    """A grant or adjustment as it is written down: `minutes`, or `days` (thousandths) where that is not None.

    All else is as in `Grant`.
    """

    year: int
    label: str
    minutes: int
    days: int | None
    valid_from: date
    expires: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """Whether a person's leave of a type is kept `in_days` (thousandths) or in minutes, and the schedules."""

    in_days: bool = False
    schedules: Sequence[ScheduleAssignment] = ()

    def taken(self, day: date, minutes: int) -> int:
        """What all entries of a type on one date take: a whole day where they fill what is scheduled.

        Half of the scheduled time is exactly half a day, also where the schedule has an odd minute. On a date
        without scheduled time (the schedule changed since) the person's usual day is the measure.
        """
        if not self.in_days or not minutes:
            return minutes
        scheduled = scheduled_minutes(self.schedules, day)
        if not scheduled:
            return self._in_days(day, minutes)
        if abs(2 * minutes - scheduled) <= 1 and minutes < scheduled:
            return DAY // 2
        return rounded(minutes * DAY, scheduled)

    def granted(self, day: date, minutes: int, days: int | None) -> int:
        """What was granted from `day` on as it counts here: days and minutes by the usual day of then."""
        if days is None:
            return self._in_days(day, minutes) if self.in_days else minutes
        if self.in_days:
            return days
        total, count = self._usual_day(day)
        return rounded(days * total, DAY * count)

    def limit(self, amount: int) -> int:
        """A yearly limit (hundredths of a day or minutes) in the unit of this measure."""
        return amount * DAYS_OF_LIMIT if self.in_days else amount

    def _in_days(self, day: date, minutes: int) -> int:
        total, count = self._usual_day(day)
        return rounded(minutes * DAY * count, total)

    def _usual_day(self, day: date) -> tuple[int, int]:
        """The minutes of the cycle of weeks on `day`, or of the first one after it, and its days of work.

        A person without work schedule is taken to have days of eight hours.
        """
        begun = [one for one in self.schedules if one.valid_from <= day] or self.schedules[:1]
        worked = (
            [minutes for week in begun[-1].schedule.weeks for minutes in week if minutes] if begun else []
        )
        return (sum(worked), len(worked)) if worked else _USUAL_DAY


def kept_in_days(own: Limit, of_type: Limit) -> bool:
    """Whether a person whose limit is of the kind `own` has the leave of a type in days."""
    return (of_type if own is Limit.UNLIMITED else own) is Limit.DAYS


def measured(held: Sequence[Held], measure: Measure) -> list[Grant]:
    """The grants in the unit of `measure`.

    What is written in the other unit is turned over bucket by bucket, so that grants and adjustments that
    cancel out in hours do so in days.
    """
    sums: dict[tuple[int, str, date, date | None], tuple[int, int]] = {}
    found: list[Grant] = []
    for one in held:
        if (one.days is not None) is measure.in_days:
            amount = measure.granted(one.valid_from, one.minutes, one.days)
        else:
            key = (one.year, one.label, one.valid_from, one.expires)
            written, turned = sums.get(key, (0, 0))
            written += one.minutes if one.days is None else one.days
            whole = (written, None) if one.days is None else (0, written)
            amount = measure.granted(one.valid_from, *whole) - turned
            sums[key] = (written, turned + amount)
        found.append(Grant(one.year, one.label, amount, one.valid_from, one.expires, one.reason))
    return found
