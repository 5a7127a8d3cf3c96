"""Approving and refusing requested leave: which days, what becomes of them, and one step for all."""

from __future__ import annotations

from datetime import date

from hrtui.domain.approval import waits, waits_for_illness
from hrtui.domain.day import Entry, Part, Status
from hrtui.editor.approving import approve_days, refuse_days, waiting
from hrtui.store import entries as day_entries
from hrtui.store.history import last_change
from tests.editor.conftest import Desk


def ask(desk: Desk, name: str, day: int, letter: str = "v", minutes: int = 456) -> None:
    """Somebody asked for leave: it comes from a file, and waits."""
    entry = Entry(desk.office.kind(letter), minutes, Part.FULL, Status.PENDING, "import")
    place = (desk.people[name], date(2026, 9, day))
    before = day_entries.current(desk.office.store.con, [place])[place]
    day_entries.replace(desk.office.store.con, [(*place, (*before, entry))])
    desk.editor.refresh()


def held(desk: Desk, name: str, day: int) -> tuple[Entry, ...]:
    place = (desk.people[name], date(2026, 9, day))
    return day_entries.current(desk.office.store.con, [place])[place]


def test_an_approved_day_keeps_its_hours_and_where_it_came_from(desk: Desk) -> None:
    ask(desk, "An", 7)
    desk.at("An", 7)
    desk.editor.approval_key = "$"
    assert "awaiting approval" in desk.editor.status()
    assert "$ approves or refuses it" in desk.editor.status()
    outcome = approve_days(desk.editor, waiting(desk.editor))
    assert outcome.message is not None
    assert outcome.message.text == "Approved: 1 day, Mon 7 Sep."
    (entry,) = held(desk, "An", 7)
    assert (entry.minutes, entry.status, entry.source) == (456, Status.APPROVED, "import")
    assert "approves" not in desk.editor.status()


def test_refusing_takes_only_what_waited_and_keeps_the_reason(desk: Desk) -> None:
    desk.at("An", 7).type("v").at("An", 7).act("entry.half")
    ask(desk, "An", 7, "o", 60)
    desk.at("An", 7)
    refuse_days(desk.editor, waiting(desk.editor), "Too many away")
    (left,) = held(desk, "An", 7)
    assert left.leave_type_id == desk.office.kind("v")
    last = last_change(desk.office.store, desk.people["An"], date(2026, 9, 7))
    assert last is not None
    assert last.label == "Refused (Too many away) Mon 7 Sep, Alfa An"


def test_a_name_means_the_whole_month_of_the_marked_people_and_one_undo_brings_all_back(desk: Desk) -> None:
    for name, day in (("An", 7), ("An", 21), ("Bo", 8), ("Ed", 9)):
        ask(desk, name, day)
    desk.at("An", 1).type(" ").at("Bo", 1).type(" ").at("Ed", 0)
    found = waiting(desk.editor)
    assert [target.day.date.day for target in found.days] == [7, 21, 8]
    outcome = approve_days(desk.editor, found)
    assert outcome.message is not None
    assert outcome.message.text == "Approved: 3 days of 2 people, 7–21 Sep."
    assert waits(held(desk, "Ed", 9)), "nobody else's"
    desk.act("edit.undo")
    assert all(waits(held(desk, *place)) for place in (("An", 7), ("An", 21), ("Bo", 8)))


def test_where_nothing_waits_it_is_said_why(desk: Desk) -> None:
    desk.at("An", 7).type("v").at("An", 7)
    assert waiting(desk.editor).problem == "Mon 7 Sep: nothing waits for approval."
    desk.at("An", 0)
    assert waiting(desk.editor).problem == "None of these days waits for approval."


def test_a_locked_month_stays_as_it_is(desk: Desk) -> None:
    ask(desk, "An", 7)
    ask(desk, "Bo", 8)
    desk.office.store.con.execute(
        "INSERT INTO month_lock (person_id, month, at, actor)"
        " VALUES (?, '2026-09', '2026-09-30 10:00:00', 'Clerk')",
        (desk.people["An"],),
    )
    desk.editor.refresh()
    desk.at("An", 1).type(" ").at("Bo", 1).type(" ").at("An", 0)
    outcome = approve_days(desk.editor, waiting(desk.editor))
    assert outcome.message is not None
    assert outcome.message.text == "Approved: 1 day, Tue 8 Sep; 1 skipped: locked."
    assert waits(held(desk, "An", 7))


def test_an_illness_that_waits_is_known_so_that_no_reason_is_asked(desk: Desk) -> None:
    ask(desk, "An", 7, "z")
    ask(desk, "An", 8, "v")
    desk.at("An", 0)
    ill = [waits_for_illness(target.day, desk.editor.kinds) for target in waiting(desk.editor).days]
    assert ill == [True, False]
