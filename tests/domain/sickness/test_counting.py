"""Linked cases and the count of sick days, against a simulation day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.sickness.case import Linking, Spell
from hrtui.domain.sickness.counting import (
    Chain,
    belgian_window,
    chain_of,
    chains,
    dutch_window,
    explain,
    gap_days,
    wage_ends,
    week_of,
)
from tests.domain.sickness.simulation import groups, sick_days, spells


def spell(first: str, last: str | None, id_: int = 1, linking: Linking = Linking.BY_RULE) -> Spell:
    return Spell(id_, date.fromisoformat(first), date.fromisoformat(last) if last else None, linking)


@pytest.mark.parametrize(("gap", "linked"), [(0, True), (27, True), (28, False), (29, False)])
def test_twenty_seven_days_link_and_twenty_eight_do_not(gap: int, linked: bool) -> None:
    last = date(2026, 3, 10)
    first = last + timedelta(days=gap + 1)
    assert gap_days(last, first) == gap
    found = chains([spell("2026-03-01", "2026-03-10"), Spell(2, first, None)], dutch_window)
    assert (len(found) == 1) is linked


@pytest.mark.parametrize(
    ("first", "linked"),
    [
        ("2025-12-15", True),
        ("2025-12-16", False),
        ("2026-01-01", True),
        ("2026-01-26", True),
        ("2026-01-27", False),
    ],
)
def test_a_belgian_relapse_is_judged_by_the_day_it_begins(first: str, linked: bool) -> None:
    found = chains([spell("2025-11-20", "2025-12-01"), spell(first, None, 2)], belgian_window)
    assert (len(found) == 1) is linked


def test_a_case_can_say_itself_whether_it_counts_on() -> None:
    before = spell("2026-01-01", "2026-02-01")
    apart = spell("2026-02-03", None, 2, Linking.SEPARATE)
    after_leave = spell("2026-07-01", None, 2, Linking.LINKED)
    assert len(chains([before, apart], dutch_window)) == 2
    assert len(chains([before, after_leave], dutch_window)) == 1


@given(spells())
@settings(max_examples=60)
def test_chains_are_those_of_the_simulation(cases: list[Spell]) -> None:
    for window in (dutch_window, belgian_window):
        limits = {case.id: window(case.first_day) for case in cases}
        found = [[one.id for one in chain.spells] for chain in chains(reversed(cases), window)]
        assert found == groups(cases, limits)


@given(spells(), st.integers(1, 800))
@settings(max_examples=60)
def test_the_nth_sick_day_is_that_of_the_simulation(cases: list[Spell], number: int) -> None:
    chain = Chain(tuple(cases))
    endless = [*cases[:-1], Spell(99, cases[-1].first_day, None)]
    nth = next(islice(sick_days(endless, date(2040, 1, 1)), number - 1, None))
    assert chain.date_of(number) == nth
    assert Chain(tuple(endless)).counted(nth) == number


@given(spells(), st.dates(date(2019, 1, 1), date(2029, 1, 1)))
@settings(max_examples=60)
def test_the_count_on_a_day_is_that_of_the_simulation(cases: list[Spell], day: date) -> None:
    assert Chain(tuple(cases)).counted(day) == len(list(sick_days(cases, day)))


def test_wage_ends_after_104_weeks_and_gaps_move_it() -> None:
    straight = Chain((spell("2024-01-01", None),))
    assert wage_ends(straight) == date(2025, 12, 28)
    broken = Chain((spell("2024-01-01", "2024-01-31"), spell("2024-02-11", None, 2)))
    assert wage_ends(broken) == date(2025, 12, 28) + timedelta(days=10)
    assert broken.counted(wage_ends(broken)) == 104 * 7


def test_the_count_is_explained_case_by_case() -> None:
    chain = Chain((spell("2026-01-01", "2026-01-10"), spell("2026-01-21", None, 2)))
    first, second = explain(chain, date(2026, 1, 25), dutch_window)
    assert (first.days, first.before, first.gap) == (10, 0, None)
    assert (second.days, second.before, second.gap, second.window) == (5, 10, 10, 28)


def test_weeks_begin_on_day_one_eight_and_fifteen() -> None:
    assert [week_of(day) for day in (1, 7, 8, 14, 15, 728)] == [1, 1, 2, 2, 3, 104]


def test_a_case_that_ends_before_it_starts_is_none() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        spell("2026-01-02", "2026-01-01")


def test_a_case_is_found_in_its_chain_and_the_chain_cut_there() -> None:
    cases = [spell("2026-01-01", "2026-01-10"), spell("2026-01-12", "2026-01-13", 2)]
    found = chains(cases, dutch_window)
    assert chain_of(found, 2).until(1).spells == (cases[0],)
    with pytest.raises(LookupError):
        chain_of(found, 9)
