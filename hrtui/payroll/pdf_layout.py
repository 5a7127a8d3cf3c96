"""The printed month: a grid of people and days on A4, many pages, with totals and a key to the codes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from hrtui.domain.day import Day, Part
from hrtui.domain.leave_type import Category
from hrtui.i18n import day_text, hours, language, t, tn
from hrtui.payroll.month_data import MonthData
from hrtui.payroll.paper import FONT, register_font
from hrtui.store.month_view import PersonRow, Totals

# Points; landscape A4 is 842 by 595.
WIDTH, HEIGHT = 841.89, 595.28
LEFT, TOP, BOTTOM = 29.0, 566.0, 34.0
NUMBER_WIDTH, NAME_WIDTH, TOTAL_WIDTH = 42.0, 118.0, 32.0
DAYS_LEFT = LEFT + NUMBER_WIDTH + NAME_WIDTH
TOTALS_LEFT = WIDTH - LEFT - 4 * TOTAL_WIDTH
SUMMARY_WIDTHS = (45.0, 240.0, 60.0, 60.0, 70.0)
ROW = 15.0
HEADER_TOP = TOP - 26.0
FIRST_ROW_TOP = HEADER_TOP - 20.0
ROWS_PER_PAGE = int((FIRST_ROW_TOP - BOTTOM) // ROW)
HEADER_SHADE, FREE_SHADE, OUTSIDE_SHADE = 0.95, 0.90, 0.75
HOLIDAY_SIGN = "•"
SATURDAY = 5


def pdf_bytes(data: MonthData) -> bytes:
    """The month as a PDF file; the same month gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    register_font()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(f"{data.employer} {data.month}")
    starts = range(0, max(len(data.people), 1), ROWS_PER_PAGE)
    summary = _summary_rows(data)
    summary_pages = range(0, len(summary), ROWS_PER_PAGE)
    count = len(starts) + len(summary_pages)
    for page, start in enumerate(starts, start=1):
        _frame(canvas, data, page, count)
        _grid_page(canvas, data, data.people[start : start + ROWS_PER_PAGE])
        canvas.showPage()
    for page, start in enumerate(summary_pages, start=len(starts) + 1):
        _frame(canvas, data, page, count)
        _summary_page(canvas, summary[start : start + ROWS_PER_PAGE])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _frame(canvas: Any, data: MonthData, page: int, count: int) -> None:
    """Title and page number."""
    canvas.setFont(FONT, 12)
    canvas.drawString(LEFT, TOP - 10, f"{data.employer} · {day_text(data.month.first, 'LLLL y')}")
    canvas.setFont(FONT, 6)
    canvas.drawRightString(WIDTH - LEFT, BOTTOM - 14, t("Page {page} of {count}", page=page, count=count))


def _grid_page(canvas: Any, data: MonthData, people: Sequence[PersonRow]) -> None:
    dates = data.month.dates()
    # Short months get wider days, so that every page is as wide.
    width = (TOTALS_LEFT - DAYS_LEFT) / len(dates)
    _header(canvas, dates, width)
    for row, person in enumerate(people):
        top = FIRST_ROW_TOP - ROW * row
        _shades(canvas, person, top, width)
        _person(canvas, data, person, top, width)
    _lines(canvas, len(dates), len(people), width)


def _header(canvas: Any, dates: Sequence[date], width: float) -> None:
    height = HEADER_TOP - FIRST_ROW_TOP
    canvas.setFillGray(HEADER_SHADE)
    canvas.rect(LEFT, FIRST_ROW_TOP, WIDTH - 2 * LEFT, height, stroke=0, fill=1)
    canvas.setFillGray(FREE_SHADE)
    for index, day in enumerate(dates):
        if day.weekday() >= SATURDAY:
            canvas.rect(DAYS_LEFT + width * index, FIRST_ROW_TOP, width, height, stroke=0, fill=1)
    canvas.setFillGray(0)
    _text(canvas, t("Number"), LEFT, HEADER_TOP - 13, NUMBER_WIDTH)
    _text(canvas, t("Name"), LEFT + NUMBER_WIDTH, HEADER_TOP - 13, NAME_WIDTH)
    for index, day in enumerate(dates):
        left = DAYS_LEFT + width * index
        _text(canvas, day_text(day, "EEEEEE")[:2], left, HEADER_TOP - 8, width, centre=True)
        _text(canvas, str(day.day), left, HEADER_TOP - 16, width, centre=True)
    for index, title in enumerate(_titles()):
        _text(canvas, title, TOTALS_LEFT + TOTAL_WIDTH * index, HEADER_TOP - 13, TOTAL_WIDTH, right=True)


def _titles() -> tuple[str, str, str, str]:
    return t("Scheduled"), t("Worked"), t("Absent"), t("Overtime")


def _lines(canvas: Any, days: int, rows: int, width: float) -> None:
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(0.5)
    right = WIDTH - LEFT
    bottom = FIRST_ROW_TOP - ROW * rows
    across = [HEADER_TOP, *(FIRST_ROW_TOP - ROW * row for row in range(rows + 1))]
    down = [LEFT, LEFT + NUMBER_WIDTH, *(DAYS_LEFT + width * day for day in range(days + 1))]
    down += [TOTALS_LEFT + TOTAL_WIDTH * index for index in range(1, 5)]
    canvas.lines([(LEFT, y, right, y) for y in across] + [(x, HEADER_TOP, x, bottom) for x in down])


def _shades(canvas: Any, person: PersonRow, top: float, width: float) -> None:
    """Grey where no work is expected: light for free days and holidays, darker outside the contract."""
    for index, day in enumerate(person.days):
        if not day.is_working_day:
            canvas.setFillGray(FREE_SHADE if day.in_contract else OUTSIDE_SHADE)
            canvas.rect(DAYS_LEFT + width * index, top - ROW, width, ROW, stroke=0, fill=1)
    canvas.setFillGray(0)


def _person(canvas: Any, data: MonthData, person: PersonRow, top: float, width: float) -> None:
    _text(canvas, person.number, LEFT, top - 9.5, NUMBER_WIDTH, size=6.5)
    _text(canvas, person.name, LEFT + NUMBER_WIDTH, top - 9.5, NAME_WIDTH, size=6.5)
    for index, day in enumerate(person.days):
        left = DAYS_LEFT + width * index
        match cell_lines(day, data):
            case [only]:
                _text(canvas, only, left, top - 9.5, width, centre=True)
            case [upper, lower]:
                _text(canvas, upper, left, top - 6.5, width, centre=True)
                _text(canvas, lower, left, top - 13, width, centre=True)
    for index, amount in enumerate(_amounts(person.totals)):
        left = TOTALS_LEFT + TOTAL_WIDTH * index
        _text(canvas, hours(amount) if amount else "", left, top - 9.5, TOTAL_WIDTH, right=True)


def cell_lines(day: Day, data: MonthData) -> list[str]:
    """What a cell of the grid says, in at most two lines: codes, and the hours of what is no full day."""
    if not day.entries:
        return [HOLIDAY_SIGN] if day.holiday and day.scheduled else []
    first = day.entries[0]
    kind = data.kinds[first.leave_type_id]
    if len(day.entries) == 1:
        if first.part is Part.FULL:
            return [kind.key]
        return [kind.key, ("+" if kind.category is Category.OVERTIME else "") + hours(first.minutes)]
    if len(day.entries) == 2:
        return [data.kinds[entry.leave_type_id].key for entry in day.entries]
    return [kind.key, f"+{len(day.entries) - 1}"]


def _amounts(totals: Totals) -> tuple[int, int, int, int]:
    return totals.scheduled, totals.worked, totals.absent, totals.overtime


def _summary_rows(data: MonthData) -> list[tuple[str, ...]]:
    """The last pages: totals of everybody, then of each leave type, whose names are the key to the codes.

    A row of one text is a heading.
    """
    sums = [sum(amounts) for amounts in zip(*(_amounts(row.totals) for row in data.people), strict=True)]
    rows: list[tuple[str, ...]] = [(tn("Total of {n} person", "Total of {n} people", len(data.people)),)]
    rows += [
        ("", title, "", "", hours(amount)) for title, amount in zip(_titles(), sums or [0] * 4, strict=True)
    ]
    rows += [(), (t("Leave types"),)]
    rows.append((t("Code"), t("Leave type"), t("People"), t("Days"), t("Hours")))
    rows.append((HOLIDAY_SIGN, t("Holiday"), "", "", ""))
    rows += [
        (
            total.kind.key,
            total.kind.name(language()),
            str(total.people),
            str(total.days),
            hours(total.minutes),
        )
        for total in data.type_totals()
    ]
    return rows


def _summary_page(canvas: Any, rows: Sequence[tuple[str, ...]]) -> None:
    right = LEFT + sum(SUMMARY_WIDTHS)
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(0.5)
    for number, row in enumerate(rows):
        y = HEADER_TOP - ROW * (number + 1)
        if len(row) == 1:
            _text(canvas, row[0], LEFT, y, sum(SUMMARY_WIDTHS), size=10)
        left = LEFT
        for index, (text, width) in enumerate(zip(row, SUMMARY_WIDTHS, strict=False)):
            if len(row) > 1:
                _text(canvas, text, left, y, width, size=8, right=index > 1)
            left += width
        if row:
            canvas.line(LEFT, y - 4, right, y - 4)


def _text(
    canvas: Any,
    text: str,
    left: float,
    y: float,
    width: float,
    *,
    size: float = 6,
    right: bool = False,
    centre: bool = False,
) -> None:
    """Text inside a box: smaller if need be, and cut where that is not enough."""
    if not text:
        return
    room = width - 2
    natural = _width(text, size)
    if natural > room:
        size = max(size * room / natural, 4.5)
    while _width(text, size) > room + 0.01 and len(text) > 1:
        text = text[:-1]
    canvas.setFont(FONT, size)
    if right:
        canvas.drawRightString(left + width - 1, y, text)
    elif centre:
        canvas.drawCentredString(left + width / 2, y, text)
    else:
        canvas.drawString(left + 1, y, text)


@lru_cache(maxsize=4096)
def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, FONT, size))
