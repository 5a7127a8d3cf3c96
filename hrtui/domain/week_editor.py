"""A work schedule while it is being typed: 1 to 8 weeks of hours, and start times where they are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrtui.domain.entitlement import weekly_minutes
from hrtui.domain.schedule import DAY_MINUTES, WorkSchedule

Week = tuple[int, ...]
Starts = tuple[int | None, ...]
_NO_STARTS: Starts = (None,) * 7


@dataclass(frozen=True, slots=True)
class WeekDraft:
    """Weeks of seven amounts of minutes (Monday to Sunday) and as many start times (minutes, None: unknown).

    Week 1 is the week that holds `cycle_start`.
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

    @property
    def average_minutes(self) -> int:
        """Minutes per week over the cycle, half up."""
        return weekly_minutes(self.schedule(0))
