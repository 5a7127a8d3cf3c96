"""A case of illness as the rules see it: its days, its course in percentages, and who said so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

FULL = 100


class Linking(StrEnum):
    """Whether a case counts on from the one before."""

    BY_RULE = ""
    """The days in between decide."""
    LINKED = "linked"
    """The same illness before and after maternity leave, as the occupational service says."""
    SEPARATE = "separate"
    """Another illness: in Belgium the certificate says so."""


class Source(StrEnum):
    """Who set a percentage."""

    EMPLOYER = "employer"
    """Provisional: only the occupational physician may assess what somebody can do (AP, Abrona, 2016)."""
    PHYSICIAN = "physician"


class CloseReason(StrEnum):
    """Why a case ended; the order is that of the codes 1 to 6 of AFAS (ViRs)."""

    RECOVERED = "recovered"
    LEFT = "left"
    DECEASED = "deceased"
    PARTLY_DISABLED = "partly_disabled"
    LEFT_INCAPACITATED = "left_incapacitated"
    CONTINUES = "continues"


@dataclass(frozen=True, slots=True)
class Spell:
    """The days of a case, both included; `last_day` None is still going on.

    Raises ValueError where it ends before it starts.
    """

    id: int
    first_day: date
    last_day: date | None
    linking: Linking = Linking.BY_RULE

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"illness cannot end ({self.last_day}) before it starts ({self.first_day})")

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Progress:
    """From `from_date` on somebody is ill to `percent` (1 to 100, 100 is fully).

    `authorised` says that the Belgian health fund allowed this return to work.
    """

    from_date: date
    percent: int
    source: Source = Source.EMPLOYER
    authorised: bool = False
    therapeutic_percent: int | None = None

    @property
    def present(self) -> int:
        """The percentage of work that is done: what AFAS exchanges (PsPc) where others send `percent`."""
        return FULL - self.percent


@dataclass(frozen=True, slots=True)
class Case:
    """A case with its course: `course` is in date order and begins on the first day.

    `minutes_worked` is what was worked on the first day before falling ill.
    """

    spell: Spell
    course: tuple[Progress, ...]
    minutes_worked: int = 0
    work_accident: bool = False

    def on(self, day: date) -> Progress | None:
        """The progress that holds on a day; None outside the case."""
        if day not in self.spell:
            return None
        return progress_on(self.course, day)

    def course_inside(self) -> tuple[Progress, ...]:
        """The course from the first to the last day, one step a day: what others are sent, and what counts.

        A merge of two edits made offline can leave steps before the first day or after the last; `course`
        shows them.
        """
        first, last = self.spell.first_day, self.spell.last_day
        steps = {
            max(step.from_date, first): step for step in self.course if last is None or step.from_date <= last
        }
        begun = {first: self.course[0]} | steps
        return tuple(
            step if step.from_date == day else replace(step, from_date=day)
            for day, step in sorted(begun.items())
        )

    def segments(self, until: date) -> Iterator[tuple[date, date, Progress]]:
        """The stretches of the course with their first and last day, up to `until` at most."""
        last = min(self.spell.last_day or until, until)
        course = self.course_inside()
        for index, step in enumerate(course):
            following = course[index + 1].from_date if index + 1 < len(course) else None
            end = min(last, following - timedelta(days=1)) if following else last
            if step.from_date <= end:
                yield step.from_date, end, step


def progress_on(course: Sequence[Progress], day: date) -> Progress | None:
    """The last step that began by a day; None before the first."""
    return next((step for step in reversed(course) if step.from_date <= day), None)


class CourseFault(StrEnum):
    """Why a step cannot be added to a course."""

    BAD_PERCENT = "bad_percent"
    BEFORE_FIRST_DAY = "before_first_day"
    AFTER_LAST_DAY = "after_last_day"
    UNCHANGED = "unchanged"


def step_fault(case: Case, step: Progress) -> CourseFault | None:
    """Why `step` cannot join the course of `case`; a step of the same day is one to replace.

    Percentages are whole numbers from 1 to 100: recovery ends the case and is no step of 0.
    """
    if not 1 <= step.percent <= FULL:
        return CourseFault.BAD_PERCENT
    if step.from_date < case.spell.first_day:
        return CourseFault.BEFORE_FIRST_DAY
    if case.spell.last_day is not None and step.from_date > case.spell.last_day:
        return CourseFault.AFTER_LAST_DAY
    others = [one for one in case.course if one.from_date != step.from_date]
    before = progress_on(others, step.from_date)
    if before is not None and _said(before) == _said(step):
        return CourseFault.UNCHANGED
    return None


def _said(step: Progress) -> tuple[object, ...]:
    return step.percent, step.source, step.authorised, step.therapeutic_percent
