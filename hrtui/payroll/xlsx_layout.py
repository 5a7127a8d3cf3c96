"""Spreadsheets: a month with entries, totals and leave types on a sheet each, or one of the lists."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from hrtui.domain.day import Part, Status
from hrtui.domain.hours import hundredths
from hrtui.domain.leave_type import Category
from hrtui.domain.month import Month
from hrtui.i18n import N_, language, t
from hrtui.payroll.lists import TITLES, Coded, Listing
from hrtui.payroll.month_data import MonthData, minutes_by_type

PARTS = {
    Part.FULL: N_("Full"),
    Part.MORNING: N_("Morning"),
    Part.AFTERNOON: N_("Afternoon"),
    Part.HOURS: N_("Hours"),
}
STATUSES = {Status.APPROVED: N_("Approved"), Status.PENDING: N_("Pending")}
CATEGORIES = {
    Category.WORKED: N_("Worked"),
    Category.ABSENCE: N_("Absence"),
    Category.OVERTIME: N_("Overtime"),
}
Value = str | int | float | date | Decimal | Coded


def xlsx_bytes(data: MonthData) -> bytes:
    """The month as an XLSX file: real dates, hours as numbers, a header that stays in sight.

    The same month gives the same bytes.
    """
    buffer = io.BytesIO()
    book, formats = _book(buffer, data.month)
    _sheet(book, formats, t("Entries"), _entry_titles(), _entries(data))
    _sheet(book, formats, t("Totals"), _total_titles(data), _totals(data))
    _sheet(book, formats, t("Leave types"), _type_titles(), _types(data))
    book.close()
    return buffer.getvalue()


def list_xlsx(listing: Listing) -> bytes:
    """A list as an XLSX file, in the same way."""
    buffer = io.BytesIO()
    book, formats = _book(buffer, listing.month)
    titles = [(t(column.title), column.width) for column in listing.columns]
    _sheet(book, formats, t(TITLES[listing.kind]), titles, listing.rows)
    book.close()
    return buffer.getvalue()


def _book(buffer: io.BytesIO, month: Month) -> tuple[Any, dict[str, Any]]:
    """A new workbook, dated by its month so that the same month gives the same bytes, and its formats."""
    from xlsxwriter import Workbook

    book = Workbook(buffer, {"constant_memory": True})
    book.set_properties({"created": datetime.combine(month.first, time(), UTC).replace(tzinfo=None)})
    formats = {
        "header": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "hours": book.add_format({"num_format": "0.00"}),
        "exact": book.add_format({"num_format": "0.00##"}),
    }
    return book, formats


def _sheet(
    book: Any,
    formats: dict[str, Any],
    name: str,
    titles: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Value]],
) -> None:
    """One sheet; `titles` pairs a column's title with its width in characters."""
    sheet = book.add_worksheet(name[:31])
    for column, (title, width) in enumerate(titles):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, formats["header"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Coded):
                sheet.write_string(last, column, value.word)
            elif isinstance(value, str):
                sheet.write_string(last, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(last, column, value, formats["date"])
            elif isinstance(value, Decimal):
                sheet.write_number(last, column, float(value), formats["exact"])
            elif isinstance(value, float):
                sheet.write_number(last, column, value, formats["hours"])
            else:
                sheet.write_number(last, column, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(titles) - 1)


def _hours(minutes: int) -> float:
    return hundredths(minutes) / 100


def _entry_titles() -> list[tuple[str, int]]:
    return [
        (t("Number"), 10), (t("Name"), 28), (t("Date"), 12), (t("Code"), 8), (t("Leave type name"), 30),
        (t("Part"), 12), (t("Minutes"), 10), (t("Hours"), 10), (t("Status"), 12),
    ]  # fmt: skip


def _entries(data: MonthData) -> Iterable[Sequence[Value]]:
    for line in data.lines():
        yield (
            line.person.number, line.person.name, line.date, line.kind.key, line.kind.name(language()),
            t(PARTS[line.entry.part]), line.entry.minutes, line.hundredths / 100,
            t(STATUSES[line.entry.status]),
        )  # fmt: skip


def _total_titles(data: MonthData) -> list[tuple[str, int]]:
    fixed = [
        (t("Number"), 10), (t("Name"), 28), (t("Team"), 18), (t("Scheduled"), 11), (t("Worked"), 11),
        (t("Absent"), 11), (t("Overtime"), 11),
    ]  # fmt: skip
    return [*fixed, *((total.kind.key, 9) for total in data.type_totals())]


def _totals(data: MonthData) -> Iterable[Sequence[Value]]:
    kinds = [total.kind for total in data.type_totals()]
    for person in data.people:
        totals, by_type = person.totals, minutes_by_type(person)
        amounts = (totals.scheduled, totals.worked, totals.absent, totals.overtime)
        yield (
            person.number, person.name, person.team, *(_hours(amount) for amount in amounts),
            *(_hours(by_type[kind.id]) if kind.id in by_type else "" for kind in kinds),
        )  # fmt: skip


def _type_titles() -> list[tuple[str, int]]:
    return [
        (t("Code"), 8), (t("Leave type name"), 36), (t("Category"), 12), (t("People"), 9), (t("Days"), 9),
        (t("Hours"), 11),
    ]  # fmt: skip


def _types(data: MonthData) -> Iterable[Sequence[Value]]:
    for total in data.type_totals():
        yield (
            total.kind.key, total.kind.name(language()), t(CATEGORIES[total.kind.category]), total.people,
            total.days, _hours(total.minutes),
        )  # fmt: skip
