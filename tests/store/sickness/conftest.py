"""A small office with a desk for cases, and a fixed today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hrtui.store.changes import DayChange, write
from hrtui.store.entries import Entries, current
from hrtui.store.sickness.desk import Desk, case_desk
from tests.store.conftest import Office

TODAY = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", TODAY.isoformat())


class Ward:
    """A person of an office with everything about their calendar at hand."""

    def __init__(self, office: Office, **more: object) -> None:
        self.office = office
        self.id = office.add_person("Ann", "Testman", **more)  # type: ignore[arg-type]

    @property
    def desk(self) -> Desk:
        return case_desk(self.office.store, self.office.employer_id)

    def entries(self, day: date) -> Entries:
        return current(self.office.store.con, [(self.id, day)])[self.id, day]

    def enter(self, day: date, new: Entries) -> None:
        changes = [DayChange(self.id, day, self.entries(day), new)]
        assert not write(self.office.store, self.office.employer_id, "entered", changes).stale

    def sick_days(self, first: date, last: date) -> list[date]:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        found = current(self.office.store.con, ((self.id, day) for day in days))
        return [day for day in days if any(e.source == "case" for e in found[self.id, day])]

    def keys(self, first: date, last: date) -> list[str]:
        """The keys of the leave types of each working day, joined by + where there are several."""
        names = dict(self.office.store.con.execute("SELECT id, key FROM leave_type").fetchall())
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [
            "+".join(names[entry.leave_type_id] for entry in self.entries(day)) or "."
            for day in days
            if day.weekday() < 5
        ]


@pytest.fixture
def dutch(dutch_office: Office) -> Ward:
    return Ward(dutch_office)


@pytest.fixture
def belgian(office: Office) -> Ward:
    return Ward(office)
