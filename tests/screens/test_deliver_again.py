"""Delivering what never arrived once more, from the report of the transmission."""

from __future__ import annotations

from pathlib import Path

from hrtui.screens.transmission import TransmissionScreen
from hrtui.store.transmissions import Status, transmissions
from tests.screens.conftest import Start, told
from tests.screens.test_forward import SEPTEMBER, folder, forwarded
from tests.store.conftest import Office

__all__ = ["folder"]


async def test_files_that_could_not_be_written_go_again_from_the_report(
    start: Start, world: Office, folder: Path
) -> None:
    async with start((100, 40)) as pilot:
        await forwarded(pilot)
        world.store.con.execute("UPDATE transmission SET status = 'queued'")
        world.store.con.execute("UPDATE transmission_person SET status = 'queued'")
        await pilot.press("greater_than_sign", "f3", "enter")
        assert isinstance(pilot.app.screen, TransmissionScreen)
        assert "Ctrl+S deliver again" in told(pilot.app)
        await pilot.press("ctrl+s", "enter")
        assert "Written to" in told(pilot.app)
        assert "deliver again" not in told(pilot.app)
        await pilot.press("ctrl+s")
        assert "not given up: there is nothing to deliver again" in told(pilot.app)
    (sent,) = transmissions(world.store, world.employer_id, SEPTEMBER)
    assert sent.status is Status.DELIVERED
    assert (folder / "voorbeeld-nv-2026-09-1-2").is_dir()
