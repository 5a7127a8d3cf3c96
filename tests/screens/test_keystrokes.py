"""How many keys the jobs around people take: those that move, and those that are copied from the paper."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.screens.conftest import Start
from tests.store.conftest import Office


class Clerk:
    """Types, and counts: `moving` keys choose where, `copied` ones are what stands on the paper."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.moving = self.copied = 0

    async def press(self, *keys: str) -> None:
        self.moving += len(keys)
        await self.pilot.press(*keys)

    async def copy(self, text: str, *then: str) -> None:
        self.copied += len(text)
        await self.pilot.press(*text)
        await self.press(*then)

    async def skip_to(self, name: str) -> None:
        """Enter until the cursor is in that field."""
        while self.pilot.app.screen.form.current.field.name != name:  # type: ignore[attr-defined]
            await self.press("enter")


async def test_a_new_employee_with_contract(start: Start, world: Office) -> None:
    async with start() as pilot:
        clerk = Clerk(pilot)
        await clerk.press("ctrl+t", "2", "ctrl+n", "enter")
        await clerk.copy("Testpersoon", "enter")
        await clerk.copy("Tess", "pagedown", "pagedown")
        await clerk.copy("Voorbeeldstraat", "enter")
        await clerk.copy("12", "enter", "enter", "enter")
        await clerk.copy("9000", "enter")
        await clerk.copy("Gent", "pagedown", "pagedown", "enter")
        await clerk.copy("85073003328", "pagedown")
        await clerk.copy("01102026", "enter", "enter")
        await clerk.copy("op", "enter")
        await clerk.copy("wh", "enter")
        await clerk.skip_to("wage_cents")
        await clerk.copy("2500", "enter")
        await clerk.copy("38", "enter")
        await clerk.skip_to("joint_committee")
        await clerk.copy("200", "enter")
        await clerk.skip_to("schedule_id")
        await clerk.copy("schedule 101", "ctrl+s")
        row = world.store.con.execute(
            "SELECT p.city, p.birth_date, p.sex, c.nature, c.worker_type, c.wage_cents, c.hours_per_week"
            " FROM person p JOIN contract c ON c.person_id = p.id WHERE p.last_name = 'Testpersoon'"
        ).fetchone()
        assert row == ("Gent", "1985-07-30", "m", "open_ended", "OTH", 250000, 3800)
        assert clerk.moving <= 36
        assert clerk.copied <= 85


async def test_a_schedule_for_a_whole_team(start: Start, world: Office) -> None:
    async with start() as pilot:
        clerk = Clerk(pilot)
        await clerk.press("ctrl+t", "2")
        await clerk.copy("shop", "f6", "f4", "enter")
        await clerk.copy("schedule 103", "enter")
        await clerk.copy("01102026", "enter")
        count = "SELECT count(*) FROM schedule_assignment WHERE valid_from = '2026-10-01'"
        # Claes works by it already.
        assert world.store.con.execute(count).fetchone() == (3,)
        assert clerk.moving <= 7


async def test_the_end_of_a_contract(start: Start, world: Office) -> None:
    async with start() as pilot:
        clerk = Clerk(pilot)
        await clerk.press("ctrl+t", "2")
        await clerk.copy("goos", "delete")
        await clerk.copy("31122026", "ctrl+s")
        found = world.store.con.execute(
            "SELECT c.end_date FROM contract c JOIN person p ON p.id = c.person_id WHERE p.last_name = 'Goos'"
        ).fetchall()
        assert found == [("2026-12-31",)]
        assert clerk.moving <= 4


async def test_a_street_put_right(start: Start, world: Office) -> None:
    async with start() as pilot:
        clerk = Clerk(pilot)
        await clerk.press("ctrl+t", "2")
        await clerk.copy("goos", "enter", "pagedown")
        await clerk.copy("Teststraat", "escape")
        row = world.store.con.execute("SELECT street FROM person WHERE last_name = 'Goos'").fetchone()
        assert row == ("Teststraat",)
        assert clerk.moving <= 5
