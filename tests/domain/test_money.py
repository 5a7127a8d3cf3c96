"""Amounts as clerks and spreadsheets write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.money import (
    CENTS,
    MAX_CENTS,
    UNIT_PLACES,
    MoneyProblem,
    PayValue,
    decimal_sign,
    parse_cents,
    parse_number,
    parse_quantity,
    plain_number,
    product_cents,
)

cents = st.integers(-MAX_CENTS, MAX_CENTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500", 50000),
        ("€500", 50000),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1234,5", 123450),
        ("12.50", 1250),
        ("1.234", 123400),
        ("1.234.567,8", 123456780),
        ("1 234,56", 123456),
        ("1\u202f234,56", 123456),
        ("1'234.50", 123450),
        (",5", 50),
        ("12,", 1200),
        ("12,-", 1200),
        ("€ 12,--", 1200),
        ("-12,50", -1250),
        ("€ -12,50", -1250),
        ("-€ 12,50", -1250),
        ("\u221212,50", -1250),
        ("12,50- EUR", -1250),
        ("20,0000", 2000),
    ],
)
def test_amounts_as_they_are_written(text: str, expected: int) -> None:
    assert parse_cents(text, ",") == expected


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1.234", ".", MoneyProblem.TOO_MANY_DECIMALS),
        ("1,234", ",", MoneyProblem.TOO_MANY_DECIMALS),
        ("1,500", ",", MoneyProblem.TOO_MANY_DECIMALS),
        ("1,234", ".", 123400),
        ("0,005", ".", MoneyProblem.TOO_MANY_DECIMALS),
        ("5,125", ",", MoneyProblem.TOO_MANY_DECIMALS),
    ],
)
def test_one_sign_before_three_digits_is_read_as_the_reader_writes_it(
    text: str, decimal: str, expected: object
) -> None:
    assert parse_cents(text, decimal) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", MoneyProblem.EMPTY),
        ("  ", MoneyProblem.EMPTY),
        ("€", MoneyProblem.NOT_A_NUMBER),
        ("-", MoneyProblem.NOT_A_NUMBER),
        (",", MoneyProblem.NOT_A_NUMBER),
        ("abc", MoneyProblem.NOT_A_NUMBER),
        ("1.23.4", MoneyProblem.NOT_A_NUMBER),
        ("1,2,3", MoneyProblem.NOT_A_NUMBER),
        ("--5", MoneyProblem.NOT_A_NUMBER),
        ("5 €€", MoneyProblem.NOT_A_NUMBER),
        ("1e3", MoneyProblem.NOT_A_NUMBER),
        ("١٢", MoneyProblem.NOT_A_NUMBER),
        ("12\x1b[0m", MoneyProblem.NOT_A_NUMBER),
        ("\u202e12", MoneyProblem.NOT_A_NUMBER),
        ("💶", MoneyProblem.NOT_A_NUMBER),
        ("9999999,999999", MoneyProblem.TOO_MANY_DECIMALS),
        ("10000000", MoneyProblem.TOO_LARGE),
        ("9" * 300, MoneyProblem.TOO_LARGE),
        ("x" * 300, MoneyProblem.NOT_A_NUMBER),
    ],
)
def test_what_is_no_amount_is_told_apart(text: str, problem: MoneyProblem) -> None:
    assert parse_cents(text, ",") == problem


@given(cents, st.sampled_from(("nl", "fr", "en")))
def test_what_is_shown_is_read_back(amount: int, language: str) -> None:
    sign = decimal_sign(language)
    assert parse_cents(plain_number(amount, CENTS, sign), sign) == amount


@given(st.integers(-MAX_CENTS * 100, MAX_CENTS * 100), st.sampled_from([",", "."]))
def test_unit_amounts_keep_four_decimals(amount: int, sign: str) -> None:
    assert parse_number(plain_number(amount, UNIT_PLACES, sign), UNIT_PLACES, sign) == amount


@given(st.text(max_size=60), st.sampled_from([",", "."]))
def test_no_text_breaks_the_reader(text: str, sign: str) -> None:
    found = parse_cents(text, sign)
    assert isinstance(found, MoneyProblem) or abs(found) <= MAX_CENTS


def test_the_example_of_units_and_days() -> None:
    """20.0000 × 3.00 is 60."""
    unit, days = parse_number("20,0000", UNIT_PLACES, ","), parse_quantity("3,00")
    assert (unit, days) == (200000, 300)
    assert PayValue.of_units(200000, 300) == PayValue(6000, 200000, 300)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**6), 10**6))
def test_products_are_rounded_half_up(unit: int, quantity: int) -> None:
    exact = Decimal(unit).scaleb(-4) * Decimal(quantity).scaleb(-2) * 100
    assert product_cents(unit, quantity) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
