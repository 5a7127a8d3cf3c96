"""Activating and logging in at a plain terminal, in Dutch: no secret is shown, a phone reads the code."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from hrtui.i18n import text_in
from tests.backend.accounts.fixtures import backend, quick_hashes
from tests.backend.accounts.phone import app_code
from tests.backend.accounts.service import PASSWORD, Service
from tests.pictures import cell_picture, read_code, write_png
from tests.pty.harness import Program

__all__ = ["backend", "quick_hashes"]

pytestmark = pytest.mark.pty

NAMES = {"Password of the profile “{name}”:": "default", "User name ({name}):": "an.peeters"}


def say(text: str, **values: object) -> str:
    """A text of the program in Dutch."""
    return text_in("nl", text, **values)


def plain(home: Path, *words: str) -> Program:
    """A command in a terminal, in Dutch."""
    return Program([sys.executable, "-m", "hrtui", *words], home=home, env={"LANG": "nl_NL.UTF-8"})


def asks(program: Program, question: str) -> bool:
    """Whether a question is the last that the terminal shows, wherever its line is broken."""
    return " ".join(program.text.split()).endswith(question)


def answer(program: Program, *pairs: tuple[str, str]) -> None:
    """Answer questions, each once it is asked."""
    for question, typed in pairs:
        shown = say(question, n=12, name=NAMES.get(question, ""))
        program.until(partial(asks, program, shown), shown)
        program.keys(f"{typed}<enter>")


def test_an_account_is_activated_over_a_plain_terminal_and_logged_in_without_the_phone(
    backend: Service, tmp_path: Path
) -> None:
    token = backend.invite()
    with plain(tmp_path, "activate", backend.url) as program:
        answer(
            program,
            ("Token of the invitation:", token),
            ("Choose a password (at least {n} characters):", PASSWORD),
            ("The same password again:", PASSWORD),
            ("Number:", "1"),
        )
        program.wait_for(say("Code that the app shows:"))
        write_png(cell_picture(program.cells()), tmp_path / "terminal.png")
        uri = read_code(tmp_path / "terminal.png")
        found = re.search(r"secret=(\w+)", uri)
        assert found is not None
        answer(program, ("Code that the app shows:", app_code(found[1], datetime.now(UTC))))
        answer(program, ("Number, or Enter for no:", ""))
        program.wait_for(say("Have you saved them?"))
        codes = re.findall(r"\d\d-[0-9A-Z]{5}-[0-9A-Z]{5}", program.text)
        program.keys("j<enter>")
        program.wait_for("“Bakkerij De Korst” ")
        assert program.exit_code() == 0
        shown = bytes(program.output).decode()
    assert token not in shown
    assert PASSWORD not in shown
    assert (tmp_path / "data" / "default" / "hrtui.db").exists()
    with plain(tmp_path, "logout") as program:
        answer(program, ("Password of the profile “{name}”:", PASSWORD))
        assert program.exit_code() == 0
    with plain(tmp_path, "login") as program:
        answer(
            program,
            ("Password of the profile “{name}”:", PASSWORD),
            ("User name ({name}):", ""),
            ("Password of your account (Enter: that of the profile):", ""),
            ("Code that the app shows (Enter for another way):", ""),
            ("Number:", "2"),
            ("A backup code (Enter for another way):", codes[0]),
        )
        program.wait_for(say("You are logged in."))
        assert program.exit_code() == 0
