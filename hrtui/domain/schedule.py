"""Work schedules: how many minutes a person works on a date, in a cycle of one or more weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MAX_WEEKS = 8
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class WorkSchedule:
    """A cycle of 1 to 8 weeks, each the minutes (0 to 1440) of Monday to Sunday.

    Week 1 is the week that holds `cycle_start`, whatever weekday that is; the cycle also runs before it.
    Raises ValueError where the weeks have another shape.
    """

    id: int
    name: str
    cycle_start: date
    weeks: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.weeks) <= MAX_WEEKS:
            raise ValueError(f"a schedule has 1 to {MAX_WEEKS} weeks, not {len(self.weeks)}")
        for week in self.weeks:
            if len(week) != 7 or not all(0 <= minutes <= DAY_MINUTES for minutes in week):
                raise ValueError(f"a week is seven days of 0 to {DAY_MINUTES} minutes, not {week}")

    def minutes_on(self, day: date) -> int:
        """Minutes that the cycle gives for `day`."""
        weeks_since_start = (_monday(day) - _monday(self.cycle_start)) // 7
        return self.weeks[weeks_since_start % len(self.weeks)][day.weekday()]


@dataclass(frozen=True, slots=True)
class ScheduleAssignment:
    """A schedule that a person follows from a date on, until the next assignment."""

    valid_from: date
    schedule: WorkSchedule


def scheduled_minutes(assignments: Sequence[ScheduleAssignment], day: date) -> int:
    """Minutes by the assignment in force on `day`, in whatever order they are given; 0 before the first."""
    current: ScheduleAssignment | None = None
    for assignment in assignments:
        if assignment.valid_from <= day and (current is None or assignment.valid_from >= current.valid_from):
            current = assignment
    return current.schedule.minutes_on(day) if current else 0


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()
