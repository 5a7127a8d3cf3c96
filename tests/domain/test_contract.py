"""When a person is employed."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.contract import ContractPeriod, in_contract

SPRING = ContractPeriod(date(2026, 3, 1), date(2026, 5, 31))
SINCE_AUGUST = ContractPeriod(date(2026, 8, 17), None)


@pytest.mark.parametrize(
    ("day", "employed"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
        (date(2026, 8, 16), False),
        (date(2026, 8, 17), True),
        (date(2199, 12, 31), True),
    ],
)
def test_first_and_last_day_belong_to_the_contract(day, employed):
    assert in_contract([SINCE_AUGUST, SPRING], day) is employed


def test_no_contract():
    assert not in_contract([], date(2026, 3, 1))


def test_a_contract_of_one_day_but_none_that_ends_before_it_starts():
    assert in_contract([ContractPeriod(date(2026, 3, 1), date(2026, 3, 1))], date(2026, 3, 1))
    with pytest.raises(ValueError, match="before it starts"):
        ContractPeriod(date(2026, 3, 2), date(2026, 3, 1))
