"""`hrtui export month`: a month as a file, or on standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from hrtui.cli.errors import usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import chosen_employer, open_store, say
from hrtui.i18n import t


def export_month(choices: Choices, month: str, layout: str, out: Path | None, *, employer: str) -> int:
    """Write the month to the folder or file `out`, else to stdout; raises CommandError or StoreError."""
    from hrtui.domain.month import Month
    from hrtui.payroll import export

    wanted = next((known for known in export.LAYOUTS if known == layout), None)
    if wanted is None:
        raise usage_error(t("There is no layout “{name}”; choose csv, xlsx or pdf.", name=layout))
    try:
        parsed = Month.parse(month)
    except ValueError as problem:
        raise usage_error(t("“{text}” is no month; write it as 2026-09.", text=month)) from problem
    if out is None and wanted != "csv" and sys.stdout.isatty():
        raise usage_error(t("A {layout} file is not for the screen; say where with --out.", layout=wanted))
    store = open_store(choices)
    try:
        who = chosen_employer(store, employer)
        written = export.export_month(store, who.id, parsed, wanted, out.expanduser() if out else None)
    finally:
        store.close()
    if isinstance(written, bytes):
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        say(t("Written to {file}.", file=written))
    return 0
