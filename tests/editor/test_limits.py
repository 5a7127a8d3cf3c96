"""What an entry is held to besides the day: what is left of the leave, and the role that a type asks for."""

from __future__ import annotations

from hrtui.editor.outcome import Message
from tests.editor.conftest import Desk, make_editor
from tests.store.test_balances import grant


def forbid(desk: Desk) -> None:
    desk.office.store.con.execute("UPDATE leave_type SET negative_allowed = 0 WHERE letter = 'v'")
    desk.editor.load_kinds()


def test_an_entry_over_the_balance_is_made_and_said(desk: Desk) -> None:
    grant(desk.office, desk.people["An"], 2026, 456 + 228, None)
    desk.type("v")
    assert desk.outcome.message is None
    desk.type("v")
    assert desk.outcome.message == Message("Alfa An is 0.5 d short for Legal holiday leave.", "warning")
    assert desk.filled("An") == {14: "VAK", 15: "VAK"}
    desk.type("3v")
    assert (
        desk.said == "Legal holiday leave: 3 days, 16–18 Sep. Alfa An is 3.5 d short for Legal holiday leave."
    )


def test_many_people_over_the_balance_are_counted(desk: Desk) -> None:
    for name in ("An", "Bo"):
        grant(desk.office, desk.people[name], 2026, 228, None)
    desk.act("select.all_visible").type("v")
    assert desk.said.endswith("Legal holiday leave: 2 people have too little left.")


def test_a_type_that_may_not_go_below_zero_refuses_the_days_that_do(desk: Desk) -> None:
    forbid(desk)
    grant(desk.office, desk.people["An"], 2026, 2 * 456, None)
    desk.type("4v")
    assert desk.filled("An") == {14: "VAK", 15: "VAK"}
    assert desk.said == "Legal holiday leave: 2 days, 14–15 Sep; 2 skipped: not enough left."
    desk.at("An", 16).type("v")
    assert desk.outcome.refused
    assert desk.said == "Wed 16 Sep: not enough Legal holiday leave is left."
    assert desk.filled("An") == {14: "VAK", 15: "VAK"}
    desk.type("z")
    assert desk.held("An", 16) == "ZGL"


def test_a_paste_shows_beforehand_what_the_balance_does_not_cover(desk: Desk) -> None:
    grant(desk.office, desk.people["An"], 2026, 456, None)
    warned = desk.editor.paste_preview("VAK\tVAK")
    assert len(warned.changes) == 2
    assert warned.summary.endswith("Alfa An is 1 d short for Legal holiday leave.")
    forbid(desk)
    refused = desk.editor.paste_preview("VAK\tVAK")
    assert [line.refusal for line in refused.lines] == [
        "",
        "Tue 15 Sep: not enough Legal holiday leave is left.",
    ]
    assert len(refused.changes) == 1


def test_a_role_is_asked_for_where_a_backend_gives_roles_out(desk: Desk) -> None:
    desk.office.store.con.execute("UPDATE leave_type SET role_needed = 'payroll' WHERE letter = 'v'")
    desk.editor.load_kinds()
    desk.type("v")
    assert desk.held("An", 14) == "VAK"
    desk.office.store.con.execute("INSERT INTO setting VALUES ('backend', 'https://example.org')")
    store = desk.office.open_again()
    other = Desk(desk.office, make_editor(store, desk.office.employer_id), desk.people)
    other.at("An", 15).type("v")
    assert other.outcome.refused
    assert "role “payroll”" in other.said
    store.close()
