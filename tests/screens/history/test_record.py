"""The history of every record: who changed what, with old and new values, and taking a change back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hrtui.domain.day import Entry
from hrtui.domain.month import Month
from hrtui.store import entries as day_entries
from hrtui.store.changes import DayChange, write
from hrtui.store.leave_types import leave_types
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office
from tests.store.locking import lock_month


def letter_of(world: Office, key: str) -> str:
    kinds = leave_types(world.store, world.employer_id).values()
    return next(kind.letter for kind in kinds if kind.key == key)


async def test_a_leave_type_shows_old_and_new_values_and_takes_one_back(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"adv", "enter", "tab", "q", "tab")
        await pilot.press("pagedown", "pagedown", *"days", "tab", *"12,5", "tab", "f3")
        text = told(pilot.app)
        assert "Limit per year empty 12.5 d" in text
        assert "Limited in Hours Days" in text
        assert "Letter in the month a q" in text
        assert "Clerk One" in text
        await pilot.press(*"letter", "enter")
        assert "Take “Leave type Time reduction” back?" in told(pilot.app)
        await pilot.press("y")
        assert letter_of(world, "ADV") == "a"
        assert "Taken back: Leave type Time reduction" in told(pilot.app)
        await pilot.press("ctrl+z")
        assert letter_of(world, "ADV") == "q"


async def test_a_letter_that_is_another_types_by_now_is_not_taken_back(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"adv", "enter", "tab", "q", "tab", "escape", "escape")
        await pilot.press(*"kv", "enter", "tab", "a", "tab", "escape", "escape")
        assert letter_of(world, "KV") == "a"
        await pilot.press(*"adv", "f3", *"letter", "enter", "y")
        assert "The letter a is that of “Short leave” already" in told(pilot.app)
        assert letter_of(world, "ADV") == "q"


async def test_a_deleted_holiday_comes_back_from_the_history_of_all(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "6", *"labour", "delete", "y", "escape", "f2", "2")
        assert "Holiday deleted 01/05/2026" in told(pilot.app)
        await pilot.press("enter", "y", "escape")
        assert "Fri 1 May Labour Day" in told(pilot.app)


async def test_an_allowance_is_taken_back_from_its_account(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "down", "ctrl+o", "f6", "enter", "ctrl+n", *"8", "enter", "enter")
        await pilot.press("f3")
        assert "VAK 2026 8 d" in told(pilot.app)
        await pilot.press("enter", "y", "escape")
        assert world.store.con.execute("SELECT count(*) FROM allowance").fetchone()[0] == 0
        assert "Granted" not in screen_text(pilot.app).splitlines()[3]


async def test_a_day_goes_back_to_what_it_was_before_the_last_change(start: Start, world: Office) -> None:
    async with start() as pilot:
        ann = pilot.app.month.editor.view.row(0).id  # type: ignore[attr-defined]
        day = date(2026, 9, 1)
        before = day_entries.current(world.store.con, [(ann, day)])[ann, day]
        await pilot.press("ctrl+home", "1", "enter", "z", "ctrl+o", "home", "f3")
        assert "VAK ZGL" in told(pilot.app)
        await pilot.press("enter")
        assert "Make the day “VAK” again?" in told(pilot.app)
        await pilot.press("y")
        assert day_entries.current(world.store.con, [(ann, day)])[ann, day] == before
        await pilot.press("down", "down", "enter")
        assert "take the later change back first" in told(pilot.app)
        await pilot.press("escape")
        assert "VAK 7:36" in screen_text(pilot.app)


async def test_a_day_of_a_locked_month_is_not_changed_from_its_history(start: Start, world: Office) -> None:
    async with start() as pilot:
        ann = pilot.app.month.editor.view.row(0).id  # type: ignore[attr-defined]
        lock_month(world.store, [ann], Month(2026, 9))
        await pilot.press("ctrl+home", "ctrl+o", "home", "f3", "enter")
        assert "This month is locked" in told(pilot.app)


async def test_a_day_that_changed_elsewhere_meanwhile_is_told(start: Start, world: Office) -> None:
    other = world.open_again("Clerk Two")
    async with start() as pilot:
        ann = pilot.app.month.editor.view.row(0).id  # type: ignore[attr-defined]
        day = date(2026, 9, 1)
        await pilot.press("ctrl+home", "ctrl+o", "home", "f3", "enter")
        old = day_entries.current(other.con, [(ann, day)])[ann, day]
        write(
            other, world.employer_id, "Elsewhere", [DayChange(ann, day, old, (Entry(world.kind("z"), 60),))]
        )
        await pilot.press("y")
        assert "changed elsewhere meanwhile" in told(pilot.app)
    other.close()


async def test_a_letter_that_the_clerks_keys_take_by_now_does_not_come_back(
    start: Start, world: Office, tmp_path: Path
) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"adv", "enter", "tab", "q", "tab", "escape", "escape")
    keys = tmp_path / "keys.toml"
    keys.write_text('[grid]\nview.year = ["ctrl+e", "a"]\n')
    async with start(keys=keys) as pilot:
        await pilot.press("ctrl+z")
        assert "The letter a does something else in the month" in told(pilot.app)
        await pilot.press("ctrl+t", "3", *"adv", "f3", *"letter", "enter", "y")
        assert "The letter a does something else in the month" in told(pilot.app)
    assert letter_of(world, "ADV") == "q"


async def test_what_changed_before_the_profile_read_the_employer_is_not_denied(
    start: Start, world: Office
) -> None:
    with world.store.transaction():
        world.store.con.execute(
            "INSERT INTO step (employer_id, kind, label, actor, at, state)"
            " VALUES (?, 'snapshot', 'read', 'Clerk One', '2026-09-01 10:00:00', 'gone')",
            (world.employer_id,),
        )
        world.store.con.execute("DELETE FROM operation WHERE entity = 'leave_type'")
    async with start() as pilot:
        await pilot.press("v", "left", "ctrl+o", "f3")
        assert "Known here since" not in screen_text(pilot.app)
        await pilot.press("escape", "right", "f3")
        shown = screen_text(pilot.app)
        assert "Known here since 01/09/26" in shown
        assert "Nothing was ever entered" not in shown
        await pilot.press("escape", "escape", "ctrl+t", "3", "f3")
        shown = screen_text(pilot.app)
        assert "the backend has what changed before." in shown
        assert "Nothing was changed here since it was made." not in shown
