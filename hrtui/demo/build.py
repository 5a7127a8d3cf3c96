"""Making the demo: its files are written and imported as a clerk's own would be; leave and pay are added."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from itertools import islice
from pathlib import Path

from hrtui.demo.entries import COLUMNS as ENTRY_COLUMNS
from hrtui.demo.entries import LEAVE, entry_rows
from hrtui.demo.pay import add_pay
from hrtui.demo.people import COLUMNS as PEOPLE_COLUMNS
from hrtui.demo.people import PACKAGE, people_rows
from hrtui.domain.allowance_measure import DAY
from hrtui.domain.month import Month
from hrtui.domain.rounding import rounded
from hrtui.i18n import t
from hrtui.imports.headers import Kind
from hrtui.imports.run import import_file
from hrtui.store.changes import RowChange, Values, write
from hrtui.store.employers import create_employer
from hrtui.store.ids import new_id
from hrtui.store.leave_types import leave_types
from hrtui.store.month_view import MonthView
from hrtui.store.people import person_ids
from hrtui.store.schedules import weeks_of
from hrtui.store.store import Store
from hrtui.store.undo import seal

NAME = "Demo NV"
MAX_PEOPLE = 100_000
# Keeps the files under the import's limit of lines, and the memory of one import in bounds.
_AT_A_TIME = 20_000


def build_demo(store: Store, people: int, today: date) -> None:
    """Add the employer Demo NV with so many people (1 to 100,000), always the same for a number and month.

    The month before `today` is filled and largely checked, the current one filled up to today. Undo does not
    reach behind the demo. Raises ValueError for another number of people, StoreError where the database
    cannot be written.
    """
    if not 1 <= people <= MAX_PEOPLE:
        raise ValueError(f"a demo has 1 to {MAX_PEOPLE} people, not {people}")
    month = Month.of(today)
    employer_id = create_employer(store, NAME, "BE", "nl", today.year)
    with tempfile.TemporaryDirectory(prefix="hrtui-demo-") as folder:
        schedules = Path(folder) / "schedules.csv"
        schedules.write_bytes((files(PACKAGE) / "data" / "schedules.csv").read_bytes())
        _import(store, employer_id, "schedules", schedules)
        for start, rows in enumerate(_portions(people_rows(people, month))):
            path = _write_csv(Path(folder) / f"people-{start}.csv", PEOPLE_COLUMNS, rows)
            _import(store, employer_id, "people", path)
        for filled, until in ((month.shift(-1), month.shift(-1).last), (month, today)):
            _fill_month(store, employer_id, filled, until, Path(folder))
    _grant_leave(store, employer_id, month)
    add_pay(store, employer_id, month)
    seal(store, employer_id)


def _fill_month(store: Store, employer_id: int, month: Month, until: date, folder: Path) -> None:
    ids = person_ids(store, employer_id, month)
    for start in range(0, len(ids), _AT_A_TIME):
        chunk = ids[start : start + _AT_A_TIME]
        rows = MonthView(store, employer_id, month, chunk).rows_by_id(chunk).values()
        path = _write_csv(folder / f"entries-{month}-{start}.csv", ENTRY_COLUMNS, entry_rows(rows, until))
        _import(store, employer_id, "entries", path)


def _portions(rows: Iterator[tuple[str, ...]]) -> Iterator[Sequence[tuple[str, ...]]]:
    while portion := list(islice(rows, _AT_A_TIME)):
        yield portion


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def _import(store: Store, employer_id: int, kind: Kind, path: Path) -> None:
    report = import_file(store, employer_id, kind, path)
    if not report.ok:
        first = report.problems[0]
        raise ValueError(f"the demo's own file {path.name}, line {first.line}: {first.text}")


def _grant_leave(store: Store, employer_id: int, month: Month) -> None:
    """Give everybody legal holiday leave; some have days of last year left."""
    kind = next(kind for kind in leave_types(store, employer_id).values() if kind.key == LEAVE)
    rows = store.con.execute(
        "SELECT p.id, p.number, s.weeks FROM person p JOIN schedule_assignment a ON a.person_id = p.id"
        " JOIN work_schedule s ON s.id = a.schedule_id WHERE p.employer_id = ?",
        (employer_id,),
    ).fetchall()
    changes = [
        RowChange("allowance", new_id(), None, {"person_id": person_id, "leave_type_id": kind.id, **bucket})
        for person_id, number, weeks in rows
        for bucket in _buckets(int(number), weeks_of(weeks), month)
    ]
    write(store, employer_id, t("Leave of {year}", year=month.year), changes, undoable=False)


def _buckets(number: int, weeks: tuple[tuple[int, ...], ...], month: Month) -> Iterator[Values]:
    """Four weeks for the year in half days, and for one in three a few days that lapse after next month."""
    worked = sum(1 for week in weeks for minutes in week if minutes)
    start = date(month.year, 1, 1)
    yield {
        "year": month.year,
        "label": f"wettelijk {month.year}",
        "minutes": 0,
        "days": rounded(2 * 4 * worked, len(weeks)) * DAY // 2,
        "valid_from": start.isoformat(),
        "expires": date(month.year + 1, 1, 1).isoformat(),
        "reason": "",
    }
    if number % 3 == 0:
        yield {
            "year": month.year - 1,
            "label": f"overdracht {month.year - 1}",
            "minutes": 0,
            "days": DAY * (1 + number % 4),
            "valid_from": start.isoformat(),
            "expires": month.shift(2).first.isoformat(),
            "reason": "",
        }
