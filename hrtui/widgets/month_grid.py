"""The month grid: people down, days across, drawn line by line from a MonthEditor.

Only rows on the screen are read and drawn, and only what changed is drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import Outcome
from hrtui.editor.position import NAME_COLUMN, Cursor, Rect
from hrtui.i18n import hours, t
from hrtui.store.month_view import PersonRow
from hrtui.terminal.short_path import LineWidget
from hrtui.widgets import header
from hrtui.widgets.cells import CHECKED, CONFLICT, LOCKED, RESEND, UNLOCKED, Face, face
from hrtui.widgets.colours import Palette
from hrtui.widgets.layout import TOTAL, layout
from hrtui.widgets.lines import fitted, strip_of
from hrtui.widgets.names import name_text

HEAD = 3
"""Lines above the people: the title, the day numbers, the weekdays."""
KEPT_STRIPS = 1000


@dataclass(frozen=True, slots=True)
class _View:
    """What of the editor's state is on the screen, apart from the days' content."""

    cursor: Cursor
    selection: Rect | None
    marked: tuple[bool, ...]
    title: header.Title


@dataclass(frozen=True, slots=True)
class _Row:
    """A person's row ready to be put together: name, days and totals."""

    name: str
    state: str
    faces: tuple[Face, ...]
    totals: str


class MonthGrid(LineWidget):
    """Draws the editor's month; `show` after each key brings the screen up to date.

    `top` is the first row and `first_day` the first day (from 0) in view; both move in half pages, because
    every step of scrolling sends the whole view to the terminal. `filter_name` is what the title calls the
    filter; set it before `show`. `nobody` are the lines in the place of people where there are none. `resend`
    are the people who changed since their month was forwarded; call `redraw` after it changed.
    """

    DEFAULT_CSS = "MonthGrid { height: 1fr; }"
    ALLOW_SELECT = False

    class Resized(Message):
        """The grid stands elsewhere: so does the cursor, or the prompt that has it."""

    def __init__(self, editor: MonthEditor, palette: Palette, employer: str) -> None:
        super().__init__(id="grid")
        self.editor = editor
        self.palette = palette
        self.employer = employer
        self.filter_name = ""
        self.nobody: tuple[str, ...] = ()
        self.resend: frozenset[int] = frozenset()
        self.unsynced_shown = editor.store.backend()
        self.top = 0
        self.first_day = 0
        self._view_before_resize = (0, 0)
        self._layout = layout(80)
        self._rows: dict[int, _Row] = {}
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._shown = self._now()

    # -- what has to be drawn again

    def show(self, outcome: Outcome) -> None:
        """Draw what a key changed: the cells of `outcome`, and cursor, selection and marks."""
        if outcome.rows_changed:
            self.redraw()
            self._view_before_resize = self.top, self.first_day
            return
        content = self._content_regions({row for row, _ in outcome.cells})
        before = self._shown
        if self._scroll(before.cursor):
            self._shown = self._now()
            self.refresh(Region(0, 0, self.size.width, self.size.height))
        else:
            now = self._shown = self._now()
            if regions := [*content, *self._view_regions(before, now)]:
                self.refresh(*regions)
        self._view_before_resize = self.top, self.first_day
        self.place_terminal_cursor()

    def take(self, editor: MonthEditor, employer: str) -> None:
        """Draw another editor's month, from the top."""
        self.editor, self.employer, self.filter_name = editor, employer, ""
        self.top = self.first_day = 0
        self.redraw()

    def redraw(self) -> None:
        """Draw everything anew, after another list, month or width."""
        self._rows.clear()
        self._strips.clear()
        self._scroll(self.editor.cursor)
        self._shown = self._now()
        self.refresh()
        self.place_terminal_cursor()

    def place_terminal_cursor(self) -> None:
        """Let the terminal's own cursor stand on the cell, for screen readers and magnifiers."""
        x, y = self._cell_region(self.editor.cursor.row, self.editor.cursor.day).offset
        sign = min(x + (self._layout.cell > 2 and self.editor.cursor.day != NAME_COLUMN), self.size.width - 1)
        self.app.cursor_position = self.region.offset + Offset(max(0, sign), y)

    def on_resize(self, event: events.Resize) -> None:
        """Divide the new width, and keep the cursor in view; a window that grows back shows what it did."""
        self.top, self.first_day = self._view_before_resize
        self._layout = layout(event.size.width)
        self.editor.page_rows = self.rows_shown
        self.redraw()
        self.post_message(self.Resized())

    @property
    def rows_shown(self) -> int:
        """How many people fit."""
        return max(1, self.size.height - HEAD)

    def _now(self) -> _View:
        editor = self.editor
        marks, people = editor.marks, editor.people
        marked = (
            tuple(person in marks for person in people[self.top : self.top + self.rows_shown])
            if marks
            else ()
        )
        return _View(editor.cursor, editor.selection, marked, self._title())

    def _title(self) -> header.Title:
        editor = self.editor
        days = self._days_in_view()
        return header.Title(
            editor.month,
            self.employer,
            editor.cursor.row,
            len(editor.people),
            len(editor.marks),
            self.filter_name,
            editor.checked,
            days if len(days) < editor.month.length else None,
        )

    def _days_in_view(self) -> range:
        last = min(self.editor.month.length, self.first_day + self._layout.days)
        return range(self.first_day + 1, last + 1)

    def _scroll(self, old: Cursor) -> bool:
        """Bring the cursor into view; says whether the view moved."""
        row, day = self.editor.cursor.row, self.editor.cursor.day - 1
        shown, top, first = self.rows_shown, self.top, self.first_day
        if not top <= row < top + shown:
            step = row - old.row
            top = top + step if abs(step) >= shown and top <= old.row < top + shown else row - shown // 2
        top = max(0, min(top, len(self.editor.people) - shown))
        days, length = self._layout.days, self.editor.month.length
        if day >= 0 and not first <= day < first + days:
            first = day - days // 2
        first = max(0, min(first, length - days))
        moved = (top, first) != (self.top, self.first_day)
        if first != self.first_day:
            self._strips.clear()
        self.top, self.first_day = top, first
        return moved

    def _content_regions(self, rows: set[int]) -> list[Region]:
        """Read these rows anew; returns where the ones in view look different now."""
        regions: list[Region] = []
        for row in rows:
            old = self._rows.pop(row, None)
            for marked in (False, True):
                self._strips.pop((row, marked), None)
            if old is None or not self.top <= row < self.top + self.rows_shown:
                continue
            new = self._row(row)
            days = enumerate(zip(old.faces, new.faces, strict=True), 1)
            regions += [self._cell_region(row, day) for day, (before, after) in days if before != after]
            if old.state != new.state:
                regions.append(self._region(row, 0, self._layout.name))
            if old.totals != new.totals:
                regions.append(self._region(row, self._layout.totals_x, len(new.totals)))
        return [region for region in regions if region]

    def _view_regions(self, before: _View, now: _View) -> list[Region]:
        old, new = before.cursor, now.cursor
        regions: list[Region] = []
        if old != new:
            regions += [self._cell_region(old.row, old.day), self._cell_region(new.row, new.day)]
            if old.row != new.row:
                regions += [self._region(row, 0, self._layout.name) for row in (old.row, new.row)]
            if old.day != new.day:
                regions += [self._head_region(old.day), self._head_region(new.day)]
        if before.selection != now.selection:
            regions += self._selection_regions(before.selection, now.selection)
        if before.marked != now.marked:
            for place in range(max(len(before.marked), len(now.marked))):
                if before.marked[place : place + 1] != now.marked[place : place + 1]:
                    regions.append(self._region(self.top + place, 0, 2))
        if before.title != now.title:
            regions.append(Region(0, 0, self.size.width, 1))
        return [region for region in regions if region]

    def _selection_regions(self, old: Rect | None, new: Rect | None) -> list[Region]:
        regions = []
        for row in range(self.top, self.top + self.rows_shown):
            one = (old.first_day, old.last_day) if old and row in old.rows else None
            other = (new.first_day, new.last_day) if new and row in new.rows else None
            if one != other and (span := _difference(one, other)):
                first, last = self._cell_region(row, span[0]), self._cell_region(row, span[1])
                regions.append(first.union(last) if first and last else self._days_region(row))
        return regions

    # -- places

    def _region(self, row: int, x: int, width: int) -> Region:
        y = row - self.top
        return Region(x, HEAD + y, width, 1) if 0 <= y < self.rows_shown else Region()

    def _days_region(self, row: int) -> Region:
        return self._region(row, self._layout.name, self._layout.days * self._layout.cell)

    def _cell_region(self, row: int, day: int) -> Region:
        if day == NAME_COLUMN:
            return self._region(row, 0, self._layout.name)
        place = day - 1 - self.first_day
        if not 0 <= place < self._layout.days:
            return Region()
        return self._region(row, self._layout.name + place * self._layout.cell, self._layout.cell)

    def _head_region(self, day: int) -> Region:
        place = day - 1 - self.first_day
        if day == NAME_COLUMN or not 0 <= place < self._layout.days:
            return Region()
        return header.number_region(self._layout, place)

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if y >= HEAD:
            return self._row_strip(self.top + y - HEAD)
        editor, width = self.editor, self.size.width
        if y == 0:
            return strip_of(header.title_line(self._shown.title, self.palette, width), width)
        line = header.number_line if y == 1 else header.weekday_line
        scene = header.Scene(
            self._layout, editor.month, self._days_in_view(), editor.cursor.day, editor.today
        )
        return strip_of(line(scene, self.palette), width)

    def _row_strip(self, row: int) -> Strip:
        editor, width = self.editor, self.size.width
        if row >= len(editor.people):
            return self._blank_strip(row)
        marked = editor.people[row] in editor.marks
        selection = editor.selection
        if row == editor.cursor.row or (selection is not None and row in selection.rows):
            return strip_of(self._row_pieces(row, marked), width)
        strip = self._strips.get((row, marked))
        if strip is None:
            if len(self._strips) > KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[row, marked] = strip_of(self._row_pieces(row, marked), width)
        return strip

    def _blank_strip(self, row: int) -> Strip:
        width = self.size.width
        empty = not self.editor.people
        told = (t("Nobody matches."),) if self.editor.filter else self.nobody
        text = told[row] if empty and row < len(told) else ""
        return strip_of([(fitted(f"  {text}", width), self.palette.style("plain"))], width)

    def _row_pieces(self, row: int, marked: bool) -> list[tuple[str, Style]]:
        content = self._row(row)
        style, cursor, selection = self.palette.style, self.editor.cursor, self.editor.selection
        here = row == cursor.row
        name = name_text(content.name, self._layout.name, marked=marked, state=content.state)
        pieces = [(name, style("bold" if here else "plain", cursor=here and cursor.day == NAME_COLUMN))]
        days = self._days_in_view()
        chosen = selection is not None and row in selection.rows
        for day in days:
            text, slot = content.faces[day - 1]
            selected = chosen and selection is not None and (row, day) in selection
            pieces.append((text, style(slot, cursor=here and day == cursor.day, selected=selected)))
        gap = " " * ((self._layout.days - len(days)) * self._layout.cell)
        pieces.append((gap + content.totals, style("plain")))
        return pieces

    def _row(self, row: int) -> _Row:
        found = self._rows.get(row)
        if found is None:
            if len(self._rows) > KEPT_STRIPS:
                self._rows.clear()
            person, kinds = self.editor.view.row(row), self.editor.kinds
            cell = self._layout.cell
            found = self._rows[row] = _Row(
                person.name,
                self._state(person),
                tuple(face(day, kinds, cell, show_unsynced=self.unsynced_shown) for day in person.days),
                "".join(f"{hours(getattr(person.totals, name)):>{TOTAL}}" for name in self._layout.totals),
            )
        return found

    def _state(self, person: PersonRow) -> str:
        """The most urgent sign of the person's month."""
        if any(day.conflict for day in person.days):
            return CONFLICT
        if person.id in self.resend:
            return RESEND
        if person.unlocked is not None:
            return UNLOCKED
        if person.locked is not None:
            return LOCKED
        return CHECKED if person.checked is not None else " "


def _difference(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """The span of days whose selection differs between two spans of the same row."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        return min(one[1], other[1]) + 1, max(one[1], other[1])
    if one[1] == other[1]:
        return min(one[0], other[0]), max(one[0], other[0]) - 1
    return min(one[0], other[0]), max(one[1], other[1])
