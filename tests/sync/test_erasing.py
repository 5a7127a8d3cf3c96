"""A person who was erased at the backend leaves every clerk's file: rows, history, edits and documents."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hrtui.backend.personal import ledger
from hrtui.backend.sync.tenants import OPERATOR, write_rows
from hrtui.backend.sync.writing import Key
from hrtui.domain.day import Entry
from hrtui.domain.sickness.reporting import Report
from hrtui.domain.sync.units import ENTITIES
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness.desk import Desk, case_desk
from hrtui.store.sickness.documents import Folder, add_document, content_of
from hrtui.store.sickness.report import report_sick
from hrtui.store.undo import undo
from hrtui.sync.notes import ERASED, notes_of
from tests.sync.conftest import Office
from tests.sync.guests import erase, everything
from tests.sync.invariants import assert_whole
from tests.sync.world import PEOPLE, TEAM, TENANT, Clerk, Server, table_defaults

ANN, BOB, CEM = PEOPLE
DAY = date(2026, 9, 14)
SECRET = "Onvindbaar"
BOTH = "clerk case_manager"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")


def _service_of(person_id: int) -> dict[Key, dict[str, Any]]:
    """A contract and a schedule, without which nobody can be reported ill."""
    weeks = {"name": "Full", "cycle_start": "2020-01-06", "weeks": json.dumps([[456] * 5 + [0] * 2])}
    since = {"person_id": person_id, "schedule_id": 51, "valid_from": "2020-01-01"}
    given: dict[Key, dict[str, Any]] = {
        ("work_schedule", 51, ""): weeks,
        ("contract", 52, ""): {"person_id": person_id, "start_date": "2020-01-01"},
        ("schedule_assignment", 53, ""): since,
    }
    return {
        key: dict(ENTITIES[key[0]].to_units(table_defaults(key[0]) | columns))
        for key, columns in given.items()
    }


def with_a_past(ann: Clerk, tmp_path: Path) -> tuple[Desk, int]:
    """Let a person have leave, a name, a case with a file; a case manager's desk and the file's id."""
    with ann.server.database.transaction(TENANT) as con:
        write_rows(con, TENANT, OPERATOR, _service_of(ANN), "made")
    ann.sync()
    set_own_roles(ann.store, TENANT, ["case_manager"])
    desk = case_desk(ann.store, TENANT)
    ann.change("person", ANN, last_name=SECRET, search_text=SECRET, sort_name=SECRET)
    ann.change("team", TEAM, manager_id=ANN)
    ann.enter(ANN, DAY.replace(day=1), Entry(ann.kind("v"), 456))
    ann.enter(BOB, DAY, Entry(ann.kind("v"), 456))
    case_id = report_sick(desk, ANN, Report(DAY)).case_id
    file = tmp_path / f"{SECRET}.pdf"
    file.write_bytes(b"%PDF-1.7\n" + SECRET.encode())
    document_id = add_document(desk, case_id, Folder.OTHER, file)
    assert SECRET.encode() in content_of(desk, document_id)
    ann.sync()
    return desk, document_id


def test_a_person_leaves_every_file(clerk: Office, server: Server, tmp_path: Path) -> None:
    ann, bob = clerk("Ann", BOTH), clerk("Bob", BOTH)
    with_a_past(ann, tmp_path)
    bob.sync()
    bob.change("person", ANN, phone="+32470000000")
    ann.change("person", ANN, phone="+32470000001")
    for one in (bob, ann, bob):
        one.sync()
    assert everything(ann).count(SECRET) > 5
    assert list((ann.folder / "files").rglob("*.*")) or list((ann.folder / "files").rglob("?" * 64))
    erase(server, ANN)
    for one in (ann, bob):
        one.sync()
        left = everything(one)
        assert SECRET not in left
        assert "+3247000000" not in left
        assert not [path for path in (one.folder / "files").rglob("*") if path.is_file()]
        assert_whole(one, server)
        assert one.entries(BOB, DAY)
    assert ann.rows() == bob.rows()
    assert undo(ann.store, TENANT) is not None
    assert ann.entries(BOB, DAY) == ()


def test_edits_on_their_way_are_refused_and_go_too(clerk: Office, server: Server, tmp_path: Path) -> None:
    ann, bob = clerk("Ann", BOTH), clerk("Bob", BOTH)
    with_a_past(ann, tmp_path)
    bob.sync()
    erase(server, ANN)
    bob.change("person", ANN, first_name=SECRET + "2")
    bob.enter(ANN, DAY, Entry(bob.kind("v"), 60))
    bob.enter(CEM, DAY, Entry(bob.kind("v"), 120))
    bob.sync()
    assert bob.store.con.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
    assert SECRET not in everything(bob)
    assert [(note.what, note.count) for note in notes_of(bob.store, TENANT)] == [(ERASED, 2)]
    assert bob.entries(CEM, DAY)
    assert_whole(bob, server)
    with server.database.transaction(TENANT, read_only=True) as con:
        parked = con.all("SELECT op, label FROM parked WHERE tenant_id = ?", TENANT)
    assert len(parked) == 2
    assert SECRET not in str(parked)


def test_who_reads_everything_anew_forgets_too(clerk: Office, server: Server, tmp_path: Path) -> None:
    ann = clerk("Ann", BOTH)
    with_a_past(ann, tmp_path)
    erase(server, ANN)
    ann.store.con.execute("UPDATE sync_state SET needs_snapshot = 1, snapshot = NULL")
    ann.sync()
    assert SECRET not in everything(ann)
    assert_whole(ann, server)
    fresh = clerk("Cleo", BOTH)
    assert_whole(fresh, server)
    assert not fresh.store.con.execute("SELECT 1 FROM person WHERE id = ?", (ANN,)).fetchone()


def test_cases_go_alone_and_the_calendar_stays(clerk: Office, server: Server, tmp_path: Path) -> None:
    ann = clerk("Ann", BOTH)
    with_a_past(ann, tmp_path)
    erase(server, ANN, cases_only=True)
    ann.sync()
    for table in ("sickness_case", "sickness_progress", "sickness_document"):
        assert ann.store.con.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert f"{SECRET}.pdf" not in everything(ann)
    assert ann.entries(ANN, DAY.replace(day=1))
    assert_whole(ann, server)


def test_no_older_backup_brings_the_person_back(clerk: Office, server: Server, tmp_path: Path) -> None:
    ann, bob = clerk("Ann", BOTH), clerk("Bob", BOTH)
    server.backup()
    with_a_past(ann, tmp_path)
    bob.sync()
    server.backup()
    erase(server, ANN)
    for backup in (1, 0):
        server.restore(backup)
        assert ledger.erase_again(server.config(), server.database) == 1
        for one in (bob, ann, bob):
            one.sync()
            assert SECRET not in everything(one)
            assert_whole(one, server)
        assert ANN not in {key[1] for key in server.rows()}
        with server.database.transaction(TENANT, read_only=True) as con:
            kept = con.all("SELECT units FROM row_state WHERE tenant_id = ?", TENANT)
            kept += con.all("SELECT op FROM parked WHERE tenant_id = ?", TENANT)
        assert SECRET not in str(kept)
