"""The real program carries invitations in its background exchange, against a backend in its own process."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from hrtui.store import drafts
from hrtui.sync.engine import Engine
from tests.backend.invitations.world import FORM
from tests.sync.service import Desk, service
from tests.sync.world import TENANT


def state(desk: Desk) -> list[tuple[str, str]]:
    """How far the invitations are, and why they wait."""
    with closing(desk.open()) as store:
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
        assert state(desk) == [(drafts.PREPARED, "")]
        done = desk.run("sync")
        assert done.returncode == 0, done.stderr.decode()
        assert state(desk) == [refused]
        prepare(desk, "Testpersoon Tom")
        seen: list[bool] = []
        engine = Engine(desk.open, lambda: seen.append(state(desk) == [refused] * 2))
        engine.start()
        try:
            assert engine._thread is not None
            while not (seen and seen[-1]):
                assert engine._thread.is_alive()
                engine._thread.join(0.05)
        finally:
            engine.stop()
