"""Two clerks and a backend: what one enters the other sees, and where both enter, both values are kept."""

from __future__ import annotations

from datetime import date

from hrtui.domain.day import Entry
from hrtui.store.history import last_change
from hrtui.store.undo import undo
from hrtui.sync import state
from tests.sync.conftest import Office
from tests.sync.invariants import assert_whole
from tests.sync.world import PEOPLE, TEAM, TENANT, Server

ANN, BOB, CEM = PEOPLE
DAY = date(2026, 9, 14)


def test_a_new_clerk_gets_everything(clerk: Office, server: Server) -> None:
    ann = clerk("Ann")
    assert ann.rows() == server.rows()
    row = ann.store.con.execute("SELECT sort_name, search_text FROM person WHERE id = ?", (ANN,)).fetchone()
    assert row == ("testman 0 ann", "0  testman 0 ann  testman 0")


def test_what_one_enters_the_other_sees_with_name_and_time(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    leave = Entry(ann.kind("v"), 456)
    ann.enter(ANN, DAY, leave)
    assert_whole(ann, server)
    ann.sync()
    bob.sync()
    assert bob.entries(ANN, DAY) == (leave,)
    line = last_change(bob.store, ANN, DAY)
    assert line is not None
    assert (line.actor, line.kind, line.new) == ("Ann", "remote", (leave,))
    assert_whole(bob, server)


def test_who_reads_everything_anew_sees_who_wrote_a_day_and_when(clerk: Office, server: Server) -> None:
    ann, bob, cem = clerk("Ann"), clerk("Bob"), clerk("Cem")
    leave, ill = Entry(ann.kind("v"), 456), Entry(ann.kind("z"), 456)
    bob.enter(ANN, DAY, leave)
    bob.sync()
    cem.enter(BOB, DAY, ill)
    cem.sync()
    now = state.load(ann.store, TENANT)
    assert now is not None
    with ann.store.transaction():
        now.needs_snapshot = True
        state.save(ann.store, now)
    ann.sync()
    cem.sync()
    for person, author, entry in ((ANN, "Bob", leave), (BOB, "Cem", ill)):
        line = last_change(ann.store, person, DAY)
        assert line is not None
        assert (line.actor, line.kind, line.new) == (author, "remote", (entry,))
    told, known = last_change(ann.store, ANN, DAY), last_change(cem.store, ANN, DAY)
    assert told is not None
    assert known is not None
    assert told.at == known.at
    assert_whole(ann, server)


def test_edits_that_do_not_touch_merge(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    ann.change("person", ANN, city="Gent", street="Teststraat")
    bob.change("person", ANN, phone="+32470000000")
    bob.change("team", TEAM, name="Winkel")
    for one in (ann, bob, ann):
        one.sync()
    assert ann.rows() == bob.rows() == server.rows()
    assert ann.rows()["person", ANN, ""]["phone"] == "+32470000000"
    assert not server.records("conflict")


def test_the_second_value_of_a_day_becomes_a_conflict_and_the_first_stands(
    clerk: Office, server: Server
) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    leave, ill = Entry(ann.kind("v"), 456), Entry(ann.kind("z"), 456)
    ann.enter(ANN, DAY, leave)
    bob.enter(ANN, DAY, ill)
    ann.sync()
    assert bob.entries(ANN, DAY) == (ill,)
    bob.sync()
    ann.sync()
    assert ann.entries(ANN, DAY) == bob.entries(ANN, DAY) == (leave,)
    for one in (ann, bob):
        rows = one.store.con.execute("SELECT row_id, date, open FROM conflict").fetchall()
        assert rows == [(ANN, DAY.isoformat(), 1)]
        assert_whole(one, server)
    line = last_change(bob.store, ANN, DAY)
    assert line is not None
    assert (line.actor, line.old, line.new) == ("Ann", (ill,), (leave,))
    assert undo(bob.store, TENANT) is None
