"""Activating in a real terminal, plain: nothing secret is shown, and a phone can read the code there."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.backend.accounts.fixtures import backend, quick_hashes
from tests.backend.accounts.phone import app_code
from tests.backend.accounts.service import PASSWORD, Service
from tests.pictures import cell_picture, read_code, write_png
from tests.pty.harness import Program

__all__ = ["backend", "quick_hashes"]

pytestmark = pytest.mark.pty


def test_an_account_is_activated_over_a_plain_terminal(backend: Service, tmp_path: Path) -> None:
    token = backend.invite()
    command = [sys.executable, "-m", "hrtui", "activate", backend.url]
    with Program(command, home=tmp_path) as program:
        program.wait_for("Token of the invitation:")
        program.keys(f"{token}<enter>")
        program.wait_for("Choose a password")
        program.keys(f"{PASSWORD}<enter>")
        program.wait_for("The same password again:")
        program.keys(f"{PASSWORD}<enter>")
        program.wait_for("Which second step do you want")
        program.keys("1<enter>")
        program.wait_for("Code that the app shows:")
        write_png(cell_picture(program.cells()), tmp_path / "terminal.png")
        uri = read_code(tmp_path / "terminal.png")
        found = re.search(r"secret=(\w+)", uri)
        assert found is not None
        program.keys(f"{app_code(found[1], datetime.now(UTC))}<enter>")
        program.wait_for("Add another second step?")
        program.keys("<enter>")
        program.wait_for("Have you saved them?")
        program.keys("y<enter>")
        program.wait_for("“Bakkerij De Korst” is here")
        assert program.exit_code() == 0
        shown = bytes(program.output).decode()
    assert token not in shown
    assert PASSWORD not in shown
    assert (tmp_path / "data" / "default" / "hrtui.db").exists()
