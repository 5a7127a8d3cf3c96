"""A person's record: changed field by field, created in one step, drafts, duplicates and history."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui import record_wording
from hrtui.domain.identity.problem import Value
from hrtui.domain.person_fields import PERSON_FIELDS
from hrtui.domain.record_field import Field
from hrtui.domain.week_editor import WeekDraft
from hrtui.store import drafts, record_history
from hrtui.store.duplicates import Candidate, Match, find_duplicates
from hrtui.store.employers import create_employer
from hrtui.store.errors import StoreError
from hrtui.store.people_index import people_list
from hrtui.store.person_records import (
    NewPerson,
    change_field,
    create_person,
    person_record,
    suggested_number,
)
from hrtui.store.record_history import What, link_names, rows_of_person, take_back
from hrtui.store.record_history import record_history as history
from hrtui.store.rows import StaleError
from hrtui.store.schedule_records import create_schedule
from hrtui.store.teams import create_team
from hrtui.store.undo import redo, undo
from tests.store.conftest import Office


def field(name: str) -> Field:
    return next(one for one in PERSON_FIELDS if one.name == name)


def change(office: Office, person_id: int, name: str, old: object, new: object) -> int | None:
    return change_field(office.store, office.employer_id, person_id, field(name), old, new)  # type: ignore[arg-type]


def found(office: Office, text: str) -> list[str]:
    return [line.name for line in people_list(office.store, office.employer_id, text)]


def test_a_record_holds_contracts_and_schedules_in_date_order(office: Office):
    person_id = office.add_person("An", "Voorbeeld", number="1001")
    record = person_record(office.store, office.employer_id, person_id)
    assert record.name == "Voorbeeld An"
    assert record.values["number"] == "1001"
    assert [one.values["start_date"] for one in record.contracts] == ["2020-01-01"]
    assert len(record.assignments) == 1


def test_nobody_elses_record_is_read(office: Office):
    person_id = office.add_person("An", "Voorbeeld")
    with pytest.raises(StoreError):
        person_record(office.store, office.employer_id + 2, person_id)


def test_a_field_is_one_undo_step_named_without_its_value(office: Office):
    person_id = office.add_person("An", "Voorbeeld")
    change(office, person_id, "national_number", "", "93051822361")
    record = person_record(office.store, office.employer_id, person_id)
    assert record.values["national_number"] == "93051822361"
    undone = undo(office.store, office.employer_id)
    assert undone is not None
    assert undone.label == "National number of Voorbeeld An"
    assert person_record(office.store, office.employer_id, person_id).values["national_number"] == ""


def test_a_new_name_is_found_and_the_old_one_is_not_until_undo(office: Office):
    person_id = office.add_person("An", "Voorbeeld")
    change(office, person_id, "last_name", "Voorbeeld", "Özgür")
    assert found(office, "ozg") == ["Özgür An"]
    assert found(office, "voorb") == []
    undo(office.store, office.employer_id)
    assert found(office, "voorb") == ["Voorbeeld An"]


def test_a_field_that_changed_elsewhere_is_not_overwritten(office: Office):
    person_id = office.add_person("An", "Voorbeeld")
    other = office.open_again("Clerk Two")
    change_field(other, office.employer_id, person_id, field("city"), "", "Gent")
    other.close()
    with pytest.raises(StaleError):
        change(office, person_id, "city", "", "Brugge")
    assert person_record(office.store, office.employer_id, person_id).values["city"] == "Gent"
    assert change(office, person_id, "city", "Gent", "Gent") is None


@pytest.mark.parametrize(("name", "value"), [("number", "1001"), ("national_number", "93051822361")])
def test_two_people_never_share_a_number(office: Office, name, value):
    create_person(office.store, office.employer_id, NewPerson(WHOLE["person"]))
    other = office.add_person("Bo", "Ander", number="2002")
    with pytest.raises(StoreError, match="Voorbeeld An"):
        change(office, other, name, "2002" if name == "number" else "", value)


WHOLE: dict[str, dict[str, Value]] = {
    "person": {
        "number": "1001", "first_name": "An", "last_name": "Voorbeeld", "birth_date": "1993-05-18",
        "national_number": "93051822361", "civil_status": "single",
    },
    "contract": {"start_date": "2026-10-01", "worker_status": "employee", "worker_type": "OTH"},
}  # fmt: skip


def new_person(office: Office, draft_id: int | None = None) -> NewPerson:
    office.add_person("Eerste", "Persoon", number="1000")
    row = office.store.con.execute("SELECT id FROM work_schedule").fetchone()
    return NewPerson(WHOLE["person"], WHOLE["contract"], row[0], draft_id=draft_id)


def test_a_person_is_created_with_all_in_one_step(office: Office):
    data = {"person": WHOLE["person"], "step": 3}
    draft_id = drafts.save_draft(office.store, office.employer_id, "Voorbeeld An", "contract", data)
    person_id = create_person(office.store, office.employer_id, new_person(office, draft_id))
    record = person_record(office.store, office.employer_id, person_id)
    assert record.contracts[0].values["worker_type"] == "OTH"
    assert record.assignments[0].values["valid_from"] == "2026-10-01"
    assert drafts.drafts(office.store, office.employer_id) == []
    assert found(office, "voorbeeld") == ["Voorbeeld An"]
    undone = undo(office.store, office.employer_id)
    assert undone is not None
    assert undone.skipped == 0
    assert found(office, "voorbeeld") == []
    assert drafts.drafts(office.store, office.employer_id)[0].data == data
    redo(office.store, office.employer_id)
    assert len(person_record(office.store, office.employer_id, person_id).contracts) == 1


def test_nothing_links_to_another_employer(office: Office):
    other = create_employer(office.store, "Ander NV", "BE", "nl", 2026)
    team_id = create_team(office.store, other, "Winkel")
    schedule_id = create_schedule(
        office.store, other, WeekDraft("Hun rooster", date(2026, 9, 14), ((456,) * 7,))
    )
    person_id = office.add_person("An", "Model")
    with pytest.raises(StoreError):
        change(office, person_id, "team_id", None, team_id)
    for new in (
        NewPerson(WHOLE["person"] | {"team_id": team_id}),
        NewPerson(WHOLE["person"], WHOLE["contract"], schedule_id),
    ):
        with pytest.raises(StoreError):
            create_person(office.store, office.employer_id, new)
    assert found(office, "voorbeeld") == []


def test_the_next_number_is_suggested(office: Office):
    assert suggested_number(office.store, office.employer_id) == "1"
    office.add_person("An", "Voorbeeld", number="0099")
    office.add_person("Bo", "Voorbeeld", number="A-500")
    assert suggested_number(office.store, office.employer_id) == "100"


def test_drafts_are_kept_resumed_and_dropped_without_undo(office: Office):
    store, employer_id = office.store, office.employer_id
    draft_id = drafts.save_draft(store, employer_id, "An", "name", {"first_name": "An"})
    again = drafts.save_draft(store, employer_id, "An", "address", {"first_name": "An"}, draft_id=draft_id)
    assert again == draft_id
    assert [(one.step, one.data) for one in drafts.drafts(store, employer_id)] == [
        ("address", {"first_name": "An"})
    ]
    assert undo(store, employer_id) is None
    drafts.discard_draft(store, employer_id, draft_id)
    assert drafts.drafts(store, employer_id) == []
    with pytest.raises(StoreError):
        drafts.save_draft(store, employer_id, "An", "done", {}, draft_id=draft_id)


def test_an_invitation_waits_apart_from_drafts(office: Office):
    store, employer_id = office.store, office.employer_id
    drafts.prepare_invitation(store, employer_id, "Voorbeeld An", "an@example.org", "nl")
    assert drafts.drafts(store, employer_id) == []
    (waiting,) = drafts.drafts(store, employer_id, drafts.INVITATION)
    assert waiting.data["email"] == "an@example.org"


def matches(office: Office, **wanted: str) -> dict[str, frozenset[Match]]:
    found = find_duplicates(office.store, office.employer_id, Candidate(**wanted), "2026-09-14")
    return {one.name: one.matches for one in found}


def test_duplicates_by_number_name_and_national_number(office: Office):
    create_person(office.store, office.employer_id, NewPerson(WHOLE["person"], WHOLE["contract"]))
    who = "Voorbeeld An"
    assert matches(office, number="1001") == {who: {Match.NUMBER}}
    assert matches(office, national_number="93051822361") == {who: {Match.NATIONAL_NUMBER}}
    born = {"birth_date": "1993-05-18"}
    assert matches(office, first_name="An", last_name="Voorbeeld", **born) == {
        who: {Match.NAME_AND_BIRTH_DATE}
    }
    assert matches(office, first_name="voorbeeld", last_name="àn", **born) == {
        who: {Match.NAME_AND_BIRTH_DATE}
    }
    assert matches(office, first_name="An", last_name="Voorbeld", **born) == {
        who: {Match.NAME_AND_BIRTH_DATE}
    }
    assert matches(office, first_name="An", last_name="Voorbeeld") == {who: {Match.NAME}}
    other_day = {"birth_date": "1993-05-19"}
    assert matches(office, first_name="An", last_name="Voorbeeld", **other_day) == {}
    assert matches(office, first_name="Piet", last_name="Ander", **born) == {}
    assert matches(office) == {}


def test_duplicates_are_found_among_those_who_left(office: Office):
    office.add_person("An", "Voorbeeld", number="7", end=date(2021, 1, 1))
    (left,) = find_duplicates(office.store, office.employer_id, Candidate(number="7"), "2026-09-14")
    assert left.out_of_service
    ignored = find_duplicates(
        office.store, office.employer_id, Candidate(number="7"), "2026-09-14", ignoring=left.person_id
    )
    assert ignored == []


def test_the_history_tells_fields_and_takes_one_back(office: Office):
    store, employer_id = office.store, office.employer_id
    person_id = office.add_person("An", "Voorbeeld")
    change(office, person_id, "last_name", "Voorbeeld", "Model")
    change(office, person_id, "city", "", "Gent")
    lines = history(store, [("person", person_id)])
    assert [(line.what, line.column) for line in lines] == [
        (What.CHANGED, "city"),
        (What.CHANGED, "last_name"),
        (What.CREATED, ""),
    ]
    named = lines[1]
    assert named.field is not None
    assert named.field.label == "Last name"
    assert (named.old, named.new, named.actor, named.current) == ("Voorbeeld", "Model", "Clerk One", True)
    take_back(store, employer_id, named.step_id, named.seq, "last_name")
    assert found(office, "voorbeeld") == ["Voorbeeld An"]
    assert person_record(store, employer_id, person_id).values["city"] == "Gent"
    newest = history(store, [("person", person_id)])[0]
    assert (newest.column, newest.old, newest.new) == ("last_name", "Model", "Voorbeeld")
    undo(store, employer_id)
    assert found(office, "model") == ["Model An"]


def test_a_person_who_was_made_by_mistake_goes_with_the_contract(office: Office):
    store, employer_id = office.store, office.employer_id
    person_id = create_person(store, employer_id, NewPerson(WHOLE["person"], WHOLE["contract"]))
    lines = history(store, rows_of_person(store, person_id))
    made = next(line for line in lines if line.row == ("person", person_id))
    take_back(store, employer_id, made.step_id, made.seq)
    gone = history(store, rows_of_person(store, person_id))
    assert {line.row[0] for line in gone if line.what is What.DELETED} == {"person", "contract"}
    with pytest.raises(StoreError):
        person_record(store, employer_id, person_id)
    undo(store, employer_id)
    assert person_record(store, employer_id, person_id).values["last_name"] == WHOLE["person"]["last_name"]
    team_id = create_team(store, employer_id, "Winkel")
    change(office, person_id, "team_id", WHOLE["person"].get("team_id"), team_id)
    made = next(line for line in history(store, [("team", team_id)]) if line.what is What.CREATED)
    with pytest.raises(StoreError, match="something entered later depends on it"):
        take_back(store, employer_id, made.step_id, made.seq)


def test_a_change_that_was_changed_again_is_not_taken_back(office: Office):
    store, employer_id = office.store, office.employer_id
    person_id = office.add_person("An", "Voorbeeld")
    change(office, person_id, "city", "", "Gent")
    first = history(store, [("person", person_id)])[0]
    change(office, person_id, "city", "Gent", "Brugge")
    assert not history(store, [("person", person_id)])[1].current
    with pytest.raises(StaleError):
        take_back(store, employer_id, first.step_id, first.seq, "city")
    with pytest.raises(StoreError):
        take_back(store, employer_id + 2, first.step_id, first.seq, "city")


def test_a_persons_history_holds_contracts_and_names_what_fields_link_to(office: Office):
    store, employer_id = office.store, office.employer_id
    person_id = office.add_person("An", "Voorbeeld")
    team_id = create_team(store, employer_id, "Winkel")
    change(office, person_id, "team_id", None, team_id)
    tables = {line.row[0] for line in history(store, rows_of_person(store, person_id))}
    assert tables == {"person", "contract", "schedule_assignment"}
    line = history(store, [("person", person_id)])[0]
    assert line.field is not None
    shown = record_wording.shown(line.field, line.new, links=link_names(store, employer_id))  # type: ignore[arg-type]
    assert shown == "Winkel"
    assert record_history.record_history(store, []) == []
