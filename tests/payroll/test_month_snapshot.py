"""Snapshots are made of what stands in the database: people, contracts, calendar, pay, messages."""

from __future__ import annotations

from datetime import date

from hrtui.domain.leave_type import Category
from hrtui.domain.month import Month
from hrtui.domain.snapshot import Contract, canonical, differences, from_json
from hrtui.payroll.layouts import Header, load_layout, missing_codes, render
from hrtui.payroll.month_snapshot import employer_messages, snapshots
from hrtui.store.messages import add_message
from hrtui.store.people import person_ids
from tests.imports.office import SEPTEMBER, Office
from tests.payroll.conftest import Offices
from tests.payroll.june import HEADER
from tests.payroll.parsers import read_generic


def by_number(office: Office, month: Month = SEPTEMBER) -> dict[str, int]:
    """The ids of the people with a contract in the month, by number."""
    ids = person_ids(office.store, office.employer_id, month)
    return {
        one.person.number: id_ for id_, one in snapshots(office.store, office.employer_id, month, ids).items()
    }


def test_the_lines_of_a_month_are_its_entries_and_what_is_worked_besides(offices: Offices) -> None:
    office = offices.filled
    ids = by_number(office)
    made = snapshots(office.store, office.employer_id, SEPTEMBER, list(ids.values()))
    assert list(made) == list(ids.values())
    for number, row in office.rows().items():
        one = made[ids[number]]
        assert one.scheduled == row.totals.scheduled
        assert one.total(Category.WORKED) == row.totals.worked
        assert one.total(Category.ABSENCE) == row.totals.absent
        assert one.total(Category.OVERTIME) == row.totals.overtime
    seventh = next(day for day in made[ids["1"]].days if day.date == date(2026, 9, 7))
    assert [(line.kind.key, line.minutes) for line in seventh.lines] == [
        ("KV", 240),
        ("VAK", 216),
        ("OVU", 75),
    ]
    assert {line.kind.key for day, line in made[ids["1"]].lines() if line.pending} == {"VAK"}


def test_nothing_stands_on_days_outside_the_contract(offices: Offices) -> None:
    office = offices.filled
    ids = by_number(office)
    made = snapshots(office.store, office.employer_id, SEPTEMBER, list(ids.values()))
    assert made[ids["4"]].contracts == (Contract(date(2020, 1, 1), date(2026, 9, 15)),)
    assert max(day.date for day in made[ids["4"]].days) == date(2026, 9, 15)
    assert min(day.date for day in made[ids["3"]].days) == date(2026, 9, 10)


def test_numbers_and_codes_come_from_the_persons_provider(offices: Offices) -> None:
    office, con = offices.filled, offices.filled.store.con
    ids = by_number(office)
    con.execute("INSERT INTO provider_link (id, employer_id, provider, client_number, active)"
                " VALUES (5, ?, 'acerta', '1111111', 1)", (office.employer_id,))  # fmt: skip
    con.execute("UPDATE person SET provider_link_id = 5, provider_number = '900' WHERE number = '1'")
    con.execute("UPDATE leave_type SET provider_codes = '{\"acerta\": \"0100\"}' WHERE key <> 'KV'")
    made = snapshots(office.store, office.employer_id, SEPTEMBER, [ids["1"], ids["2"]])
    person = made[ids["1"]].person
    assert (person.provider, person.client_number, person.provider_number) == ("acerta", "1111111", "900")
    assert made[ids["2"]].person.provider == ""
    missing = missing_codes(load_layout("acerta"), [made[ids["1"]]])
    assert [(one.kind.key, one.people) for one in missing] == [("KV", 1)]


def test_messages_that_were_forwarded_do_not_go_again(offices: Offices) -> None:
    office = offices.filled
    ids = by_number(office)
    for body, person in (("About one", ids["1"]), ("Sent before", ids["1"]), ("About all", None)):
        add_message(office.store, office.employer_id, SEPTEMBER, body, person)
    office.store.con.execute("UPDATE provider_message SET state = 'forwarded' WHERE body = 'Sent before'")
    made = snapshots(office.store, office.employer_id, SEPTEMBER, [ids["1"]])[ids["1"]]
    assert [message.body for message in made.messages] == ["About one"]
    assert [one.body for one in employer_messages(office.store, office.employer_id, SEPTEMBER)] == [
        "About all"
    ]


def test_an_edit_is_told_and_editing_back_leaves_nothing(offices: Offices) -> None:
    office, con = offices.filled, offices.filled.store.con
    ids = by_number(office)
    before = snapshots(office.store, office.employer_id, SEPTEMBER, [ids["2"]])[ids["2"]]
    sent = from_json(canonical(before))
    assert sent == before
    change = "UPDATE calendar_entry SET minutes = ? WHERE person_id = ? AND date = '2026-09-14'"
    con.execute(change, (100, ids["2"]))
    after = snapshots(office.store, office.employer_id, SEPTEMBER, [ids["2"]])[ids["2"]]
    assert [(one.kind.key, one.old, one.new) for one in differences(sent, after) if one.kind] == [
        ("ZGL", 228, 100),
        ("AD", 0, 128),
    ]
    con.execute(change, (228, ids["2"]))
    assert (
        differences(sent, snapshots(office.store, office.employer_id, SEPTEMBER, [ids["2"]])[ids["2"]]) == ()
    )


def test_the_files_of_a_whole_month_hold_every_minute(offices: Offices) -> None:
    office = offices.filled
    ids = by_number(office)
    made = snapshots(office.store, office.employer_id, SEPTEMBER, list(ids.values()))
    header = Header("Voorbeeld NV", SEPTEMBER, HEADER.at)
    entries = read_generic(render(load_layout("generic"), made.values(), header)[0].content)
    for number, row in office.rows().items():
        inside = [entry for entry in entries if entry.number == number and entry.code != "OVU"]
        assert sum(entry.minutes for entry in inside) == row.totals.scheduled


def test_somebody_who_is_not_there_is_left_out(offices: Offices) -> None:
    assert snapshots(offices.filled.store, offices.filled.employer_id, SEPTEMBER, [12345]) == {}
    assert snapshots(offices.filled.store, offices.filled.employer_id, SEPTEMBER, []) == {}
