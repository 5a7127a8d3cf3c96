"""Teams: names, managers, moving people and dropping teams."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.day import Holiday
from hrtui.store.changes import write
from hrtui.store.errors import StoreError
from hrtui.store.holidays import insertion
from hrtui.store.teams import create_team, delete_team, move_people, rename_team, set_manager, team_list
from hrtui.store.undo import undo
from tests.store.conftest import Office


def lines(office: Office) -> list[tuple[str, str, int]]:
    return [(line.name, line.manager, line.people) for line in team_list(office.store, office.employer_id)]


def test_a_team_gets_people_a_manager_and_another_name(office: Office):
    store, employer_id = office.store, office.employer_id
    people = [office.add_person("Persoon", name) for name in ("Een", "Twee", "Drie")]
    shop, kitchen = create_team(store, employer_id, "Winkel"), create_team(store, employer_id, "Keuken")
    move_people(store, employer_id, people, shop)
    set_manager(store, employer_id, shop, people[0])
    rename_team(store, employer_id, kitchen, "Atelier")
    assert lines(office) == [("Atelier", "", 0), ("Winkel", "Een Persoon", 3)]
    assert move_people(store, employer_id, people, shop) is None
    move_people(store, employer_id, people[:2], None)
    undone = undo(store, employer_id)
    assert undone is not None
    assert undone.label == "2 people out of their team"
    set_manager(store, employer_id, shop, None)
    assert lines(office)[1] == ("Winkel", "", 3)


@pytest.mark.parametrize("name", ["WINKEL", " ", "w" * 41])
def test_names_that_clash_or_cannot_be(office: Office, name):
    create_team(office.store, office.employer_id, "Winkel")
    with pytest.raises(StoreError):
        create_team(office.store, office.employer_id, name)


def test_a_team_is_dropped_when_empty_or_its_people_move(office: Office):
    store, employer_id = office.store, office.employer_id
    shop, kitchen = create_team(store, employer_id, "Winkel"), create_team(store, employer_id, "Keuken")
    person_id = office.add_person("An", "Voorbeeld", team_id=shop)
    with pytest.raises(StoreError, match="1 person"):
        delete_team(store, employer_id, shop)
    delete_team(store, employer_id, shop, move_to=kitchen)
    assert lines(office) == [("Keuken", "", 1)]
    undo(store, employer_id)
    assert lines(office) == [("Keuken", "", 0), ("Winkel", "", 1)]
    delete_team(store, employer_id, kitchen)
    move_people(store, employer_id, [person_id], None)
    delete_team(store, employer_id, shop)
    assert lines(office) == []


def test_a_team_with_holidays_of_its_own_stays(office: Office):
    store, employer_id = office.store, office.employer_id
    shop = create_team(store, employer_id, "Winkel")
    day = Holiday(date(2026, 9, 14), (("en", "Fair"),))
    write(store, employer_id, "holiday", [insertion(employer_id, day, shop)])
    with pytest.raises(StoreError, match="holidays"):
        delete_team(store, employer_id, shop)


def test_people_of_another_employer_are_not_moved(office: Office):
    shop = create_team(office.store, office.employer_id, "Winkel")
    with pytest.raises(StoreError):
        move_people(office.store, office.employer_id, [12345], shop)
