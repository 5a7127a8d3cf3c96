"""Contracts in the store: versions, corrections, and what falls outside when one ends."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.contract import VersionError, VersionFault
from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.day import Entry
from hrtui.domain.month import Month
from hrtui.store.changes import DayChange, RowChange, Values, write
from hrtui.store.contracts import (
    Decision,
    add_contract,
    change_contract,
    contracts_of,
    correct_contract,
    end_contract,
    set_period,
)
from hrtui.store.entries import current
from hrtui.store.ids import new_id
from hrtui.store.rows import StaleError
from hrtui.store.undo import undo
from tests.store.conftest import Office
from tests.store.locking import lock_month

LAST_DAY = date(2026, 9, 15)


def spans(office: Office, person_id: int) -> list[tuple[str, str | None, str]]:
    return [
        (one.values["start_date"], one.values["end_date"], one.values["job_title"])
        for one in contracts_of(office.store, person_id)
    ]


def test_a_change_from_a_date_keeps_what_held_before(office: Office):
    person_id = office.add_person("An", "Voorbeeld", end=date(2027, 12, 31))
    change_contract(
        office.store, office.employer_id, person_id, date(2026, 10, 1), {"job_title": "Teamleider"}
    )
    assert spans(office, person_id) == [
        ("2020-01-01", "2026-09-30", ""),
        ("2026-10-01", "2027-12-31", "Teamleider"),
    ]
    undo(office.store, office.employer_id)
    assert spans(office, person_id) == [("2020-01-01", "2027-12-31", "")]


def test_a_change_on_the_first_day_or_outside_is_refused(office: Office):
    person_id = office.add_person("An", "Voorbeeld")
    for day, fault in (
        (date(2020, 1, 1), VersionFault.STARTS_THEN),
        (date(2019, 1, 1), VersionFault.NO_CONTRACT),
    ):
        with pytest.raises(VersionError) as caught:
            change_contract(office.store, office.employer_id, person_id, day, {})
        assert caught.value.fault is fault


def test_contracts_do_not_overlap(office: Office):
    person_id = office.add_person("An", "Voorbeeld", end=date(2025, 12, 31))
    with pytest.raises(VersionError) as caught:
        add_contract(office.store, office.employer_id, person_id, {"start_date": "2025-12-31"})
    assert caught.value.fault is VersionFault.OVERLAP
    add_contract(office.store, office.employer_id, person_id, {"start_date": "2026-01-01"})
    assert [span[0] for span in spans(office, person_id)] == ["2020-01-01", "2026-01-01"]


def test_a_correction_stays_in_the_version(office: Office):
    person_id = office.add_person("An", "Voorbeeld")
    contract_id = contracts_of(office.store, person_id)[0].id
    title = next(field for field in CONTRACT_FIELDS if field.name == "job_title")
    correct_contract(office.store, office.employer_id, contract_id, title, "", "Kok")
    assert spans(office, person_id) == [("2020-01-01", None, "Kok")]
    with pytest.raises(StaleError):
        correct_contract(office.store, office.employer_id, contract_id, title, "", "Bakker")
    with pytest.raises(ValueError):
        correct_contract(
            office.store, office.employer_id, contract_id, CONTRACT_FIELDS[0], None, "2020-01-02"
        )


def component(office: Office, type_id: int, person_id: int, first: str, last: str | None) -> RowChange:
    values: Values = {
        "employer_id": office.employer_id, "person_id": person_id, "type_id": type_id,
        "first_month": first, "last_month": last, "cents": 5000,
    }  # fmt: skip
    return RowChange("pay_component", new_id(), None, values)


@pytest.fixture
def leaver(office: Office) -> int:
    """Somebody with entries, schedules and pay components on both sides of the last day."""
    person_id = office.add_person("An", "Voorbeeld")
    schedule_id = office.store.con.execute("SELECT id FROM work_schedule").fetchone()[0]
    entry = (Entry(office.kind("v"), 456),)
    type_id = new_id()
    days = [date(2026, 9, 14), date(2026, 9, 16), date(2026, 10, 5)]
    changes = [DayChange(person_id, day, (), entry) for day in days]
    rows = [
        RowChange("pay_component_type", type_id, None, {
            "employer_id": office.employer_id, "code": "070", "name_en": "Bonus", "input": "total"}),
        *(component(office, type_id, person_id, first, last) for first, last in (
            ("2026-08", "2026-08"), ("2026-09", "2026-09"), ("2026-10", "2026-10"), ("2026-01", None))),
        *(RowChange("schedule_assignment", new_id(), None, {
            "person_id": person_id, "schedule_id": schedule_id, "valid_from": day})
            for day in ("2026-09-01", "2026-10-01")),
    ]  # fmt: skip
    write(office.store, office.employer_id, "before", [*changes, *rows], undoable=False)
    return person_id


def entered(office: Office, person_id: int) -> list[int]:
    days = [date(2026, 9, 14), date(2026, 9, 16), date(2026, 10, 5)]
    found = current(office.store.con, [(person_id, day) for day in days])
    return [len(found[person_id, day]) for day in days]


def test_ending_lists_what_falls_outside_and_writes_nothing(office: Office, leaver: int):
    contract_id = contracts_of(office.store, leaver)[0].id
    asked = end_contract(office.store, office.employer_id, contract_id, LAST_DAY)
    assert asked.step_id is None
    assert [day.date for day in asked.outside.days] == [date(2026, 9, 16), date(2026, 10, 5)]
    assert [one.valid_from for one in asked.outside.schedules] == [date(2026, 10, 1)]
    assert [(one.first_month, one.cut_after) for one in asked.outside.components] == [
        ("2026-01", "2026-09"),
        ("2026-10", None),
    ]
    assert asked.outside.components[0].name == "Bonus"
    assert spans(office, leaver)[0][1] is None


def test_what_falls_outside_is_kept_on_request(office: Office, leaver: int):
    contract_id = contracts_of(office.store, leaver)[0].id
    end_contract(
        office.store, office.employer_id, contract_id, LAST_DAY, reason="employee", decision=Decision.KEEP
    )
    assert spans(office, leaver)[0][1] == "2026-09-15"
    assert contracts_of(office.store, leaver)[0].values["termination_reason"] == "employee"
    assert entered(office, leaver) == [1, 1, 1]


def test_what_falls_outside_is_deleted_on_request_and_comes_back_by_undo(office: Office, leaver: int):
    contract_id = contracts_of(office.store, leaver)[0].id
    end_contract(office.store, office.employer_id, contract_id, LAST_DAY, decision=Decision.DELETE)
    assert entered(office, leaver) == [1, 0, 0]
    components = "SELECT first_month, last_month FROM pay_component ORDER BY first_month"
    assert office.store.con.execute(components).fetchall() == [
        ("2026-01", "2026-09"),
        ("2026-08", "2026-08"),
        ("2026-09", "2026-09"),
    ]
    assert (
        office.store.con.execute("SELECT max(valid_from) FROM schedule_assignment").fetchone()[0]
        == "2026-09-01"
    )
    undone = undo(office.store, office.employer_id)
    assert undone is not None
    assert undone.skipped == 0
    assert entered(office, leaver) == [1, 1, 1]
    assert len(office.store.con.execute(components).fetchall()) == 4


def test_entries_of_a_locked_month_stay(office: Office, leaver: int):
    lock_month(office.store, [leaver], Month(2026, 10))
    contract_id = contracts_of(office.store, leaver)[0].id
    done = end_contract(office.store, office.employer_id, contract_id, LAST_DAY, decision=Decision.DELETE)
    assert [day.locked for day in done.outside.days] == [False, True]
    assert done.step_id is not None
    assert entered(office, leaver) == [1, 0, 1]


def test_a_later_contract_keeps_its_own(office: Office, leaver: int):
    contract_id = contracts_of(office.store, leaver)[0].id
    change_contract(office.store, office.employer_id, leaver, date(2026, 10, 1), {})
    asked = end_contract(office.store, office.employer_id, contract_id, LAST_DAY)
    assert [day.date for day in asked.outside.days] == [date(2026, 9, 16)]
    assert not asked.outside.schedules
    assert not asked.outside.components


def test_a_longer_contract_asks_nothing(office: Office, leaver: int):
    contract_id = contracts_of(office.store, leaver)[0].id
    done = set_period(office.store, office.employer_id, contract_id, date(2019, 1, 1), None)
    assert done.step_id is not None
    assert not done.outside
    with pytest.raises(VersionError):
        end_contract(office.store, office.employer_id, contract_id, date(2018, 1, 1))
