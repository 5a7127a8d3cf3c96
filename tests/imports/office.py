"""A real, empty Belgian employer, and short ways to import into it and to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hrtui.domain.day import Day, Entry
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.imports.headers import Kind
from hrtui.imports.run import ImportReport, import_file
from hrtui.store import keys
from hrtui.store.employers import create_employer
from hrtui.store.leave_types import leave_types
from hrtui.store.month_view import MonthView, PersonRow
from hrtui.store.people import person_ids
from hrtui.store.profile import find_profile
from hrtui.store.store import Store

SCHEDULES = """name;cycle start;week;monday;tuesday;wednesday;thursday;friday
Full-time 38;;;7:36;7:36;7:36;7:36;7:36
Half 19;;;3,8;3,8;3,8;3,8;3,8
Alternating;07/09/2026;1;8;8;8;8;0
Alternating;;2;8;8;0;0;0
"""
PEOPLE = """number;last name;first name;team;contract start;contract end;schedule
1;Testman;Adelro;Office;01/01/2020;;Full-time 38
2;Voorbeeld;Bixana;Office;01/01/2020;;Half 19
3;Specimen;Cyrelle;Store;10/09/2026;;Alternating
4;Exemple;Dorvin;Store;01/01/2020;15/09/2026;Full-time 38
"""
SEPTEMBER = Month(2026, 9)


@dataclass
class Office:
    """An open store with one employer, and a folder for files."""

    store: Store
    employer_id: int
    folder: Path

    def file(self, content: str | bytes, name: str = "file.csv") -> Path:
        """A file with this content."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def take(
        self, kind: Kind, content: str | bytes | Path, *, dry_run: bool = False, skip_bad: bool = False
    ) -> ImportReport:
        """Import this content."""
        path = content if isinstance(content, Path) else self.file(content)
        return import_file(self.store, self.employer_id, kind, path, dry_run=dry_run, skip_bad=skip_bad)

    def fill(self) -> None:
        """The schedules and people at the top of this file."""
        assert self.take("schedules", SCHEDULES).problems == ()
        assert self.take("people", PEOPLE).problems == ()

    def kinds(self) -> dict[int, LeaveType]:
        return leave_types(self.store, self.employer_id)

    def kind(self, key: str) -> LeaveType:
        return next(kind for kind in self.kinds().values() if kind.key == key)

    def rows(self, month: Month = SEPTEMBER) -> dict[str, PersonRow]:
        """The month of everybody by number."""
        ids = person_ids(self.store, self.employer_id, month)
        view = MonthView(self.store, self.employer_id, month, ids)
        return {row.number: row for row in view.rows_by_id(ids).values()}

    def day(self, number: str, day: date) -> Day:
        return self.rows(Month.of(day))[number].days[day.day - 1]

    def entries(self, number: str, day: date) -> list[tuple[str, int, str]]:
        """A day's entries as (key, minutes, part)."""
        return [shown(entry, self.kinds()) for entry in self.day(number, day).entries]

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """All that an import can change, to see that nothing did."""
        tables = (
            "person",
            "contract",
            "team",
            "work_schedule",
            "schedule_assignment",
            "calendar_entry",
            "step",
        )
        return {
            name: sorted(self.store.con.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in tables
        }


def shown(entry: Entry, kinds: dict[int, LeaveType]) -> tuple[str, int, str]:
    """An entry as (key, minutes, part)."""
    return kinds[entry.leave_type_id].key, entry.minutes, entry.part.value


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """An office in a new profile under `folder`."""
    profile = find_profile("test", folder)
    profile.prepare()
    store = Store.open(profile, keys.create_file_key(profile), actor="Clerk One")
    employer_id = create_employer(store, "Voorbeeld NV", "BE", "nl", 2026)
    try:
        yield Office(store, employer_id, folder)
    finally:
        store.close()
