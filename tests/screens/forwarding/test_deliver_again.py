"""Delivering what never arrived once more, from the report of the transmission."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrtui.screens.forwarding.transmission import TransmissionScreen
from hrtui.store.transmissions import Status, transmissions
from tests.screens.conftest import Start, told
from tests.screens.forwarding.test_forwarding import SEPTEMBER, folder, forwarded
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


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_a_narrow_report_names_the_key_that_delivers_again(
    start: Start, world: Office, folder: Path, language: str
) -> None:
    async with start((100, 40)) as pilot:
        await forwarded(pilot)
    world.store.con.execute("UPDATE transmission SET status = 'queued'")
    async with start((60, 15), language=language) as pilot:
        await pilot.press("greater_than_sign", "f3", "enter")
        assert "Ctrl+S" in told(pilot.app)
        assert "Esc" in told(pilot.app)


async def test_a_backend_is_asked_to_deliver_again_only_what_it_gave_up(
    start: Start, world: Office, folder: Path
) -> None:
    store = world.store
    async with start((100, 40)) as pilot:
        await forwarded(pilot)
        with store.transaction():
            store.con.execute("INSERT OR REPLACE INTO setting VALUES ('backend', 'http://backend')")
        await pilot.press("greater_than_sign", "f3", "enter", "ctrl+s")
        assert "not given up: there is nothing to deliver again" in told(pilot.app)
        with store.transaction():
            store.con.execute("UPDATE transmission SET status = 'failed'")
        await pilot.press("escape", "enter", "ctrl+s")
        assert "once more?" in told(pilot.app)
