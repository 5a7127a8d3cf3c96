"""What tests of forwarding at the backend start from: a backend with an employer and two clerks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.forwarding.desk import Desk, Office, office_at


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """A backend on each kind of database."""
    made = office_at(database_url, tmp_path)
    yield made
    made.close()


@pytest.fixture
def ann(office: Office) -> Desk:
    """A clerk who may unlock."""
    return office.desk("Ann")


@pytest.fixture
def bob(office: Office) -> Desk:
    """Another clerk, who may not."""
    return office.desk("Bob", "clerk")
