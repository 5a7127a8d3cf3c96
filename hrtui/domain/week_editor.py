"""A work schedule while it is being typed: 1 to 8 weeks of hours, and start times where they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from hrtui.domain.schedule import DAY_MINUTES, MAX_WEEKS, WorkSchedule

T = TypeVar("T")
Week = tuple[int, ...]
Starts = tuple[int | None, ...]
_NO_STARTS: Starts = (None,) * 7


@dataclass(frozen=True, slots=True)
class WeekDraft:
    """Weeks of seven amounts of minutes (Monday to Sunday) and as many start times (minutes, None: unknown).

    Week 1 is the week that holds `cycle_start`. Every change gives a new draft.
    """

    name: str
    cycle_start: date
    weeks: tuple[Week, ...]
    starts: tuple[Starts, ...] = ()

    def __post_init__(self) -> None:
        if not self.starts:
            object.__setattr__(self, "starts", (_NO_STARTS,) * len(self.weeks))
        if len(self.starts) != len(self.weeks):
            raise ValueError("as many weeks of start times as of hours")
        for starts in self.starts:
            if len(starts) != 7 or any(time is not None and not 0 <= time < DAY_MINUTES for time in starts):
                raise ValueError(f"seven times of day: {starts}")
        self.schedule(0)

    def schedule(self, schedule_id: int) -> WorkSchedule:
        """The schedule these weeks make."""
        return WorkSchedule(schedule_id, self.name, self.cycle_start, self.weeks)

    def with_minutes(self, week: int, weekday: int, minutes: int) -> WeekDraft:
        """Other hours on one day (both counted from 0); raises ValueError outside 0 to 1440."""
        return replace(self, weeks=_put(self.weeks, week, weekday, minutes))

    def with_start(self, week: int, weekday: int, time: int | None) -> WeekDraft:
        """Another start time on one day; raises ValueError outside 0 to 1439."""
        return replace(self, starts=_put(self.starts, week, weekday, time))

    def with_copied_day(self, week: int, weekday: int) -> WeekDraft:
        """The hours and start of a day on the day after it too, for filling a week without typing."""
        if weekday == 6:
            return self
        copied = self.with_minutes(week, weekday + 1, self.weeks[week][weekday])
        return copied.with_start(week, weekday + 1, self.starts[week][weekday])

    def with_week_added(self) -> WeekDraft:
        """One more week, a copy of the last; the same where there are 8."""
        if len(self.weeks) == MAX_WEEKS:
            return self
        return replace(self, weeks=(*self.weeks, self.weeks[-1]), starts=(*self.starts, self.starts[-1]))

    def without_week(self, week: int) -> WeekDraft:
        """One week less; the same where it is the only one."""
        if len(self.weeks) == 1:
            return self
        return replace(self, weeks=_drop(self.weeks, week), starts=_drop(self.starts, week))

    def week_minutes(self, week: int) -> int:
        """The minutes of one week."""
        return sum(self.weeks[week])

    @property
    def average_minutes(self) -> int:
        """Minutes per week over the cycle, half up: what the contract's hours are compared with."""
        total = sum(map(sum, self.weeks))
        return (2 * total + len(self.weeks)) // (2 * len(self.weeks))

    def differs_from(self, hours_per_week: int | None) -> bool:
        """Whether the average is not the contract's hours (hundredths); a difference of a minute is none."""
        if not hours_per_week:
            return False
        return abs(self.average_minutes * 100 - hours_per_week * 60) > 100


def full_time(name: str, cycle_start: date, minutes: int = 456) -> WeekDraft:
    """A week to start from: Monday to Friday, 7:36 a day."""
    return WeekDraft(name, cycle_start, ((minutes,) * 5 + (0, 0),))


def _put(rows: tuple[tuple[T, ...], ...], row: int, place: int, value: T) -> tuple[tuple[T, ...], ...]:
    changed = (*rows[row][:place], value, *rows[row][place + 1 :])
    return (*rows[:row], changed, *rows[row + 1 :])


def _drop(rows: tuple[T, ...], row: int) -> tuple[T, ...]:
    return (*rows[:row], *rows[row + 1 :])
