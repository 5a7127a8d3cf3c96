"""What the terminal shows, and the shortest output that makes it show something else.

A line is two strings of one character per cell: the characters, and the numbers of their styles as
characters. The control functions used are those of ECMA-48 that every terminal since the VT220 has.
"""

from __future__ import annotations

from hrtui.terminal.cells import WIDE_REST, uncertain, written
from hrtui.terminal.pens import PLAIN, Pens

Line = tuple[str, str]
"""Characters and style numbers of one line, one of each per cell."""

_GAP = 4
"""So many equal cells between two changes are as cheap to send again as to jump over."""
_ERASE_FROM = 4
"""So many blanks at the end of a line are cheaper erased than sent."""
_SCROLL_FROM = 4
"""So many lines must have moved for the terminal's own scrolling to be worth its codes."""


class ScreenDiff:
    """A terminal's screen of `width` × `height` cells, in memory.

    `erases_in_colour` says whether the terminal erases with the background in use (terminfo: bce).
    """

    def __init__(self, width: int, height: int, *, erases_in_colour: bool) -> None:
        self.width, self.height = width, height
        self.pens = Pens()
        self._erases_in_colour = erases_in_colour
        self._blank: Line = (" " * width, PLAIN * width)
        self.lines: list[Line] = [self._blank] * height
        self._later: dict[int, Line] = {}
        self._known = False
        self._row = self._column = -1
        self._pen = ""
        self._out: list[str] = []

    def forget(self) -> None:
        """The terminal may show anything now: the next frame clears it and sends all."""
        self._known = False

    def newest(self, row: int) -> Line:
        """What a row shall show, sent or not."""
        return self._later.get(row) or self.lines[row]

    def keep(self, changed: dict[int, Line]) -> None:
        """Keep lines, by row, for a later frame; newer ones take the place of older ones."""
        self._later |= changed

    def frame(self, changed: dict[int, Line], cursor: tuple[int, int]) -> str:
        """The output that makes the terminal show these lines, by row, and the cursor at column and row.

        Lines that were kept for later are among them.
        """
        changed = self._later | changed
        self._later = {}
        if not self._known:
            changed = dict(enumerate(self.lines)) | changed
            self._clear()
        if len(changed) >= _SCROLL_FROM:
            self._scroll(changed)
        for row in sorted(changed):
            line = changed[row]
            if line != self.lines[row]:
                self._draw(row, line)
                self.lines[row] = line
        self._move(cursor[1], cursor[0])
        output = "".join(self._out)
        self._out.clear()
        return output

    def _clear(self) -> None:
        self._out.append("\x1b[r\x1b[m\x1b[H\x1b[2J")
        self.lines = [self._blank] * self.height
        self._row = self._column = 0
        self._pen = PLAIN
        self._known = True

    # -- lines that moved

    def _scroll(self, changed: dict[int, Line]) -> None:
        """Let the terminal move a block of lines that went up or down, where that saves output."""
        shift, rows = self._moved(changed)
        if len(rows) < _SCROLL_FROM:
            return
        top, bottom = min(rows), max(rows)
        top, bottom = min(top, top - shift), max(bottom, bottom - shift)
        bystanders = [row for row in range(top, bottom + 1) if row not in changed]
        if len(bystanders) > abs(shift) or bottom - top + 1 > 2 * len(rows):
            return
        # Lines that do not take part move along, and have to be put back.
        changed |= {row: self.lines[row] for row in bystanders}
        self._use(PLAIN)
        count = "" if abs(shift) == 1 else abs(shift)
        action = "M" if shift < 0 else "L"  # delete or insert lines at the top of the region
        self._out.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{action}\x1b[r")
        self._row = self._column = -1  # setting the region moves the cursor, not to the same place everywhere
        block, blanks = self.lines[top : bottom + 1], [self._blank] * abs(shift)
        self.lines[top : bottom + 1] = block[-shift:] + blanks if shift < 0 else blanks + block[:-shift]

    def _moved(self, changed: dict[int, Line]) -> tuple[int, list[int]]:
        """By how many lines most of the changed lines moved (down is positive), and where they are now."""
        origin: dict[str, int | None] = {}
        for row, (text, _) in enumerate(self.lines):
            origin[text] = None if text in origin else row
        moved: dict[int, list[int]] = {}
        for row, (text, _) in changed.items():
            old = origin.get(text)
            if old is not None:
                moved.setdefault(row - old, []).append(row)
        shift, rows = max(moved.items(), key=lambda item: len(item[1]), default=(0, []))
        return (shift, rows) if shift else (0, [])

    # -- one line

    def _draw(self, row: int, line: Line) -> None:
        (old_text, old_style), (text, style) = self.lines[row], line
        cells = zip(text, old_text, style, old_style, strict=True)
        changed = [column for column, (a, b, c, d) in enumerate(cells) if a != b or c != d]
        if (risks := uncertain(text)) and risks[-1] > changed[0]:
            # A terminal that draws one of these wider than expected has spoilt what follows it.
            changed = list(range(changed[0], self.width))
        blanks = self._blanks(line)
        erased = [column for column in changed if column >= blanks]
        if len(erased) >= _ERASE_FROM:
            self._runs(row, changed[: -len(erased)], line)
            self._move(row, erased[0])
            self._use_for_blank(style[-1])
            self._out.append("\x1b[K")
        else:
            self._runs(row, changed, line)

    def _blanks(self, line: Line) -> int:
        """The column from which a line is blank to its end, and can be erased."""
        text, style = line
        if not self.pens.blank(style[-1], self._erases_in_colour):
            return self.width
        return max(len(text.rstrip(" ")), len(style.rstrip(style[-1])))

    def _runs(self, row: int, changed: list[int], line: Line) -> None:
        """Send the changed columns of a line, and what is cheaper sent than jumped over."""
        if not changed:
            return
        style = line[1]
        start = end = changed[0]
        for column in changed:
            alike = style[end] + self.pens.of_blank(style[end])
            if column - end > 1 and (column - end > _GAP + 1 or style[end:column].strip(alike)):
                self._run(row, start, end + 1, line)
                start = column
            end = column
        self._run(row, start, end + 1, line)

    def _run(self, row: int, start: int, end: int, line: Line) -> None:
        """Send the cells from start to before end; the halves of wide characters stay together."""
        text, style = line
        if text[start] == WIDE_REST:
            start -= 1
        if end < self.width and text[end] == WIDE_REST:
            end += 1
        while start < end:
            self._move(row, start)
            if text[start] == " ":
                self._use_for_blank(style[start])
            else:
                self._use(style[start])
            pen, stop = self._pen, start + 1
            blank = self.pens.of_blank(pen)
            while stop < end and style[stop] == (blank if text[stop] == " " else pen):
                stop += 1
            self._text(text[start:stop], start)
            start = stop

    def _text(self, text: str, column: int) -> None:
        """Send characters of one style; after one whose width terminals disagree on, jump to be sure."""
        last = 0
        for stop in uncertain(text):
            self._out.append(written(text[last:stop]))
            if stop < len(text):
                self._out.append(f"\x1b[{column + stop + 1}G")
            last = stop
        self._out.append(written(text[last:]))
        self._column = column + len(text)
        if last == len(text) or self._column >= self.width:
            self._row = self._column = -1  # nobody knows for certain

    # -- cursor and style

    def _use_for_blank(self, pen: str) -> None:
        """Use this style, or stay with one in which a blank looks the same."""
        if not self._pen or self.pens.of_blank(self._pen) != pen:
            self._use(pen)

    def _use(self, pen: str) -> None:
        if pen != self._pen:
            self._out.append(self.pens.change(self._pen, pen))
            self._pen = pen

    def _move(self, row: int, column: int) -> None:
        if row == self._row and column == self._column:
            return
        self._out.append(self._movement(row, column))
        self._row, self._column = row, column

    def _movement(self, row: int, column: int) -> str:
        if row == self._row:
            if column == 0:
                return "\r"
            return min(_step(column - self._column, "C", "D"), f"\x1b[{column + 1}G", key=len)
        if column == 0:
            return "\r\n" if 0 <= self._row == row - 1 else f"\x1b[{row + 1 if row else ''}H"
        if column == self._column:
            return _step(row - self._row, "B", "A")
        return f"\x1b[{row + 1 if row else ''};{column + 1}H"


def _step(count: int, forward: str, back: str) -> str:
    number = abs(count) if abs(count) > 1 else ""
    return f"\x1b[{number}{forward if count > 0 else back}"
