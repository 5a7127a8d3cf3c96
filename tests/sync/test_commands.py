"""`hrtui sync` and `hrtui status` against a real backend, and what they say when it is away."""

from __future__ import annotations

import io
import json
import sys
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from hrtui.cli import sync
from hrtui.domain.day import Entry
from hrtui.store.changes import DayChange, write
from tests.sync.conftest import Office
from tests.sync.service import Desk, service
from tests.sync.world import FIRST_TYPE, PEOPLE, TENANT


def test_they_tell_what_waits_and_what_went(tmp_path: Path, server_template: Path) -> None:
    with service(tmp_path, server_template) as running:
        ann = running.desk("Ann", tmp_path / "Ann")
        with closing(ann.open()) as store:
            day = DayChange(PEOPLE[0], date(2026, 9, 14), (), (Entry(FIRST_TYPE, 456),))
            write(store, TENANT, "Leave", [day])
        assert "Voorbeeld NV: 1 step waits\n" in ann.run("status").stdout.decode()
        done = ann.run("sync", "--json")
        assert done.returncode == 0
        (line,) = json.loads(done.stdout)
        assert (line["employer"], line["synced"], line["waiting"]) == ("Voorbeeld NV", True, 0)
        assert ("day", PEOPLE[0], "2026-09-14") in running.server.rows()
    done = ann.run("sync")
    assert done.returncode == 1
    assert "does not answer" in done.stderr.decode() + done.stdout.decode()
    assert json.loads(ann.run("status", "--json").stdout)[0]["waiting"] == 0


def test_a_profile_without_a_backend_says_so(tmp_path: Path) -> None:
    from hrtui.store.keys import create_file_key

    desk = Desk("Bob", tmp_path)
    desk.profile.prepare()
    create_file_key(desk.profile)
    desk.open().close()
    for command in ("sync", "status"):
        done = desk.run(command)
        assert (done.returncode, done.stdout) == (1, b"")
        assert "connected to no backend" in done.stderr.decode()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_first_reading_shows_in_a_terminal_how_far_it_is(
    clerk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = clerk("Ann", synced=False)
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    ann.replica.arrived = partial(sync.draw_progress, ann.store, TENANT)
    ann.sync()
    drawn = [line for line in terminal.getvalue().split("\r") if line]
    assert len(drawn) > 1
    full = [line.count("█") for line in drawn]
    assert full == sorted(full)
    assert full[-1] > full[0]
    assert "reading 99%" in drawn[-1]
