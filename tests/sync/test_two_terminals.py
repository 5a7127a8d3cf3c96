"""Two clerks at two computers and a backend between them: real terminals, sockets, and a line that is cut."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from hrtui.sync.status import status_of
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.harness import Program
from tests.sync.proxy import Proxy
from tests.sync.service import Desk, Service, service
from tests.sync.world import PEOPLE, TENANT

pytestmark = pytest.mark.pty

TODAY = date(2026, 9, 10)
SOON = 5.0
"""Seconds within which the other clerk sees an entry on a busy machine; tests/bench measures the usual."""


@dataclass
class Terminal:
    """A clerk at the month."""

    desk: Desk
    program: Program

    def go(self, day: int) -> None:
        """To a day of the first person."""
        self.program.keys(f"{day}<enter>")
        self.program.wait_for(f" {day} Sep: 7:36 scheduled")

    def reads(self, text: str) -> None:
        """Wait until the screen says something, wherever its lines are broken."""
        self.program.until(lambda: text in " ".join(self.program.text.split()), text)

    def shows(self, text: str) -> None:
        """Wait for a text on the screen."""
        self.program.wait_for(text)


@pytest.fixture
def running(tmp_path: Path, server_template: Path) -> Iterator[Service]:
    with service(tmp_path, server_template) as one:
        yield one


@pytest.fixture
def clerks(running: Service, tmp_path: Path) -> Iterator[tuple[Terminal, Terminal, Proxy]]:
    """Two clerks on the same day; the second one's line goes through a proxy."""
    with ExitStack() as stack:
        proxy = stack.enter_context(Proxy(running.port))
        terminals = []
        for name, port in (("Ann", running.port), ("Bob", proxy.port)):
            desk = running.desk(name, tmp_path / name, port)
            env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": TODAY.isoformat()}
            program = stack.enter_context(Program(HRTUI, (80, 24), home=desk.home, env=env))
            program.wait_for("of 3 people")
            terminals.append(Terminal(desk, program))
            program.wait_for("synced")
        yield terminals[0], terminals[1], proxy


def test_each_sees_the_entries_of_the_other_and_a_cut_line_loses_nothing(
    clerks: tuple[Terminal, Terminal, Proxy], running: Service
) -> None:
    ann, bob, proxy = clerks
    for sender, receiver, day, key in ((ann, bob, 14, "v"), (bob, ann, 15, "z")):
        receiver.go(day)
        sender.go(day)
        sender.program.keys(key)
        began = time.monotonic()
        receiver.reads(f"entered by {sender.desk.name} on")
        assert time.monotonic() - began < SOON
        sender.go(day)
        sender.reads(f"entered by {sender.desk.name} on")
    proxy.cut()
    bob.shows("offline since")
    for day in (16, 17, 18):
        bob.go(day)
        bob.program.keys("v")
    bob.shows("3 waiting")
    ann.go(18)
    ann.program.keys("z")
    end = time.monotonic() + 20
    while ("day", PEOPLE[0], "2026-09-18") not in running.server.rows():
        assert time.monotonic() < end
        time.sleep(0.01)
    proxy.mend()
    bob.shows("1 to decide")
    ann.shows("1 to decide")
    assert {key[2] for key in running.server.rows() if key[:2] == ("day", PEOPLE[0])} == {
        f"2026-09-{day}" for day in range(14, 19)
    }
    bob.program.keys("<C-t>y<enter><enter>")
    bob.shows("Take VAK")
    bob.program.keys("2")
    bob.shows("Decided: VAK")
    ann.shows("synced")
    for one in (ann, bob):
        one.program.keys("<C-q>")
        assert one.program.exit_code() == 0
        with closing(one.desk.open()) as store:
            status = status_of(store, TENANT)
            assert status is not None
            assert (status.waiting, status.conflicts) == (0, 0)


@pytest.mark.parametrize("place", ["", "snapshot.page", "snapshot.swapped"])
def test_a_first_reading_that_was_broken_off_goes_on_where_hrtui_is_opened(
    place: str, running: Service, tmp_path: Path
) -> None:
    desk = running.new_desk("Ann", tmp_path / "Ann")
    if place:
        assert desk.run("sync", HRTUI_FAILPOINT=place).returncode == -signal.SIGKILL
    env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": TODAY.isoformat()}
    with Program(HRTUI, (80, 24), home=desk.home, env=env) as program:
        program.wait_for("of 3 people")
        program.wait_for("synced")
        written = bytes(program.output).decode()
        assert "Fetching your employers…" in written
        # All pages are here where it died while it put them in their places.
        assert ("reading" in written) == (place != "snapshot.swapped")


def test_a_first_reading_without_a_connection_says_so(running: Service, tmp_path: Path) -> None:
    with Proxy(running.port) as proxy:
        port = proxy.port
    desk = running.new_desk("Ann", tmp_path / "Ann", port)
    with Program(HRTUI, (80, 24), home=desk.home, env={"PYTHONPATH": str(ROOT)}) as program:
        program.wait_for("The backend does not answer.")
        assert "Traceback" not in program.text


def test_quitting_does_not_wait_for_the_network(clerks: tuple[Terminal, Terminal, Proxy]) -> None:
    _, bob, proxy = clerks
    proxy.cut()
    bob.go(16)
    bob.program.keys("v")
    began = time.monotonic()
    bob.program.keys("<C-q>")
    assert bob.program.exit_code() == 0
    assert time.monotonic() - began < SOON
    with closing(bob.desk.open()) as store:
        status = status_of(store, TENANT)
        assert status is not None
        assert status.waiting == 1
