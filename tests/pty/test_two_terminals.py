"""Two terminals of one clerk on one file: each sees the other's entries, and neither overwrites unseen."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.calendar import days
from tests.pty.clerk import SIZE, faces_on
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.harness import Program
from tests.pty.paper import MAY, TODAY, listed, people

pytestmark = pytest.mark.pty

SOON = 1.0
"""Seconds within which the other terminal shows an entry."""
NUMBER = 1110
WEDNESDAY = MAY.day(27)
HERE = NUMBER, WEDNESDAY
BEFORE_IT_LOOKS = [
    sys.executable,
    "-c",
    "import hrtui.app, hrtui.__main__ as m; hrtui.app.POLL = 3600; m.main()",
]
FULL, ILL = ("VAK", "full", 456), ("ZGL", "full", 456)

Pair = tuple[Program, Program]


@pytest.fixture
def pair(office: Path) -> Iterator[Pair]:
    """Two terminals, both with the cursor on the same free day of the same person."""
    with ExitStack() as stack:
        yield terminal(stack, office), terminal(stack, office)


@pytest.fixture
def pair_apart(office: Path) -> Iterator[Pair]:
    """The same, but the second one does not look for changes, as in the moment before it does."""
    with ExitStack() as stack:
        yield terminal(stack, office), terminal(stack, office, command=BEFORE_IT_LOOKS)


def terminal(stack: ExitStack, home: Path, command: Sequence[str] = HRTUI) -> Program:
    """A terminal with the cursor on the day."""
    env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": TODAY.isoformat()}
    program = stack.enter_context(Program([*command, "demo"], SIZE, home=home, env=env))
    program.wait_for(f"1 of {len(people())} people")
    program.keys(f"/{NUMBER}<enter>{WEDNESDAY.day}<enter>")
    program.wait_for(f"{people()[NUMBER].name}, Wed 27 May: 7:36 scheduled")
    return program


def shows(program: Program, sign: str) -> None:
    """Wait until a terminal shows the day so."""
    program.until(lambda: faces_on(program.lines).get(HERE) == sign, f"{sign!r} on {HERE}")


def go_there(program: Program) -> None:
    """Back to the day, after an entry moved the cursor on."""
    program.keys(f"{WEDNESDAY.day}<enter>")
    program.wait_for("Wed 27 May: 7:36 scheduled")


def test_each_sees_the_entries_of_the_other_soon(pair: Pair):
    waited = []
    for sender, receiver, key, sign in ((*pair, "v", "v "), (*pair[::-1], "z", "z ")) * 2:
        go_there(sender)
        sender.keys(key)
        shows(sender, sign)
        since = time.monotonic()
        shows(receiver, sign)
        waited.append(time.monotonic() - since)
    assert sum(waited) / len(waited) < SOON  # a busy machine may take its time once


def test_undo_and_redo_in_one_show_in_the_other(pair: Pair):
    first, second = pair
    first.keys("v")
    shows(second, "v ")
    go_there(second)
    second.keys("z")
    shows(first, "z ")
    second.keys("<C-z>")
    second.wait_for("Undone: ")
    shows(first, "v ")
    first.keys("<C-z>")
    first.wait_for("Undone: ")
    shows(second, "  ")
    second.keys("<C-y>")
    shows(first, "v ")


def test_undo_in_one_takes_back_the_step_of_the_other(pair: Pair, office: Path):
    first, second = pair
    first.keys("3v")
    shows(second, "v ")
    second.keys("<C-z>")
    second.wait_for("Undone: Legal holiday leave 27–29 May")
    shows(first, "  ")
    assert not [cell for cell in days(office) if cell[0] == NUMBER and cell[1] >= WEDNESDAY]


def test_a_day_that_the_other_has_just_changed_is_not_overwritten_unseen(pair_apart: Pair, office: Path):
    first, second = pair_apart
    first.keys("v")
    shows(first, "v ")
    second.keys("z")
    second.wait_for("Changed elsewhere: Wed 27 May. Nothing written; the same key overwrites it.")
    shows(second, "v ")
    assert days(office)[HERE] == (FULL,)
    second.keys("z")
    shows(first, "z ")
    assert days(office)[HERE] == (ILL,)


def test_what_is_being_typed_is_not_lost_to_a_change_that_was_seen(pair: Pair, office: Path):
    first, second = pair
    second.keys("=2 KV")
    second.wait_for("Day: 2 KV")
    first.keys("v")
    shows(second, "v ")
    second.keys("<enter>")
    second.wait_for(" ! Changed elsewhere meanwhile: VAK. Enter again replaces it.")
    assert second.lines[-1] == " Day: 2 KV"
    assert days(office)[HERE] == (FULL,)
    second.keys("<enter>")
    shows(first, "k:")
    assert days(office)[HERE] == (("KV", "hours", 120),)


def test_what_is_being_typed_is_not_lost_to_a_change_not_yet_seen(pair_apart: Pair, office: Path):
    first, second = pair_apart
    second.keys("=2 KV")
    second.wait_for("Day: 2 KV")
    first.keys("v")
    shows(first, "v ")
    second.keys("<enter>")
    second.wait_for(" ! Changed elsewhere: Wed 27 May.")
    shows(second, "v ")
    assert second.lines[-1] == " Day: 2 KV"
    assert days(office)[HERE] == (FULL,)
    second.keys("<enter>")
    shows(first, "k:")
    assert days(office)[HERE] == (("KV", "hours", 120),)


def test_a_question_asked_before_the_change_does_not_overwrite_it(pair: Pair, office: Path):
    first, second = pair
    team = people()[NUMBER].team
    second.keys(f"/{team.lower()}<enter>")
    second.wait_for(f" of {len(listed(team))} people")
    second.keys("27<enter><f6>z")
    second.wait_for("Go on?")
    first.keys("v")
    shows(first, "v ")
    before = days(office)
    second.keys("y")
    second.wait_for("Changed elsewhere: ")
    assert days(office) == before


@pytest.mark.parametrize("moment", ["with the key", "while it writes"])
def test_the_sudden_end_of_one_in_a_write_does_not_hurt_the_other(pair: Pair, office: Path, moment: str):
    first, second = pair
    first.keys("/productie<enter>27<enter><f6>v")
    first.wait_for("Go on?")
    before = days(office)
    log = office / "data" / "demo" / "hrtui.db-wal"
    written = log.stat().st_mtime_ns
    first.keys("y")
    if moment == "while it writes":
        while log.stat().st_mtime_ns == written and not first.has_output():
            pass
    first.signal(signal.SIGKILL)
    assert first.exit_code() == -signal.SIGKILL
    after = days(office)
    bulk = {cell for cell in after if after[cell] != before.get(cell)}
    assert bulk in (set(), {(n, WEDNESDAY) for n in listed("productie") if people()[n].available(WEDNESDAY)})
    second.keys("v")
    shows(second, "v ")
    assert days(office) == after | {HERE: (FULL,)}
    second.keys("<C-z>")
    shows(second, "  ")
    assert days(office) == after
