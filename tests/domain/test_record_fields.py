"""Every field of a person and a contract: the worst input, and values that come back as they went."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui import i18n, record_wording
from hrtui.domain.contract_fields import CONTRACT_FIELDS, contract_fields
from hrtui.domain.identity import amounts
from hrtui.domain.identity.problem import Fault, Given, Problem
from hrtui.domain.person_fields import PERSON_FIELDS, SCHEDULE_FIELDS, person_fields
from hrtui.domain.record_field import Field, Kind, Section
from hrtui.store import tables

TODAY = date(2026, 9, 14)
FIELDS = (*PERSON_FIELDS, *CONTRACT_FIELDS, *SCHEDULE_FIELDS)
GIVENS = (Given(TODAY), Given(TODAY, "NL"), Given(TODAY, "BE", {"country": "FR"}, "."))

WORST = {
    "too long": "x" * 5000,
    "wrong script": "Привет",
    "Hebrew": "שלום",
    "control": "a\x00b",
    "escape": "\x1b[31mred",
    "override": "ab\u202ecd",
    "emoji": "😀",
    "half a pair": "\ud83d",
}
# What a field of free text or choice of ids may well hold.
TAKES_ZEROS = {"number", "provider_number", "street", "box", "job_title", "work_place", "using_employer",
               "start_minute", "end_minute", "wage_cents", "children", "disabled_children",
               "other_dependents"}  # fmt: skip


def ids(field: Field) -> str:
    return f"{field.table}.{field.name}"


@pytest.mark.parametrize("field", FIELDS, ids=ids)
@pytest.mark.parametrize("typed", WORST.values(), ids=WORST.keys())
def test_the_worst_input_gets_a_sentence(field, typed):
    for one in GIVENS:
        problem = field.check(typed, one)
        assert isinstance(problem, Problem)
        sentence = record_wording.problem_text(problem, field)
        assert sentence.endswith((".", ")"))
        assert len(sentence) < 120
        assert "{" not in sentence


@pytest.mark.parametrize(
    "field",
    [field for field in FIELDS if field.name not in TAKES_ZEROS and field.kind is not Kind.LINK],
    ids=ids,
)
def test_zeros_are_refused_where_they_mean_nothing(field):
    assert isinstance(field.check("0000", GIVENS[0]), Problem)


@pytest.mark.parametrize("field", [field for field in FIELDS if field.kind is Kind.DATE], ids=ids)
def test_the_next_century_is_refused(field):
    assert isinstance(field.check("01/01/2126", GIVENS[0]), Problem)


@given(st.sampled_from(FIELDS), st.text(max_size=60), st.sampled_from(GIVENS))
def test_no_text_breaks_a_check_and_checking_again_changes_nothing(field, text, one):
    value = field.check(text, one)
    if not isinstance(value, Problem):
        assert field.check(field.text(value), one) == value


TYPED = st.text(st.sampled_from("0123456789.,-/:+ ABEJbejéßŉǆu€@'"), max_size=16)


@given(st.sampled_from(FIELDS), TYPED, st.sampled_from(GIVENS))
def test_almost_right_texts_come_back_the_same(field, text, one):
    value = field.check(text, one)
    if not isinstance(value, Problem):
        assert field.check(field.text(value), one) == value


def test_empty_texts():
    for field in FIELDS:
        result = field.check("  ", GIVENS[0])
        assert isinstance(result, Problem) == field.required
        assert field.required or result == field.empty


@pytest.mark.parametrize(
    ("fields", "table"), [(PERSON_FIELDS, tables.Person), (CONTRACT_FIELDS, tables.Contract)]
)
def test_every_column_that_people_fill_in_is_a_field(fields, table):
    kept = {"id", "employer_id", "person_id", "sort_name", "search_text"}
    assert {field.name for field in fields} == set(table.model_fields) - kept


def test_dutch_records_hold_number_and_account_for_self_insurers_only():
    plain = {field.name for field in person_fields("NL")}
    assert not plain & {"bsn", "iban", "bic", "national_number"}
    assert {"bsn", "iban", "bic"} <= {field.name for field in person_fields("NL", zw_self_insured=True)}
    belgian = {field.name for field in person_fields("BE")}
    assert {"iban", "national_number"} <= belgian
    assert "bsn" not in belgian


def test_choices_go_by_country():
    natures = {field.name: field for field in contract_fields("NL")}["nature"]
    assert "phase_b" in {choice.value for choice in natures.choices_in("NL")}
    assert isinstance(natures.check("phase_b", Given(TODAY, "BE")), Problem)
    assert "worker_type" not in {field.name for field in contract_fields("NL")}


@pytest.mark.parametrize(
    ("typed", "stored"), [("38", 3800), ("38,5", 3850), ("37.99", 3799), ("38:20", 3833), ("38u20", 3833)]
)
def test_hours_per_week(typed, stored):
    assert amounts.hundredths_of(typed, GIVENS[0], least=1, most=8000) == stored


@pytest.mark.parametrize(("typed", "stored"), [("2500", 250000), ("2.500,50", 250050), ("€ 17,5", 1750)])
def test_wages(typed, stored):
    assert amounts.cents_of(typed, GIVENS[0], most=99_999_999) == stored


def test_bounds_are_told_in_the_unit_of_the_field():
    hours = next(field for field in CONTRACT_FIELDS if field.name == "hours_per_week")
    problem = hours.check("99", GIVENS[0])
    assert isinstance(problem, Problem)
    assert "80.00" in record_wording.problem_text(problem, hours)


def test_values_as_the_record_shows_them():
    by_name = {field.name: field for field in FIELDS}
    assert record_wording.shown(by_name["national_number"], "93051822361") == "••.••.••-•••.61"
    assert record_wording.shown(by_name["national_number"], "93051822361", hidden=False) == "93.05.18-223.61"
    assert record_wording.shown(by_name["birth_date"], "1993-05-18") == "18/05/1993"
    assert record_wording.shown(by_name["civil_status"], "widowed") == "Widowed"
    assert record_wording.shown(by_name["nationality"], "BE") == "Belgium"
    assert record_wording.shown(by_name["start_minute"], 0) == "00:00"
    assert record_wording.shown(by_name["spouse_has_income"], 0) == "No"
    assert record_wording.shown(by_name["team_id"], 7, links={7: "Winkel"}) == "Winkel"


@pytest.mark.parametrize(("spoken", "text"), [("nl", "2500,50"), ("fr", "2500,50"), ("en", "2500.50")])
def test_amounts_have_the_decimal_sign_of_the_language(spoken, text):
    wage = next(field for field in FIELDS if field.name == "wage_cents")
    i18n.set_language(spoken)
    try:
        assert record_wording.shown(wage, 250050) == text
        assert text in record_wording.problem_text(Problem(Fault.TOO_LARGE, limit=250050), wage)
    finally:
        i18n.set_language("en")


def test_joint_committees_and_times():
    for typed, stored in (("200", "200"), ("140.03", "140.03"), ("xxx", "XXX")):
        assert amounts.joint_committee(typed, GIVENS[0]) == stored
    for typed, minutes in (("8", 480), ("8u30", 510), ("0830", 510), ("23:59", 1439)):
        assert amounts.time_of_day(typed, GIVENS[0]) == minutes
    assert isinstance(amounts.time_of_day("24:00", GIVENS[0]), Problem)


def test_cents_and_hundredths_are_written_as_they_are_typed():
    """No field takes less than 0 yet; one that does must not show 5 cents less as nearly a euro less."""
    for kind in (Kind.CENTS, Kind.HUNDREDTHS):
        field = Field("amount", "Amount", kind, Section.SETTINGS)
        assert [field.text(value) for value in (250050, 5, -5, -12345)] == [
            "2500,50",
            "0,05",
            "-0,05",
            "-123,45",
        ]
