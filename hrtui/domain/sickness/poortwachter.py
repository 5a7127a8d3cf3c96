"""The Dutch timeline of a long illness: what is due when, shifted by the gaps between linked cases.

Terms: Wet verbetering poortwachter; Regeling procesgang eerste en tweede ziektejaar, art. 2 to 6; Ziektewet
art. 38 (42nd week); WIA art. 64 (application) and 25 (re-integration report). Week n is days 7(n-1)+1 to 7n
of illness. Where sources differ the earlier day is the one that is due and `last` the later one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Due:
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


def timeline(
    chain: Chain, marks: Iterable[Mark], free: Container[date] = (), until: date | None = None
) -> list[Due]:
    """The steps of a counting case in the order in which they are due, with what was done of them.

    `free` holds the holidays, which move the 42nd week's notice to a working day. With `until` the steps
    that are due later are left out.
    """
    done = {(mark.step, mark.number): mark for mark in marks}
    found: list[Due] = []
    for due in _steps(chain, done, free):
        if until is None or due.due <= until:
            mark = done.get((due.step, due.number))
            found.append(_with(due, mark) if mark else due)
    return sorted(found, key=lambda due: (due.due, due.step, due.number))


def _steps(chain: Chain, done: Mapping[tuple[str, int], Mark], free: Container[date]) -> Iterator[Due]:
    def on(day: int) -> date:
        return chain.date_of(day)

    def plain(step: Step, first: int, due: int, last: int = 0) -> Due:
        return Due(step, 0, on(first), on(due), on(last or due))

    analysed = _done_on(done, Step.PROBLEM_ANALYSIS)
    evaluated = _done_on(done, Step.FIRST_YEAR_EVALUATION)
    yield plain(Step.SERVICE_REPORT, 1, _WEEK)
    yield plain(Step.PROBLEM_ANALYSIS, 1, 6 * _WEEK)
    # Two weeks after the analysis, and by the eighth week however late that was.
    plan = min(on(8 * _WEEK), analysed + timedelta(days=14)) if analysed else on(8 * _WEEK)
    yield Due(Step.PLAN_OF_ACTION, 0, on(1), plan, plan)
    for number, week in enumerate(range(8 + EVALUATION_WEEKS, 91, EVALUATION_WEEKS), 1):
        yield Due(
            Step.EVALUATION,
            number,
            on((week - EVALUATION_WEEKS) * _WEEK + 1),
            on(week * _WEEK),
            on(week * _WEEK),
        )
    # An early application (WIA art. 23 lid 6): from the third up to and with the 68th week.
    yield Due(Step.EARLY_WIA, 0, on(2 * _WEEK + 1), on(68 * _WEEK), on(68 * _WEEK), optional=True)
    notice = _working(on(41 * _WEEK + 1), free)
    yield Due(Step.UWV_WEEK_42, 0, on(40 * _WEEK + 1), notice, max(notice, on(42 * _WEEK + 1)))
    yield plain(Step.FIRST_YEAR_EVALUATION, 45 * _WEEK + 1, 52 * _WEEK)
    track = min(on(58 * _WEEK), evaluated + timedelta(days=42)) if evaluated else on(58 * _WEEK)
    yield Due(Step.SECOND_TRACK, 0, on(45 * _WEEK + 1), track, track)
    yield plain(Step.REPORT_PREPARATION, 86 * _WEEK + 1, 87 * _WEEK, 88 * _WEEK)
    yield plain(Step.FINAL_EVALUATION, 86 * _WEEK + 1, 91 * _WEEK)
    yield plain(Step.WIA_APPLICATION, 88 * _WEEK + 1, 91 * _WEEK, 93 * _WEEK)
    end = wage_ends(chain)
    yield Due(Step.END_OF_WAGE, 0, on(1), end, end)


def _done_on(done: Mapping[tuple[str, int], Mark], step: Step) -> date | None:
    mark = done.get((step, 0))
    return mark.done_on if mark and mark.needed else None


def _with(due: Due, mark: Mark) -> Due:
    return Due(
        due.step, due.number, due.opens, due.due, due.last, due.optional, mark.done_on, mark.needed
    )  # fmt: skip


def _working(day: date, free: Container[date]) -> date:
    """The first working day from `day` on."""
    while day.weekday() >= 5 or day in free:
        day += timedelta(days=1)
    return day
