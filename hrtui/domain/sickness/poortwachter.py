"""The Dutch timeline of a long illness: what is due when, shifted by the gaps between linked cases.

Terms: Wet verbetering poortwachter; Regeling procesgang eerste en tweede ziektejaar, art. 2 to 6; Ziektewet
art. 38 (42nd week); WIA art. 64 (application) and 25 (re-integration report). Week n is days 7(n-1)+1 to 7n
of illness. Where sources differ the earlier day is the one that is due and `last` the later one.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from hrtui.domain.sickness.counting import Chain, wage_ends

EVALUATION_WEEKS = 6
_WEEK = 7


class Step(StrEnum):
    """A step of the timeline; evaluations have a number."""

    SERVICE_REPORT = "service_report"
    PROBLEM_ANALYSIS = "problem_analysis"
    PLAN_OF_ACTION = "plan_of_action"
    EVALUATION = "evaluation"
    EARLY_WIA = "early_wia"
    UWV_WEEK_42 = "uwv_week_42"
    FIRST_YEAR_EVALUATION = "first_year_evaluation"
    SECOND_TRACK = "second_track"
    REPORT_PREPARATION = "report_preparation"
    FINAL_EVALUATION = "final_evaluation"
    WIA_APPLICATION = "wia_application"
    END_OF_WAGE = "end_of_wage"


class State(StrEnum):
    """How a step stands."""

    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"
    OPEN = "open"
    """Can be done now."""
    AHEAD = "ahead"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Mark:
    """That a step was done on a day, or is not needed."""

    step: str
    number: int = 0
    done_on: date | None = None
    needed: bool = True


_NO_MARK = Mark("")


class Due(NamedTuple):
    """A step with its days: it can be done from `opens`, should be by `due`, and must be by `last`.

    An `optional` step is a right and never late.
    """

    step: str
    number: int
    opens: date
    due: date
    last: date
    optional: bool = False
    done_on: date | None = None
    needed: bool = True

    def state(self, today: date) -> State:
        """How the step stands on a day."""
        if not self.needed:
            return State.NOT_NEEDED
        if self.done_on is not None:
            return State.DONE_LATE if self.done_on > self.last else State.DONE
        if today > self.last and not self.optional:
            return State.LATE
        return State.OPEN if self.opens <= today <= self.last else State.AHEAD


Pending = tuple[str, int, date, date, State]
"""A step with its number, the days by which it should and must be done, and how it stands."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A step by counted days: from `opens`, by `due`, at the latest `last`."""

    step: Step
    opens: int
    due: int
    last: int
    number: int = 0
    optional: bool = False


def _weeks(step: Step, opens: int, due: int, last: int = 0) -> _Rule:
    """A rule from the first day of a week to the last day of another."""
    return _Rule(step, (opens - 1) * _WEEK + 1, due * _WEEK, (last or due) * _WEEK)


_RULES = (
    _weeks(Step.SERVICE_REPORT, 1, 1),
    _weeks(Step.PROBLEM_ANALYSIS, 1, 6),
    _weeks(Step.PLAN_OF_ACTION, 1, 8),
    *(
        _Rule(Step.EVALUATION, (week - EVALUATION_WEEKS) * _WEEK + 1, week * _WEEK, week * _WEEK, number)
        for number, week in enumerate(range(8 + EVALUATION_WEEKS, 91, EVALUATION_WEEKS), 1)
    ),
    # The day of the notice is the first of week 42; a day after 42 weeks is the latest that any source has.
    _Rule(Step.UWV_WEEK_42, 40 * _WEEK + 1, 41 * _WEEK + 1, 42 * _WEEK + 1),
    _weeks(Step.FIRST_YEAR_EVALUATION, 46, 52),
    _weeks(Step.SECOND_TRACK, 46, 58),
    # An early application is possible from the third to the 68th week (WIA art. 23 lid 6).
    _Rule(Step.EARLY_WIA, 2 * _WEEK + 1, 68 * _WEEK, 68 * _WEEK, optional=True),
    _weeks(Step.REPORT_PREPARATION, 87, 87, 88),
    _weeks(Step.FINAL_EVALUATION, 87, 91),
    _weeks(Step.WIA_APPLICATION, 89, 91, 93),
)
_DUTIES = tuple(rule for rule in _RULES if not rule.optional)
_FOLLOWS = {
    Step.PLAN_OF_ACTION: (Step.PROBLEM_ANALYSIS, timedelta(days=14)),
    Step.SECOND_TRACK: (Step.FIRST_YEAR_EVALUATION, timedelta(days=42)),
}
"""Steps that are due so long after another one was done, where that is earlier than their own week."""


def timeline(chain: Chain, marks: Iterable[Mark], free: Container[date] = ()) -> list[Due]:
    """The steps of a counting case in the order in which they are due, with what was done of them.

    `free` holds the holidays, which move the 42nd week's notice to a working day.
    """
    done = {(mark.step, mark.number): mark for mark in marks}
    day = chain.dates()
    found: list[Due] = []
    for rule in _RULES:
        mark = done.get((rule.step, rule.number), _NO_MARK)
        due, last = _days(rule, day, done, free)
        opens = day(rule.opens)
        found.append(Due(rule.step, rule.number, opens, due, last, rule.optional, mark.done_on, mark.needed))
    end, mark = wage_ends(chain), done.get((Step.END_OF_WAGE, 0), _NO_MARK)
    first = chain.spells[0].first_day
    found.append(Due(Step.END_OF_WAGE, 0, first, end, end, False, mark.done_on, mark.needed))
    return sorted(found, key=lambda due: (due.due, due.step, due.number))


def pending(
    chain: Chain, marks: Iterable[Mark], today: date, until: date, free: Container[date] = ()
) -> Iterator[Pending]:
    """What of the `timeline` is to be done by `until`, in no order: neither done, nor spared, nor a right."""
    done = {(mark.step, mark.number): mark for mark in marks}
    settled = {key for key, mark in done.items() if mark.done_on is not None or not mark.needed}
    most = chain.counted(until)
    day = chain.dates()
    for rule in _DUTIES:
        # What a step before moves forward may be due although its own week is later.
        if (rule.due > most and rule.step not in _FOLLOWS) or (rule.step, rule.number) in settled:
            continue
        due, last = _days(rule, day, done, free)
        if due <= until:
            late = today > last
            state = State.LATE if late else State.OPEN if day(rule.opens) <= today else State.AHEAD
            yield rule.step, rule.number, due, last, state
    end = wage_ends(chain)
    if end <= until and (Step.END_OF_WAGE, 0) not in settled:
        yield Step.END_OF_WAGE, 0, end, end, State.LATE if today > end else State.OPEN


def _days(
    rule: _Rule, day: Callable[[int], date], done: Mapping[tuple[str, int], Mark], free: Container[date]
) -> tuple[date, date]:
    """When a step should be done, and when it must be; `day` is the date of a counted day."""
    due = last = day(rule.due)
    if rule.last != rule.due:
        last = day(rule.last)
    if rule.step is Step.UWV_WEEK_42:
        due = _working(due, free)
        last = max(due, last)
    elif done and rule.step in _FOLLOWS:
        before, term = _FOLLOWS[rule.step]
        earlier = _done_on(done, before)
        if earlier:
            due = last = min(due, earlier + term)
    return due, last


def _done_on(done: Mapping[tuple[str, int], Mark], step: Step) -> date | None:
    mark = done.get((step, 0))
    return mark.done_on if mark and mark.needed else None


def _working(day: date, free: Container[date]) -> date:
    """The first working day from `day` on."""
    while day.weekday() >= 5 or day in free:
        day += timedelta(days=1)
    return day
