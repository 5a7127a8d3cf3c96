"""The state machine notices when what keeps edits safe is switched off; `switches.py` tries all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.switches import notices


@pytest.mark.parametrize("name", ["values are compared", "edits end"])
def test_it_is_noticed(name: str, server_template: Path) -> None:
    assert notices(name, server_template, steps=1200, length=30)
