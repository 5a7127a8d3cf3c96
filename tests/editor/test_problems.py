"""Going through the days that need a look."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.day import Entry, Part, Status
from hrtui.store import entries as day_entries
from tests.editor.conftest import Desk


def _put(desk: Desk, name: str, day: date, *entries: Entry) -> None:
    day_entries.replace(desk.office.store.con, [(desk.people[name], day, entries)])
    desk.editor.refresh()


def _vacation(desk: Desk, minutes: int, status: Status = Status.APPROVED) -> Entry:
    return Entry(desk.office.kind("v"), minutes, Part.HOURS, status)


def test_a_month_in_order_has_none(desk: Desk) -> None:
    desk.at("An", 14).type("v")
    assert desk.act("view.next_issue").said == "No problem found in September 2026."


@pytest.mark.parametrize(
    ("name", "day", "minutes", "status", "said"),
    [
        ("Bo", 16, 60, Status.APPROVED, "Bravo Bo, Wed 16 Sep: absent 1:00 with 0:00 scheduled."),
        ("Cy", 14, 480, Status.APPROVED, "Charlie Cy, Mon 14 Sep: absent 8:00 with 4:00 scheduled."),
        ("Di", 10, 60, Status.APPROVED, "Delta Di, Thu 10 Sep: an entry outside the contract."),
        ("Ed", 4, 456, Status.PENDING, "Echo Ed, Fri 4 Sep: awaiting approval."),
    ],
)
def test_each_problem_is_found_and_named(
    desk: Desk, name: str, day: int, minutes: int, status: Status, said: str
) -> None:
    _put(desk, name, date(2026, 9, day), _vacation(desk, minutes, status))
    assert desk.at("An", 20).act("view.next_issue").said == said
    assert desk.place == (name, day)


def test_a_whole_day_of_a_schedule_that_changed_since(desk: Desk) -> None:
    _put(desk, "An", date(2026, 9, 14), Entry(desk.office.kind("v"), 228, Part.FULL))
    assert desk.act("view.next_issue").said == (
        "Alfa An, Mon 14 Sep: a whole or half day of 3:48, now 7:36: enter it again."
    )
    desk.at("An", 14).type("v")
    assert desk.act("view.next_issue").said == "No problem found in September 2026."


def test_absence_on_a_holiday(desk: Desk) -> None:
    _put(desk, "An", date(2026, 11, 11), _vacation(desk, 456))
    desk.editor.go_to("1/11")
    assert desk.act("view.next_issue").said == "Alfa An, Wed 11 Nov: absent 7:36 on a holiday."


def test_they_are_visited_in_order_and_round(desk: Desk) -> None:
    for name, day in (("An", 5), ("An", 6), ("Cy", 12)):
        _put(desk, name, date(2026, 9, day), _vacation(desk, 60))
    desk.at("An", 5)
    visited = [desk.act("view.next_issue").place for _ in range(4)]
    assert visited == [("An", 6), ("Cy", 12), ("An", 5), ("An", 6)]


def test_a_conflict_comes_first_and_refuses_entries(desk: Desk) -> None:
    con = desk.office.store.con
    columns = [row[1:4] for row in con.execute("PRAGMA table_info(conflict)")]
    values: dict[str, object] = {
        "entity": "day",
        "row_id": desk.people["Bo"],
        "date": "2026-09-15",
        "open": 1,
    }
    for name, kind, needed in columns:
        if needed and name not in values:
            values[name] = 1 if kind == "INTEGER" else "x"
    names = ", ".join(values)
    con.execute(
        f"INSERT INTO conflict ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values())
    )
    desk.editor.refresh()
    assert desk.at("An", 1).act("view.next_issue").said == "Bravo Bo, Tue 15 Sep: changed in two places."
    assert desk.type("v").said == "Tue 15 Sep was changed in two places: choose what holds first."


def test_days_not_sent_yet_are_problems_only_with_a_backend(desk: Desk) -> None:
    desk.at("Cy", 14).type("v").at("An", 1)
    assert "No problem" in desk.act("view.next_issue").said
    store = desk.office.open_again("Clerk One")
    store.con.execute("INSERT INTO setting (name, value) VALUES ('backend', 'https://hr.example')")
    from tests.editor.conftest import make_editor

    desk.editor = make_editor(store, desk.office.employer_id)
    assert desk.at("An", 1).act("view.next_issue").said == "Charlie Cy, Mon 14 Sep: not sent yet."
    assert "not sent yet" in desk.editor.status()
    day_entries.replace(store.con, [(desk.people["Ed"], date(2026, 9, 4), (_vacation(desk, 500),))])
    desk.editor.refresh()
    desk.at("An", 1).act("view.next_issue")
    assert desk.said.startswith("Echo Ed, Fri 4 Sep: absent 8:20"), "what is wrong comes before what waits"
    store.close()
