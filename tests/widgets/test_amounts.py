"""Amounts as lists show them and as one types them, in each language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui import i18n
from hrtui.domain.money import MAX_CENTS, PayValue, decimal_sign, parse_cents
from hrtui.widgets.amounts import money, short_number, typed_amount, units


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1,234,567.05"), ("nl", "1.234.567,05"), ("fr", "1 234 567,05")]
)
def test_amounts_have_groups_of_three(language: str, shown: str) -> None:
    i18n.set_language(language)
    assert money(123456705) == shown
    assert money(-123456705) == f"-{shown}"
    assert money(123456705, sign=True) == f"+{shown}"


@given(st.integers(-MAX_CENTS, MAX_CENTS), st.sampled_from(i18n.LANGUAGES))
def test_a_shown_amount_is_read_back(cents: int, language: str) -> None:
    i18n.set_language(language)
    assert parse_cents(money(cents), decimal_sign(language)) == cents


def test_units_are_shown_as_short_as_they_are_typed() -> None:
    value = PayValue.of_units(200000, 300)
    assert (typed_amount(value), units(value)) == ("20.00", "20.00 × 3")
    assert units(PayValue.of_units(4297, 1250)) == "0.4297 × 12.5"
    assert (typed_amount(PayValue(50000)), units(PayValue(50000))) == ("500.00", "")
    assert short_number(-4300, 4) == "-0.43"
