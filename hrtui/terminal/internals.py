"""The private parts of Textual that this package leans on, and whether this Textual has them.

By name, `output` and `driver` also override `App._display`, `App.get_driver_class` and, of the Linux driver,
`_writer_thread`, `run_input_thread`, `disable_input`, `_sigtstp_application` and `_sigcont_application`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import textual
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual import constants
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers._writer_thread import WriterThread as WriterThread
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

TEXTUAL_VERSION = "8.2.8"
"""The version whose private parts these are."""

Update: TypeAlias = ChopsUpdate | LayoutUpdate
"""What a compositor hands to `App._display`: changed spans, or the whole screen."""

Painted: TypeAlias = tuple[int, int, int, int, Strip]
"""Part of a line: its row, the columns from and to, the column where the strip begins, and the strip."""

ESCAPE_DELAY: float = constants.ESCAPE_DELAY
"""Seconds that a lone ESC waits to be the Escape key."""

_LONGEST_SEQUENCE = 32  # Textual types out a longer one as letters
_NUMBERED_KEY = re.compile(
    r"\x1b\[(?P<number>\d*)[\d:]*(?:;(?P<modifiers>\d*)[\d:;]*)?(?P<final>[~ABCDEFHPQRS])"
)


def supported() -> bool:
    """Whether the installed Textual is the version that these parts belong to."""
    packages = Path(textual.__file__).parent.parent
    # Reading the metadata takes as long as many a frame; the folder's name says the same.
    if (packages / f"textual-{TEXTUAL_VERSION}.dist-info").is_dir():
        return True
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("textual") == TEXTUAL_VERSION
    except PackageNotFoundError:
        return False


class KeyParser:
    """Textual's own decoder of keys, fed with whole pieces so that it never guesses."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def typed(self, text: str) -> Iterator[Message]:
        """The messages for typed characters."""
        yield from self._parser.feed(text)

    def sequence(self, sequence: str) -> Iterator[Message]:
        """The messages for one complete escape sequence; none for an unknown one."""
        if len(sequence) > _LONGEST_SEQUENCE or _is_number_of_a_character(sequence):
            return
        yield from self._parser.feed(sequence)
        if self._parser._timeout_time is not None:
            # It waits for more of a sequence it does not know; at its timeout it would type it out.
            self._parser._timeout_time = 0.0
            for _ in self._parser.tick():
                pass


def _is_number_of_a_character(sequence: str) -> bool:
    """Whether Textual would take a number for a character where no terminal means one: ESC [118;1~ for v.

    The kitty protocol ends the code of a character with u; other endings belong to the keys that
    FUNCTIONAL_KEYS lists. xterm's modifyOtherKeys (27;5;118~) is for keys with Ctrl or Alt.
    """
    match = _NUMBERED_KEY.fullmatch(sequence)
    if match is None or sequence in ANSI_SEQUENCES_KEYS:
        return False
    number, modifiers, final = match["number"], int(match["modifiers"] or 1), match["final"]
    if number == "27" and final == "~":
        return modifiers <= 2
    return f"{number}{final}" not in FUNCTIONAL_KEYS


def painting(app: App[Any]) -> bool:
    """Whether the app may write a frame now."""
    return bool(
        app._running and not app._closed and not app._batch_count and not app.is_headless and app._driver
    )


def idle(app: App[Any]) -> bool:
    """Whether no message waits for the app."""
    return app._running and not app._closing and app._message_queue.empty()


def frames_in_one_go(app: App[Any]) -> bool:
    """Whether the terminal has said that it can hold back a frame until it is complete (DEC mode 2026)."""
    return app._sync_available


def write(app: App[Any], data: str) -> None:
    """Write to the terminal; the app is running."""
    assert app._driver is not None
    app._driver.write(data)
    app._driver.flush()


def take_cursor(app: App[Any]) -> tuple[int, int]:
    """Where the cursor belongs after this frame, as column and row; notes that it is there."""
    cursor: Offset = app.screen.outer_size.clamp_offset(app.cursor_position)
    app._previous_cursor_position = cursor
    return cursor.x, cursor.y


def cursor_moved(app: App[Any]) -> bool:
    """Whether the cursor belongs elsewhere than it was put by the last frame."""
    return bool(app.cursor_position != app._previous_cursor_position)


def covered(app: App[Any]) -> bool:
    """Whether messages may lie over the screen, or its layout is not what it will be."""
    screen = app.screen
    return bool(app._notifications or screen._layout_required or screen._compositor.root is not screen)


def on_top(app: App[Any], widget: Widget) -> bool:
    """Whether a widget is part of the screen on top and has its place there."""
    return widget.is_attached and widget.screen is app.screen and widget in app.screen._compositor.full_map


def lines_of(widget: Widget, regions: Iterable[Region]) -> Iterator[Painted]:
    """The lines of a widget that these regions of it touch, painted anew."""
    place = widget.screen.find_widget(widget)
    region, seen = place.region, place.visible_region
    widget._styles_cache.set_dirty(*regions)  # Textual has kept strips that are out of date now
    filtered = bool(widget.get_line_filters())
    for row in sorted({y for region in regions for y in region.line_range if 0 <= y < place.region.height}):
        if seen.y <= region.y + row < seen.bottom:
            line = Region(0, row, region.width, 1)
            strip = widget.render_lines(line)[0] if filtered else widget.render_line(row)
            yield region.y + row, seen.x, seen.right, region.x, strip


def failed(app: App[Any], error: Exception) -> None:
    """Treat an error as Textual does one in a handler of a message."""
    app._handle_exception(error)


def strips_of(update: Update) -> Iterator[Painted]:
    """What an update paints."""
    if isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, update.region.y):
            column = update.region.x
            for strip in strips:
                end = column + strip.cell_length
                yield row, column, end, column, strip
                column = end
        return
    for row, start, stop in update.spans:
        for end, (column, chop) in zip(update.chop_ends[row], update.chops[row].items(), strict=False):
            if chop is not None and column < stop and end > start:
                yield row, max(column, start), min(end, stop), column, chop


def colours_of(console: Console) -> ColorSystem:
    """The colours that the terminal knows."""
    return console._color_system or ColorSystem.TRUECOLOR


def codes_of(style: Style | None, colours: ColorSystem) -> str:
    """The parameters of the SGR sequence for a style, "" for none."""
    if style is None:
        return ""
    # Rich keeps the codes with the style; an app has one colour system.
    return Strip.render_ansi(style, colours) if style._ansi is None else style._ansi
