"""Names and other texts: accents pass, what cannot be stored or declared is refused."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.identity import texts
from hrtui.domain.identity.problem import Fault, Given, Problem

HERE = Given(date(2026, 9, 14))


def name(text: str, longest: int = 24) -> object:
    result = texts.name_of(text, HERE, longest=longest)
    return result.fault if isinstance(result, Problem) else result


@pytest.mark.parametrize(
    "text", ["Jan", "Élodie", "Şükrü", "Łukasz", "Anne-Marie", "D'Hondt", "Van den Berg", "J.P.", "Ø"]
)
def test_names_keep_their_accents(text):
    assert name(text) == text


def test_accents_are_composed_and_spaces_single():
    assert name("E\u0301lodie") == "Élodie"
    assert name("  van \u00a0 den   Berg ") == "van den Berg"
    assert name("D’Hondt") == "D'Hondt"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("J" * 25, Fault.TOO_LONG),
        ("Иван", Fault.NOT_LATIN),
        ("李", Fault.NOT_LATIN),
        ("מרים", Fault.NOT_LATIN),
        ("Ｊａｎ", Fault.NOT_LATIN),
        ("Ja\x1bn", Fault.CONTROL_CHARACTER),
        ("Ja\tn", Fault.CONTROL_CHARACTER),
        ("Ja\u200bn", Fault.CONTROL_CHARACTER),
        ("Jan\u202egnaJ", Fault.DIRECTION_MARK),
        ("Jan\u200f", Fault.DIRECTION_MARK),
        ("Jan 😀", Fault.PICTURE),
        ("👩\u200d💻", Fault.PICTURE),
        ("\ud800", Fault.PICTURE),
        ("0000", Fault.BAD_SIGN),
        ("=Jan", Fault.BAD_SIGN),
        ("J@n", Fault.BAD_SIGN),
        ("---", Fault.NO_LETTER),
    ],
)
def test_names_that_are_refused(text, why):
    assert name(text) is why


def test_texts_of_one_line():
    assert texts.text_of("Kerkstraat n° 12, bus 3", HERE, longest=35) == "Kerkstraat n° 12, bus 3"
    for text, why in (
        ("=1+1", Fault.FORMULA),
        ("@x", Fault.FORMULA),
        ("Улица", Fault.NOT_LATIN),
        ("a" * 36, Fault.TOO_LONG),
    ):
        result = texts.text_of(text, HERE, longest=35)
        assert isinstance(result, Problem)
        assert result.fault is why


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("jp", "J.P."), ("J P", "J.P."), ("J.P.", "J.P."), ("Th.", "Th."), ("é", "É."), ("Chr.J.", "Chr.J.")],
)
def test_initials(typed, stored):
    assert texts.initials(typed, HERE) == stored


@pytest.mark.parametrize("typed", ["12", "12A", "12 bis", "12-14", "12/3", "zn"])
def test_house_numbers(typed):
    assert texts.house_number(typed, HERE) == typed


@pytest.mark.parametrize("typed", ["0000", "0", "A", "-1", "12345678901", "12\u202e", "１２", "12 😀"])
def test_wrong_house_numbers(typed):
    assert isinstance(texts.house_number(typed, HERE), Problem)


def test_employee_numbers():
    assert texts.employee_number("A-00.12/3", HERE) == "A-00.12/3"
    for wrong in ("=1", "é", "1" * 16, "1\x00", "1;2", "-1"):
        assert isinstance(texts.employee_number(wrong, HERE), Problem)
