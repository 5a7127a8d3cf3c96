"""Checking months off, and the grid that shows only those who are not checked."""

from __future__ import annotations

from datetime import date

from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.store.changes import RowChange, write
from hrtui.store.check_off import check, count_checked, toggle, uncheck
from hrtui.store.checks import checked
from hrtui.store.ids import new_id
from hrtui.store.people import Filter, person_ids
from hrtui.store.undo import undo
from tests.store.conftest import Office

MAY = Month(2026, 5)


def test_many_people_are_checked_in_one_step_with_who_did_it(office: Office) -> None:
    people = [office.add_person("Ann", f"Testman{n}") for n in range(5)]
    assert check(office.store, office.employer_id, people[:3], MAY) == 3
    assert check(office.store, office.employer_id, people[:4], MAY) == 1
    assert count_checked(office.store, office.employer_id, MAY) == 4
    assert {actor for actor, _ in checked(office.store.con, people, MAY).values()} == {"Clerk One"}
    undo(office.store, office.employer_id)
    assert count_checked(office.store, office.employer_id, MAY) == 3
    assert uncheck(office.store, office.employer_id, people, MAY) == 3
    assert count_checked(office.store, office.employer_id, MAY) == 0


def test_one_key_checks_and_unchecks(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    check(office.store, office.employer_id, [ann], MAY)
    assert toggle(office.store, office.employer_id, [ann, bob], MAY) == "1 person is checked."
    assert toggle(office.store, office.employer_id, [ann, bob], MAY) == "2 people are no longer checked."
    assert toggle(office.store, office.employer_id, [], MAY)


def test_the_grid_shows_only_those_not_checked(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    check(office.store, office.employer_id, [ann], MAY)
    wanted = Filter(unchecked_only=True)
    assert bool(wanted)
    assert person_ids(office.store, office.employer_id, MAY, wanted) == [bob]
    assert person_ids(office.store, office.employer_id, MAY.shift(1), wanted) == [ann, bob]
    editor = MonthEditor(office.store, office.employer_id, MAY, today=date(2026, 5, 4), roles=frozenset())
    editor.set_filter(wanted)
    assert editor.people == [bob]


def test_the_grid_shows_one_providers_people(office: Office) -> None:
    link = new_id()
    row = {"employer_id": office.employer_id, "provider": "securex"}
    write(office.store, office.employer_id, "link", [RowChange("provider_link", link, None, row)])
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    office.store.con.execute("UPDATE person SET provider_link_id = ? WHERE id = ?", (link, bob))
    wanted = Filter(provider_link_id=link)
    assert person_ids(office.store, office.employer_id, MAY, wanted) == [bob]
    assert ann in person_ids(office.store, office.employer_id, MAY)
