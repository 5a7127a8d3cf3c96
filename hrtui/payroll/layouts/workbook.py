"""Workbooks: a sheet per file of the layout, with real dates and numbers, and nothing that is a formula."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from hrtui.i18n import t
from hrtui.payroll.layouts.records import Group, rows_of
from hrtui.payroll.layouts.sources import SOURCES, Amount, Holds, Value
from hrtui.payroll.layouts.spelling import PLACES
from hrtui.payroll.layouts.types import Field, FileLayout, Layout, RenderError, RenderProblem

MOST_SIGNS = 32_767
"""What a cell of a workbook holds (ECMA-376, Microsoft's limits of Excel)."""
_FORMATS = {Holds.MONEY: "#,##0.00", Holds.QUANTITY: "0.00", Holds.UNIT: "0.00##"}


def workbook(layout: Layout, group: Group) -> bytes:
    """The workbook as XLSX; the same rows give the same bytes. Raises RenderError for empty needed cells."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"constant_memory": True, "in_memory": True})
    book.set_properties({"created": group.header.at.replace(tzinfo=None), "title": group.header.employer})
    header = book.add_format({"bold": True, "bottom": 1})
    problems: list[RenderProblem] = []
    for file in layout.files:
        problems += _sheet(book, header, layout, file, group)
    book.close()
    if problems:
        raise RenderError(tuple(problems))
    return buffer.getvalue()


def _sheet(book: Any, header: Any, layout: Layout, file: FileLayout, group: Group) -> list[RenderProblem]:
    sheet = book.add_worksheet(t(file.title)[:31])
    cells = [_cell(book, field, SOURCES[file.rows][field.value].holds if field.value else Holds.TEXT)
             for field in file.fields]  # fmt: skip
    for column, field in enumerate(file.fields):
        sheet.set_column(column, column, field.width or 12)
        sheet.write_string(0, column, t(field.title), header)
    problems: list[RenderProblem] = []
    last = 0
    for last, row in enumerate(rows_of(layout, file, group), start=1):
        for column, (field, write, value) in enumerate(zip(file.fields, cells, row.values, strict=True)):
            if value is None or value == "":
                if field.required:
                    empty = t("this is empty, and the provider needs it")
                    problems.append(RenderProblem.about(row.snapshot, field.title, empty))
            else:
                write(sheet, last, column, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(file.fields) - 1)
    return problems


def _cell(book: Any, field: Field, holds: Holds) -> Callable[[Any, int, int, Value], None]:
    """How a value of a field gets into a cell."""
    if holds is Holds.DATE:
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        return lambda sheet, row, column, value: sheet.write_datetime(row, column, value, days)
    if holds is Holds.TIME:
        whole = field.unit in ("minutes", "hundredths")
        number = book.add_format({"num_format": "0" if whole else "0.00"})
        return lambda sheet, row, column, value: sheet.write_number(row, column, _time(value, field), number)
    if holds in PLACES:
        number = book.add_format({"num_format": _FORMATS[holds]})
        part = 10 ** PLACES[holds]
        return lambda sheet, row, column, value: sheet.write_number(row, column, value / part, number)
    if holds is Holds.NUMBER:
        return lambda sheet, row, column, value: sheet.write_number(row, column, value)
    chosen = dict(field.map)
    return lambda sheet, row, column, value: sheet.write_string(
        row, column, chosen.get(str(value), str(value))[:MOST_SIGNS]
    )


def _time(value: Value, field: Field) -> float:
    assert isinstance(value, Amount)
    if field.unit == "minutes":
        return value.minutes
    return value.hundredths if field.unit == "hundredths" else value.hundredths / 100
