"""A small grid on the program's terminal layer: letters enter, arrows move, a line tells the state."""

from __future__ import annotations

import os
import sys

from hrtui.terminal.environment import prepare

prepare()

from rich.segment import Segment  # noqa: E402  (the environment comes first)
from rich.style import Style  # noqa: E402
from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.geometry import Offset, Region  # noqa: E402
from textual.screen import ModalScreen  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widget import Widget  # noqa: E402
from textual.widgets import Input, Static  # noqa: E402

from hrtui.terminal import internals  # noqa: E402
from hrtui.terminal.guard import KeyGuard  # noqa: E402
from hrtui.terminal.hangup import watch  # noqa: E402
from hrtui.terminal.output import ChangedCellsOutput  # noqa: E402
from hrtui.terminal.screen_diff import Line, ScreenDiff  # noqa: E402

NAME, CELL, PEOPLE, DAYS = 12, 3, 300, 20
NAMES = ("Peeters Jan", "Düsterhöft Zoë", "張偉", "Nguye\u0302\u0303n An", "Ω mega")
LOOKS = (
    Style.parse("#e0e0e0 on #202030"),
    Style.parse("bold #ffcc00 on #303048"),
    Style.parse("italic underline green on #202030"),
    Style.parse("dim strike red"),
    Style.parse("reverse cyan"),
)


class Grid(Widget):
    """People down, days across."""

    DEFAULT_CSS = "Grid { height: 1fr; }"

    def on_mount(self) -> None:
        """Start empty."""
        self.row = self.day = self.top = 0
        self.entries: dict[tuple[int, int], str] = {}

    def render_line(self, y: int) -> Strip:
        """One person."""
        row = self.top + y
        look = LOOKS[row % len(LOOKS)]
        name = Strip([Segment(f"{row:3} {NAMES[row % len(NAMES)]}", look)]).adjust_cell_length(NAME, look)
        cells = [
            Segment(
                f" {self.entries.get((row, day), '·')} ",
                Style.parse("bold black on yellow") if (row, day) == (self.row, self.day) else look,
            )
            for day in range(DAYS)
        ]
        return Strip([*name, *cells]).adjust_cell_length(self.size.width, look)

    def act(self, key: str) -> None:
        """Move, enter, scroll."""
        old = (self.row, self.day)
        rows, days = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}.get(key, (0, 0))
        if key in ("pagedown", "pageup"):
            rows = self.size.height * (1 if key == "pagedown" else -1)
        if len(key) == 1 and key.isalpha():
            self.entries[old] = key
            days = 1
        self.row = min(max(self.row + rows, 0), PEOPLE - 1)
        self.day = min(max(self.day + days, 0), DAYS - 1)
        if not self.top <= self.row < self.top + self.size.height:
            self.top = max(0, self.row if self.row < self.top else self.row - self.size.height + 1)
            self.refresh()
        for row, day in {old, (self.row, self.day)}:
            self.refresh(Region(NAME + day * CELL, row - self.top, CELL, 1))
        self.app.cursor_position = self.region.offset + Offset(NAME + self.day * CELL, self.row - self.top)


class Dialog(ModalScreen[None]):
    """A box over the grid, with a field."""

    DEFAULT_CSS = "Dialog { align: center middle; } Dialog Input { width: 30; }"

    def compose(self) -> ComposeResult:
        """One field."""
        yield Input(placeholder="Zoë, 張偉")

    def on_input_submitted(self) -> None:
        """Close."""
        self.dismiss()


class SmallApp(ChangedCellsOutput, App[None]):
    """Runs the grid; `!` opens the dialog, Ctrl+L draws the screen again, Ctrl+Q quits."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def compose(self) -> ComposeResult:
        """The grid and what has been typed into it."""
        self.guard = KeyGuard()
        self.grid = Grid()
        self.line = Static("ready", markup=False)
        self.pasted = 0
        yield self.grid
        yield self.line

    def on_mount(self) -> None:
        """End with the terminal."""
        watch(self)

    async def on_event(self, event: events.Event) -> None:
        """Keys of the grid."""
        if not isinstance(event, events.Key) or event.is_forwarded or len(self.screen_stack) > 1:
            await super().on_event(event)
        elif event.key == "ctrl+q":
            self.exit()
        elif event.key == "ctrl+l":
            self.redraw_terminal()
        elif event.key == "ctrl+t":
            self.action_suspend_process()
        elif event.key == "exclamation_mark":
            self.push_screen(Dialog())
        elif not self.guard.swallow(event.key):
            self.grid.act(event.key)
            self.tell(event.key)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is only counted."""
        self.pasted += len(event.text)
        self.tell("paste")

    def tell(self, what: str) -> None:
        """The state in words."""
        self.line.update(
            f"last {what}, at {self.grid.row}:{self.grid.day}, {len(self.grid.entries)} entries, "
            f"{self.pasted} pasted"
        )


def sabotage(how: str) -> None:
    """Make the output layer fail at its fifth frame, or find another version of Textual."""
    if how == "version":
        internals.TEXTUAL_VERSION = "0.0.0"
    elif how == "frame":
        frame, left = ScreenDiff.frame, iter(range(4))

        def failing(self: ScreenDiff, changed: dict[int, Line], cursor: tuple[int, int]) -> str:
            next(left)
            return frame(self, changed, cursor)

        ScreenDiff.frame = failing  # type: ignore[method-assign]


if __name__ == "__main__":
    sabotage(os.environ.get("SABOTAGE", ""))
    app = SmallApp()
    app.run(mouse=False)
    sys.exit(app.return_code or 0)
