"""What tests of the sync start from: a migrated backend, and databases of clerks that cost little to make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hrtui.backend.migrate import migrate
from tests.sync.world import Clerk, Server, world


@pytest.fixture(scope="session")
def server_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file of a backend that others are copied from."""
    file = tmp_path_factory.mktemp("backend") / "server.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def server(tmp_path: Path, server_template: Path) -> Iterator[Server]:
    """A backend with one employer."""
    with world(tmp_path, server_template) as running:
        yield running


Office = Callable[..., Clerk]


@pytest.fixture
def clerk(server: Server, tmp_path: Path) -> Iterator[Office]:
    """Makes clerks: `clerk("Ann")` has a database of their own, in sync from the start."""
    made: list[Clerk] = []

    def make(name: str, roles: str = "clerk", *, synced: bool = True) -> Clerk:
        token = server.add_user(len(made) + 1, name, roles)
        one = Clerk(name, token, tmp_path / name, server)
        made.append(one)
        if synced:
            one.sync()
        return one

    yield make
    for one in made:
        one.close()
