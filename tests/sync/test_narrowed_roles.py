"""Roles that show less: what they hide leaves the clerk's file, with history, undo, drafts and files."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hrtui.backend.sync.tenants import OPERATOR, write_rows
from hrtui.domain.day import Entry
from hrtui.domain.sync.transmission import Bundle
from hrtui.store.changes import RowChange
from hrtui.store.drafts import drafts, save_draft
from hrtui.store.ids import new_id
from hrtui.store.remote_transmissions import fill, to_fetch
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.remote_files import keep_sent, to_send
from hrtui.store.undo import undo
from hrtui.sync import refused
from hrtui.sync.notes import NARROWED, notes_of, take_untold
from hrtui.sync_wording import news_in_full, news_in_short
from tests.sync.conftest import Office
from tests.sync.guests import everything
from tests.sync.invariants import assert_whole
from tests.sync.test_erasing import SECRET, with_a_past
from tests.sync.world import PEOPLE, TENANT, Clerk, Server

ANN, BOB, _ = PEOPLE
DAY = date(2026, 9, 14)
FIRST, SECOND, TYPED = "BE68539007547034", "BE71096123456769", "BE43068999999501"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")


def keep_to_managers(boss: Clerk, *areas: str) -> None:
    """Let only managers see these areas."""
    role = {"employer_id": TENANT, "role": "manager", "areas": json.dumps(list(areas))}
    boss.write([RowChange("employer_role", new_id(), None, role)])
    boss.sync()


def give_roles(server: Server, roles: str) -> None:
    """Give the only clerk of the test other roles."""
    with server.database.transaction(TENANT) as con:
        con.execute("UPDATE membership SET roles = ? WHERE tenant_id = ?", roles, TENANT)


def test_values_seen_before_leave_history_undo_and_drafts(clerk: Office, server: Server) -> None:
    boss, ann = clerk("Boss", "administrator manager"), clerk("Ann")
    ann.change("person", ANN, iban=FIRST)
    ann.change("person", ANN, iban=SECOND, phone="+32470000000")
    ann.enter(BOB, DAY, Entry(ann.kind("v"), 456))
    data = {"first_name": "Nieuw", "iban": FIRST, "contract": {"wage_cents": "314159"}}
    save_draft(ann.store, TENANT, "Nieuw", "bank", data)
    ann.sync()
    assert everything(ann).count(FIRST) > 3
    keep_to_managers(boss, "bank", "wages")
    ann.sync()
    left = everything(ann)
    for value in (FIRST, SECOND, "314159"):
        assert value not in left
    assert drafts(ann.store, TENANT)[0].data["first_name"] == "Nieuw"
    assert server.rows()["person", ANN, ""]["bank"] == [SECOND, ""]
    assert_whole(ann)
    undone = undo(ann.store, TENANT)
    assert undone is not None
    assert undone.skipped == 0
    assert ann.entries(BOB, DAY) == ()
    assert undo(ann.store, TENANT) is None
    boss.sync()
    assert not notes_of(boss.store, TENANT)


def test_it_is_told_once_which_steps_undo_does_not_reach(clerk: Office, server: Server) -> None:
    boss, ann = clerk("Boss", "administrator manager"), clerk("Ann")
    ann.write([RowChange("person", ANN, {"iban": ""}, {"iban": FIRST})], "IBAN of Ann")
    ann.sync()
    keep_to_managers(boss, "bank")
    ann.sync()
    told = take_untold(ann.store, TENANT)
    assert told is not None
    assert (told.what, told.count, told.labels) == (NARROWED, 1, ("IBAN of Ann",))
    assert "1 step can no longer be undone" in news_in_short(told, "Ctrl+T y")
    assert "IBAN of Ann" in news_in_full(told)
    assert take_untold(ann.store, TENANT) is None
    ann.store.con.execute("UPDATE sync_state SET needs_snapshot = 1, snapshot = NULL")
    ann.sync()
    assert len(notes_of(ann.store, TENANT)) == 1


def test_an_edit_on_its_way_is_refused_and_only_what_was_typed_stays(clerk: Office, server: Server) -> None:
    boss, ann = clerk("Boss", "administrator manager"), clerk("Ann")
    boss.change("person", ANN, iban=FIRST)
    for one in (boss, ann):
        one.sync()
    keep_to_managers(boss, "bank")
    ann.change("person", ANN, iban=TYPED)
    ann.sync()
    (step,) = refused.refused_steps(ann.store, TENANT)
    assert step.reason == "role"
    left = everything(ann)
    assert FIRST not in left
    assert TYPED in left
    assert server.rows()["person", ANN, ""]["bank"][0] == FIRST
    assert_whole(ann)


def test_whoever_manages_no_cases_any_more_has_nothing_of_them(
    clerk: Office, server: Server, tmp_path: Path
) -> None:
    ann = clerk("Ann", "clerk case_manager")
    desk, _ = with_a_past(ann, tmp_path)
    for content in to_send(desk):
        keep_sent(desk, content)
    give_roles(server, "clerk")
    set_own_roles(ann.store, TENANT, ["clerk"])
    ann.sync()
    for table in ("sickness_case", "sickness_document", "access_log"):
        assert ann.store.con.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    operations = "SELECT count(*) FROM operation WHERE entity LIKE 'sickness%'"
    assert ann.store.con.execute(operations).fetchone() == (0,)
    assert f"{SECRET}.pdf" not in everything(ann)
    assert not [path for path in (ann.folder / "files").rglob("*") if path.is_file()]
    (note,) = notes_of(ann.store, TENANT)
    assert note.count
    assert not any("Absence" in label for label in note.labels)


def test_a_file_that_the_backend_lacks_stays_for_whoever_gets_the_role_back(
    clerk: Office, server: Server, tmp_path: Path
) -> None:
    ann = clerk("Ann", "clerk case_manager")
    with_a_past(ann, tmp_path)
    give_roles(server, "clerk")
    ann.sync()
    assert [path for path in (ann.folder / "files").rglob("*") if path.is_file()]
    give_roles(server, "clerk case_manager")
    set_own_roles(ann.store, TENANT, ["clerk", "case_manager"])
    ann.sync()
    assert to_send(case_desk(ann.store, TENANT))
    assert_whole(ann, server)


def test_a_file_that_a_restored_backend_may_lack_stays(clerk: Office, server: Server, tmp_path: Path) -> None:
    ann = clerk("Ann", "clerk case_manager")
    ann.sync()
    server.backup()
    desk, _ = with_a_past(ann, tmp_path)
    for content in to_send(desk):
        keep_sent(desk, content)
    server.restore(0)
    give_roles(server, "clerk")
    ann.sync()
    assert [path for path in (ann.folder / "files").rglob("*") if path.is_file()]


def test_what_went_to_a_provider_is_emptied_and_comes_back_with_the_role(
    clerk: Office, server: Server
) -> None:
    boss, ann = clerk("Boss", "administrator manager"), clerk("Ann")
    snapshot, file = '{"name":"Geheim"}', b"Geheim;100"
    digests = [sha256(one).hexdigest() for one in (snapshot.encode(), file)]
    units: dict[str, Any] = {
        "month": "2026-08", "number": 1, "kind": "first", "provider": "acerta", "layout": "csv",
        "resend": "replace", "wage_payment_date": None, "meal_voucher_date": None, "by": "Boss",
        "at": "2026-09-01T08:00:00+00:00", "status": "delivered", "reason": "", "bases": {}, "answers": {},
        "people": {str(ANN): ["1", "Ann", digests[0]]}, "messages": [], "events": [],
        "files": [["august.csv", digests[1], len(file)]], "bundle": "b" * 64,
    }  # fmt: skip
    bundle: Bundle = {
        "transmission": "81",
        "people": {str(ANN): snapshot},
        "files": [["august.csv", b64encode(file).decode()]],
    }
    with server.database.transaction(TENANT) as con:
        write_rows(con, TENANT, OPERATOR, {("transmission", 81, ""): units}, "sent")
    ann.sync()
    with ann.store.transaction():
        assert fill(ann.store.con, 81, bundle)
    assert "Geheim" in everything(ann)
    keep_to_managers(boss, "pay_components")
    ann.sync()
    assert "Geheim" not in everything(ann)
    assert not to_fetch(ann.store.con, TENANT)
    give_roles(server, "clerk manager")
    ann.sync()
    assert to_fetch(ann.store.con, TENANT) == [(81, "b" * 64)]
