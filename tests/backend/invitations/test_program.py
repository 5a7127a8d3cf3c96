"""The real program carries invitations in its background exchange, against a backend in its own process."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from hrtui.store import drafts
from hrtui.store.store import Store
from hrtui.sync import outbox
from hrtui.sync.engine import FULL, Engine
from tests.backend.invitations.world import FORM
from tests.sync.service import Desk, service
from tests.sync.world import TENANT


def state(store: Store) -> list[tuple[str, str]]:
    """How far the invitations are, and why they wait."""
    found = drafts.invitations(store, TENANT)
    return [(one.step, str(one.data.get("problem", ""))) for one in found]


def prepare(desk: Desk, name: str) -> None:
    with closing(desk.open()) as store:
        drafts.prepare_invitation(store, TENANT, name, "t@example.org", "nl", form=FORM)


def test_a_backend_without_mail_is_told_by_the_command_and_in_the_background(
    tmp_path: Path, sqlite_template: Path
) -> None:
    refused = (drafts.REFUSED, "no_mail")
    with service(tmp_path, sqlite_template) as running:
        desk = running.desk("kim", tmp_path / "kim")
        prepare(desk, "Testpersoon Tess")
        with closing(desk.open()) as store:
            assert state(store) == [(drafts.PREPARED, "")]
        done = desk.run("sync")
        assert done.returncode == 0, done.stderr.decode()
        with closing(desk.open()) as store:
            assert state(store) == [refused]
            engine = Engine(desk.open, lambda: None)
            engine.start()
            try:
                for number in (2, 3, 4):
                    prepare(desk, f"Testpersoon {number}")
                    _settled(engine, store, [refused] * number)
            finally:
                engine.stop()


def _settled(engine: Engine, store: Store, wanted: list[tuple[str, str]]) -> None:
    """Wait for the invitations; the forms do not travel, so nothing waits until the next exchange is due."""
    due = time.monotonic() + FULL / 2
    assert engine._thread is not None
    while state(store) != wanted or outbox.waiting(store.con, TENANT):
        assert engine._thread.is_alive()
        assert time.monotonic() < due
        engine._thread.join(0.05)
