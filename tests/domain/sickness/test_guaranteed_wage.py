"""The Belgian guaranteed wage: the worked example of Securex, and a count day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.sickness.case import Case, Linking, Progress, Source, Spell
from hrtui.domain.sickness.counting import belgian_window, chains
from hrtui.domain.sickness.guaranteed_wage import (
    Band,
    Regime,
    Terms,
    next_change,
    regime_of,
    rights,
    wage_days,
)
from tests.domain.sickness.simulation import ONE, spells

WORKER = Terms(Regime.WORKER, date(2010, 1, 1))
EMPLOYEE = Terms(Regime.EMPLOYEE, date(2010, 1, 1))


def case(first: date, last: date | None, *steps: Progress, worked: int = 0) -> Case:
    return Case(Spell(1, first, last), steps or (Progress(first, 100),), worked)


def test_the_example_of_securex() -> None:
    """Ill from the afternoon of 22 September 2025 to 10 October, relapse 20 October to 11 November."""
    first = case(date(2025, 9, 22), date(2025, 10, 10), worked=240)
    relapse = case(date(2025, 10, 20), date(2025, 11, 11))
    assert len(chains([first.spell, Spell(2, *_days(relapse))], belgian_window)) == 1
    holidays = {date(2025, 11, 1), date(2025, 11, 11)}
    days = {day.date: day for day in wage_days([first, relapse], WORKER, date(2026, 1, 1), holidays)}

    def bands(start: date, end: date) -> set[Band]:
        return {days[start + timedelta(days=n)].band for n in range((end - start).days + 1)}

    assert days[date(2025, 9, 22)].band is Band.DAILY_WAGE
    assert bands(date(2025, 9, 23), date(2025, 9, 29)) == {Band.FULL}
    assert bands(date(2025, 9, 30), date(2025, 10, 6)) == {Band.REDUCED}
    assert bands(date(2025, 10, 7), date(2025, 10, 10)) == {Band.SUPPLEMENT}
    assert (days[date(2025, 10, 10)].used, days[date(2025, 10, 10)].left) == (18, 12)
    assert bands(date(2025, 10, 20), date(2025, 10, 31)) == {Band.SUPPLEMENT}
    assert days[date(2025, 10, 31)].left == 0
    assert days[date(2025, 11, 1)].band is Band.HOLIDAY
    assert bands(date(2025, 11, 2), date(2025, 11, 10)) == {Band.MUTUALITY}
    assert days[date(2025, 11, 11)].band is Band.HOLIDAY


def test_a_relapse_into_a_relapse_that_the_health_fund_paid_has_a_new_right() -> None:
    """Securex, "meerdere keren herval": the eight weeks run from 11 October, so 20 December is new."""
    first = case(date(2026, 9, 22), date(2026, 10, 10), worked=240)
    relapse = case(date(2026, 10, 20), date(2026, 11, 11))
    third = case(date(2026, 12, 20), date(2027, 2, 28))
    assert rights([first, relapse, third], WORKER) == [[first, relapse], [third]]
    days = {day.date: day.band for day in wage_days([third], WORKER, date(2027, 2, 28))}
    changes = [day for day in days if days.get(day - ONE) != days[day]]
    assert [(day, days[day]) for day in changes] == [
        (date(2026, 12, 20), Band.FULL),
        (date(2026, 12, 27), Band.REDUCED),
        (date(2027, 1, 3), Band.SUPPLEMENT),
        (date(2027, 1, 19), Band.MUTUALITY),
    ]


def test_the_window_of_a_relapse_runs_from_the_last_case_paid_at_100_or_85_88_percent() -> None:
    """An employee is paid for the whole relapse, so it starts the window; a worker's first month does not."""
    first = case(date(2026, 9, 22), date(2026, 10, 10))
    relapse = case(date(2026, 10, 20), date(2026, 10, 23))
    third = case(date(2026, 12, 10), date(2026, 12, 12))
    assert rights([first, relapse, third], EMPLOYEE) == [[first, relapse, third]]
    assert rights([first, relapse, third], WORKER) == [[first, relapse], [third]]
    said = Case(replace(third.spell, linking=Linking.LINKED), third.course)
    assert rights([first, relapse, said], WORKER) == [[first, relapse, said]]
    new = Terms(Regime.WORKER, date(2026, 10, 1))
    assert rights([relapse, third], new) == [[relapse], [third]]


@given(spells(closed=True, longest=45), st.booleans())
@settings(max_examples=80)
def test_rights_are_those_of_a_count_from_the_last_case_that_was_paid(
    found: list[Spell], employee: bool
) -> None:
    """Who pays each day, reckoned without chains: art. 52 § 2 and 73, case by case."""
    terms = EMPLOYEE if employee else WORKER
    started_by = 30 if employee else 14
    used, paid_until = 0, date.min
    expected: dict[date, int] = {}
    for one in found:
        assert one.last_day is not None
        window = 14 if one.first_day < date(2026, 1, 1) else 56
        if (one.first_day - paid_until).days > window:
            used = 0
        if used < started_by:
            paid_until = one.last_day
        for number in range((one.last_day - one.first_day).days + 1):
            used += 1
            expected[one.first_day + timedelta(days=number)] = min(used, 30)
    by_id = {one.id: Case(one, (Progress(one.first_day, 100),)) for one in found}
    told = {
        day.date: day.used
        for chain in chains(found, belgian_window)
        for group in rights([by_id[spell.id] for spell in chain.spells], terms)
        for day in wage_days(group, terms, date(2040, 1, 1))
    }
    assert told == expected


def _days(one: Case) -> tuple[date, date | None]:
    return one.spell.first_day, one.spell.last_day


def test_employees_get_all_of_thirty_days() -> None:
    days = list(wage_days([case(date(2026, 3, 2), None)], EMPLOYEE, date(2026, 4, 30)))
    assert [day.band for day in days[:30]] == [Band.FULL] * 30
    assert {day.band for day in days[30:]} == {Band.MUTUALITY}


@given(spells(closed=True), st.booleans(), st.integers(0, 1))
@settings(max_examples=60)
def test_bands_are_those_of_a_count_day_by_day(cases: list[Spell], employee: bool, worked: int) -> None:
    ill = [Case(one, (Progress(one.first_day, 100),), worked) for one in cases]
    terms = EMPLOYEE if employee else WORKER
    found = list(wage_days(ill, terms, date(2040, 1, 1)))
    count = 0
    expected: list[tuple[date, Band]] = []
    for one in cases:
        day = one.first_day
        assert one.last_day is not None
        while day <= one.last_day:
            if worked and day == one.first_day:
                expected.append((day, Band.DAILY_WAGE))
                day += ONE
                continue
            count += 1
            if count > 30:
                band = Band.MUTUALITY
            elif employee or count <= 7:
                band = Band.FULL
            else:
                band = Band.REDUCED if count <= 14 else Band.SUPPLEMENT
            expected.append((day, band))
            day += ONE
    assert [(day.date, day.band) for day in found] == expected
    assert all(day.used + day.left == 30 for day in found)


def test_a_worker_of_less_than_a_month_waits_for_the_right_and_the_days_count() -> None:
    terms = Terms(Regime.WORKER, date(2026, 3, 1))
    days = list(wage_days([case(date(2026, 3, 26), None)], terms, date(2026, 4, 3)))
    assert [day.band for day in days] == [Band.MUTUALITY] * 6 + [Band.FULL] + [Band.REDUCED] * 2


def test_who_has_no_employment_contract_gets_none() -> None:
    """Nor holidays: those are for who works under a contract (Belgian Holidays Act, art. 1)."""
    none, holidays = Terms(Regime.NONE, date(2010, 1, 1)), {date(2026, 3, 4)}
    days = wage_days([case(date(2026, 3, 2), None)], none, date(2026, 3, 9), holidays)
    assert {day.band for day in days} == {Band.MUTUALITY}


@pytest.mark.parametrize(
    ("returned", "again", "band"),
    [
        (date(2025, 3, 3), date(2025, 7, 20), Band.MUTUALITY),
        (date(2025, 3, 3), date(2025, 7, 21), Band.FULL),
        (date(2026, 1, 5), date(2027, 1, 5), Band.MUTUALITY),
    ],
)
def test_falling_ill_again_in_an_authorised_return_is_neutral(returned, again, band) -> None:
    """20 weeks until the end of 2025, for the whole return since 2026."""
    first = returned - timedelta(days=20)
    ill = case(
        first, None, Progress(first, 100), Progress(returned, 50, authorised=True), Progress(again, 100)
    )
    days = {day.date: day for day in wage_days([ill], EMPLOYEE, again + timedelta(days=3))}
    assert days[returned].band is Band.MUTUALITY
    assert days[returned].used == 20
    assert days[again].band is band


def test_what_of_an_illness_comes_after_the_neutral_weeks_is_paid_up_to_its_thirtieth_day() -> None:
    """Back since 12 December 2022, ill from 10 April to 14 May 2023: 20 weeks end on 30 April, the 21 days
    until then count, and 1 to 9 May are paid (Puls, January 2023; Act of 30 October 2022)."""
    returned, again = date(2022, 12, 12), date(2023, 4, 10)
    steps = (
        Progress(date(2022, 11, 1), 100),
        Progress(returned, 50, authorised=True),
        Progress(again, 100),
        Progress(date(2023, 4, 17), 100, Source.PHYSICIAN),
    )
    ill = case(date(2022, 11, 1), date(2023, 5, 14), *steps)
    days = {day.date: day.band for day in wage_days([ill], EMPLOYEE, date(2023, 5, 14))}
    paid = [day for day in days if day >= returned and days[day] is Band.FULL]
    assert (paid[0], paid[-1], len(paid)) == (date(2023, 5, 1), date(2023, 5, 9), 9)


def test_a_holiday_is_paid_in_the_first_thirty_days_only() -> None:
    first = date(2026, 3, 2)
    holidays = {first + timedelta(days=30), first + timedelta(days=31)}
    days = {day.date: day.band for day in wage_days([case(first, None)], WORKER, date(2026, 4, 30), holidays)}
    assert days[first + timedelta(days=30)] is Band.HOLIDAY
    assert days[first + timedelta(days=31)] is Band.MUTUALITY


def test_what_changes_next() -> None:
    days = list(wage_days([case(date(2026, 3, 2), None)], WORKER, date(2026, 4, 30)))
    change = next_change(days, date(2026, 3, 4))
    assert change
    assert (change.date, change.band) == (date(2026, 3, 9), Band.REDUCED)
    assert next_change(days, date(2026, 4, 15)) is None


def test_regimes() -> None:
    assert [regime_of(status) for status in ("employee", "worker", "freelance", "")] == [
        Regime.EMPLOYEE, Regime.WORKER, Regime.NONE, Regime.EMPLOYEE,
    ]  # fmt: skip
