"""The writer keeps the order, never waits for the terminal while it is behind, and ends in time."""

from __future__ import annotations

import asyncio
import os
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from hrtui.terminal.writer import Writer

Terminal = tuple[int, TextIO]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A terminal's own side, and the file that a program writes to."""
    own, program = os.openpty()
    tty.setraw(program)
    with open(program, "w", encoding="utf-8") as file:
        yield own, file
    os.close(own)


async def read_all(own: int, count: int) -> bytes:
    """Read so many bytes, leaving the event loop its turns."""
    data = b""
    end = time.monotonic() + 30
    os.set_blocking(own, False)
    while len(data) < count and time.monotonic() < end:
        try:
            data += os.read(own, 65536)
        except BlockingIOError:
            await asyncio.sleep(0.001)
    return data


async def test_what_is_written_goes_out_when_the_loop_is_idle(terminal: Terminal):
    own, file = terminal
    writer = Writer(file, lambda: None)
    writer.write("één")
    writer.write(", two")
    assert await read_all(own, 10) == "één, two".encode()
    assert not writer.behind
    writer.stop()


async def test_a_terminal_that_does_not_read_is_not_waited_for(terminal: Terminal):
    own, file = terminal
    drained: list[bool] = []
    writer = Writer(file, lambda: drained.append(writer.behind))
    begin = time.monotonic()
    text = "".join(f"{number:07}" for number in range(20_000))
    writer.write(text)
    writer.flush()
    assert time.monotonic() - begin < 1
    assert writer.behind
    assert not drained
    assert await read_all(own, len(text)) == text.encode()
    await asyncio.sleep(0.01)
    assert drained == [False]
    writer.stop()


async def test_what_was_not_sent_yet_holds_no_frame_back(terminal: Terminal):
    own, file = terminal
    writer = Writer(file, lambda: pytest.fail("nothing had to wait"))
    writer.write("for the clipboard")
    assert not writer.behind, "a frame left out now would never be sent"
    assert await read_all(own, 17) == b"for the clipboard"
    writer.stop()


async def test_what_waits_has_a_limit(terminal: Terminal):
    own, file = terminal
    writer = Writer(file, lambda: None)
    left = [20 * 50_000]

    def read() -> None:
        while left[0]:
            left[0] -= len(os.read(own, 65536))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    for _ in range(20):
        writer.write("x" * 50_000)
        assert len(writer._waiting) <= 1 << 18
    writer.stop()
    reader.join(30)
    assert not left[0]


async def test_the_end_gives_up_on_a_terminal_that_does_not_read(terminal: Terminal):
    _, file = terminal
    writer = Writer(file, lambda: pytest.fail("it is over"))
    writer.write("x" * 100_000)
    begin = time.monotonic()
    writer.stop()
    assert 1 < time.monotonic() - begin < 10


async def test_a_terminal_that_is_gone_takes_everything(terminal: Terminal, tmp_path: Path):
    own, program = os.openpty()
    with open(program, "w", encoding="utf-8") as file:
        writer = Writer(file, lambda: None)
        os.close(own)
        writer.write("lost")
        writer.flush()
        assert not writer.behind
        writer.stop()


async def test_another_thread_may_write(terminal: Terminal):
    own, file = terminal
    writer = Writer(file, lambda: None)
    await asyncio.to_thread(writer.write, "from a thread")
    assert await read_all(own, 13) == b"from a thread"
    writer.stop()
