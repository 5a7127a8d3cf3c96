"""Only the cells that changed go to the terminal, for every screen and widget of a Textual app."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual import constants, events
from textual.driver import Driver

from hrtui.terminal import internals
from hrtui.terminal.cells import cells_of, whole
from hrtui.terminal.driver import SafeDriver
from hrtui.terminal.screen_diff import Line, ScreenDiff

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import App
    from textual.screen import Screen
    from textual.strip import Strip

    _Base = App[Any]
else:
    _Base = object

_HELD_BACK_FROM = 600
"""A shorter frame arrives in one piece anyway, and needs no mark of its begin and end."""

_START, _END = "\x1b[?2026h", "\x1b[?2026l"
_CLEAR = "\x1b[r\x1b[m\x1b[2J"


class ChangedCellsOutput(_Base):
    """Put before `App` in the bases of an app class: `class MyApp(ChangedCellsOutput, App)`.

    Textual sends every region that was painted again, whole. Here each frame is compared with what the
    terminal shows, and only the difference is sent. With HRTUI_OUTPUT=stock, with another version of Textual
    than the one it was written for, or after an error in here, Textual's own output is used.
    Hyperlinks (OSC 8) are not sent.
    """

    output_problem = ""
    """Why Textual's own output is in use; "" while it is not."""

    _shown: ScreenDiff | None = None
    _cleared = False
    _late = False  # a frame waits until the terminal has taken the one before
    _screen: Screen[Any] | None = None  # the one that the terminal shows

    def get_driver_class(self) -> type[Driver]:
        """The driver with safe input, where this Textual has the parts it needs."""
        if constants.DRIVER is not None or not internals.supported():
            self.output_problem = f"not Textual {internals.TEXTUAL_VERSION}"
            return super().get_driver_class()
        if os.environ.get("HRTUI_OUTPUT") == "stock":
            self.output_problem = "HRTUI_OUTPUT=stock"
        return SafeDriver

    def redraw_terminal(self) -> None:
        """Clear the terminal and send the whole screen, for when something else has written on it."""
        if self._shown is None or self.output_problem or not internals.painting(self):
            self.refresh(layout=True)
            return
        self._shown.forget()
        self._send(self._shown, {})

    def on_resize(self, event: events.Resize) -> None:
        """After a resume, or a change of size and back, Textual sees no reason to paint."""
        shown = self._shown
        if self._cleared and (shown is None or (shown.width, shown.height) == tuple(event.size)):
            self.redraw_terminal()
        self._cleared = False

    def terminal_cleared(self) -> None:
        """The terminal may show anything now; called by the driver, also from a signal handler."""
        self._cleared = True
        if self._shown is not None:
            self._shown.forget()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if not isinstance(renderable, internals.Update) or not self._send_update(renderable):
            super()._display(screen, renderable)

    def _send_update(self, update: internals.Update) -> bool:
        """Send what an update changes; False leaves it to Textual."""
        if self.output_problem or not internals.painting(self) or not isinstance(self._driver, SafeDriver):
            return False
        try:
            width, height = self.size
            shown = self._shown
            if shown is None or (shown.width, shown.height) != (width, height):
                shown = self._shown = ScreenDiff(width, height, erases_in_colour=_erases_in_colour())
            self._send(shown, self._changed(shown, internals.strips_of(update)))
        except Exception as error:  # whatever goes wrong, the user must see the screen
            self._give_up(error)
            return False
        self._screen = self.screen
        self.post_display_hook()
        return True

    def terminal_drained(self) -> None:
        """The terminal has taken all output; called by the driver where it had to wait."""
        if self._late and self._shown is not None and self.screen_stack:
            try:
                self._send(self._shown, {})
            except Exception as error:
                self._give_up(error)

    def _send(self, shown: ScreenDiff, changed: dict[int, Line]) -> None:
        assert isinstance(self._driver, SafeDriver)
        self._late = self._driver.behind
        if self._late:
            shown.keep(changed)
            return
        data = shown.frame(changed, internals.take_cursor(self))
        if len(data) >= _HELD_BACK_FROM and internals.frames_in_one_go(self):
            data = f"{_START}{data}{_END}"
        if data:
            internals.write(self, data)

    def output_failed(self, problem: str) -> None:
        """An error ended the output of changed cells: what it was and where, nothing of what was shown."""

    def _give_up(self, error: Exception) -> None:
        *_, (frame, line) = traceback.walk_tb(error.__traceback__)
        place = frame.f_code.co_filename.rpartition("/")[2]
        self.output_problem = f"{type(error).__name__}, {place}:{line}"
        self.output_failed(self.output_problem)
        self._shown = None
        internals.write(self, _CLEAR)
        self.call_later(self.refresh, layout=True)

    def _changed(self, shown: ScreenDiff, painted: Iterable[internals.Painted]) -> dict[int, Line]:
        """The lines with these parts in them, by row."""
        lines: dict[int, Line] = {}
        for row, start, end, column, strip in painted:
            end = min(end, shown.width)
            if row >= shown.height or start >= end:
                continue
            text, style = self._cells(strip, shown)
            size = end - start
            part = slice(start - column, end - column)
            old_text, old_style = lines.get(row) or shown.newest(row)
            lines[row] = (
                old_text[:start] + text[part].ljust(size) + old_text[end:],
                old_style[:start] + style[part].ljust(size, "\0") + old_style[end:],
            )
        return {row: (whole(text), style) for row, (text, style) in lines.items()}

    def _cells(self, strip: Strip, shown: ScreenDiff) -> Line:
        colours = internals.colours_of(self.console)
        texts, styles = [], []
        for text, style, control in strip:
            if not control:
                cells = cells_of(text)
                texts.append(cells)
                styles.append(shown.pens.styles(cells, internals.codes_of(style, colours)))
        return "".join(texts), "".join(styles)


def _erases_in_colour() -> bool:
    # GNU screen erases with the terminal's own background; tmux, which often uses its name, does not.
    return "TMUX" in os.environ or not os.environ.get("TERM", "").startswith("screen")
