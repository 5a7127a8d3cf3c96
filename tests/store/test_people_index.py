"""Finding people while typing: accents, slips, order, filters, and what other terminals write."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.store.changes import RowChange, write
from hrtui.store.contracts import contracts_of, end_contract
from hrtui.store.ids import new_id
from hrtui.store.people_index import PeopleIndex, Sort, people_list, prepare_people_list
from hrtui.store.teams import create_team, move_people, rename_team
from hrtui.store.undo import undo
from tests.store.conftest import Office

TODAY = date(2026, 9, 14)


@pytest.fixture
def index(office: Office, monkeypatch: pytest.MonkeyPatch) -> PeopleIndex:
    monkeypatch.setenv("HRTUI_TODAY", TODAY.isoformat())
    people = ["An Janssens", "Bo Janssen", "Çağla Özdemir", "Jo Jans", "Søren D'Hondt-Peeters"]
    for number, name in enumerate(people, 9):
        office.add_person(*name.split(" "), number=str(number))
    office.add_person("Oud", "Gediende", number="100", end=date(2025, 12, 31))
    office.add_person("Nog", "Nieuw", number="101", start=date(2026, 10, 1))
    return PeopleIndex(office.store, office.employer_id, TODAY)


def names(index: PeopleIndex, text: str = "", **wanted: object) -> list[str]:
    return [line.name for line in index.find(text, **wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ozdem", ["Özdemir Çağla"]),
        ("CAGLA", ["Özdemir Çağla"]),
        ("soren", ["D'Hondt-Peeters Søren"]),
        ("peet", ["D'Hondt-Peeters Søren"]),
        ("d'hondt", ["D'Hondt-Peeters Søren"]),
        ("hondt", ["D'Hondt-Peeters Søren"]),
        ("an jans", ["Janssens An", "Jans Jo", "Janssen Bo"]),
        ("an janss", ["Janssens An", "Janssen Bo", "Jans Jo"]),
        ("13", ["D'Hondt-Peeters Søren"]),
        ("ozdmir", ["Özdemir Çağla"]),
        ("ozdemri", ["Özdemir Çağla"]),
        ("zodemir", ["Özdemir Çağla"]),
        ("pet", []),
        ("xyz", []),
        ("😀", []),
        ("\x00", []),
    ],
)
def test_what_is_typed_finds(index: PeopleIndex, text, found):
    assert names(index, text) == found


def test_exact_beginnings_come_before_slips(index: PeopleIndex):
    assert names(index, "janssens") == ["Janssens An", "Janssen Bo"]
    assert names(index, "janssen") == ["Janssen Bo", "Janssens An"]
    assert names(index, "jansesn") == ["Janssen Bo", "Janssens An"]


def test_numbers_have_no_slips(index: PeopleIndex):
    assert names(index, "1o1") == []
    assert names(index, "101") == ["Nieuw Nog"]
    assert names(index, "1001") == []


def test_who_left_is_shown_on_request(index: PeopleIndex):
    assert "Gediende Oud" not in names(index)
    assert "Nieuw Nog" in names(index)
    assert "Gediende Oud" in names(index, out_of_service=True)
    (left,) = index.find("gediende", out_of_service=True)
    assert (left.out_of_service, left.end) == (True, "2025-12-31")


def test_the_list_is_sorted_both_ways(index: PeopleIndex):
    by_number = [line.number for line in index.find(sort=Sort.NUMBER)]
    assert by_number == ["9", "10", "11", "12", "13", "101"]
    assert [line.number for line in index.find(sort=Sort.NUMBER, descending=True)] == by_number[::-1]
    assert names(index, descending=True) == names(index)[::-1]
    assert names(index, sort=Sort.START)[-1] == "Nieuw Nog"
    ended = names(index, sort=Sort.END, out_of_service=True)
    assert ended[0] == "Gediende Oud"


def test_teams_are_found_filtered_and_followed(office: Office, index: PeopleIndex):
    store, employer_id = office.store, office.employer_id
    team_id = create_team(store, employer_id, "Magazijn Gent")
    who = index.find("janssens")[0].id
    move_people(store, employer_id, [who], team_id)
    index.refresh()
    assert names(index, "magaz") == ["Janssens An"]
    assert names(index, team_id=team_id) == ["Janssens An"]
    rename_team(store, employer_id, team_id, "Atelier")
    index.refresh()
    assert names(index, "magaz") == []
    assert names(index, "atelier") == ["Janssens An"]
    assert index.find("atelier")[0].team == "Atelier"


def test_what_another_terminal_writes_is_taken_in(office: Office, index: PeopleIndex):
    assert names(index, "janssens") == ["Janssens An", "Janssen Bo"]
    other = office.open_again("Clerk Two")
    who = index.find("ozd")[0].id
    values = {"last_name": "Aerts", "sort_name": "aerts cagla", "search_text": "11 aerts cagla"}
    old = {"last_name": "Özdemir", "sort_name": "ozdemir cagla", "search_text": "11  ozdemir cagla  ozdemir"}
    assert write(other, office.employer_id, "name", [RowChange("person", who, old, values)]).step_id
    other.close()
    assert index.refresh()
    assert not index.refresh()
    assert names(index, "ozd") == []
    assert names(index)[0] == "Aerts Çağla"
    undo(office.store, office.employer_id)
    index.refresh()
    assert names(index, "ozd") == ["Özdemir Çağla"]
    assert names(index)[-1] == "Özdemir Çağla"


def test_a_contract_that_ends_takes_its_person_out(office: Office, index: PeopleIndex):
    who = index.find("ozd")[0].id
    contract_id = contracts_of(office.store, who)[0].id
    end_contract(office.store, office.employer_id, contract_id, date(2026, 9, 13))
    assert index.refresh()
    assert names(index, "ozd") == []


def test_the_list_of_a_screen_is_always_what_is_stored(office: Office, index: PeopleIndex):
    def listed() -> list[str]:
        return [line.name for line in people_list(office.store, office.employer_id, "nieuw")]

    prepare_people_list(office.store, office.employer_id)
    assert listed() == ["Nieuw Nog"]
    office.add_person("Ook", "Nieuw", number="102")
    assert listed() == ["Nieuw Nog", "Nieuw Ook"]


def test_of_several_contracts_the_one_of_today_shows(office: Office, index: PeopleIndex):
    who = office.add_person("Vele", "Contracten", start=date(2026, 1, 1), end=date(2026, 12, 31))
    for start, end in (("2020-01-01", "2020-12-31"), ("2027-01-01", None), ("2021-01-01", "2021-12-31")):
        values = {"person_id": who, "start_date": start, "end_date": end}
        write(
            office.store,
            office.employer_id,
            "c",
            [RowChange("contract", new_id(), None, values)],
        )
    index.refresh()
    (line,) = index.find("contracten")
    assert (line.start, line.end) == ("2026-01-01", "2026-12-31")
