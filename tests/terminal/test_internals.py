"""The private parts of Textual are used with the one version that they belong to, and with no other."""

from __future__ import annotations

from pathlib import Path

import pytest
import textual

from hrtui.terminal import internals
from hrtui.terminal.driver import SafeDriver
from hrtui.terminal.output import ChangedCellsOutput


def test_the_installed_textual_is_the_one_that_is_leant_on() -> None:
    assert internals.supported()
    assert ChangedCellsOutput().get_driver_class() is SafeDriver


def test_an_installation_without_a_folder_of_that_name_is_asked_for_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(textual, "__file__", str(tmp_path / "textual" / "__init__.py"))
    assert internals.supported()


def test_another_version_is_not_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(internals, "TEXTUAL_VERSION", "8.2.9")
    assert not internals.supported()
