"""Tables on A4: titles, rows that wrap, headings that come again on each page, page numbers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from hrtui.i18n import t

FONT = "DejaVuSans"
_FONT_FILE = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"

# Points; portrait A4.
WIDTH, HEIGHT = 595.28, 841.89
LEFT, TOP, BOTTOM = 36.0, 800.0, 46.0
ROOM = WIDTH - 2 * LEFT
SIZE, LEADING = 7.5, 10.5
GAP = 8.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, and whether its values stand right."""

    title: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; one without rows is left out unless `empty` says what to print instead."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    empty: str = ""


@dataclass
class _Sheet:
    """Where the next line goes, and the pages so far."""

    canvas: Any
    pages: list[list[Callable[[], None]]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def need(self, height: float) -> bool:
        """Begin a new page where `height` is not left; says whether it did."""
        if self.y - height >= BOTTOM:
            return False
        self.pages.append([])
        self.y = TOP
        return True

    def text(self, left: float, text: str, size: float = SIZE, *, right: bool = False) -> None:
        """A line of text at the present height."""
        y = self.y

        def draw() -> None:
            self.canvas.setFont(FONT, size)
            (self.canvas.drawRightString if right else self.canvas.drawString)(left, y, text)

        self.pages[-1].append(draw)

    def rule(self) -> None:
        """A thin line under the present one."""
        y = self.y - 3
        self.pages[-1].append(lambda: self.canvas.line(LEFT, y, WIDTH - LEFT, y))


def printed(title: str, facts: Iterable[tuple[str, str]], tables: Iterable[Table]) -> bytes:
    """A PDF of a title, facts (label and text) and tables; the same texts give the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    register_font()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    sheet = _Sheet(canvas)
    sheet.text(LEFT, title, 13)
    sheet.y -= 22
    _facts(sheet, facts)
    for table in tables:
        if table.rows or table.empty:
            _table(sheet, table)
    for number, page in enumerate(sheet.pages, start=1):
        canvas.setLineWidth(0.3)
        canvas.setStrokeGray(0.6)
        for draw in page:
            draw()
        canvas.setFont(FONT, 6.5)
        canvas.drawString(LEFT, BOTTOM - 18, title)
        of_all = t("Page {page} of {count}", page=number, count=len(sheet.pages))
        canvas.drawRightString(WIDTH - LEFT, BOTTOM - 18, of_all)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@lru_cache(maxsize=1)
def register_font() -> None:
    """Make the bundled font known: the PDF readers' own fonts and reportlab's lack ő, ą, ș and ț."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(FONT, str(_FONT_FILE)))


def _facts(sheet: _Sheet, facts: Iterable[tuple[str, str]]) -> None:
    room = ROOM * 0.68
    for label, text in facts:
        lines = wrapped(text, room)
        sheet.need(LEADING * len(lines))
        sheet.text(LEFT, label)
        for line in lines:
            sheet.text(LEFT + ROOM - room, line)
            sheet.y -= LEADING


def _table(sheet: _Sheet, table: Table) -> None:
    sheet.y -= GAP
    sheet.need(LEADING * 5)
    sheet.text(LEFT, table.title, 10)
    sheet.y -= LEADING + 4
    if not table.rows:
        sheet.text(LEFT, table.empty)
        sheet.y -= LEADING
        return
    whole = sum(column.share for column in table.columns)
    widths = [ROOM * column.share / whole for column in table.columns]
    _heading(sheet, table, widths)
    for row in table.rows:
        cells = [wrapped(text, width - 6) for text, width in zip(row, widths, strict=True)]
        # A row higher than a page goes on line by line.
        if sheet.need(min(LEADING * max(map(len, cells)), TOP - BOTTOM - 3 * LEADING)):
            _heading(sheet, table, widths)
        for number in range(max(map(len, cells))):
            if sheet.need(LEADING):
                _heading(sheet, table, widths)
            _line(sheet, table, widths, [cell[number] if number < len(cell) else "" for cell in cells])


def _heading(sheet: _Sheet, table: Table, widths: Sequence[float]) -> None:
    _line(sheet, table, widths, [column.title for column in table.columns])
    sheet.y += LEADING
    sheet.rule()
    sheet.y -= LEADING + 3


def _line(sheet: _Sheet, table: Table, widths: Sequence[float], texts: Sequence[str]) -> None:
    left = LEFT
    for column, width, text in zip(table.columns, widths, texts, strict=True):
        if text and column.right:
            sheet.text(left + width - 6, text, right=True)
        elif text:
            sheet.text(left, text)
        left += width
    sheet.y -= LEADING


def wrapped(text: str, room: float) -> list[str]:
    """The lines of a text that fit into `room` points; at least one, words longer than that are cut up."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if text_width(longer) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            while text_width(word) > room and len(word) > 1:
                fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or text_width(word[:n]) <= room)
                lines.append(word[:fits])
                word = word[fits:]
            line = word
        lines.append(line)
    return lines


@lru_cache(maxsize=8192)
def text_width(text: str) -> float:
    """How wide a text is in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, FONT, SIZE))
