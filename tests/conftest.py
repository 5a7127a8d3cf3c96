"""What every test starts from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hrtui.i18n import set_language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English, whatever the one before it chose."""
    set_language("en")
    yield
    set_language("en")
