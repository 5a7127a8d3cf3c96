"""A bare month grid on Textual's Line API: the yardstick for the cost of a key.

It draws names and cells, keeps one SQLite transaction per entered day, and does nothing else: no rules, no
undo, no status in words, no languages.
"""

import sqlite3
import sys

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

NAME, DAYS, CELL = 18, 31, 2
PLAIN, CURSOR = Style(color="white", bgcolor="black"), Style(color="black", bgcolor="yellow")


class BareGrid(ScrollView, can_focus=True):
    """People down, days across."""

    DEFAULT_CSS = "BareGrid { height: 1fr; scrollbar-size: 0 0; }"

    def __init__(self, people: int, path: str) -> None:
        super().__init__()
        self.cells = [[" "] * DAYS for _ in range(people)]
        self.row = self.day = 0
        self.virtual_size = Size(NAME + DAYS * CELL, people)
        self.con = sqlite3.connect(path, isolation_level=None)
        self.con.execute("PRAGMA journal_mode=WAL")
        self.con.execute("PRAGMA synchronous=FULL")
        self.con.execute(
            "CREATE TABLE IF NOT EXISTS entry"
            " (person INTEGER, day INTEGER, code TEXT, PRIMARY KEY (person, day))"
        )

    def render_line(self, y: int) -> Strip:
        """One person."""
        row = y + self.scroll_offset.y
        if row >= len(self.cells):
            return Strip.blank(self.size.width, PLAIN)
        texts = [f"{code} " for code in self.cells[row]]
        name = Segment(f"Person {row}".ljust(NAME), PLAIN)
        if row != self.row:
            return Strip([name, Segment("".join(texts), PLAIN)]).extend_cell_length(self.size.width, PLAIN)
        before, after = "".join(texts[: self.day]), "".join(texts[self.day + 1 :])
        segments = [name, Segment(before, PLAIN), Segment(texts[self.day], CURSOR), Segment(after, PLAIN)]
        return Strip(segments).extend_cell_length(self.size.width, PLAIN)

    def on_key(self, event: events.Key) -> None:
        """Arrows move, page keys scroll, v enters and moves on."""
        event.stop()
        page = self.size.height
        steps = {"right": (0, 1), "left": (0, -1), "down": (1, 0), "up": (-1, 0)}
        steps |= {"pagedown": (page, 0), "pageup": (-page, 0), "home": (0, -DAYS), "v": (0, 1)}
        if event.key == "v":
            self.con.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, 'v')", (self.row, self.day))
            self.cells[self.row][self.day] = "v"
        self.move(*steps.get(event.key, (0, 0)))

    def move(self, rows: int, days: int) -> None:
        """Put the cursor so many rows and days on, and repaint the two cells or the page."""
        old = self.cell_region()
        self.row = min(max(self.row + rows, 0), len(self.cells) - 1)
        self.day = min(max(self.day + days, 0), DAYS - 1)
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self.row < top + height:
            self.scroll_to(y=max(0, self.row - height // 2), animate=False, immediate=True)
            self.refresh()
        else:
            self.refresh(old, self.cell_region())

    def cell_region(self) -> Region:
        """Where the cursor's cell is on the screen."""
        return Region(NAME + self.day * CELL, self.row - self.scroll_offset.y, CELL, 1)


class Bare(App[None]):
    """The grid and a line below."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The grid above a line that says the app is usable."""
        yield BareGrid(int(sys.argv[1]), sys.argv[2])
        yield Static("usable")


Bare().run(mouse=False)
