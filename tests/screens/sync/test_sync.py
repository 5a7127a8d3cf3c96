"""The sync on the screen: its note, its screen, deciding conflicts and refused steps."""

from __future__ import annotations

import json

import pytest

from hrtui.store.moments import moment
from hrtui.sync import notes, state
from hrtui.sync_wording import news_in_full, news_in_short
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

DAY = "2026-09-09"


def connect(world: Office) -> int:
    """Let the employer be in sync with a backend; returns a person's id."""
    con = world.store.con
    con.execute("INSERT INTO setting VALUES ('backend', 'https://hr.example')")
    con.execute("DELETE FROM outbox")
    state.connect(world.store, world.employer_id)
    con.execute("UPDATE sync_state SET needs_snapshot = 0, exchanged_at = ?", (moment(),))
    return int(con.execute("SELECT id FROM person WHERE last_name = 'Baeten'").fetchone()[0])


def conflict(world: Office, person: int, day: str = DAY, id_: int = 5) -> None:
    """Ann's entry stands, Bob wanted another."""
    value = [[world.kind("z"), 228, "am", "approved", "grid"]]
    candidate = {
        "uid": "u1", "value": value, "base": [], "by": "Bob", "device_id": "d",
        "at": "2026-09-09T10:00:00Z", "closed_by": None,
    }  # fmt: skip
    world.store.con.execute(
        "INSERT INTO conflict (id, employer_id, entity, row_id, date, unit, kind, candidates, actor, at)"
        " VALUES (?, ?, 'day', ?, ?, 'entries', 'value', ?, 'Ann', '2026-09-09 09:00:00')",
        (id_, world.employer_id, person, day, json.dumps([candidate])),
    )


def refusal(world: Office, person: int) -> None:
    """A step that the backend did not take."""
    op = {
        "e": "day", "id": person, "d": DAY, "k": "set",
        "units": {"entries": {"base": [], "new": [[world.kind("v"), 456, "full", "approved", "grid"]]}},
    }  # fmt: skip
    world.store.con.execute(
        "INSERT INTO refused VALUES ('u2', ?, 1, 'Leave of Baeten', 'role', ?, 'Bob', ?, ?, 'open')",
        (world.employer_id, json.dumps([op]), moment(), moment()),
    )


async def test_the_line_of_keys_says_how_the_sync_stands(world: Office, start: Start) -> None:
    person = connect(world)
    async with start() as pilot:
        assert screen_text(pilot.app).splitlines()[-1].endswith("  synced")
        await pilot.press("v")
        assert screen_text(pilot.app).splitlines()[-1].endswith("  1 waiting")
        conflict(world, person)
        world.store.con.execute("UPDATE sync_state SET offline_since = ?", (moment(),))
        await pilot.press("right", "right")
        assert "offline since" in screen_text(pilot.app).splitlines()[-1]
        world.store.con.execute("UPDATE sync_state SET offline_since = NULL, problem = 'sign_in'")
        await pilot.press("right")
        assert screen_text(pilot.app).splitlines()[-1].endswith("log in again, 1 waiting (Ctrl+T a)")
        world.store.con.execute("UPDATE sync_state SET problem = ''")
        world.store.con.execute("DELETE FROM outbox")
        await pilot.press("left")
        assert screen_text(pilot.app).splitlines()[-1].endswith("  1 to decide (Ctrl+T y)")
        await pilot.resize_terminal(64, 24)
        await pilot.press("right")
        assert screen_text(pilot.app).splitlines()[-1].endswith("  1 to decide")


async def test_the_screen_says_why_the_sync_stands_still_in_full(world: Office, start: Start) -> None:
    connect(world)
    world.store.con.execute("UPDATE sync_state SET problem = 'sign_in'")
    async with start() as pilot:
        await pilot.press("v", "ctrl+t", "y")
        state = " ".join(screen_text(pilot.app).split())
        told_why = "This device is logged out; log in with Ctrl+T a. What you enter is kept."
        assert f"State: 1 step waits. {told_why}" in state


async def test_a_conflict_is_decided_with_one_key(world: Office, start: Start) -> None:
    person = connect(world)
    conflict(world, person)
    async with start() as pilot:
        await pilot.press("ctrl+t", "y", "1")
        assert "Baeten Bob, Wed 9 Sep 2026" in told(pilot.app)
        assert "Holds by Ann" in told(pilot.app)
        await pilot.press("enter", "2")
        assert "Decided: " in told(pilot.app)
        assert "There is no conflict." in told(pilot.app)
    found = world.store.con.execute(
        "SELECT leave_type_id, minutes FROM calendar_entry WHERE person_id = ? AND date = ?", (person, DAY)
    ).fetchall()
    assert found == [(world.kind("z"), 228)]
    resolves = world.store.con.execute("SELECT resolves FROM outbox").fetchone()[0]
    assert json.loads(resolves) == {"conflict": 5, "row": ["day", person, DAY], "seen": ["u1"]}


@pytest.mark.parametrize(("key", "minutes"), [("1", []), ("2", [228, 228])])
async def test_marked_conflicts_are_decided_alike(
    world: Office, start: Start, key: str, minutes: list[int]
) -> None:
    person = connect(world)
    conflict(world, person)
    conflict(world, person, "2026-09-10", 6)
    async with start() as pilot:
        await pilot.press("ctrl+t", "y", "1", "f6", "enter")
        assert "2 conflicts 1 Keep what holds now" in told(pilot.app)
        await pilot.press(key)
        assert "2 conflicts decided." in told(pilot.app)
        assert "There is no conflict." in told(pilot.app)
    found = world.store.con.execute(
        "SELECT minutes FROM calendar_entry WHERE person_id = ? AND date IN (?, ?)",
        (person, DAY, "2026-09-10"),
    ).fetchall()
    assert [one[0] for one in found] == minutes
    answered = world.store.con.execute("SELECT resolves FROM outbox WHERE resolves IS NOT NULL").fetchall()
    assert sorted(json.loads(one[0])["conflict"] for one in answered) == [5, 6]


async def test_a_day_in_conflict_names_the_keys_that_decide_it(world: Office, start: Start) -> None:
    connect(world)
    find = "SELECT id FROM person WHERE employer_id = ? ORDER BY sort_name"
    conflict(world, world.store.con.execute(find, (world.employer_id,)).fetchone()[0])
    async with start() as pilot:
        await pilot.press("left", "v")
        assert "was changed in two places: choose what holds first, with Ctrl+T y." in told(pilot.app)
        await pilot.press("ctrl+t", "y")
        assert "1 conflict" in told(pilot.app)


async def test_both_is_offered_only_where_the_day_has_room(world: Office, start: Start) -> None:
    person = connect(world)
    conflict(world, person)
    here = (world.kind("v"), person, DAY)
    add = (
        "INSERT INTO calendar_entry (person_id, date, slot, leave_type_id, minutes, part, status, source)"
        " VALUES (?, ?, 0, ?, 228, 'pm', 'approved', 'grid')"
    )
    world.store.con.execute(add, (person, DAY, world.kind("v")))
    async with start() as pilot:
        await pilot.press("ctrl+t", "y", "1", "enter")
        assert "Both: " in told(pilot.app)
        world.store.con.execute(
            "UPDATE calendar_entry SET minutes = 456 WHERE leave_type_id = ? AND person_id = ? AND date = ?",
            here,
        )
        await pilot.press("escape", "escape", "1", "enter")
        assert "Take " in told(pilot.app)
        assert "Both: " not in told(pilot.app)


async def test_a_refused_step_is_tried_again_or_let_go(world: Office, start: Start) -> None:
    person = connect(world)
    refusal(world, person)
    async with start() as pilot:
        await pilot.press("ctrl+t", "y")
        assert "1 refused step" in told(pilot.app)
        await pilot.press("2", "enter")
        assert "Your roles may not change this." in told(pilot.app)
        await pilot.press("1")
        assert "Entered again" in told(pilot.app)
        assert "Nothing was refused." in told(pilot.app)
    assert world.store.con.execute("SELECT state FROM refused").fetchone() == ("retried",)
    assert world.store.con.execute("SELECT count(*) FROM outbox").fetchone() == (1,)


async def test_without_a_backend_the_screen_says_where_the_data_is(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "y")
        assert "connected to no backend" in told(pilot.app)
        await pilot.press("escape")
        assert "synced" not in screen_text(pilot.app)


async def test_what_happened_to_the_sync_is_told_once_and_then_listed(world: Office, start: Start) -> None:
    connect(world)
    async with start() as pilot:
        await pilot.press("right")
        with world.store.transaction():
            notes.add(world.store.con, world.employer_id, notes.NARROWED, 2, ["IBAN of Baeten", "Bonus"])
        await pilot.press("v")
        pilot.app.month.store_changed()  # type: ignore[attr-defined]
        assert "2 steps can no longer be undone; Ctrl+T y tells more." in told(pilot.app)
        await pilot.press("right")
        pilot.app.month.store_changed()  # type: ignore[attr-defined]
        assert "undone" not in told(pilot.app)
        await pilot.press("ctrl+t", "y")
        listed = " ".join(screen_text(pilot.app).split())
        assert "2 steps can no longer be undone: IBAN of Baeten, Bonus." in listed


@pytest.mark.parametrize(
    ("what", "count", "said"),
    [
        (notes.NARROWED, 0, "Your roles show less than before."),
        (notes.RESTORED, 0, "It had lost nothing of what was entered here."),
        (notes.RESTORED, 1, "1 step that it had lost was sent again."),
        (notes.NEW_DEVICE, 0, "It goes on as a new device"),
        (notes.LATE, 2, "2 entries of yours came after their month was forwarded. The month stays"),
        (notes.CLOCK, -600, "This computer's clock is 10 minutes slow. Have it set right"),
        (notes.ERASED, 1, "1 edit about them that was not sent yet went too."),
    ],
)
def test_each_event_says_what_it_means(what: str, count: int, said: str) -> None:
    news = notes.Note(what, moment(), count)
    assert said in news_in_full(news)
    assert "Ctrl+T y" in news_in_short(news, "Ctrl+T y")
    assert len(news_in_short(news, "Ctrl+T y")) < 80


async def test_a_late_edit_is_decided_from_the_sync(world: Office, start: Start) -> None:
    person = connect(world)
    world.store.con.execute(
        "INSERT INTO correction (id, employer_id, person_id, month, entity, row_id, date, old, new, actor,"
        " at, state)"
        " VALUES (8, ?, ?, '2026-09', 'day', ?, ?, '[]', '[]', 'Bob', '2026-09-09 09:00:00', 'open')",
        (world.employer_id, person, person, DAY),
    )
    async with start() as pilot:
        assert "1 to decide (Ctrl+T y)" in screen_text(pilot.app).splitlines()[-1]
        await pilot.press("ctrl+t", "y")
        assert "5  1 late edit" in screen_text(pilot.app)
        await pilot.press("5")
        assert "Baeten" in screen_text(pilot.app)


async def test_the_words_about_a_day_come_before_the_keys_about_the_sync(world: Office, start: Start) -> None:
    conflict(world, connect(world))
    async with start() as pilot:
        await pilot.press("9", "enter", "z")
        world.store.con.execute("DELETE FROM outbox")
        await pilot.press("left")
        below = " ".join(told(pilot.app).split())
        assert "; not sent yet; Illness" in below
        assert below.endswith(" 1 to decide")
