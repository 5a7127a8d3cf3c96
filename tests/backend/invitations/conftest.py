"""A backend with a mail server, an employer, and a clerk's program over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hrtui.backend.accounts.notify import AppriseNotifier
from tests.backend.accounts.service import Post, mail_server
from tests.backend.invitations.world import Invitations
from tests.sync.world import Clerk, Server


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[Invitations]:
    """A clerk whose employer is in sync, on each database."""
    server, post = Server(database_url, tmp_path), Post()
    server.make_employer()
    with mail_server(post) as mail:
        accounts = replace(
            server.app.state.accounts, notifier=AppriseNotifier(mail, ""), url="https://hr.example"
        )
        server.app.state.accounts = accounts
        clerk = Clerk("Kim Clerk", server.add_user(1, "Kim Clerk"), tmp_path / "kim", server)
        clerk.sync()
        yield Invitations(server, clerk, post)
        clerk.close()
        server.close()
    shutil.rmtree(tmp_path / "kim")
