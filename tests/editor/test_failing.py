"""What the clerk sees when the database cannot be written: a sentence, and the calendar as it was."""

from __future__ import annotations

from tests.editor.conftest import Desk
from tests.store.conftest import Office


def test_a_file_that_another_program_holds_refuses_in_words(desk: Desk, office: Office) -> None:
    other = office.open_again("Clerk Two")
    office.store.con.execute("PRAGMA busy_timeout = 20")
    desk.at("An", 14)
    other.con.execute("BEGIN IMMEDIATE")
    for action in ("", "edit.undo", "edit.redo"):
        desk.act(action) if action else desk.type("v")
        assert desk.said == "Nothing was saved: the database cannot be written now (database is locked)."
        assert desk.outcome.refused
    assert desk.place == ("An", 14)
    other.con.execute("COMMIT")
    assert desk.type("v").filled("An") == {14: "VAK"}
    other.close()


def test_a_full_disk_refuses_in_words_and_keeps_what_was_there(desk: Desk) -> None:
    con = desk.office.store.con
    desk.at("An", 14).type("v")
    pages = con.execute("PRAGMA page_count").fetchone()[0]
    con.execute(f"PRAGMA max_page_count = {pages}")
    desk.at("An", 1).act("select.all_visible").type("366v")
    if desk.outcome.question is not None:
        desk.yes()
    assert desk.said.startswith("Nothing was saved: the database cannot be written now (")
    assert desk.filled("An") == {14: "VAK"}
    con.execute("PRAGMA max_page_count = 1000000")
    assert desk.at("An", 15).type("z").filled("An") == {14: "VAK", 15: "ZGL"}
