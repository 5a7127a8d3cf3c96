"""What goes wrong between clerks and backend, one case each, and what the clerk then sees."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest

from hrtui import clock
from hrtui.domain.day import Entry, Part
from hrtui.store.changes import Change, DayChange, RowChange
from hrtui.store.employers import create_employer
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.people_index import people_list
from hrtui.store.undo import undo
from hrtui.sync import conflicts, refused, state
from hrtui.sync.conflicts import Kind
from hrtui.sync.notes import CLOCK, LATE, notes_of
from hrtui.sync.replica import Stopped
from hrtui.sync.status import status_of
from hrtui.sync_wording import note
from tests.sync.conftest import Office
from tests.sync.invariants import assert_whole
from tests.sync.world import PEOPLE, TEAM, TENANT, Clerk, Server, person_row

ANN, BOB, CEM = PEOPLE
DAY = date(2026, 9, 14)


def everybody(*staff: Clerk) -> None:
    """Exchange until all have everything."""
    for one in (*staff, *staff):
        one.sync()


def test_two_new_people_with_one_number_are_both_kept(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    first, second = person_row(0, "7"), person_row(0, "7")
    ann.write([first])
    bob.write([second, DayChange(second.id, DAY, (), (Entry(bob.kind("v"), 456),))])
    everybody(ann, bob)
    assert ann.rows() == bob.rows() == server.rows()
    assert_whole(bob, server)
    numbers = {id_: bob.rows()["person", id_, ""]["number"] for id_ in (first.id, second.id)}
    assert numbers == {first.id: "7", second.id: "7-2"}
    assert [one.unit for one in conflicts.conflicts(bob.store, TENANT)] == ["number"]
    assert bob.entries(second.id, DAY)


def test_a_step_on_a_deleted_team_is_refused_with_its_reason(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    row = ann.store.con.execute("SELECT employer_id, name, manager_id FROM team").fetchone()
    ann.write(
        [RowChange("team", TEAM, dict(zip(("employer_id", "name", "manager_id"), row, strict=True)), None)]
    )
    bob.change("person", ANN, team_id=TEAM)
    ann.sync()
    everybody(bob, ann)
    assert bob.rows() == server.rows()
    (step,) = refused.refused_steps(bob.store, TENANT)
    assert "deleted" in step.why
    refused.let_go(bob.store, step.uid)
    assert not refused.refused_steps(bob.store, TENANT)
    assert refused.refused_steps(bob.store, TENANT, refused.LET_GO)


def test_entries_of_somebody_who_was_deleted_are_refused_and_cannot_be_tried_again(
    clerk: Office, server: Server
) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    new = person_row(0, "9")
    ann.write([new])
    everybody(ann, bob)
    bob.write([DayChange(new.id, DAY, (), (Entry(bob.kind("v"), 456),))])
    undo(ann.store, TENANT)
    everybody(ann, bob)
    assert ann.rows() == bob.rows() == server.rows()
    (step,) = refused.refused_steps(bob.store, TENANT)
    assert step.why == "What this is about was deleted by somebody else."
    with pytest.raises(StoreError, match="was deleted by somebody else"):
        refused.try_again(bob.store, TENANT, step.uid)
    assert refused.refused_steps(bob.store, TENANT) == [step]


def test_a_role_is_refused_and_tried_again_with_another(clerk: Office, server: Server) -> None:
    ann = clerk("Ann", "auditor")
    ann.enter(ANN, DAY, Entry(ann.kind("v"), 456))
    ann.sync()
    assert ann.entries(ANN, DAY) == ()
    (step,) = refused.refused_steps(ann.store, TENANT)
    assert (step.reason, step.rows) == ("role", (("day", ANN, DAY.isoformat()),))
    with server.database.transaction(None) as con:
        con.execute("UPDATE membership SET roles = 'clerk'")
    refused.try_again(ann.store, TENANT, step.uid)
    ann.sync()
    assert server.rows()["day", ANN, DAY.isoformat()]["entries"]


def test_a_late_edit_of_a_forwarded_month_is_kept_beside_it(clerk: Office, server: Server) -> None:
    ann = clerk("Ann")
    ann.enter(ANN, DAY, Entry(ann.kind("v"), 456))
    server.lock(ANN, "2026-09")
    ann.sync()
    assert ann.entries(ANN, DAY) == ()
    kept = ann.store.con.execute("SELECT person_id, month, date, new, state FROM correction").fetchone()
    assert kept[:3] == (ANN, "2026-09", DAY.isoformat())
    assert json.loads(kept[3])[0][1] == 456
    assert kept[4] == "open"
    status = status_of(ann.store, TENANT)
    assert status is not None
    assert status.late == 1
    assert "1 to decide" in note(status)[0]
    (told,) = notes_of(ann.store, TENANT)
    assert (told.what, told.count, told.labels) == (LATE, 1, ("Ann enters",))
    assert undo(ann.store, TENANT) is None


def test_a_check_that_did_not_see_an_edit_is_taken_away(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    check = {"person_id": ANN, "month": "2026-09", "actor": "Ann", "at": "2026-09-30 10:00:00.000000"}
    ann.write([RowChange("month_check", new_id(), None, check)])
    bob.enter(ANN, DAY, Entry(bob.kind("v"), 456))
    everybody(ann, bob, ann)
    assert not [key for key in server.rows() if key[0] == "month_check"]
    assert ann.rows() == bob.rows() == server.rows()


def test_a_deletion_meets_an_edit_and_both_are_offered(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    row = ann.store.con.execute("SELECT employer_id, name, manager_id FROM team").fetchone()
    bob.change("team", TEAM, name="Winkel")
    ann.write(
        [RowChange("team", TEAM, dict(zip(("employer_id", "name", "manager_id"), row, strict=True)), None)]
    )
    everybody(bob, ann, bob)
    for one in (ann, bob):
        (open_,) = conflicts.conflicts(one.store, TENANT)
        assert open_.kind is Kind.DELETE
        assert open_.stands["name"] == "Winkel"
    conflicts.take(ann.store, TENANT, conflicts.conflicts(ann.store, TENANT)[0], None)
    everybody(ann, bob)
    assert not [key for key in bob.rows() if key[0] == "team"]
    assert not conflicts.conflicts(bob.store, TENANT)


@pytest.mark.parametrize("how", ["mine", "theirs", "both"])
def test_a_conflict_is_decided_by_one_step(how: str, clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    leave, ill = Entry(ann.kind("v"), 228), Entry(ann.kind("z"), 228)
    ann.enter(ANN, DAY, leave)
    bob.enter(ANN, DAY, ill)
    everybody(ann, bob)
    (open_,) = conflicts.conflicts(bob.store, TENANT)
    assert (open_.actor, open_.candidates[0].actor) == ("Ann", "Bob")
    if how == "theirs":
        conflicts.keep(bob.store, TENANT, open_)
    else:
        both = conflicts.together(open_)
        conflicts.take(bob.store, TENANT, open_, both if how == "both" else open_.candidates[0].value)
    wanted = {"mine": (ill,), "theirs": (leave,), "both": (leave, ill)}[how]
    assert bob.entries(ANN, DAY) == wanted
    assert not conflicts.conflicts(bob.store, TENANT)
    everybody(bob, ann)
    assert ann.entries(ANN, DAY) == wanted
    assert not conflicts.conflicts(ann.store, TENANT)
    assert not [one for one in server.records("conflict").values() if one["open"]]
    assert_whole(ann, server)


def test_a_big_step_goes_in_parts_and_is_undone_whole(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    leave = (Entry(ann.kind("v"), 456),)
    days: list[Change] = [DayChange(ANN, DAY + timedelta(n), (), leave) for n in range(11)]
    ann.write(days)
    everybody(ann, bob)
    assert sum(key[0] == "day" for key in bob.rows()) == 11
    assert len(server.receipts()) == 3
    undo(ann.store, TENANT)
    everybody(ann, bob)
    assert not [key for key in bob.rows() if key[0] == "day"]
    assert_whole(ann, server)


def test_a_copied_database_becomes_a_device_of_its_own(clerk: Office, server: Server) -> None:
    ann = clerk("Ann")
    device = state.load(ann.store, TENANT).device_id  # type: ignore[union-attr]
    ann.store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = Path(str(ann.folder) + "-copy")
    shutil.copytree(ann.folder, copy)
    twin = Clerk("Twin", ann.token, copy, server)
    ann.enter(ANN, DAY, Entry(ann.kind("v"), 456))
    twin.enter(BOB, DAY, Entry(ann.kind("v"), 456))
    everybody(ann, twin)
    assert ann.rows() == twin.rows() == server.rows()
    assert state.load(ann.store, TENANT).device_id == device  # type: ignore[union-attr]
    assert state.load(twin.store, TENANT).device_id != device  # type: ignore[union-attr]
    twin.close()


def test_a_protocol_that_is_too_old_stops_and_says_so(clerk: Office) -> None:
    ann = clerk("Ann")
    ann.replica.api._client.headers["Hrtui-Protocol"] = "0"
    with pytest.raises(Stopped, match="protocol"):
        ann.replica.exchange()
    assert ann.enter(ANN, DAY, Entry(ann.kind("v"), 456)).step_id


def test_a_clock_that_is_wrong_is_told(clerk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = clerk("Ann")
    real = clock.now

    def answered(request: httpx2.Request) -> httpx2.Response:
        answer = ann.server.transport.handle_request(request)
        body = json.loads(answer.content)
        body["time"] = (real() - timedelta(hours=2)).isoformat()
        return httpx2.Response(200, json=body, request=request)

    ann.replica.api._client._transport = httpx2.MockTransport(answered)
    ann.replica.exchange()
    status = status_of(ann.store, TENANT)
    assert status is not None
    assert status.clock_differs
    assert 7190 < status.skew < 7210
    (note,) = notes_of(ann.store, TENANT)
    assert (note.what, note.count) == (CLOCK, status.skew)
    ann.sync()
    assert len(notes_of(ann.store, TENANT)) == 1


def test_an_employer_that_was_local_goes_to_the_backend_with_all_its_steps(
    clerk: Office, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backend has but the employer's own row, as `hrtui admin` makes it."""
    ann = clerk("Ann", synced=False)
    ids = iter([TENANT])
    monkeypatch.setattr("hrtui.store.employers.new_id", lambda: next(ids, 0) or new_id())
    create_employer(ann.store, "Voorbeeld NV", "BE", "nl", 2026)
    mine = person_row(0, "99")
    ann.write([mine])
    ann.sync()
    assert ann.rows() == server.rows()
    assert ("person", mine.id, "") in server.rows()
    assert_whole(ann, server)


def test_lists_in_memory_see_what_the_backend_brought(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob", synced=False)
    assert not people_list(bob.store, TENANT)
    bob.sync()
    assert len(people_list(bob.store, TENANT, out_of_service=True)) == 3
    ann.change("person", ANN, last_name="Anders", sort_name="x", search_text="y")
    everybody(ann, bob)
    assert people_list(bob.store, TENANT, "anders", out_of_service=True)[0].id == ANN


def test_roles_that_change_bring_and_take_rows(clerk: Office, server: Server) -> None:
    boss, ann = clerk("Boss", "administrator manager"), clerk("Ann")
    boss.change("person", ANN, iban="BE68539007547034")
    everybody(boss, ann)
    assert ann.rows()["person", ANN, ""]["bank"][0]
    role = {"employer_id": TENANT, "role": "manager", "areas": json.dumps(["bank"])}
    boss.write([RowChange("employer_role", new_id(), None, role)])
    ann.change("person", ANN, phone="+32470000000")
    everybody(boss, ann)
    assert ann.rows()["person", ANN, ""]["bank"] == ["", ""]
    assert server.rows()["person", ANN, ""]["bank"][0]
    assert server.rows()["person", ANN, ""]["phone"] == "+32470000000"


def test_a_change_of_a_deleted_row_can_bring_it_back_whole(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    person = person_row(0, "7")
    ann.write([person])
    everybody(ann, bob)
    found = ann.store.con.execute("SELECT * FROM person WHERE id = ?", (person.id,))
    names = [column[0] for column in found.description]
    row = dict(zip(names, found.fetchone(), strict=True))
    del row["id"]
    ann.write([RowChange("person", person.id, row, None)])
    bob.change("person", person.id, phone="+32470000000")
    everybody(ann, bob, ann)
    assert ("person", person.id, "") not in bob.rows()
    (open_,) = conflicts.conflicts(ann.store, TENANT)
    assert (open_.kind, open_.unit, open_.stands) == (Kind.DELETED, "phone", None)
    conflicts.take(bob.store, TENANT, conflicts.conflicts(bob.store, TENANT)[0], "+32470000000")
    everybody(bob, ann)
    back = ann.rows()["person", person.id, ""]
    assert (back["last_name"], back["phone"]) == ("7", "+32470000000")
    assert ann.rows() == bob.rows() == server.rows()
    assert not conflicts.conflicts(ann.store, TENANT)


def test_a_deletion_that_stands_can_be_kept(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    row = {"employer_id": TENANT, "name": "Bakkerij", "manager_id": None}
    ann.write([RowChange("team", TEAM, row, None)])
    bob.change("team", TEAM, name="Winkel")
    everybody(ann, bob, ann)
    conflicts.keep(bob.store, TENANT, conflicts.conflicts(bob.store, TENANT)[0])
    everybody(bob, ann)
    assert not [key for key in server.rows() if key[0] == "team"]
    assert not conflicts.conflicts(ann.store, TENANT)
    assert not conflicts.conflicts(bob.store, TENANT)


def test_reading_all_anew_writes_only_what_differs(clerk: Office, server: Server) -> None:
    ann = clerk("Ann")
    leave, ill = ann.kind("v"), ann.kind("z")
    for number in range(1, 6):
        ann.enter(
            ANN, date(2026, 10, number), Entry(leave, 228, Part.MORNING), Entry(ill, 228, Part.AFTERNOON)
        )
    ann.enter(BOB, date(2026, 10, 6), Entry(leave, 456))
    ann.change("person", BOB, phone="+32470000000")
    ann.sync()
    con = ann.store.con
    con.execute("UPDATE calendar_entry SET minutes = 60 WHERE date = '2026-10-02' AND slot = 1")
    con.execute("DELETE FROM calendar_entry WHERE date = '2026-10-03'")
    con.execute("UPDATE calendar_entry SET date = '2026-10-09' WHERE date = '2026-10-06'")
    con.execute("UPDATE person SET phone = '' WHERE id = ?", (BOB,))
    before = con.execute("SELECT max(step_id) FROM operation").fetchone()[0]
    con.execute("UPDATE sync_state SET needs_snapshot = 1, snapshot = NULL")
    ann.sync()
    assert ann.rows() == server.rows()
    written = con.execute(
        "SELECT entity, coalesce(date, '') FROM operation WHERE step_id > ? ORDER BY 1, 2", (before,)
    ).fetchall()
    days = ("2026-10-02", "2026-10-03", "2026-10-06", "2026-10-09")
    assert written == [*(("day", day) for day in days), ("person", "")]


def test_a_program_that_knows_more_rows_reads_all_anew(clerk: Office, server: Server) -> None:
    ann = clerk("Ann")
    ann.enter(ANN, DAY, Entry(ann.kind("v"), 456))
    ann.store.con.execute("DELETE FROM team")
    ann.store.con.execute("UPDATE sync_state SET schema_v = 1")
    ann.sync()
    assert ann.rows() == server.rows()
    assert ("team", TEAM, "") in ann.rows()
