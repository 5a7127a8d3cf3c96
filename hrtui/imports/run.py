"""Importing a file: read, check every line, then write all of it as one step, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrtui.i18n import N_, t
from hrtui.imports.entries import plan_entries
from hrtui.imports.headers import Kind, find_columns
from hrtui.imports.people import plan_people
from hrtui.imports.plan import Plan, Remark
from hrtui.imports.schedules import plan_schedules
from hrtui.imports.tables import TableError, read_table
from hrtui.store.changes import write
from hrtui.store.errors import StoreError
from hrtui.store.store import Store

_LABELS = {
    "people": N_("Imported people from {file}"),
    "schedules": N_("Imported schedules from {file}"),
    "entries": N_("Imported entries from {file}"),
}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    `new`, `changed` and `unchanged` count people, schedules or person-days; `skipped` counts lines.
    `problems` and `warnings` are in line order. `imported` says whether the file was
    taken over, also where that changed nothing.
    """

    new: int
    changed: int
    unchanged: int
    skipped: int
    problems: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    imported: bool

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong with the file."""
        return not self.problems


def import_file(
    store: Store,
    employer_id: int,
    kind: Kind,
    path: Path,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    roles: frozenset[str] = frozenset(),
) -> ImportReport:
    """Import a CSV or XLSX file of people, schedules or entries as one undo step.

    Nothing is written unless every line is good; with `skip_bad` the good lines are. `dry_run` writes nothing
    in any case. `roles` are the clerk's, for leave types that need one. Raises StoreError where the
    database cannot be written.
    """
    try:
        header, *rows = read_table(path)
    except TableError as error:
        return _refused([Remark(error.line, error.text)])
    columns = find_columns(kind, header)
    unknown = [Remark(columns.line, text) for text in columns.unknown]
    if columns.fatal:
        return _refused([*unknown, *(Remark(columns.line, text) for text in columns.fatal)])
    records = [columns.record(row) for row in rows]
    if kind == "people":
        plan = plan_people(store, employer_id, records)
    elif kind == "schedules":
        plan = plan_schedules(store, employer_id, records)
    else:
        plan = plan_entries(store, employer_id, records, roles)
    plan.problems.extend(unknown)
    if plan.problems and not skip_bad:
        return _refused(plan.problems, plan.warnings, len(rows))
    if not dry_run:
        _write(store, employer_id, t(_LABELS[kind], file=path.name), plan)
    for line, cause in plan.dragged.items():
        plan.problems.append(Remark(line, t("Skipped, since it belongs with line {line}.", line=cause)))
    return ImportReport(
        plan.new,
        plan.changed,
        plan.unchanged,
        len(plan.bad | plan.dragged.keys()),
        tuple(sorted(plan.problems)),
        tuple(
            sorted(warning for warning in plan.warnings if warning.line not in plan.bad | plan.dragged.keys())
        ),
        imported=not dry_run,
    )


def _write(store: Store, employer_id: int, label: str, plan: Plan) -> None:
    if write(store, employer_id, label, plan.changes).stale:
        raise StoreError(t("Something was changed meanwhile. Nothing was imported: do it again."))


def _refused(problems: Sequence[Remark], warnings: Sequence[Remark] = (), lines: int = 0) -> ImportReport:
    return ImportReport(0, 0, 0, lines, tuple(sorted(problems)), tuple(sorted(warnings)), imported=False)
