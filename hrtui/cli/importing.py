"""`hrtui import`: a file into the profile, with every problem on a line of its own."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from hrtui.cli.errors import FAILED
from hrtui.cli.options import Choices
from hrtui.cli.session import opened, say, write_json
from hrtui.i18n import t, tn

if TYPE_CHECKING:
    from hrtui.imports.run import ImportReport


def import_file(
    choices: Choices,
    kind: Literal["people", "schedules", "entries"],
    file: Path,
    *,
    employer: str,
    dry_run: bool,
    skip_bad: bool,
    as_json: bool,
) -> int:
    """Import `file`; remarks go to stdout as file:line: text. The exit code is 1 where a line was refused."""
    from hrtui.imports import run

    with opened(choices, employer) as (store, who):
        report = run.import_file(store, who.id, kind, file.expanduser(), dry_run=dry_run, skip_bad=skip_bad)
    if as_json:
        write_json(asdict(report))
    else:
        _show(report, file, dry_run=dry_run)
    return 0 if report.ok else FAILED


def _show(report: ImportReport, file: Path, *, dry_run: bool) -> None:
    warnings = [(remark.line, t("Warning: {text}", text=remark.text)) for remark in report.warnings]
    for line, text in sorted([*warnings, *((remark.line, remark.text) for remark in report.problems)]):
        sys.stdout.write(f"{file}:{line}: {text}\n" if line else f"{file}: {text}\n")
    counts = t(
        "{new} new, {changed} changed, {unchanged} as they were",
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
    )
    if report.skipped:
        counts += ", " + tn("{n} line skipped", "{n} lines skipped", report.skipped)
    if dry_run:
        say(t("Nothing was written (--dry-run): {counts}.", counts=counts))
    elif report.imported:
        say(t("Imported: {counts}.", counts=counts))
    elif report.skipped:
        say(t("Nothing was imported: correct the file, or use --skip-bad to import the other lines."))
    else:
        say(t("Nothing was imported: correct the file."))
