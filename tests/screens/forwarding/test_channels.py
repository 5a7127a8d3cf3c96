"""What a clerk reads of a month that arrived by one channel and not by another."""

from __future__ import annotations

from hrtui.screens.forwarding.months import ForwardScreen
from hrtui.store.ids import new_id
from hrtui.store.transmissions import transmissions
from tests.screens.conftest import Start, told
from tests.screens.forwarding.test_forwarding import folder, forwarded
from tests.store.conftest import Office

__all__ = ["folder"]


async def test_a_channel_that_gave_up_is_told_beside_those_that_delivered(
    start: Start, world: Office, folder: object
) -> None:
    async with start((100, 30)) as pilot:
        await forwarded(pilot)
    (sent,) = transmissions(world.store, world.employer_id)
    con = world.store.con
    for channel, status in (("Archive", "delivered"), ("Acerta", "failed")):
        con.execute(
            "INSERT INTO transmission_event (id, transmission_id, at, actor, channel, status, note)"
            " VALUES (?, ?, '2026-09-10 10:00:00', 'hrtui', ?, ?, '')",
            (new_id(), sent.id, channel, status),
        )
    con.execute("INSERT INTO setting VALUES ('backend', 'https://hr.example')")
    con.execute("UPDATE transmission SET reason = 'No such folder.'")
    async with start((100, 30)) as pilot:
        assert "partly delivered" in told(pilot.app), "below the grid"
        await pilot.press("greater_than_sign")
        assert isinstance(pilot.app.screen, ForwardScreen)
        assert "this month partly delivered" in told(pilot.app)
        assert "It did not arrive by Acerta: the report says why." in told(pilot.app)
        await pilot.press("f3")
        assert "partly delivered, No such folder. It did not arrive by Acerta" in told(pilot.app)
        await pilot.press("enter")
        assert "Report September 2026 no. 1 first partly delivered" in told(pilot.app)
        assert " State partly delivered: No such folder. " in told(pilot.app)
        assert "deliver again" in told(pilot.app)
