"""Exporting cases to a file or as bytes: histories, the overview of one case, the agenda.

Where a file goes, and that it is only for its owner, is as with the exports of a month.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Literal

from hrtui import clock
from hrtui.payroll.export import plain_name, put
from hrtui.payroll.sickness.providers import history_json
from hrtui.payroll.sickness.tables import history_csv, history_xlsx
from hrtui.store.sickness.desk import Desk, log_access
from hrtui.store.sickness.due import agenda
from hrtui.store.sickness.records import case_record
from hrtui.store.sickness.whole_history import whole_history

HistoryLayout = Literal["csv", "xlsx", "afas", "nmbrs", "xpert"]
HISTORY_LAYOUTS: tuple[HistoryLayout, ...] = ("csv", "xlsx", "afas", "nmbrs", "xpert")


def export_history(
    desk: Desk, layout: HistoryLayout, out: Path | None, person_ids: Collection[int] = ()
) -> Path | bytes:
    """The whole absence history of these people (none: of everybody who was ill); logged.

    Written to the folder or file `out`, or returned where that is None. Raises StoreError.
    """
    history = whole_history(desk, person_ids)
    if layout == "csv":
        content, ending = history_csv(history), "csv"
    elif layout == "xlsx":
        content, ending = history_xlsx(history), "xlsx"
    else:
        content, ending = history_json(history, layout), "json"
    what = "absences" if layout in ("csv", "xlsx") else f"absences-{layout}"
    return put(content, out, f"{plain_name(desk.employer, what)}.{ending}")


def export_overview(desk: Desk, case_id: int, out: Path | None) -> Path | bytes:
    """The absence overview of one case as a PDF file; logged. Raises StoreError."""
    from hrtui.payroll.sickness.overview_pdf import overview_pdf

    record = case_record(desk, case_id)
    what = f"absence-{record.number}-{record.case.spell.first_day}"
    return put(overview_pdf(desk, case_id), out, f"{plain_name(desk.employer, what)}.pdf")


def export_agenda(desk: Desk, out: Path | None, until: date | None = None) -> Path | bytes:
    """What is late or due by `until` (default: eight weeks ahead) as an iCalendar file; logged."""
    from hrtui.payroll.sickness.icalendar import agenda_ics

    lines = agenda(desk, until=until)
    log_access(desk, "exported", "agenda", 0, f"lines={len(lines)}")
    name = f"{plain_name(desk.employer, 'agenda')}.ics"
    return put(agenda_ics(lines, desk.employer, clock.now()), out, name)
