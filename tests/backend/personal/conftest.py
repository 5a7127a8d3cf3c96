"""What tests of erasing and export start from: an employer whose people have a past."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrtui.backend.database import Database
from tests.backend.documents.drawer import drawer
from tests.backend.personal.past import Past


@pytest.fixture
def past(database: Database, database_url: str, tmp_path: Path) -> Iterator[Past]:
    """An employer with a past, on both databases."""
    with drawer(database, database_url, tmp_path, quota_bytes=10**8) as place:
        yield Past(place, tmp_path)
