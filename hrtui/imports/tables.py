"""Reading a CSV or XLSX file into rows that know their line number."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hrtui.i18n import t

Cell = str | float | date | timedelta
"""What a cell holds: text (always in CSV), or a number, date or clock amount of a spreadsheet."""

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 500_000
MAX_CELLS = 20_000_000
MAX_UNPACKED = 1024 * 1024 * 1024
_CELL_PLACE = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]{1,7})["']""")
_SEPARATORS = (";", "\t", ",")


class TableError(Exception):
    """A file that is no table; `text` is translated, `line` is 0 where it is about the whole file."""

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file; `line` counts from 1, as an editor or spreadsheet shows it."""

    line: int
    cells: tuple[Cell, ...]


def read_table(path: Path) -> list[Row]:
    """The non-empty rows of a CSV or XLSX file in order; the kind of file is seen from its content.

    CSV: separated by `;`, tab or `,`, in UTF-8 (with or without byte order mark) or Windows-1252.
    XLSX: the first sheet. Raises TableError for a file that is unreadable, damaged, too large or neither.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TableError(t("The file is larger than {n} MB: split it.", n=MAX_BYTES // 1024 // 1024))
        data = path.read_bytes()
    except FileNotFoundError:
        raise TableError(t("There is no such file.")) from None
    except OSError as error:
        raise TableError(t("The file cannot be read: {reason}.", reason=error.strerror)) from None
    if data.startswith(b"PK\x03\x04"):
        rows = _read_xlsx(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            t("This is an old or password-protected Excel file: save it as .xlsx without password.")
        )
    else:
        rows = _read_csv(_decode(data))
    rows = [row for row in rows if any(cell != "" for cell in row.cells)]
    if not rows:
        raise TableError(t("The file is empty."))
    return rows


def _decode(data: bytes) -> str:
    """The text of a CSV file; Windows-1252 is what Excel writes where it does not write UTF-8."""
    if b"\0" in data:
        raise TableError(
            t("This is neither a CSV nor an Excel file. From Excel, save as CSV UTF-8 or .xlsx.")
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(t("The file is in neither UTF-8 nor Windows-1252: save it as CSV UTF-8."))


def _read_csv(text: str) -> list[Row]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(first), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cell.strip() for cell in cells)))
            line = reader.line_num + 1
            _check_count(len(rows))
    except csv.Error:
        raise TableError(
            t("A quotation mark on this line is not closed or stands inside a cell."), line
        ) from None
    return rows


def _separator(header: str) -> str:
    """The separator that the header has most of outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=bare.count)


def _read_xlsx(data: bytes) -> list[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_workbook(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheet = book.get_sheet_by_index(0)
            cells = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
    except (CalamineError, OSError):
        raise TableError(t("The Excel file is damaged: open it in Excel and save it again.")) from None
    _check_count(len(cells))
    return [Row(line, tuple(_cell(value) for value in row)) for line, row in enumerate(cells, start=1)]


def _check_workbook(data: bytes) -> None:
    """Refuse what would take too much memory: the reader makes a place for every cell up to the furthest."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise TableError(t("This is no Excel file (.xlsx)."))
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise TableError(t("The Excel file is too large: split it."))
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _check_extent(archive.read(part))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise TableError(t("The Excel file is damaged: open it in Excel and save it again.")) from None


def _check_extent(sheet: bytes) -> None:
    rows = columns = 1
    for letters, number in _CELL_PLACE.findall(sheet):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        rows, columns = max(rows, int(number)), max(columns, column)
    if rows * columns > MAX_CELLS:
        raise TableError(
            t("A cell stands far from the others (row {row}): delete the empty rows and columns.", row=rows)
        )


def _check_count(rows: int) -> None:
    if rows > MAX_ROWS:
        raise TableError(t("The file has more than {n} lines: split it.", n=MAX_ROWS))


def _cell(value: object) -> Cell:
    """A spreadsheet's value as a cell: whole days become dates, clock times amounts of time."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, date | timedelta):
        return value
    return str(value).strip()
