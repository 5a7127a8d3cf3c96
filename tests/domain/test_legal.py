"""Legal parameters by date."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain import legal


@pytest.mark.parametrize(
    ("name", "day", "wanted"),
    [
        (legal.RELAPSE_WINDOW_DAYS, date(2025, 12, 31), 14),
        (legal.RELAPSE_WINDOW_DAYS, date(2026, 1, 1), 56),
        (legal.CERTIFICATE_FREE_DAYS, date(2022, 11, 27), 0),
        (legal.CERTIFICATE_FREE_DAYS, date(2025, 12, 31), 3),
        (legal.CERTIFICATE_FREE_DAYS, date(2026, 1, 1), 2),
        (legal.GUARANTEED_WAGE_DAYS, date(2026, 9, 14), 30),
        (legal.BE_CARRY_OVER_MONTHS, date(2023, 12, 31), 0),
        (legal.BE_CARRY_OVER_MONTHS, date(2024, 12, 1), 24),
        (legal.BE_NEUTRAL_DAYS, date(2017, 1, 8), 0),
        (legal.BE_NEUTRAL_DAYS, date(2022, 11, 28), 140),
        (legal.NL_STATUTORY_LAPSE_MONTHS, date(2021, 6, 1), 6),
        (legal.NL_EXTRA_STATUTORY_YEARS, date(2022, 6, 1), 5),
    ],
)
def test_the_value_on_a_day(name, day, wanted):
    assert legal.value(name, day) == wanted


def test_no_such_parameter_or_none_so_early():
    with pytest.raises(LookupError):
        legal.value("nothing", date(2026, 1, 1))
    with pytest.raises(LookupError, match="no value on 2011-12-31"):
        legal.value(legal.NL_STATUTORY_LAPSE_MONTHS, date(2011, 12, 31))


def test_values_are_listed_oldest_first():
    for values in legal.PARAMETERS.values():
        assert [start for start, _ in values] == sorted({start for start, _ in values})
