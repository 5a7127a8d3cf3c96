"""People and contracts: entered, cut off half way, changed from a day, in bulk, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.desk import Desk, export, hrtui, of

pytestmark = pytest.mark.pty

LOTMAR = 1056
NEW = 1061


def test_a_new_employee_whose_form_is_cut_off_half_way_and_resumed(home: Path):
    with Desk(home) as desk:
        desk.do("<C-t>2", "People  Demo NV")
        desk.do("<C-n>", "New person  Demo NV", "! Name")
        desk.do("<enter>Testpersoon<enter>Tess<pgdn>", "New person  Testpersoon Tess")
        desk.do("<pgdn>Proefstraat<enter>12<enter><enter><enter>9000<enter>Gent<pgdn>", "✓ Address")
        desk.do("<pgdn><enter>85073003328<pgdn>", "✓ Personal")
        desk.do("01102026<enter>", "01/10/2026")
        desk.kill()
    assert of(export(home, "people", "2026-10"), NEW) == []
    with Desk(home) as desk:
        desk.do("<C-t>2<C-n>", "Testpersoon Tess")
        desk.do("<down><enter>", "New person  Testpersoon Tess", "✓ Address", "! Contract")
        assert "01/10/2026" in desk.text
        desk.do("<enter>open<enter>white<enter>", "! Contract")
        desk.do("<C-s>", "Testpersoon Tess is created.")
        desk.do("<enter>", "Testpersoon Tess  1061  Demo NV", "30/07/1985")
        desk.leave()
    (line,) = of(export(home, "people", "2026-10"), NEW)
    names = ("last_name", "first_name", "street", "postcode", "city", "birth_date")
    assert [line[name] for name in names] == [
        "Testpersoon", "Tess", "Proefstraat", "9000", "Gent", "1985-07-30",
    ]  # fmt: skip
    assert (line["contract_start"], line["contract_type"], line["worker_type"]) == (
        "2026-10-01", "open_ended", "OTH",
    )  # fmt: skip
    assert of(export(home, "people", "2026-09"), NEW) == []
    with Desk(home) as desk:
        desk.do("<C-t>2<C-n>", "New person  Demo NV", "1062")


def test_the_first_employee_of_a_new_profile_and_their_first_day_of_leave(tmp_path: Path):
    password = "een goed wachtwoord"
    init = ("init", "--employer", "Proef NV", "--country", "BE", "--password-stdin")
    hrtui(tmp_path, "--profile", "proef", *init, typed=f"{password}\n")
    with Desk(tmp_path, "proef", begins="assword") as desk:
        desk.do(f"{password}<enter>", "0 of 0 people")
        desk.do("<C-t>7", "Work schedules  Proef NV")
        desk.do("<C-n>Voltijds<C-s>", "Voltijds")
        desk.do("<C-t>2", "People  Proef NV")
        desk.do("<C-n>", "New person  Proef NV")
        desk.do("<enter>Testpersoon<enter>Tess<C-s>", "Start date")
        desk.do("01092026")
        desk.skip_to("Work schedule")
        desk.do("volt<C-s>", "Testpersoon Tess is created.")
        desk.do("<esc>", "1 of 1 person")
        desk.do("v", "Wed 16 Sep: 7:36 scheduled")
        desk.leave()
    exported = hrtui(
        tmp_path,
        "--profile",
        "proef",
        "export",
        "month",
        "2026-09",
        "--password-stdin",
        typed=f"{password}\n",
    )
    assert "Proef NV;1;Testpersoon Tess;2026-09-15;VAK;Legal holiday leave;full;456;7.60" in exported


def test_a_contract_changes_from_a_day_and_keeps_what_was_before(home: Path):
    with Desk(home) as desk:
        desk.do("<C-t>2", "People  Demo NV")
        desk.do("1056<enter>", "Beispiel Lotmar  1056")
        desk.do("<f2>1", "Change the contract from a date", "Start date")
        desk.do("21092026<enter>" + "<enter>" * 5 + "19<C-s>", "The contract is saved.")
        desk.leave()
    found = of(export(home, "people"), LOTMAR)
    assert [(one["contract_start"], one["contract_end"], one["hours_per_week"]) for one in found] == [
        ("2014-09-27", "2026-09-20", ""),
        ("2026-09-21", "", "19.00"),
    ]


@pytest.mark.parametrize(("choice", "left"), [("1", 4), ("2", 2)], ids=["kept", "deleted"])
def test_the_end_of_a_contract_lists_what_falls_outside_and_asks(home: Path, choice: str, left: int):
    before = of(export(home, "month"), LOTMAR)
    assert len(before) == 4
    with Desk(home) as desk:
        desk.do("<C-t>2", "People  Demo NV")
        desk.do("1056<delete>", "End the contract  Beispiel Lotmar")
        desk.do("04092026<C-s>", "2 things fall outside the contract", "Mon 7 Sept 2026  VAK", "Tue 8 Sept")
        assert of(export(home, "month"), LOTMAR) == before
        desk.do(choice, "The contract ends on 4 Sept 2026.")
        assert len(of(export(home, "month"), LOTMAR)) == left
        assert [one["contract_end"] for one in of(export(home, "people"), LOTMAR)] == ["2026-09-04"]
        assert of(export(home, "people", "2026-10"), LOTMAR) == []
        desk.do("<C-z>", "Undone: ")
        desk.leave()
    assert of(export(home, "month"), LOTMAR) == before
    assert [one["contract_end"] for one in of(export(home, "people"), LOTMAR)] == [""]


def test_team_and_schedule_for_everybody_of_a_team_at_once(home: Path):
    team = [one["number"] for one in export(home, "people") if one["team"] == "Transport"]
    assert len(team) == 4
    with Desk(home) as desk:
        desk.do("<C-t>2transport", "Find: transport")
        desk.do("<f6><f4>", "Change 4 people")
        desk.do("verkoop<enter>voltijds 38<enter>01102026<enter>", "4 people are changed.")
        desk.leave()
    moved = {one["number"]: one for one in export(home, "people", "2026-10")}
    assert {moved[number]["team"] for number in team} == {"Verkoop"}
    assert {moved[number]["schedule"] for number in team} == {"Voltijds 38 u"}
    september = {one["number"]: one["schedule_from"] for one in export(home, "people")}
    assert not [number for number in team if september[number] == "2026-10-01"]
    assert "Transport" not in {one["team"] for one in moved.values()}


def test_any_change_is_taken_back_from_the_history_also_an_older_one(home: Path):
    with Desk(home) as desk:
        desk.do("<C-t>2", "People  Demo NV")
        desk.do("1056<enter>", "Beispiel Lotmar  1056")
        desk.do("<pgdn>Teststraat<enter>7<enter><enter><enter>9000<enter>Gent<enter>", "Gent")
        desk.do("<f3>", "History of", "Teststraat", "9000")
        desk.do("teststraat", "Find: teststraat")
        desk.do("<enter>", "?")
        desk.do("y", "Taken back")
        desk.leave()
    (line,) = of(export(home, "people"), LOTMAR)
    assert [line[name] for name in ("street", "house_number", "postcode", "city")] == [
        "",
        "7",
        "9000",
        "Gent",
    ]
    with Desk(home) as desk:
        desk.do("<C-t>21056<f3>", "History of", "Teststraat")


def test_a_checked_month_is_no_longer_checked_after_an_edit(home: Path):
    with Desk(home) as desk:
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("!", "1 person is checked.")
        (line,) = of(export(home, "people"), LOTMAR)
        assert line["checked_by"]
        desk.do("/<down><down><down><enter>", "filter: Not yet checked · ", " of 59 people")
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("21<enter>v", "Tue 22 Sep")
        desk.do("/<down><down><down><enter>", "filter: Not yet checked · ", " of 60 people")
        desk.leave()
    assert {line["checked_by"] for line in export(home, "people")} == {""}
    with Desk(home) as desk:
        desk.do("<C-z>", "Undone: ")
        desk.leave()
    assert of(export(home, "people"), LOTMAR) == [line]


def test_two_employers_are_two_keys_apart_and_never_mixed(home: Path):
    demo = export(home, "people"), export(home, "month")
    with Desk(home) as desk:
        desk.do("&<C-n>", "New employer")
        desk.do("Ander NV<C-s>", "September 2026  Ander NV")
        desk.do("<C-t>2<C-n>", "New person  Ander NV")
        desk.do("<enter>Anders<enter>Ada<C-s>", "Start date")
        desk.do("01092026<C-s>", "Anders Ada is created.")
        desk.do("<esc>", "Ander NV  ", "1 of 1 person")
        desk.do("&2", "September 2026  Demo NV", "1 of 60 people")
        desk.do("&1", "September 2026  Ander NV", "1 of 1 person")
        desk.do("<C-z>", "Undone: ", "0 of 0 people")
        desk.do("<C-y>", "Redone: ", "1 of 1 person")
        desk.do("&2", "September 2026  Demo NV")
        desk.do("<C-z>", "There is nothing to undo")
        desk.leave()
    (line,) = export(home, "people", employer="Ander NV")
    assert (line["employer"], line["last_name"]) == ("Ander NV", "Anders")
    assert (export(home, "people"), export(home, "month")) == demo
    with Desk(home) as desk:
        desk.do("<C-t>2", "People  Demo NV")
        desk.do("anders", "Nothing here is called")
