"""National numbers, BSN, enterprise and NSSO numbers: examples, and what their checksums promise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hrtui.domain.identity import numbers
from hrtui.domain.identity.problem import Doubt, Fault, Given, Problem

BELGIAN = Given(date(2026, 9, 14))


def fault(result: object) -> Fault | None:
    return result.fault if isinstance(result, Problem) else None


def swapped(number: str, place: int, shift: int) -> str:
    """The number with another figure at one place."""
    figure = (int(number[place]) + shift) % 10
    return f"{number[:place]}{figure}{number[place + 1 :]}"


@pytest.mark.parametrize(
    ("typed", "stored", "born", "sex"),
    [
        ("93.05.18-223.61", "93051822361", (1993, 5, 18), "m"),
        ("00.01.25-567.77", "00012556777", (2000, 1, 25), "m"),
        ("85.07.30-033 28", "85073003328", (1985, 7, 30), "m"),
        ("17 07 30 033 84", "17073003384", (2017, 7, 30), "m"),
        ("90.12.12-001.61", "90121200161", (1990, 12, 12), "m"),
        ("98.47.28-997.65", "98472899765", (1998, 7, 28), "m"),
        ("01 49 07 001 85", "01490700185", (2001, 9, 7), "m"),
    ],
)
def test_numbers_of_the_register_and_bis(typed, stored, born, sex):
    assert numbers.national_number(typed, BELGIAN) == stored
    assert numbers.birth_date_in(stored) == born
    assert numbers.sex_in(stored) == sex


def made(digits: str, *, after_2000: bool = False) -> str:
    return f"{digits}{97 - int(('2' if after_2000 else '') + digits) % 97:02d}"


def test_unknown_months_and_days_are_taken():
    month = made("400000956", after_2000=False)
    assert numbers.national_number(month, BELGIAN) == month
    assert numbers.birth_date_in(month) == (1940, None, None)
    assert numbers.birth_date_in(made("750400123")) == (1975, 4, None)


def test_a_remainder_of_0_gives_97():
    digits = next(f"{n:09d}" for n in range(800101001, 800132000) if n % 97 == 0)
    assert numbers.national_number(digits + "97", BELGIAN) == digits + "97"
    assert fault(numbers.national_number(digits + "00", BELGIAN)) is Fault.NATIONAL_NUMBER_CHECK


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("12345678901", Fault.NATIONAL_NUMBER_CHECK),
        ("00000000000", Fault.NATIONAL_NUMBER_DIGITS),
        ("0000", Fault.NATIONAL_NUMBER_DIGITS),
        ("9305182236", Fault.NATIONAL_NUMBER_DIGITS),
        ("93.05.18-223.6١", Fault.NATIONAL_NUMBER_DIGITS),
        ("93.05.18-223.6²", Fault.NATIONAL_NUMBER_DIGITS),
        ("1" * 300, Fault.NATIONAL_NUMBER_DIGITS),
        (made("931518223"), Fault.NATIONAL_NUMBER_DATE),
        ("93.05.18\u202e-223.61", Fault.DIRECTION_MARK),
    ],
)
def test_wrong_national_numbers(typed, why):
    assert fault(numbers.national_number(typed, BELGIAN)) is why


@given(
    st.dates(date(1930, 1, 1), date(2025, 12, 31)), st.integers(1, 997), st.integers(0, 10), st.integers(1, 9)
)
def test_one_wrong_figure_is_refused_or_moves_the_century(born, serial, place, shift):
    after_2000 = born.year >= 2000
    number = made(f"{born:%y%m%d}{serial:03d}", after_2000=after_2000)
    assert numbers.national_number(number, BELGIAN) == number
    other = numbers.national_number(swapped(number, place, shift), BELGIAN)
    if not isinstance(other, Problem):
        # Two sums are tried, with and without the 2: a slip may pass the other one, never the same.
        told = numbers.birth_date_in(str(other))[0]
        assert told is None or (told >= 2000) != after_2000


def test_birth_date_and_sex_that_differ_are_doubts_only():
    assert numbers.national_number_cautions("93051822361", "1993-05-18", "m") == ()
    assert numbers.national_number_cautions("93051822361", "", "") == ()
    both = numbers.national_number_cautions("93051822361", "1993-05-19", "f")
    assert [caution.doubt for caution in both] == [Doubt.BIRTH_DATE_DIFFERS, Doubt.SEX_DIFFERS]
    assert both[0].text == "18/05/1993"
    assert numbers.national_number_cautions("93051822361", "1993-05-18", "x") == ()


def test_only_what_a_number_tells_can_differ():
    number = made("750400123")
    assert numbers.national_number_cautions(number, "1975-04-09", "m") == ()
    assert numbers.national_number_cautions(number, "1975-05-09", "m")[0].text == "??/04/1975"


def test_a_bis_number_without_sex_raises_no_doubt_about_it():
    number = made("982728998")
    assert numbers.national_number(number, BELGIAN) == number
    assert numbers.sex_in(number) == ""
    assert numbers.national_number_cautions(number, "1998-07-28", "m") == ()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("111222333", "111222333"),
        ("1112.22.333", "111222333"),
        ("123456782", "123456782"),
        ("999991772", "999991772"),
        ("10000008", "010000008"),
    ],
)
def test_bsn(typed, stored):
    assert numbers.bsn(typed, BELGIAN) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("123456789", Fault.BSN_CHECK),
        ("000000000", Fault.BSN_DIGITS),
        ("00000000", Fault.BSN_DIGITS),
        ("1234567", Fault.BSN_DIGITS),
        ("1112223330", Fault.BSN_DIGITS),
        ("１１１２２２３３３", Fault.BSN_DIGITS),
    ],
)
def test_wrong_bsn(typed, why):
    assert fault(numbers.bsn(typed, BELGIAN)) is why


@given(st.integers(1, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_figure_of_a_bsn_is_always_refused(first, place, shift):
    digits = f"{first:08d}"
    check = sum((9 - i) * int(figure) for i, figure in enumerate(digits)) % 11
    assume(check < 10)
    number = f"{digits}{check}"
    assert numbers.bsn(number, BELGIAN) == number
    assert isinstance(numbers.bsn(swapped(number, place, shift), BELGIAN), Problem)


@pytest.mark.parametrize("typed", ["0566.988.259", "566988259", "BE 0566.988.259", "be0566988259"])
def test_enterprise_number(typed):
    assert numbers.enterprise_number(typed, BELGIAN) == "0566988259"


@pytest.mark.parametrize("typed", ["0566.988.258", "2566988259", "0000000000", "BE", "05669882591"])
def test_wrong_enterprise_number(typed):
    assert isinstance(numbers.enterprise_number(typed, BELGIAN), Problem)


@given(st.integers(1, 19_999_999), st.integers(1, 9), st.integers(1, 9))
def test_one_wrong_figure_of_an_enterprise_number_is_always_refused(first, place, shift):
    number = f"{first:08d}{97 - first % 97:02d}"
    assert numbers.enterprise_number(number, BELGIAN) == number
    assert isinstance(numbers.enterprise_number(swapped(number, place, shift), BELGIAN), Problem)


@pytest.mark.parametrize("typed", ["0000009700", "0000009698", "0000009599"])
def test_check_digits_that_no_enterprise_number_has(typed):
    """They leave the right rest, but a check is 97 less a rest, so 01 to 97 (NSSO glossary 2023/3)."""
    assert fault(numbers.enterprise_number(typed, BELGIAN)) is Fault.ENTERPRISE_CHECK


def test_nsso_number():
    assert numbers.nsso_number("199999934", BELGIAN) == "199999934"
    assert numbers.nsso_number("0000100006", BELGIAN) == "100006"
    for wrong in ("100005", "199999935", "0000", "x", "9" * 400):
        assert fault(numbers.nsso_number(wrong, BELGIAN)) is Fault.NSSO_NUMBER
    assert numbers.nsso_cautions("199999934") == numbers.nsso_cautions("100006") == ()
    assert numbers.nsso_cautions("199999933")[0].doubt is Doubt.NSSO_CHECK_DIGITS


def test_hidden_numbers_show_their_last_figures_only():
    assert numbers.national_number_text("93051822361", hidden=True) == "••.••.••-•••.61"
    assert numbers.national_number_text("93051822361", hidden=False) == "93.05.18-223.61"
    assert numbers.bsn_text("111222333", hidden=True) == "••••.••.•33"
    assert numbers.bsn_text("111222333", hidden=False) == "1112.22.333"
    # What is too short to be right is hidden whole.
    assert numbers.national_number_text("930518", hidden=True) == "••••••"
