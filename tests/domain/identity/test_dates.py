"""Dates of birth and contract: every way of writing them, and years that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.identity import dates
from hrtui.domain.identity.problem import Fault, Given, Problem

TODAY = Given(date(2026, 9, 14))


@pytest.mark.parametrize(
    "typed", ["18/05/1993", "18-5-1993", "18.05.1993", "18051993", "1993-05-18", "18 5 1993"]
)
def test_every_way_to_write_a_date(typed):
    assert dates.birth_date(typed, TODAY) == "1993-05-18"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/02/1990", Fault.NO_SUCH_DATE),
        ("00/00/1990", Fault.NO_SUCH_DATE),
        ("18/05/93", Fault.SHORT_YEAR),
        ("180593", Fault.SHORT_YEAR),
        ("0000", Fault.NOT_A_DATE),
        ("gisteren", Fault.NOT_A_DATE),
        ("15/09/2026", Fault.IN_FUTURE),
        ("01/01/2126", Fault.IN_FUTURE),
        ("01/01/1905", Fault.TOO_OLD),
        ("١٨/٠٥/١٩٩٣", Fault.NOT_A_DATE),
        ("18/05/\u202e1993", Fault.DIRECTION_MARK),
        ("1" * 400, Fault.NOT_A_DATE),
    ],
)
def test_wrong_birth_dates(typed, why):
    result = dates.birth_date(typed, TODAY)
    assert isinstance(result, Problem)
    assert result.fault is why


def test_a_birth_today_and_120_years_ago_can_be():
    assert dates.birth_date("14/09/2026", TODAY) == "2026-09-14"
    assert dates.birth_date("31/12/1906", TODAY) == "1906-12-31"


def test_contracts_from_1920_to_ten_years_ahead():
    assert dates.contract_date("01/01/1920", TODAY) == "1920-01-01"
    assert dates.contract_date("31/12/2036", TODAY) == "2036-12-31"
    for typed, why in (
        ("31/12/1919", Fault.TOO_EARLY),
        ("01/01/2037", Fault.TOO_LATE),
        ("1/1/2126", Fault.TOO_LATE),
    ):
        result = dates.contract_date(typed, TODAY)
        assert isinstance(result, Problem)
        assert result.fault is why


@pytest.mark.parametrize(
    ("typed", "here", "meant"),
    [
        ("30/9", date(2026, 9, 14), date(2026, 9, 30)),
        ("1-9", date(2026, 9, 14), date(2026, 9, 1)),
        ("05.01", date(2026, 12, 21), date(2027, 1, 5)),
        ("31 12", date(2027, 1, 2), date(2026, 12, 31)),
        ("29/2", date(2027, 9, 1), date(2028, 2, 29)),
        ("30/09/2027", date(2026, 9, 14), date(2027, 9, 30)),
    ],
)
def test_a_date_without_a_year_is_the_nearest(typed: str, here: date, meant: date) -> None:
    assert dates.read_near_day(typed, here) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/9", Fault.NO_SUCH_DATE),
        ("29/2", Fault.NO_SUCH_DATE),
        ("30", Fault.NOT_A_DATE),
        ("", Fault.NOT_A_DATE),
    ],
)
def test_what_no_year_makes_a_date(typed: str, why: Fault) -> None:
    found = dates.read_near_day(typed, date(2026, 9, 14))
    assert isinstance(found, Problem)
    assert found.fault is why
