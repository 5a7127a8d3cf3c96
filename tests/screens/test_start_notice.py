"""What the clerk has to know from the start: it was said before the screen opened, where nobody saw it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrtui.cli import start
from hrtui.settings import config_folder
from tests.screens.conftest import Start, told
from tests.store.conftest import Office

FRAGILE = '[grid]\nentry.hours = ["ctrl+left"]\n'


async def test_a_notice_stands_on_the_first_screen_until_a_key(start: Start) -> None:
    async with start(notice="Data on a network file system (nfs4) can get damaged.") as pilot:
        assert "! Data on a network file system (nfs4) can get damaged." in told(pilot.app)
        await pilot.press("right")
        assert "network" not in told(pilot.app)


@pytest.mark.parametrize(
    ("network", "keys", "notice"),
    [
        ("", "", ""),
        ("nfs4", "", "Data on a network file system (nfs4) can get damaged: see `hrtui doctor`."),
        ("", FRAGILE, "Some of your keys do not arrive from every terminal: see `hrtui keys`."),
    ],
)
def test_the_start_tells_of_what_puts_data_or_keys_at_risk(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, network: str, keys: str, notice: str
) -> None:
    monkeypatch.setenv("HRTUI_CONFIG_DIR", str(tmp_path / "config"))
    config_folder().mkdir()
    (config_folder() / "keybindings.toml").write_text(keys)
    assert start.first_employer(office.store, network).notice == notice
