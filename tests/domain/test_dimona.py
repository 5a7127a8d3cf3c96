"""What blocks a Dimona declaration, type by type."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui import record_wording
from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.dimona import Record, Step, Why, blocked_steps, blockers
from hrtui.domain.identity.problem import Value
from hrtui.domain.person_fields import PERSON_FIELDS

TODAY = date(2026, 9, 14)
EMPLOYER: Record = {"country": "BE", "enterprise_number": "0566988259"}
NAMED: dict[str, Value] = {"first_name": "An", "last_name": "Voorbeeld"}
KNOWN: dict[str, Value] = NAMED | {"national_number": "93051822361"}
UNNUMBERED: dict[str, Value] = NAMED | {
    "nationality": "FR", "birth_date": "1993-05-18", "sex": "f", "birth_place": "Rijsel",
    "birth_country": "FR", "street": "Rue Exemple", "house_number": "1", "country": "FR", "postcode": "59000",
    "city": "Rijsel",
}  # fmt: skip
ORDINARY: dict[str, Value] = {"start_date": "2026-10-01", "worker_type": "OTH", "joint_committee": "200"}


def blocked(
    person: Record = KNOWN, contract: Record = ORDINARY, employer: Record = EMPLOYER, today: date = TODAY
) -> set[tuple[str, Why]]:
    return {(blocker.field, blocker.why) for blocker in blockers(person, contract, employer, today)}


def test_nothing_blocks_an_ordinary_worker_with_a_number():
    assert blocked() == set()


def test_an_empty_flow_blocks_every_step_in_order():
    found = blockers({}, {}, {"country": "BE"}, TODAY)
    steps = [blocker.step for blocker in found]
    assert steps == sorted(steps, key=list(Step).index)
    assert blocked_steps(found) == {Step.NAME, Step.PERSONAL, Step.ADDRESS, Step.CONTRACT, Step.EMPLOYER}
    fields = (*PERSON_FIELDS, *CONTRACT_FIELDS)
    sentences = [record_wording.blocker_text(blocker, fields) for blocker in found]
    assert "Last name is missing" in sentences
    assert all("{" not in sentence and not sentence.startswith(" ") for sentence in sentences)


@pytest.mark.parametrize("field", sorted(UNNUMBERED.keys() - NAMED.keys()))
def test_without_a_number_the_person_is_described_whole(field):
    assert blocked(UNNUMBERED) == set()
    assert blocked(UNNUMBERED | {field: ""}) == {(field, Why.WITHOUT_NATIONAL_NUMBER)}
    assert blocked(KNOWN | {field: ""}) == set()


def test_dimona_knows_two_sexes():
    assert blocked(UNNUMBERED | {"sex": "x"}) == {("sex", Why.SEX_BINARY)}
    assert blocked(KNOWN | {"sex": "x"}) == set()


def test_the_employer_needs_one_of_two_numbers():
    assert blocked(employer={"country": "BE"}) == {("enterprise_number", Why.MISSING)}
    assert blocked(employer={"country": "BE", "nsso_number": "199999934"}) == set()


@pytest.mark.parametrize("kind", ["EXT", "STU", "IVT", "TRI", "STG", "O17", "S17", "T17"])
def test_types_that_are_declared_with_their_end(kind):
    whole = ORDINARY | {"worker_type": kind, "end_date": "2026-12-31", "planned_hours": 100,
                        "start_minute": 0, "end_minute": 480}  # fmt: skip
    assert blocked(contract=whole) == set()
    assert ("end_date", Why.NEEDED_BY_TYPE) in blocked(contract=whole | {"end_date": None})


@pytest.mark.parametrize("kind", ["STU", "O17", "S17"])
def test_types_with_planned_hours_in_one_quarter(kind):
    whole = ORDINARY | {"worker_type": kind, "end_date": "2026-12-31", "planned_hours": 100}
    assert blocked(contract=whole | {"planned_hours": None}) == {("planned_hours", Why.NEEDED_BY_TYPE)}
    assert blocked(contract=whole | {"end_date": "2027-01-01"}) == {("end_date", Why.NOT_ONE_QUARTER)}
    assert blocked(contract=whole | {"end_date": "2027-11-30"}) == {("end_date", Why.NOT_ONE_QUARTER)}


def test_casual_work_needs_hours_and_a_number():
    casual = ORDINARY | {
        "worker_type": "EXT",
        "end_date": "2026-10-01",
        "start_minute": 600,
        "end_minute": 900,
    }
    assert blocked(contract=casual) == set()
    assert blocked(contract=casual | {"start_minute": None, "end_minute": None}) == {
        ("start_minute", Why.NEEDED_BY_TYPE),
        ("end_minute", Why.NEEDED_BY_TYPE),
    }
    assert blocked(UNNUMBERED, casual) == {("national_number", Why.NEEDED_BY_TYPE)}


def test_a_flexi_job_is_declared_31_days_before_its_quarter_at_the_earliest():
    flexi = ORDINARY | {"worker_type": "FLX", "start_minute": 0}
    assert blocked(contract=flexi, today=date(2026, 8, 31)) == set()
    assert blocked(contract=flexi, today=date(2026, 8, 30)) == {("start_date", Why.TOO_EARLY)}
    assert blocked(contract=flexi | {"end_date": "2026-12-31"}) == {("end_minute", Why.NEEDED_BY_TYPE)}


def test_agency_work_needs_an_end_and_the_using_employer():
    agency = ORDINARY | {"joint_committee": "322"}
    assert blocked(contract=agency) == {
        ("end_date", Why.NEEDED_BY_AGENCY),
        ("using_employer", Why.NEEDED_BY_AGENCY),
    }
    assert blocked(contract=agency | {"end_date": "2026-10-31", "using_employer": "Voorbeeld NV"}) == set()


def test_starts_that_are_not_taken():
    for start in ("1919-12-31", "2036-09-14"):
        assert blocked(contract=ORDINARY | {"start_date": start}) == {("start_date", Why.START_OUT_OF_RANGE)}
    assert blocked(contract=ORDINARY | {"start_date": "2036-09-13"}) == set()
    backwards = ORDINARY | {"end_date": "2026-09-30"}
    assert blocked(contract=backwards) == {("end_date", Why.END_BEFORE_START)}


def test_a_leap_day_has_a_day_ten_years_later():
    assert blocked(contract=ORDINARY, today=date(2024, 2, 29)) == set()


def test_no_declaration_for_freelancers_and_dutch_employers():
    assert blockers({}, {"worker_status": "freelance"}, EMPLOYER, TODAY) == ()
    assert blockers({}, {}, {"country": "NL"}, TODAY) == ()
