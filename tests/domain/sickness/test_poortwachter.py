"""The Dutch timeline: its days against a count of weeks day by day, shifts, and how steps stand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.sickness.case import Spell
from hrtui.domain.sickness.counting import Chain
from hrtui.domain.sickness.poortwachter import Due, Mark, State, Step, pending, timeline
from tests.domain.sickness.simulation import sick_days, spells

MONDAY = date(2026, 1, 5)
OPEN = Chain((Spell(1, MONDAY, None),))


def by_step(chain: Chain = OPEN, *marks: Mark) -> dict[tuple[str, int], Due]:
    return {(due.step, due.number): due for due in timeline(chain, marks)}


@given(spells(longest=40))
@settings(max_examples=40)
def test_steps_are_due_on_the_last_day_of_their_week(cases: list[Spell]) -> None:
    endless = [*cases[:-1], Spell(99, cases[-1].first_day, None)]
    week_ends: dict[int, date] = {}
    for number, day in enumerate(sick_days(endless, cases[-1].first_day + timedelta(days=800)), 1):
        week_ends[-(-number // 7)] = day
    found = by_step(Chain(tuple(cases)))
    for step, due, last in (
        (Step.SERVICE_REPORT, 1, 1),
        (Step.PROBLEM_ANALYSIS, 6, 6),
        (Step.PLAN_OF_ACTION, 8, 8),
        (Step.FIRST_YEAR_EVALUATION, 52, 52),
        (Step.SECOND_TRACK, 58, 58),
        (Step.EARLY_WIA, 68, 68),
        (Step.REPORT_PREPARATION, 87, 88),
        (Step.FINAL_EVALUATION, 91, 91),
        (Step.WIA_APPLICATION, 91, 93),
        (Step.END_OF_WAGE, 104, 104),
    ):
        assert (found[step, 0].due, found[step, 0].last) == (week_ends[due], week_ends[last]), step
    evaluations = [due.due for (step, _), due in found.items() if step == Step.EVALUATION]
    assert evaluations == [week_ends[week] for week in range(14, 91, 6)]


def test_the_forty_second_week_begins_the_notice_and_weekends_and_holidays_move_it() -> None:
    assert by_step()[Step.UWV_WEEK_42, 0].due == MONDAY + timedelta(weeks=41)
    assert by_step()[Step.UWV_WEEK_42, 0].last == MONDAY + timedelta(weeks=42)
    saturday = Chain((Spell(1, date(2026, 1, 3), None),))
    notice = next(one for one in timeline(saturday, ()) if one.step == Step.UWV_WEEK_42)
    assert notice.due == date(2026, 10, 19)
    moved = timeline(saturday, (), {date(2026, 10, 19)})
    assert next(one for one in moved if one.step == Step.UWV_WEEK_42).due == date(2026, 10, 20)


def test_a_gap_between_linked_cases_moves_what_is_due() -> None:
    linked = Chain(
        (Spell(1, MONDAY, MONDAY + timedelta(days=9)), Spell(2, MONDAY + timedelta(days=20), None))
    )
    moved = by_step(linked)
    for key, due in by_step().items():
        if key[0] not in (Step.SERVICE_REPORT, Step.UWV_WEEK_42):
            assert moved[key].due == due.due + timedelta(days=10)
    assert moved[Step.SERVICE_REPORT, 0].due == by_step()[Step.SERVICE_REPORT, 0].due


def test_the_plan_follows_two_weeks_after_an_early_analysis() -> None:
    early = Mark(Step.PROBLEM_ANALYSIS, 0, MONDAY + timedelta(days=20))
    late = Mark(Step.PROBLEM_ANALYSIS, 0, MONDAY + timedelta(days=50))
    assert by_step(OPEN, early)[Step.PLAN_OF_ACTION, 0].due == MONDAY + timedelta(days=34)
    assert by_step(OPEN, late)[Step.PLAN_OF_ACTION, 0].due == MONDAY + timedelta(days=55)


def test_how_a_step_stands() -> None:
    step = (Step.PROBLEM_ANALYSIS, 0)
    due = by_step()[step]
    assert due.due == MONDAY + timedelta(days=41)
    assert due.state(due.due) is State.OPEN
    assert due.state(due.due + timedelta(days=1)) is State.LATE
    assert by_step()[Step.FINAL_EVALUATION, 0].state(MONDAY) is State.AHEAD
    assert by_step(OPEN, Mark(*step, due.due))[step].state(due.due) is State.DONE
    assert by_step(OPEN, Mark(*step, due.due + timedelta(days=1)))[step].state(MONDAY) is State.DONE_LATE
    assert by_step(OPEN, Mark(*step, needed=False))[step].state(MONDAY) is State.NOT_NEEDED
    assert by_step()[Step.EARLY_WIA, 0].state(date(2030, 1, 1)) is State.AHEAD


def test_steps_come_in_the_order_of_their_days() -> None:
    days = [due.due for due in timeline(OPEN, ())]
    assert days == sorted(days)


_MARKS = st.builds(
    Mark, st.sampled_from([*Step]), st.integers(0, 2),
    st.none() | st.dates(MONDAY, MONDAY + timedelta(days=800)), st.booleans(),
)  # fmt: skip


@given(spells(), st.lists(_MARKS, max_size=6), st.integers(0, 900), st.integers(0, 400))
def test_what_is_pending_is_what_the_timeline_has_left(
    own: list[Spell], marks: list[Mark], after: int, ahead: int
) -> None:
    """The shorter way that long agendas take, against the timeline of one case."""
    *earlier, last = own
    chain = Chain((*earlier, Spell(last.id, last.first_day, None)))
    today = last.first_day + timedelta(days=after)
    until = today + timedelta(days=ahead)
    left = [
        (due.step, due.number, due.due, due.last, due.state(today))
        for due in timeline(chain, marks)
        if due.due <= until and not due.optional and due.state(today) in (State.LATE, State.OPEN, State.AHEAD)
    ]
    assert sorted(pending(chain, marks, today, until)) == sorted(left)


def test_a_step_that_another_one_moved_forward_is_pending_before_its_own_week() -> None:
    early = Mark(Step.PROBLEM_ANALYSIS, 0, MONDAY + timedelta(days=9))
    until = MONDAY + timedelta(days=30)
    found = {step: due for step, _, due, _, _ in pending(OPEN, [early], MONDAY, until)}
    assert found[Step.PLAN_OF_ACTION] == MONDAY + timedelta(days=23)
    assert Step.PLAN_OF_ACTION not in {step for step, *_ in pending(OPEN, [], MONDAY, until)}
