"""The absence history as a table: CSV with codes for programs, XLSX in the clerk's words.

One line per step of a case's course; a person who was never ill has none.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from hrtui.domain.sickness.fields import CLOSE_REASONS, SOURCES
from hrtui.i18n import N_, t
from hrtui.payroll.layouts.spelling import csv_bytes, safe_cell
from hrtui.store.sickness.whole_history import AbsenceHistory, HistoryCase, PersonHistory

Value = str | int | bool | date | None
COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("employer", N_("Employer"), 22),
    ("policy_number", N_("Policy number"), 14),
    ("number", N_("Number"), 10),
    ("last_name", N_("Last name"), 22),
    ("prefix", N_("Prefix"), 8),
    ("first_name", N_("First name"), 18),
    ("employed_from", N_("In service from"), 12),
    ("case", N_("Case"), 8),
    ("classification", N_("Classification"), 22),
    ("first_day", N_("First sick day"), 12),
    ("last_day", N_("Last sick day"), 12),
    ("recovered_from", N_("Recovered from"), 12),
    ("close_reason", N_("Why closed"), 22),
    ("from", N_("From"), 12),
    ("percent", N_("Ill, percentage"), 10),
    ("source", N_("Percentage by"), 22),
    ("expected_end", N_("Expected end"), 12),
    ("counts_on", N_("Counts on"), 9),
    ("waiting_days", N_("Waiting days"), 9),
    ("safety_net", N_("Safety net"), 9),
    ("work_accident", N_("Work accident"), 9),
    ("liable_third_party", N_("Liable third party"), 9),
)
"""Name in CSV, untranslated title and width of each column of a spreadsheet."""


def history_csv(history: AbsenceHistory) -> bytes:
    """The history as CSV (UTF-8, `;`, CRLF, RFC 4180): ISO dates, 1 and 0, percentages of illness."""
    rows = (map(_plain, row) for row in _rows(history, words=False))
    return csv_bytes([[name for name, _, _ in COLUMNS], *rows])


def history_xlsx(history: AbsenceHistory) -> bytes:
    """The history as a spreadsheet with real dates; the same history gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    # Texts that begin like a formula stay texts.
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})
    head, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(t("Absence history")[:31])
    sheet.freeze_panes(1, 0)
    for place, (_, title, width) in enumerate(COLUMNS):
        sheet.write_string(0, place, t(title), head)
        sheet.set_column(place, place, width)
    for number, row in enumerate(_rows(history, words=True), 1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, day)
    book.close()
    return buffer.getvalue()


def _rows(history: AbsenceHistory, *, words: bool) -> Iterator[tuple[Value, ...]]:
    for person in history.people:
        for number, case in enumerate(person.cases, 1):
            for step in case.case.course_inside():
                yield (
                    history.employer,
                    history.policy_number,
                    *_person(person),
                    number,
                    *_of_case(case, words=words),
                    step.from_date,
                    step.percent,
                    _word(step.source, dict(_SOURCES), words=words),
                    case.expected_end,
                    case.linked,
                    case.waiting_days,
                    case.safety_net,
                    case.work_accident,
                    case.liable_third_party,
                )


def _person(person: PersonHistory) -> tuple[Value, ...]:
    return person.number, person.last_name, person.prefix, person.first_name, person.employed_from


def _of_case(case: HistoryCase, *, words: bool) -> tuple[Value, ...]:
    spell = case.case.spell
    kind = case.classification
    return (
        t(kind.name) if words else kind.code,
        spell.first_day,
        spell.last_day,
        spell.last_day + timedelta(days=1) if spell.last_day else None,
        _word(case.close_reason, dict(_REASONS), words=words),
    )


_SOURCES = tuple((choice.value, choice.label) for choice in SOURCES)
_REASONS = tuple((choice.value, choice.label) for choice in CLOSE_REASONS)


def _word(code: str, labels: dict[str, str], *, words: bool) -> str:
    return t(labels[code]) if words and code in labels else str(code)


def _plain(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return safe_cell(value) if isinstance(value, str) else value


def _write(sheet: Any, row: int, place: int, value: Value, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, t("Yes") if value else t("No"))
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    else:
        sheet.write_string(row, place, value)
