"""`hrtui export`: a month, or a list that goes with it, as a file or on standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import month_of, opened, say
from hrtui.i18n import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hrtui.payroll.export import Layout
    from hrtui.payroll.lists import ListKind
    from hrtui.store.store import Store


def export_month(choices: Choices, month: str, layout: str, out: Path | None, *, employer: str) -> int:
    """Write the month to the folder or file `out`, else to stdout; raises CommandError or StoreError."""
    from hrtui.payroll import export

    if layout not in export.LAYOUTS:
        return _in_layout(choices, month, layout, out, employer)
    wanted = _layout(layout, export.LAYOUTS, out, "")
    parsed = month_of(month)
    with opened(choices, employer) as (store, who):
        return _done(export.export_month(store, who.id, parsed, wanted, _path(out)))


def export_list(
    choices: Choices, kind: ListKind, month: str, layout: str, out: Path | None, *, employer: str
) -> int:
    """Write a list of the month (empty: the one of today) in the same way; raises the same."""
    from hrtui import clock
    from hrtui.domain.month import Month
    from hrtui.payroll import export

    unknown = t("There is no layout “{name}” of a list; choose csv or xlsx.", name=layout)
    wanted = _layout(layout, export.LIST_LAYOUTS, out, unknown)
    parsed = month_of(month) if month else Month.of(clock.today())
    with opened(choices, employer) as (store, who):
        _refuse_hidden(store, who.id, kind)
        return _done(export.export_list(store, who.id, kind, parsed, wanted, _path(out)))


def export_absences(choices: Choices, layout: str, out: Path | None, *, employer: str) -> int:
    """Write the whole absence history in the same way; raises the same, also for who is no case manager."""
    from hrtui.payroll.sickness.files import HISTORY_LAYOUTS, export_history
    from hrtui.store.sickness.desk import case_desk

    wanted = next((known for known in HISTORY_LAYOUTS if known == layout), None)
    if wanted is None:
        names = ", ".join(HISTORY_LAYOUTS)
        raise usage_error(
            t("There is no layout “{name}” of absences; choose from {names}.", name=layout, names=names)
        )
    if out is None and wanted == "xlsx" and sys.stdout.isatty():
        raise usage_error(t("A {layout} file is not for the screen; say where with --out.", layout=wanted))
    with opened(choices, employer) as (store, who):
        return _done(export_history(case_desk(store, who.id), wanted, _path(out)))


def export_agenda(choices: Choices, out: Path | None, *, employer: str) -> int:
    """Write what is due about cases as an iCalendar file; raises the same."""
    from hrtui.payroll.sickness import files
    from hrtui.store.sickness.desk import case_desk

    with opened(choices, employer) as (store, who):
        return _done(files.export_agenda(case_desk(store, who.id), _path(out)))


def _in_layout(choices: Choices, month: str, name: str, out: Path | None, employer: str) -> int:
    """Write the month as a payroll provider gets it."""
    from hrtui.cli.layout_work import layout_of, write_month
    from hrtui.payroll.export import LAYOUTS

    layout = layout_of(name, LAYOUTS)
    if out is None:
        raise usage_error(t("This layout writes several files; say to which folder with --out."))
    return write_month(choices, layout, month, out, employer=employer)


def _layout(name: str, there: Sequence[Layout], out: Path | None, unknown: str) -> Layout:
    wanted = next((known for known in there if known == name), None)
    if wanted is None:
        raise usage_error(unknown)
    if out is None and wanted != "csv" and sys.stdout.isatty():
        raise usage_error(t("A {layout} file is not for the screen; say where with --out.", layout=wanted))
    return wanted


def _path(out: Path | None) -> Path | None:
    return out.expanduser() if out else None


def _refuse_hidden(store: Store, employer_id: int, kind: ListKind) -> None:
    """Nobody gets out what the screens hide from them."""
    from hrtui.domain.roles import Area
    from hrtui.store.roles import rights

    area = {"components": Area.PAY_COMPONENTS, "messages": Area.MESSAGES}.get(kind)
    if area and (why := rights(store, employer_id).why_hidden(area)):
        raise CommandError(why)


def _done(written: Path | bytes) -> int:
    if isinstance(written, bytes):
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        say(t("Written to {file}.", file=written))
    return 0
