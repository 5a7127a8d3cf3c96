"""What the program loads before the clerk sees something, and that the lower layers know no screen."""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import hrtui

HEAVY = {
    "alembic",
    "babel",
    "httpx",
    "httpx2",
    "holidays",
    "openpyxl",
    "phonenumbers",
    "pydantic",
    "python_calamine",
    "reportlab",
    "sqlalchemy",
    "sqlmodel",
    "stdnum",
    "xlsxwriter",
}
LATER = {"imports", "payroll", "demo"}
LATER_SCREENS = {
    "calendar.paste_preview",
    "calendar.person_calendar",
    "calendar.year",
    "help",
    "history",
    "palette",
    "unlock",
}
LATER_MODULES = {"hrtui.store.limits", "hrtui.store.leave_type_records", "hrtui.domain.identity"}
UI = {"textual", "rich", "typer"}
NO_UI = ("domain", "store", "editor", "imports", "payroll", "demo")
NO_UI_MODULES = ("actions", "clock", "i18n", "keybindings", "settings", "wording")

FIRST_FRAME = """
from textual.app import App
run = App.run
App.run = lambda app, **options: run(app, headless=True, **options)
App.on_ready = lambda app: app.call_after_refresh(app.exit)
import hrtui.cli.start
hrtui.cli.start.need_terminal = lambda: None
"""


def loaded(words: list[str], home: Path, before: str = "") -> set[str]:
    """The modules that `hrtui WORDS` has loaded when it ends with code 0."""
    script = (
        f"import json, sys\n{before}\nsys.argv = {['hrtui', *words]!r}\n"
        "from hrtui.__main__ import main\ncode = main()\n"
        "sys.stderr.write(json.dumps([code, *sys.modules]))"
    )
    env = {
        **os.environ,
        "HRTUI_DATA_DIR": str(home / "data"),
        "HRTUI_CONFIG_DIR": str(home / "config"),
        "HRTUI_TODAY": "2026-09-10",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    last = done.stderr.splitlines()[-1]
    assert last.startswith("[0, "), done.stderr
    return set(json.loads(last)[1:])


def top(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_the_version_is_shown_without_loading_anything_to_speak_of(tmp_path: Path) -> None:
    modules = loaded(["--version"], tmp_path)
    assert {name for name in modules if name.startswith("hrtui")} <= {"hrtui", "hrtui.__main__"}
    assert not top(modules) & (HEAVY | UI | {"sqlcipher3"})


def test_the_help_loads_the_command_parser_only(tmp_path: Path) -> None:
    modules = loaded(["--help"], tmp_path)
    assert not top(modules) & (HEAVY | {"textual", "rich", "sqlcipher3"})
    assert not {name for name in modules if name.startswith(("hrtui.store.", "hrtui.domain."))} - {
        "hrtui.store.errors"
    }


@pytest.mark.parametrize("words", [["demo"], ["--profile", "demo", "--lang", "nl"]])
def test_the_month_opens_without_what_it_needs_later_only(tmp_path: Path, words: list[str]) -> None:
    loaded(["demo", "--people", "5", "--no-ui"], tmp_path)
    modules = loaded(words, tmp_path, FIRST_FRAME)
    assert "hrtui.screens.calendar.month" in modules
    assert not top(modules) & (HEAVY | {"typer"})
    assert not modules & {f"hrtui.{name}" for name in LATER}
    assert not modules & {f"hrtui.screens.{name}" for name in LATER_SCREENS}
    assert not modules & LATER_MODULES


def modules_below(package: str) -> list[str]:
    folder = Path(hrtui.__file__).parent / package
    return [f"hrtui.{package}.{name}" for _, name, _ in pkgutil.iter_modules([str(folder)])]


def test_the_layers_below_the_screen_know_none() -> None:
    names = [f"hrtui.{name}" for name in NO_UI_MODULES]
    names += [name for package in NO_UI for name in modules_below(package)]
    script = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    script += f"sys.exit(' '.join({UI!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == "\n"
