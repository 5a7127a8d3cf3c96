"""No torn or unknown key sequence and no paste makes an entry; every typed key counts."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.calendar import entries, steps
from tests.pty.conftest import Start
from tests.pty.harness import Program

pytestmark = pytest.mark.pty

LETTERS = "vztokal"  # leave types of the demo
STRING_ENDS = ("\x07", "\x1b\\")
WHOLE = 3000
TORN = 150
PAUSES = (0.001, 0.005, 0.02, 0.05, 0.1)
LONG_PAUSES = (0.24, 0.27, 0.5, 0.8, 1.0)


def sequences(choose: random.Random) -> Iterator[str]:
    """Sequences that terminals send or might send, none of which is a key that enters or clears."""
    while True:
        number = choose.randrange
        word = "".join(choose.choice(LETTERS + "0123456789;:/ ") for _ in range(number(1, 30)))
        yield choose.choice(
            [
                f"\x1b[{choose.choice('ABCDHF')}",
                f"\x1b[1;{number(2, 9)}{choose.choice('ABCDHF')}",
                f"\x1bO{number(1, 10)}{choose.choice('ABCD')}",
                f"\x1b[{number(30, 99)};{number(1, 9)}~",
                f"\x1b[{number(100)};{number(100)}{choose.choice(LETTERS)}",
                f"\x1b[{number(100)};{number(100)}{choose.choice('XYWGKLU')}",
                f"\x1b[?{number(3000)};{number(5)}$y",
                f"\x1b[?{number(64)};{number(30)}c\x1b[>{number(99)};{number(400)};0c",
                f"\x1b[{number(1, 40)};{number(1, 99)}R",
                f"\x1b[<{number(64)};{number(1, 99)};{number(1, 40)}{choose.choice('Mm')}",
                f"\x1b[{number(32, 96)};{number(1, 99)};{number(1, 40)}M",
                f"\x1b[M{choose.choice(LETTERS)}{choose.choice(LETTERS)}!",
                choose.choice(["\x1b[I", "\x1b[O"]),
                f"\x1b]{number(120)};{word}{choose.choice(STRING_ENDS)}",
                f"\x1bP{number(10)}$r{word}\x1b\\",
                f"\x1b_G{word}\x1b\\",
                f"\x1b^{word}\x1b\\",
                choose.choice(["\x1bb", "\x1bf"]),
                f"\x1b[57{number(358, 454)};{number(1, 9)};{number(9)}X",
            ]
        )


def send_torn(program: Program, sequence: str, choose: random.Random, pauses: tuple[float, ...]) -> None:
    """Send a sequence in pieces with pauses, as a slow line delivers it."""
    while sequence:
        # An Escape on its own is a key; what follows it as a letter of its own is one, too.
        size = choose.randint(2 if sequence[0] == "\x1b" and sequence[1].isalpha() else 1, len(sequence))
        program.send(sequence[:size].encode())
        sequence = sequence[size:]
        if sequence:
            time.sleep(choose.choice(pauses))


@pytest.mark.timeout(600)
def test_no_sequence_makes_an_entry(demo: Start, tmp_path: Path):
    home = tmp_path / "home"
    program = demo()
    before, made = entries(home), steps(home)
    choose = random.Random(20260915)
    stream = sequences(choose)
    # A read may end right behind an Escape; on a busy machine a letter after it is then a key of its own.
    batched = (sequence for sequence in stream if not sequence[1].isalpha())
    for _ in range(WHOLE // 50):
        program.send("".join(next(batched) for _ in range(50)).encode())
    for pauses, count in ((PAUSES, TORN), (LONG_PAUSES, TORN // 6)):
        for _ in range(count):
            send_torn(program, next(stream), choose, pauses)
            assert "60 people" in program.lines[0], program.text
    program.settle()
    assert entries(home) == before
    assert steps(home) == made
    time.sleep(2)  # the longest that an unfinished sequence is waited for
    program.press("<esc>")
    program.press("<C-home><end>z")
    assert steps(home) == made + 1, "typing is heard again"


def test_a_paste_never_types(demo: Start, tmp_path: Path):
    home = tmp_path / "home"
    program = demo()
    before = entries(home)
    program.paste("vvvv\r5v\tz\n" * 20)
    program.settle()
    assert entries(home) == before
    program.keys("<esc>")
    program.settle()
    program.send(b"\x1b[20")
    time.sleep(0.5)
    program.send(b"0~vvz")
    time.sleep(0.5)
    program.send(b"vv\r\x1b[201~")
    program.settle()
    assert entries(home) == before


def test_every_key_of_a_burst_counts(demo: Start, tmp_path: Path):
    home = tmp_path / "home"
    program = demo()
    before, made = entries(home), steps(home)
    program.press("<C-home><end>")  # on the last day the cursor stays where it is
    program.press("zv" * 250)
    assert steps(home) == made + 500
    assert entries(home) != before
    program.press("<C-z>" * 500)
    assert entries(home) == before


def test_a_text_may_hold_what_the_grid_takes_for_a_torn_sequence(demo: Start):
    program = demo()
    program.press("=2 OVU [v] O5")
    assert program.lines[-1] == " Day: 2 OVU [v] O5"


def test_escape_and_a_quick_letter_are_both_keys(start: Start):
    program = start()
    for pause in (0.05, 0.15, 0.3):
        program.send(b"\x1b")
        time.sleep(pause)
        program.send(b"v")
    program.wait_for("3 entries")


def test_escape_and_a_day_in_one_burst_go_to_that_day(demo: Start):
    program = demo()
    program.send(b"4\x1b27\r")
    program.wait_for(", Sun 27 Sep: ")


def test_a_terminal_that_sends_no_utf_8_does_no_harm(start: Start):
    program = start()
    program.send("é".encode("latin-1") + b"v")
    program.wait_for("last v")
