"""A small employer on the real store, and a folder that its months are forwarded to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hrtui.domain.day import Entry
from hrtui.domain.month import Month
from hrtui.forwarding.layouts import GENERIC, layouts_of
from hrtui.forwarding.local import LocalForward
from hrtui.forwarding.port import Forwarded
from hrtui.forwarding.prepare import Prepared, Wanted, prepare
from hrtui.store.changes import DayChange, Written, write
from hrtui.store.entries import current
from tests.store.conftest import Office, office

__all__ = ["office"]

SEPTEMBER = Month(2026, 9)
MOMENT = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A clerk who forwards September."""

    office: Office
    folder: Path
    people: list[int]

    @property
    def port(self) -> LocalForward:
        return LocalForward(self.office.store, layouts_of(None), self.folder)

    def prepared(self, people: Sequence[int] | None = None, layout: str = GENERIC) -> Prepared:
        chosen = self.people if people is None else people
        wanted = Wanted(SEPTEMBER, layout, chosen, MOMENT)
        return prepare(self.office.store, self.office.employer_id, wanted, layouts_of(None))

    def forward(self, people: Sequence[int] | None = None, layout: str = GENERIC) -> Forwarded:
        return self.port.forward(self.prepared(people, layout).order)

    def enter(self, person_id: int, number: int, *entries: Entry) -> Written:
        day = date(2026, 9, number)
        old = current(self.office.store.con, [(person_id, day)])[person_id, day]
        change = DayChange(person_id, day, old, entries)
        return write(self.office.store, self.office.employer_id, "entry", [change])

    def leave(self, minutes: int = 456) -> Entry:
        return Entry(self.office.kind("v"), minutes)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    people = [
        office.add_person("Ann", "Testman", number="101"),
        office.add_person("Bob", "Testman", number="102"),
        office.add_person("Cem", "Testman", number="103"),
    ]
    return Desk(office, tmp_path / "out", people)
