"""Contract versions against a day-by-day simulation: what held before a change stays as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui import record_wording
from hrtui.domain.contract import ContractPeriod, VersionError, VersionFault, checked_period, new_version

FIRST = date(2026, 1, 1)
DAYS = 60


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def check_refusal(error: VersionError, model: list[int | None], start: int, end: int | None) -> None:
    """The model has the same reason to refuse."""
    assert record_wording.version_text(error).endswith(".")
    if error.fault is VersionFault.OVERLAP:
        assert any(model[day] is not None for day in range(start, DAYS if end is None else end + 1))
    elif error.fault is VersionFault.NO_CONTRACT:
        assert model[start] is None
    elif error.fault is VersionFault.STARTS_THEN:
        assert start == 0 or model[start - 1] != model[start]
    else:
        assert end is not None
        assert end < start


days = st.integers(0, DAYS - 1)
changes = st.lists(st.tuples(st.sampled_from(["new", "version"]), days, st.none() | days), max_size=25)


@given(changes)
def test_versions_follow_a_calendar_of_days(wanted):
    """The model is a list with the number of the version that holds on each day."""
    periods: dict[int, ContractPeriod] = {}
    model: list[int | None] = [None] * DAYS
    for number, (what, start, end) in enumerate(wanted):
        before, refused = list(model), None
        try:
            if what == "new":
                last = None if end is None else on(end)
                periods[number] = checked_period(periods.values(), on(start), last)
                for day in range(start, DAYS if end is None else end + 1):
                    assert model[day] is None
                    model[day] = number
            else:
                change = new_version(periods.values(), on(start))
                old = next(key for key, period in periods.items() if period == change.closed)
                periods[old], periods[number] = change.until, change.opened
                for day in range(start, DAYS):
                    if model[day] == old:
                        model[day] = number
                assert model[:start] == before[:start]
        except VersionError as error:
            refused = error
        if refused:
            check_refusal(refused, model, start, end)
            assert model == before
        for day in range(DAYS):
            holding = [key for key, period in periods.items() if on(day) in period]
            assert holding == ([] if model[day] is None else [model[day]])


def test_the_new_version_keeps_the_end():
    change = new_version([ContractPeriod(on(0), on(30))], on(10))
    assert change.until == ContractPeriod(on(0), on(9))
    assert change.opened == ContractPeriod(on(10), on(30))


def test_a_contract_cannot_end_before_it_starts():
    with pytest.raises(VersionError) as caught:
        checked_period([], on(5), on(4))
    assert caught.value.fault is VersionFault.ENDS_BEFORE_START
