"""Textual reads its settings at import; ours are there by then, and the user's win."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from hrtui.terminal import internals
from hrtui.terminal.environment import prepare


def test_it_imports_no_textual():
    code = "import sys, hrtui.terminal.environment as e; e.prepare(); sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_animations_are_off_unless_the_user_wants_them(monkeypatch: pytest.MonkeyPatch):
    for name in ("TEXTUAL_ANIMATIONS", "TEXTUAL_SMOOTH_SCROLL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("ESCDELAY", "50")
    prepare()
    assert os.environ["TEXTUAL_ANIMATIONS"] == "none"
    assert os.environ["TEXTUAL_SMOOTH_SCROLL"] == "0"
    assert os.environ["ESCDELAY"] == "50"


@pytest.mark.parametrize(("tmux", "colours"), [(None, "256"), ("/tmp/tmux,1,0", None)])
def test_gnu_screen_gets_256_colours(monkeypatch: pytest.MonkeyPatch, tmux: str | None, colours: str | None):
    for name in ("TEXTUAL_COLOR_SYSTEM", "TMUX"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "screen-256color")
    if tmux:
        monkeypatch.setenv("TMUX", tmux)
    prepare()
    assert os.environ.get("TEXTUAL_COLOR_SYSTEM") == colours


def test_this_textual_has_the_parts_that_are_leaned_on():
    assert internals.supported()
    for name in ("run_input_thread", "disable_input", "_sigtstp_application", "_sigcont_application"):
        assert callable(getattr(LinuxDriver, name))
    assert callable(App._display)
    assert callable(App.get_driver_class)
