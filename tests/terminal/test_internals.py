"""The output leans on one version of Textual only, and on no more than the terminal can do."""

from __future__ import annotations

from pathlib import Path

import pytest
import textual

from hrtui.terminal import internals
from hrtui.terminal.driver import SafeDriver
from hrtui.terminal.output import ChangedCellsOutput, _erases_in_colour


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


@pytest.mark.parametrize(
    ("terminal", "tmux", "erases"),
    [("xterm-256color", False, True), ("screen-256color", False, False), ("screen-256color", True, True)],
)
def test_gnu_screen_alone_erases_without_the_colour_in_use(
    monkeypatch: pytest.MonkeyPatch, terminal: str, tmux: bool, erases: bool
) -> None:
    monkeypatch.setenv("TERM", terminal)
    monkeypatch.setenv("TMUX", "x") if tmux else monkeypatch.delenv("TMUX", raising=False)
    assert _erases_in_colour() is erases
