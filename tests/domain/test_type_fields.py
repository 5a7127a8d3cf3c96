"""Leave types as they are filled in: keys and letters that clash, and what does not go together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from hrtui.domain.identity.problem import Fault, Given, Problem
from hrtui.domain.leave_type import Category, LeaveType, Limit, Unit
from hrtui.domain.starter_types import STARTER
from hrtui.domain.type_fields import (
    LEAVE_TYPE_FIELDS,
    TypeFault,
    TypeProblem,
    free_letter,
    free_letters,
    key_of,
    letter_of,
    limit_of,
    type_faults,
)
from tests.domain.values import AD, KV, OLD, VAK, kind

GIVEN = Given(date(2026, 9, 14))
OTHERS = [VAK, KV, AD, OLD]


def only_fault(one: LeaveType, bound: Collection[str] = ()) -> TypeFault:
    (fault,) = type_faults(one, OTHERS, bound)
    return fault


def test_a_key_belongs_to_one_type_for_good():
    own = {"en": "Own"}
    assert only_fault(replace(kind(20, "VAK", ""), names=own)).other is VAK
    assert only_fault(replace(kind(20, "OLD", ""), names=own)).other is OLD
    assert type_faults(kind(20, "NEW", ""), OTHERS, ()) == ()
    assert type_faults(replace(VAK, names={"nl": "Vakantie"}), OTHERS, ()) == ()


def test_a_letter_is_taken_by_active_types_only():
    fault = only_fault(kind(20, "NEW", "v"))
    assert (fault.problem, fault.other) == (TypeProblem.LETTER_TAKEN, VAK)
    resting = [replace(VAK, active=False), KV]
    assert type_faults(kind(20, "NEW", "v"), resting, ()) == ()
    assert type_faults(kind(20, "NEW", "v", active=False), OTHERS, ()) == ()


def test_a_key_and_a_letter_of_another_type_are_not_confused():
    assert only_fault(kind(20, "V", "n")).problem is TypeProblem.KEY_IS_A_LETTER
    single = kind(21, "N", "")
    (fault,) = type_faults(kind(20, "NEW", "n"), [single], ())
    assert (fault.problem, fault.other) == (TypeProblem.LETTER_IS_A_KEY, single)


@pytest.mark.parametrize("letter", ["y", "n"])
def test_a_letter_that_does_something_else_is_refused(letter):
    assert only_fault(kind(20, "NEW", letter), {"n"}).problem is TypeProblem.LETTER_BOUND


@pytest.mark.parametrize("letter", ["V", "é", "1", "vv", " ", "-"])
def test_a_letter_is_one_of_a_to_z(letter):
    assert only_fault(kind(20, "NEW", letter)).problem is TypeProblem.LETTER_FORM


@pytest.mark.parametrize("key", ["TOOLONG", "1AB", "Ab", "A B", "É", "\u202eA", "A\n"])
def test_a_key_is_one_to_four_capitals_and_figures(key):
    assert only_fault(kind(20, key, "")).problem is TypeProblem.KEY_FORM


def test_what_does_not_go_together():
    overtime = kind(20, "NEW", "", Category.OVERTIME, unit=Unit.DAY, limit=Limit.DAYS)
    assert {fault.field for fault in type_faults(overtime, (), ())} == {"unit", "limit_kind"}
    assert only_fault(kind(20, "NEW", "", on_holiday=True)).field == "on_holiday"
    assert only_fault(replace(kind(20, "NEW", ""), names={"nl": ""})).problem is TypeProblem.NAME_MISSING
    assert only_fault(kind(20, "NEW", "", carry_over_months=61)).field == "carry_over_months"
    assert only_fault(kind(20, "NEW", "", limit_amount=100)).field == "limit_amount"
    assert only_fault(kind(20, "NEW", "", limit=Limit.DAYS, limit_amount=36601)).field == "limit_amount"
    assert type_faults(kind(20, "NEW", "", limit=Limit.DAYS, limit_amount=36600), OTHERS, ()) == ()


@pytest.mark.parametrize(
    ("provider", "code", "fine"),
    [("acerta", "0138", True), ("acerta", "01380", False), ("acerta", "A1", False),
     ("securex", "VAK-01", True), ("securex", "", False), ("nobody", "1", False)],
)  # fmt: skip
def test_provider_codes_have_the_form_of_the_provider(provider, code, fine):
    found = type_faults(kind(20, "NEW", "", provider_codes={provider: code}), OTHERS, ())
    assert (found == ()) is fine


def test_a_free_letter_comes_from_the_type_first():
    assert free_letter(kind(20, "VAX", ""), OTHERS, ()) == "a"
    assert free_letter(kind(20, "VK", ""), OTHERS, {"a", "b"}) == "c"
    assert free_letter(kind(20, "VK", ""), OTHERS, frozenset("abcdefghijklmnopqrstuvwxyz")) == ""


def test_free_letters_are_those_that_nothing_else_does():
    free = free_letters(kind(20, "NEW", ""), OTHERS, {"n"})
    assert set(free) == set("abcdefghijklmnopqrstuvwxyz") - {"v", "k", "n", "y", AD.letter}
    assert "v" in free_letters(VAK, OTHERS, ())


def test_two_types_have_no_name_in_common_in_one_language():
    one = replace(kind(20, "NEW", ""), names={"nl": "Zorg", "fr": "Soins", "en": "Care"})
    other = replace(kind(21, "ZRG", "", active=False), names={"nl": "zorg", "fr": "", "en": "Caring"})
    (fault,) = type_faults(one, [other], ())
    assert (fault.field, fault.problem, fault.other) == ("name_nl", TypeProblem.NAME_TAKEN, other)
    assert type_faults(one, [replace(other, names={"nl": "", "fr": "Zorg", "en": ""})], ()) == ()


@pytest.mark.parametrize("country", ["BE", "NL"])
def test_the_starter_types_are_without_fault(country):
    types = [replace(one, id=number) for number, one in enumerate(STARTER[country], 1)]
    assert [fault for one in types for fault in type_faults(one, types, ())] == []


def test_what_is_typed_becomes_what_is_stored():
    assert key_of(" vak ", GIVEN) == "VAK"
    assert letter_of("V", GIVEN) == "v"
    assert letter_of("vv", GIVEN) == Problem(Fault.TOO_LONG, limit=1)
    days, hours = (Given(GIVEN.today, record={"limit_kind": unit}) for unit in ("days", "minutes"))
    assert (limit_of("20,5", days), limit_of("7:36", hours), limit_of("152", hours)) == (2050, 456, 9120)
    assert limit_of("-1", days) == Problem(Fault.NOT_A_NUMBER, "-1")
    assert limit_of("367", days) == Problem(Fault.TOO_LARGE, limit=366)


@pytest.mark.parametrize("field", LEAVE_TYPE_FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize(
    "text", ["x" * 500, "\x1b[2J", "\u202eabc", "💥", "名前", "0000", "2126-01-01", "=1+1", "-5", "١", "\x00"]
)
def test_the_worst_input_is_refused_or_harmless(field, text):
    found = field.check(text, GIVEN)
    assert isinstance(found, Problem | int) or str(found).isprintable()
    if not isinstance(found, Problem):
        assert field.check(field.text(found) if field.name != "limit_amount" else text, GIVEN) == found
