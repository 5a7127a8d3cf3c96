"""What a clerk may not see of a row is left as it is by what that clerk makes: wages, numbers, accounts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hrtui.store.changes import RowChange
from hrtui.store.contracts import change_contract, contracts_of
from hrtui.store.ids import new_id
from hrtui.store.person_records import NewPerson, create_person
from hrtui.store.roles import set_own_roles
from hrtui.store.undo import redo, undo
from hrtui.sync.refused import refused_steps
from tests.sync.conftest import Office
from tests.sync.world import PEOPLE, TENANT, Clerk, Server

ANN = PEOPLE[0]
AUTUMN = date(2026, 10, 1)


@pytest.fixture
def boss(clerk: Office) -> Clerk:
    """Somebody who sees all, and keeps wages, bank accounts and national numbers to managers."""
    one = clerk("Boss", "administrator manager")
    areas = json.dumps(["wages", "bank", "national_numbers"])
    one.write(
        [
            RowChange(
                "employer_role", new_id(), None, {"employer_id": TENANT, "role": "manager", "areas": areas}
            )
        ]
    )
    return one


def started(boss: Clerk) -> int:
    """A contract with a wage, from January on."""
    values = {"person_id": ANN, "start_date": "2026-01-05", "hours_per_week": 3800}
    change = RowChange("contract", new_id(), None, {**values, "wage_type": "monthly", "wage_cents": 250050})
    boss.write([change])
    boss.change("person", ANN, iban="BE68539007547034")
    return change.id


def at_work(name: str, clerk: Office) -> Clerk:
    """A clerk whose roles see none of the three."""
    one = clerk(name)
    set_own_roles(one.store, TENANT, ["clerk"])
    return one


def test_a_new_version_of_a_contract_keeps_the_wage_that_its_author_does_not_see(
    boss: Clerk, clerk: Office, server: Server
) -> None:
    started(boss)
    boss.sync()
    ann = at_work("Ann", clerk)
    assert contracts_of(ann.store, ANN)[0].values["wage_cents"] is None
    opened = change_contract(ann.store, TENANT, ANN, AUTUMN, {"hours_per_week": 1900, "wage_cents": None})
    ann.sync()
    boss.sync()
    assert not refused_steps(ann.store, TENANT)
    assert server.rows()["contract", opened, ""]["wage"] == ["monthly", 250050]
    first, second = contracts_of(boss.store, ANN)
    assert (first.values["end_date"], second.values["hours_per_week"]) == ("2026-09-30", 1900)
    assert (second.values["wage_type"], second.values["wage_cents"]) == ("monthly", 250050)
    assert contracts_of(ann.store, ANN)[1].values["wage_cents"] is None


def test_the_wage_of_such_a_version_is_changed_without_a_conflict(boss: Clerk, clerk: Office) -> None:
    started(boss)
    boss.sync()
    ann = at_work("Ann", clerk)
    opened = change_contract(ann.store, TENANT, ANN, AUTUMN, {"hours_per_week": 1900})
    ann.sync()
    boss.sync()
    boss.change("contract", opened, wage_cents=130000)
    boss.sync()
    ann.change("contract", opened, job_title="Bakker")
    ann.sync()
    boss.sync()
    last = contracts_of(boss.store, ANN)[1].values
    assert (last["wage_cents"], last["job_title"]) == (130000, "Bakker")


def test_taking_such_a_version_back_and_making_it_again_keeps_its_wage(
    boss: Clerk, clerk: Office, server: Server
) -> None:
    started(boss)
    boss.sync()
    ann = at_work("Ann", clerk)
    opened = change_contract(ann.store, TENANT, ANN, AUTUMN, {"hours_per_week": 1900})
    ann.sync()
    boss.sync()
    boss.change("contract", opened, wage_cents=130000)
    boss.sync()
    ann.sync()
    assert undo(ann.store, TENANT)
    ann.sync()
    assert not refused_steps(ann.store, TENANT)
    assert ("contract", opened, "") not in server.rows()
    assert redo(ann.store, TENANT)
    ann.sync()
    assert server.rows()["contract", opened, ""]["wage"] == ["monthly", 130000]


def test_a_new_person_is_made_by_a_clerk_who_sees_neither_number_nor_account_nor_wage(
    boss: Clerk, clerk: Office, server: Server
) -> None:
    ann = at_work("Ann", clerk)
    boss.sync()
    ann.sync()
    new = NewPerson(
        {"number": "77", "last_name": "Peeters", "first_name": "Proef"}, {"start_date": "2026-09-01"}
    )
    made = create_person(ann.store, TENANT, new)
    ann.sync()
    boss.sync()
    assert not refused_steps(ann.store, TENANT)
    assert server.rows()["person", made, ""]["last_name"] == "Peeters"
    contract = contracts_of(boss.store, made)[0]
    assert contract.values["wage_cents"] is None
    boss.change("contract", contract.id, wage_type="monthly", wage_cents=250050)
    boss.change("person", made, iban="BE68539007547034")
    boss.sync()
    assert server.rows()["person", made, ""]["bank"][0] == "BE68539007547034"
    assert server.rows()["contract", contract.id, ""]["wage"] == ["monthly", 250050]


def test_who_sets_what_is_hidden_is_refused(boss: Clerk, clerk: Office, server: Server) -> None:
    started(boss)
    boss.sync()
    ann = clerk("Ann")
    set_own_roles(ann.store, TENANT, ["manager"])
    ann.change("person", ANN, iban="BE71096123456769")
    values = {"person_id": ANN, "start_date": "2027-01-01", "wage_type": "monthly", "wage_cents": 1}
    ann.write([RowChange("contract", new_id(), None, values)])
    ann.sync()
    assert {one.reason for one in refused_steps(ann.store, TENANT)} == {"role"}
    assert len(refused_steps(ann.store, TENANT)) == 2
    assert [key for key in server.rows() if key[0] == "contract"] != []
