"""A year of leave in days and one in hours: limited, granted, taken, closed with a rest, undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrtui.domain.leave_type import Limit
from hrtui.store.allowances import grant
from hrtui.store.leave_type_records import save_type
from hrtui.store.leave_types import leave_types
from tests.screens.conftest import Start, told
from tests.screens.leave.test_allowances import BOB, granted, person
from tests.store.conftest import Office


def limited(world: Office, limit: Limit, amount: int | None, months: int = 3) -> None:
    vak = leave_types(world.store, world.employer_id)[world.kind("v")]
    changed = replace(vak, limit=limit, limit_amount=amount, carry_over_months=months)
    save_type(world.store, world.employer_id, changed, vak)


@pytest.mark.parametrize(
    ("limit", "amount", "extra", "year", "row", "closed", "next_year"),
    [
        (
            Limit.DAYS, 2000, "2", "VAK Legal holiday leave 22 d 0.5 d 21.5 d",
            "Baeten Bob VAK 21.5 d 21.5 d", "d carried, 0 d kept, 0 d lapses",
            "VAK Legal holiday leave 41.5 d 0 d 41.5 d",
        ),
        (
            Limit.MINUTES, 9120, "15:12", "VAK Legal holiday leave 167:12 3:48 163:24",
            "Baeten Bob VAK 163:24 163:24", "carried, 0:00 kept, 0:00 lapses",
            "VAK Legal holiday leave 315:24 0:00 315:24",
        ),
    ],
)  # fmt: skip
async def test_a_year_is_limited_granted_taken_and_closed_and_its_rest_is_there_the_year_after(
    start: Start,
    world: Office,
    limit: Limit,
    amount: int,
    extra: str,
    year: str,
    row: str,
    closed: str,
    next_year: str,
) -> None:
    limited(world, limit, amount)
    async with start() as pilot:
        await pilot.press(*BOB, "ctrl+n", *extra, "enter", *"seniority", "enter")
        assert year in told(pilot.app)
        await pilot.press("escape", "escape", "ctrl+t", "3", *"vak", "f2", "3")
        assert "End of the leave year 2026 (not saved yet)" in told(pilot.app)
        assert row in told(pilot.app)
        await pilot.press("ctrl+s")
        assert closed in told(pilot.app)
        await pilot.press("y")
        assert "(nothing to save)" in told(pilot.app)
        await pilot.press("escape", "escape", "escape", *BOB, "right")
        assert next_year in told(pilot.app)
        assert "left, before 01/04/2027" in told(pilot.app)


async def test_a_type_tells_that_grants_in_hours_count_as_days_and_the_other_way(
    start: Start, world: Office
) -> None:
    grant(world.store, world.employer_id, world.kind("v"), 2026, {person(world, "102"): 20_000})
    async with start() as pilot:
        await pilot.press("ctrl+t", "3", *"vak", "enter")
        assert "counts as" not in told(pilot.app)
        limited(world, Limit.MINUTES, None)
        await pilot.press("escape", "escape", "ctrl+t", "3", *"vak", "enter")
        await pilot.press("pagedown", "pagedown")
        assert "What was granted in days counts as hours of each one's own schedule." in told(pilot.app)
        await pilot.press("escape", "escape", "escape", *BOB)
        assert "VAK Legal holiday leave 152:00 3:48 148:12" in told(pilot.app)


async def test_hours_typed_for_a_type_in_days_are_kept_as_days(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*BOB, "ctrl+n", *"3:48", "enter", "enter")
        assert granted(world) == [("102", "VAK", 2026, 500, "", "")]
        await pilot.press("ctrl+n", *"0,125", "enter", "enter")
        assert [one[3] for one in granted(world)] == [125, 500]
