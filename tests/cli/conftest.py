"""The command line in this process, with profiles and settings in a folder of the test's own."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

from hrtui import i18n
from hrtui.cli.run import run

PASSWORD = "een goed wachtwoord"


@dataclass
class Answer:
    """What a command said: its exit code, its data and its talk."""

    code: int
    out: str
    err: str
    raw: bytes


class Hrtui:
    """Runs commands as a script would, without a terminal."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[bytes]) -> None:
        self.home = home
        self._capture = capture

    @property
    def profiles(self) -> Path:
        """The folder of the profiles."""
        return self.home / "data"

    def __call__(self, *words: str, typed: str | TextIO = "") -> Answer:
        """Run `hrtui WORDS` with `typed` on (or as) standard input."""
        self._capture.readouterr()
        before, sys.stdin = sys.stdin, io.StringIO(typed) if isinstance(typed, str) else typed
        try:
            code = run(list(words))
        finally:
            sys.stdin = before
        out, err = self._capture.readouterr()
        return Answer(code, out.decode(errors="replace"), err.decode(), out)

    def unlocked(self, *words: str) -> Answer:
        """The same with the password of the profile that `made` makes."""
        return self(*words, "--password-stdin", typed=PASSWORD + "\n")

    def file(self, name: str, text: str) -> str:
        """Write a file and give its path."""
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture
def hrtui(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Hrtui]:
    """The command line on empty folders, in English, on a fixed day."""
    monkeypatch.setenv("HRTUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HRTUI_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-10")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield Hrtui(tmp_path, capfdbinary)
    i18n.set_language("en")


@pytest.fixture
def office(hrtui: Hrtui) -> Hrtui:
    """The command line with a profile of two invented people behind a password."""
    assert hrtui.unlocked("init", "--employer", "Proef NV", "--country", "BE").code == 0
    schedules = hrtui.file(
        "schedules.csv", "name;monday;tuesday;wednesday;thursday;friday\n38 uur;7,6;7,6;7,6;7,6;7,6\n"
    )
    people = hrtui.file(
        "people.csv",
        "number;last name;first name;team;contract start;schedule\n"
        "1001;Peeters;Proef;Bakkerij;2026-01-05;38 uur\n"
        "1002;Janssens;Test;Winkel;2026-01-05;38 uur\n",
    )
    assert hrtui.unlocked("import", "schedules", schedules).code == 0
    assert hrtui.unlocked("import", "people", people).code == 0
    return hrtui
