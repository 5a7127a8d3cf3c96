"""Postcodes, countries, phones, e-mail addresses, IBAN and BIC as clerks type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.identity import contact
from hrtui.domain.identity.problem import Fault, Given, Problem

BELGIAN = Given(date(2026, 9, 14))
DUTCH = Given(date(2026, 9, 14), "NL")


def test_countries_by_code_and_by_name():
    for typed in ("BE", "be", "België", "belgie", "Belgique", "Belgium", "Belgien"):
        assert contact.country(typed, BELGIAN) == "BE"
    assert contact.country("cote d'ivoire", BELGIAN) == "CI"
    for wrong in ("ZZ", "EU", "0000", "Belgiek", "ß", "😀", "БЕ"):
        assert isinstance(contact.country(wrong, BELGIAN), Problem)


def test_postcodes_go_by_the_country_of_the_address():
    assert contact.postcode("1000", BELGIAN) == "1000"
    assert contact.postcode("B-9999", BELGIAN) == "9999"
    assert contact.postcode("1234ab", DUTCH) == "1234 AB"
    in_france = Given(date(2026, 9, 14), "BE", {"country": "FR"})
    assert contact.postcode("59000", in_france) == "59000"
    in_the_netherlands = Given(date(2026, 9, 14), "BE", {"country": "NL"})
    assert contact.postcode("1234 AB", in_the_netherlands) == "1234 AB"


@pytest.mark.parametrize("typed", ["0000", "0999", "10000", "1234 AB", "١٢٣٤", "1\u202e000"])
def test_wrong_belgian_postcodes(typed):
    assert isinstance(contact.postcode(typed, BELGIAN), Problem)


@pytest.mark.parametrize("typed", ["0000 AA", "1234", "1234 SS", "12345 AB", "1234 ÀB"])
def test_wrong_dutch_postcodes(typed):
    assert isinstance(contact.postcode(typed, DUTCH), Problem)


def test_phones_are_stored_with_their_country():
    assert contact.phone("0471/23.45.67", BELGIAN) == "+32471234567"
    assert contact.phone("06 12 34 56 78", DUTCH) == "+31612345678"
    assert contact.phone("+33 6 12 34 56 78", BELGIAN) == "+33612345678"
    assert contact.phone("0031612345678", BELGIAN) == "+31612345678"
    assert contact.phone_text("+32471234567") == "+32 471 23 45 67"


@pytest.mark.parametrize(
    "typed", ["0000", "0000000000", "abc", "0800-BELLEN", "+999", "٠٤٧١٢٣٤٥٦٧", "0" * 300, "0471\u202e234567"]
)
def test_wrong_phones(typed):
    assert isinstance(contact.phone(typed, BELGIAN), Problem)


def test_email():
    assert contact.email("An.Voorbeeld@EXAMPLE.org", BELGIAN) == "An.Voorbeeld@example.org"
    for wrong in ("0000", "a@b", "a@@example.org", "ж@example.org", "😀@example.org", "a b@example.org",
                  "a\u202e@example.org", "a@localhost", "a" * 300 + "@example.org"):  # fmt: skip
        assert isinstance(contact.email(wrong, BELGIAN), Problem)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("BE71 0961 2345 6769", "BE71096123456769"),
        ("nl91 abna 0417 1643 00", "NL91ABNA0417164300"),
        ("GR16 0110 1050 0000 1054 7023 795", "GR1601101050000010547023795"),
    ],
)
def test_iban(typed, stored):
    assert contact.iban(typed, BELGIAN) == stored
    assert contact.iban(contact.iban_text(stored), BELGIAN) == stored


def test_wrong_iban():
    for typed, why in (
        ("BE72 0961 2345 6769", Fault.IBAN_CHECK),
        # 99 leaves the rest of 02, 00 that of 97, 01 that of 98, and only 02 to 98 are given (ISO 13616).
        ("BE99 0000 0000 4040", Fault.IBAN_CHECK),
        ("BE00 0000 0000 4949", Fault.IBAN_CHECK),
        ("BE01 0000 0000 9393", Fault.IBAN_CHECK),
        ("0961 2345 6769", Fault.IBAN_FORM),
        ("0000", Fault.IBAN_FORM),
        ("BE71 0961 2345 676ß", Fault.IBAN_FORM),
        ("BE71 😀", Fault.PICTURE),
        ("BE" + "1" * 300, Fault.IBAN_FORM),
    ):
        result = contact.iban(typed, BELGIAN)
        assert isinstance(result, Problem)
        assert result.fault is why


@given(st.integers(0, 999_999_999_999), st.integers(2, 15), st.integers(1, 9))
def test_one_wrong_figure_of_an_iban_is_always_refused(account, place, shift):
    basic = f"{account:012d}"
    number = f"BE{98 - int(basic + '111400') % 97:02d}{basic}"
    assert contact.iban(number, BELGIAN) == number
    figure = (int(number[place]) + shift) % 10
    assert isinstance(contact.iban(f"{number[:place]}{figure}{number[place + 1 :]}", BELGIAN), Problem)


def test_bic():
    assert contact.bic("gkcc be bb", BELGIAN) == "GKCCBEBB"
    assert contact.bic("ABNANL2AXXX", BELGIAN) == "ABNANL2AXXX"
    for wrong in ("0000", "GKCCZZBB", "GKCCBEB", "GKCCBEBBXXXX", "ГКССБЕББ"):
        assert isinstance(contact.bic(wrong, BELGIAN), Problem)
