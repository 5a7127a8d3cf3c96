"""The generic CSV layout: one line per person, day and leave type, the same in every language.

Columns: `employer` name; `number` of the person; `name` (last name first); `date` (YYYY-MM-DD); `code` of the
leave type; `leave_type_name` in the interface language; `part` (full, am, pm or hours); `minutes` (whole);
`hours` (two decimals after a point, rounded so that a full day adds up); `status` (approved or pending).
UTF-8 without byte order mark, `;` between the columns, CRLF after each line (RFC 4180). An import of entries
reads it back.
"""

from __future__ import annotations

from hrtui.i18n import language
from hrtui.payroll.layouts.spelling import csv_bytes, safe_cell
from hrtui.payroll.month_data import MonthData

COLUMNS = (
    "employer", "number", "name", "date", "code", "leave_type_name", "part", "minutes", "hours", "status",
)  # fmt: skip


def month_csv(data: MonthData) -> bytes:
    """The month as a CSV file."""
    rows = (
        (
            safe_cell(data.employer),
            safe_cell(line.person.number),
            safe_cell(line.person.name),
            line.date.isoformat(),
            safe_cell(line.kind.key),
            safe_cell(line.kind.name(language())),
            line.entry.part.value,
            line.entry.minutes,
            f"{line.hundredths // 100}.{line.hundredths % 100:02d}",
            line.entry.status.value,
        )
        for line in data.lines()
    )
    return csv_bytes([COLUMNS, *rows])
