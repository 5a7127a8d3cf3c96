"""Textual's Linux driver with safe input, output that never waits, and a tidy suspend and end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from contextvars import copy_context
from time import monotonic
from types import FrameType
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from hrtui.terminal.hangup import HUNG_UP, leave
from hrtui.terminal.internals import ESCAPE_DELAY, KeyParser, WriterThread
from hrtui.terminal.sequences import ESC, Kind, Piece, Sequences
from hrtui.terminal.writer import Writer


class SafeDriver(LinuxDriver):
    """Reads the keyboard without ever turning part of an escape sequence into typed letters.

    The app's method `terminal_cleared`, where it has one, is called when the terminal no longer shows what
    was written to it: after a resume and on a change of size, also from a signal handler. A Resize event
    always follows. `terminal_drained` is called when a terminal that was `behind` has taken all output.
    `key_taken` is asked whether it does a key at once; else the key is queued as an event.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        self._writer: Writer | WriterThread | None = None
        self._cleared: Callable[[], None] = getattr(app, "terminal_cleared", lambda: None)
        self._drained: Callable[[], None] | None = getattr(app, "terminal_drained", None)
        self._key_taken: Callable[[events.Key], bool] = getattr(app, "key_taken", lambda key: False)
        super().__init__(app, **options)
        self._context = copy_context()  # Textual keeps there which app it is about
        self._asleep = False
        self._wake_read, self._wake_write = os.pipe()

    @property
    def behind(self) -> bool:
        """Whether the terminal has not taken all output yet, so that a newer frame had better wait."""
        return isinstance(self._writer, Writer) and self._writer.behind

    @property  # type: ignore[override]
    def _writer_thread(self) -> Writer | WriterThread | None:
        return self._writer

    @_writer_thread.setter
    def _writer_thread(self, thread: WriterThread | None) -> None:
        self._writer = thread
        file, drained = self._file, self._drained
        # Textual's own frames never wait for the terminal to be ready for them: its thread takes them.
        stock = getattr(self._app, "output_problem", "")
        if thread is not None and drained is not None and file is not None and file.isatty() and not stock:
            with contextlib.suppress(OSError):
                self._writer = Writer(file, drained)

    def flush(self) -> None:
        """Send what has been written."""
        if self._writer is not None:
            self._writer.flush()

    def run_input_thread(self) -> None:
        """Read until input is disabled or the terminal is gone."""
        sequences, parser = Sequences(ESCAPE_DELAY), KeyParser()
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            wait = None if sequences.deadline is None else max(0.0, sequences.deadline - monotonic())
            ready, _, _ = select.select([self.fileno, self._wake_read], [], [], wait)
            if self._wake_read in ready:
                os.read(self._wake_read, 1)
                return
            if ready:
                data = self._read()
                if not data:
                    leave(self._app, self._loop, HUNG_UP)
                    return
                pieces = sequences.feed(decode(data), monotonic())
            else:
                pieces = sequences.tick(monotonic())
            if messages := list(messages_of(pieces, parser)):
                # One call for all that came together costs less than a task for each, as Textual has it.
                self._loop.call_soon_threadsafe(self._take, messages, context=self._context)

    def _take(self, messages: list[Message]) -> None:
        for message in messages:
            if not (isinstance(message, events.Key) and self._key_taken(message)):
                self.process_message(message)

    def send_message(self, message: Message) -> None:
        """Give the app a message; messages come from the event loop only."""
        self._app.post_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:  # a terminal that hung up
            return b""

    def disable_input(self) -> None:
        """Stop reading the keyboard."""
        if self._key_thread is not None and self._key_thread.is_alive():
            os.write(self._wake_write, b"x")
        super().disable_input()

    def start_application_mode(self) -> None:
        """Take the terminal, at the start and after a suspend."""
        again = self._key_thread is not None
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._asleep = self._key_thread is None or not self._key_thread.is_alive()
        resized = signal.getsignal(signal.SIGWINCH)

        def size_changed(number: int, frame: FrameType | None) -> None:
            self._cleared()
            if callable(resized):
                resized(number, frame)

        if not self._asleep:
            signal.signal(signal.SIGWINCH, size_changed)
        if again:
            self._cleared()

    def _sigtstp_application(self, *_: Any) -> None:
        # Giving the terminal back writes and waits for threads: no work for a signal handler, which
        # may have interrupted a write.
        self._loop.call_soon_threadsafe(self._sleep)

    def _sleep(self) -> None:
        if self._auto_restart and not self._asleep:
            self._asleep = True
            self._must_signal_resume = True
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: Any) -> None:
        self._loop.call_soon_threadsafe(self._wake_up)

    def _wake_up(self) -> None:
        if not self._auto_restart:
            return
        if not self._asleep:
            # Stopped without a warning: the shell has used the terminal since.
            self.suspend_application_mode()
        self._must_signal_resume = True
        self.start_application_mode()


def messages_of(pieces: Iterable[Piece], parser: KeyParser) -> Iterable[Message]:
    """The messages for pieces of input; what is no complete, known sequence becomes none."""
    for piece in pieces:
        match piece.kind:
            case Kind.TEXT:
                yield from parser.typed(piece.text)
            case Kind.ESCAPE:
                yield events.Key("escape", ESC)
            case Kind.SEQUENCE:
                yield from parser.sequence(piece.text)
            case Kind.PASTE:
                yield events.Paste(piece.text.replace("\x00", ""))
