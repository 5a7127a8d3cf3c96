"""The README's five minutes with a backend, typed into three terminals exactly as they are written.

Only where something else has the port of the README are its service and its address moved to a free one.
"""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.backend.accounts.phone import app_code
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.harness import Program

pytestmark = pytest.mark.pty

PORT = 8420
PROMPT = "next>"
PASSWORDS = {"an": "drie natte paarden op zolder", "bo": "vier gele eenden in bad"}
USERS = (("an.peeters", "An Peeters"), ("bo.claes", "Bo Claes"))
SECTION = re.findall(
    r"<!-- backend:begin -->\n(.*)<!-- backend:end -->", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
)[0]
BLOCKS = re.findall(r"```sh\n# (first|second|third) terminal: .*\n((?:.+\n)+)```", SECTION)
STEPS = [
    re.findall(r"`([^`]+)`", step) for step in re.findall(r"^\d\. (.*(?:\n .*)*)", SECTION, re.MULTILINE)
]
KEYS = {"Ctrl+C": "<C-c>", "Ctrl+T": "<C-t>", "Ctrl+Z": "<C-z>", "Enter": "<enter>"}


class Desk:
    """A shell in a terminal, and what one types there."""

    def __init__(self, program: Program, url: str) -> None:
        self.program = program
        self._url = url
        self._from = 0
        program.wait_for(PROMPT)

    def types(self, command: str) -> None:
        """Type a command of the README."""
        self._from = len(self.program.output)
        self.program.keys(command.replace(f"http://127.0.0.1:{PORT}", self._url) + "<enter>")

    def ends(self) -> None:
        """Wait until the shell asks for the next command."""
        self.program.until(lambda: PROMPT in self.written(), "the end of the command")

    def written(self) -> str:
        """What came to the terminal since the last command was typed."""
        return bytes(self.program.output[self._from :]).decode(errors="replace")

    def answers(self, *pairs: tuple[str, str]) -> None:
        """Answer questions, each once it is the last that the terminal shows."""
        for question, answer in pairs:
            self.asks(question)
            self.program.keys(f"{answer}<enter>")

    def asks(self, question: str) -> None:
        """Wait until a question is the last that the terminal shows."""
        self.program.until(lambda: self.program.text.rstrip().endswith(question), question)

    def press(self, *spans: str) -> None:
        """Press keys as the README writes them."""
        self.program.keys("".join(KEYS.get(span, span) for span in spans))

    def shows(self, text: str) -> None:
        """Wait for a text, wherever its line is broken."""
        self.program.until(lambda: text in " ".join(self.program.text.split()), text)


Desks = dict[str, Desk]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Three terminals of one computer, on which `hrtui` is a command."""
    port = free_port()
    tools = tmp_path / "bin"
    tools.mkdir()
    serve = f" --port {port}" if port != PORT else ""
    script = tools / "hrtui"
    script.write_text(f'#!/bin/sh\n[ "$*" = serve ] && set -- serve{serve}\nexec {" ".join(HRTUI)} "$@"\n')
    script.chmod(0o755)
    path = f"{tools}:{Path(shutil.which('sh') or '/bin/sh').parent}:/usr/bin:/bin"
    env = {"PS1": PROMPT, "PATH": path, "PYTHONPATH": str(ROOT), "ENV": ""}
    with ExitStack() as stack:
        found = {
            name: Desk(
                stack.enter_context(Program(["/bin/sh", "-i"], (80, 24), home=tmp_path, env=env)),
                f"http://127.0.0.1:{port}",
            )
            for name in ("first", "second", "third")
        }
        try:
            yield found
        finally:
            # Where hanging up is ignored (nohup) the service would outlive its terminal.
            found["first"].press("Ctrl+C")


def free_port() -> int:
    """That of the README where nothing has it, else another."""
    for port in (PORT, 0):
        try:
            with socket.create_server(("127.0.0.1", port)) as bound:
                return int(bound.getsockname()[1])
        except OSError:
            continue
    raise AssertionError("there is no free port")


def test_the_five_minutes_go_as_they_are_written(desks: Desks) -> None:
    tokens: list[str] = []
    users = iter(USERS)
    for name, commands in BLOCKS:
        for command in commands.splitlines():
            run(desks[name], command, tokens, users)
    second, third = desks["second"], desks["third"]
    assert STEPS == [
        ["v"],
        ["Ctrl+C", "offline since"],
        ["v", "z", "~"],
        ["hrtui serve", "1 to decide"],
        ["Ctrl+T", "y", "1", "Enter", "2", "Ctrl+Z"],
    ]
    for desk in (second, third):
        desk.shows("Tue 15 Sep: 7:36 scheduled v")
        desk.shows("synced")
    second.press("v")
    third.shows("15 Sep: 7:36 scheduled; Legal holiday leave 7:36, entered by An Peeters")
    desks["first"].press("Ctrl+C")
    desks["first"].ends()
    for desk in (second, third):
        desk.shows("offline since")
    second.press("v")
    third.program.keys("<right>")
    third.shows("16 Sep: 7:36 scheduled v")
    third.press("z")
    for desk, key in ((second, "v"), (third, "z")):
        desk.shows("1 waiting")
        assert f"{key}~" in desk.program.text
    desks["first"].types("hrtui serve")
    for desk in (second, third):
        desk.shows("1 to decide")
        desk.program.keys("16<enter>")
        desk.shows("changed in two places")
    decide(second, third)


def decide(second: Desk, third: Desk) -> None:
    """The last step: the day gets the other value at both sides, and the one of before by undo."""
    kinds = ("Legal holiday leave", "Illness, guaranteed wage")
    before, after = kinds if kinds[0] in second.program.text else kinds[::-1]
    second.press("Ctrl+T", "y", "1", "Enter")
    second.shows("An Peeters")
    second.shows("Bo Claes")
    second.press("2")
    second.shows("Decided: ")
    third.shows(after)
    third.shows("synced")
    second.press("Ctrl+Z")
    third.shows(before)
    for desk in (second, third):
        assert "Traceback" not in bytes(desk.program.output).decode()


def run(desk: Desk, command: str, tokens: list[str], users: Iterator[tuple[str, str]]) -> None:
    """Type a command, answer what it asks, and wait for its end, or for what stays on the screen."""
    desk.types(command)
    words = command.split()
    password = PASSWORDS.get(words[2] if words[1:2] == ["--profile"] else "", "")
    if command == "hrtui serve":
        desk.shows("The backend listens on")
        return
    if command == "hrtui admin users add":
        add_user(desk, tokens, *next(users))
    elif "activate" in words:
        activate(desk, tokens.pop(0), password)
    elif words[3:] == [] and password:
        desk.shows("Enter opens the profile")
        desk.program.keys(f"{password}<enter>")
        desk.shows("Peeters Proef, Tue 15 Sep")
        return
    elif password:
        desk.answers((f"Password of the profile “{words[2]}”:", password))
    desk.ends()


def add_user(desk: Desk, tokens: list[str], name: str, full_name: str) -> None:
    """Make a user; the token of the invitation is what the command writes on a line of its own."""
    email = f"{name}@voorbeeld.example"
    desk.answers(("User name:", name), ("Full name:", full_name), ("E-mail address:", email))
    desk.ends()
    tokens += re.findall(r"^([\w-]{43})\r?$", desk.written(), re.MULTILINE)
    assert "No mail server is set up" in desk.written()


def activate(desk: Desk, token: str, password: str) -> None:
    """Activate the account as the command asks, with a phone's app."""
    desk.answers(("Token of the invitation:", token), ("(at least 12 characters):", password))
    desk.answers(("The same password again:", password))
    desk.asks("Code that the app shows:")
    groups = re.findall(r"((?: [A-Z2-7]{4}){4})$", desk.program.text, re.MULTILINE)
    secret = "".join(groups).replace(" ", "")
    desk.answers(("Code that the app shows:", app_code(secret, datetime.now(UTC))))
    desk.answers(("Have you saved them? (y/n)", "y"))
    desk.ends()
    assert "“Bakkerij De Korst” is here" in desk.written()
