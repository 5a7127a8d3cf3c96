"""Self-insurers for the Sickness Act, waiting days, the no-risk mark, retention, benefit specifications."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.contract import ContractPeriod
from hrtui.domain.month import Month
from hrtui.domain.sickness.benefit import months_without, paid_by
from hrtui.domain.sickness.case import Spell
from hrtui.domain.sickness.counting import Chain
from hrtui.domain.sickness.no_risk import NoRiskFault, may_ask_from, no_risk_fault
from hrtui.domain.sickness.retention import keep_until
from hrtui.domain.sickness.sickness_act import (
    Ground,
    ground,
    left_while_ill,
    uwv_terms,
    waiting_days,
    working_days_after,
)

FIRST = date(2026, 3, 2)
CASE = Spell(1, FIRST, date(2026, 4, 30))


def test_reports_are_due_within_six_weeks() -> None:
    """UWV, eigenrisicodrager Ziektewet: of the first day, or of the last day of a service that ends then;
    the recovery within two days."""
    terms = uwv_terms(CASE, safety_net=False)
    assert terms.illness == date(2026, 4, 13)
    assert uwv_terms(CASE, safety_net=False, left_on=date(2026, 4, 20)).illness == date(2026, 6, 1)
    assert terms.recovery == date(2026, 5, 3)
    assert not terms.work_report
    assert not uwv_terms(CASE, safety_net=False, left_on=FIRST + timedelta(days=40)).work_report
    assert uwv_terms(CASE, safety_net=False, left_on=FIRST + timedelta(days=41)).work_report
    assert uwv_terms(Spell(1, FIRST, None), safety_net=False).recovery is None


def test_with_a_safety_net_within_four_working_days() -> None:
    assert uwv_terms(CASE, safety_net=True).illness == date(2026, 3, 6)
    friday = Spell(1, date(2026, 3, 6), None)
    assert uwv_terms(friday, safety_net=True).illness == date(2026, 3, 12)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 12))
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    found = working_days_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == count
    assert found.weekday() < 5


@pytest.mark.parametrize(
    ("contract_end", "wanted"),
    [
        (None, None),
        (date(2026, 6, 30), None),
        (date(2026, 4, 1), Ground.LEFT_WHILE_ILL),
        (FIRST - timedelta(days=28), Ground.FELL_ILL_AFTER_LEAVING),
        (FIRST - timedelta(days=29), None),
    ],
)
def test_whom_the_sickness_act_covers(contract_end: date | None, wanted: Ground | None) -> None:
    assert ground(CASE, [ContractPeriod(date(2025, 1, 1), contract_end)]) is wanted


def test_a_contract_that_goes_on_with_the_next_one_did_not_end() -> None:
    first = ContractPeriod(date(2025, 1, 1), date(2026, 3, 31))
    assert ground(CASE, [first, ContractPeriod(date(2026, 4, 1), None)]) is None
    assert ground(CASE, [first], ends_by_illness=True) is Ground.LEFT_WHILE_ILL
    assert (
        ground(CASE, [ContractPeriod(date(2025, 1, 1), None)], ordinary=False) is Ground.NO_ORDINARY_CONTRACT
    )


def test_a_service_of_several_contracts_that_ends_during_the_illness() -> None:
    """A contract that was changed is kept as two; the Sickness Act asks when the service ended."""
    parts = [
        ContractPeriod(date(2026, 3, 16), date(2026, 4, 5)),
        ContractPeriod(date(2025, 1, 1), date(2026, 3, 15)),
    ]
    assert ground(CASE, parts) is Ground.LEFT_WHILE_ILL
    assert left_while_ill(CASE, parts) == date(2026, 4, 5)
    assert left_while_ill(CASE, [*parts, ContractPeriod(date(2026, 4, 6), None)]) is None
    assert left_while_ill(CASE, [ContractPeriod(date(2025, 1, 1), FIRST - timedelta(days=1))]) is None


def test_waiting_days_are_not_taken_twice() -> None:
    natures = ("phase_a_clause", "phase_a", "phase_b", "")
    assert [waiting_days(nature, linked=False) for nature in natures] == [2, 1, 0, 0]
    assert [waiting_days(nature, linked=True) for nature in natures] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("basis", "today", "fault"),
    [
        ("", date(2026, 9, 1), NoRiskFault.NO_BASIS),
        ("heard", date(2026, 9, 1), NoRiskFault.NO_BASIS),
        ("disclosed", date(2026, 2, 27), NoRiskFault.TOO_EARLY),
        ("disclosed", date(2026, 2, 28), None),
        ("proof", date(2026, 1, 2), None),
    ],
)
def test_the_no_risk_mark_needs_a_ground(basis: str, today: date, fault: NoRiskFault | None) -> None:
    start = date(2025, 12, 31)
    assert may_ask_from(start) == date(2026, 2, 28)
    assert no_risk_fault(basis, start, today) is fault
    assert no_risk_fault("disclosed", None, today) in (NoRiskFault.TOO_EARLY, NoRiskFault.NO_BASIS)


def test_cases_are_kept_two_years_and_five_by_self_insurers() -> None:
    chain = Chain((CASE, Spell(2, date(2026, 5, 5), date(2026, 5, 31))))
    assert keep_until(chain, self_insured=False) == date(2028, 5, 31)
    assert keep_until(chain, self_insured=True) == date(2031, 5, 31)
    assert keep_until(Chain((Spell(1, FIRST, None),)), self_insured=True) is None


def test_what_is_specified_is_paid_within_five_working_days() -> None:
    assert paid_by(date(2026, 3, 6), 125_00) == date(2026, 3, 13)
    assert paid_by(date(2026, 3, 6), 125_00, {date(2026, 3, 10)}) == date(2026, 3, 16)
    assert paid_by(date(2026, 3, 6), 0) is None


def test_months_of_absence_without_a_specification() -> None:
    months = [Month(2026, number) for number in (3, 1, 2, 5)]
    assert months_without(months, [Month(2026, 2)], Month(2026, 4)) == [Month(2026, 1), Month(2026, 3)]
