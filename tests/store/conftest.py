"""A small employer in a real encrypted database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from hrtui.store import keys
from hrtui.store.changes import Change, RowChange, write
from hrtui.store.employers import create_employer
from hrtui.store.ids import new_id
from hrtui.store.leave_types import leave_types
from hrtui.store.people import search_text, sort_name
from hrtui.store.profile import Profile, find_profile
from hrtui.store.store import Store

FULL_TIME = [456, 456, 456, 456, 456, 0, 0]
_NUMBERS = count(10001)


@dataclass
class Office:
    """An open store with one Belgian employer."""

    store: Store
    profile: Profile
    key: bytes
    employer_id: int

    def open_again(self, actor: str = "clerk") -> Store:
        """Another terminal on the same file."""
        return Store.open(self.profile, self.key, actor=actor)

    def kind(self, letter: str) -> int:
        """The id of the leave type with that letter."""
        kinds = leave_types(self.store, self.employer_id).values()
        return next(kind.id for kind in kinds if kind.letter == letter)

    def add_person(
        self,
        first_name: str,
        last_name: str,
        *,
        number: str = "",
        start: date = date(2020, 1, 1),
        end: date | None = None,
        weeks: list[list[int]] | None = None,
        team_id: int | None = None,
    ) -> int:
        """A person with one contract and a schedule of their own; returns the id."""
        person_id, schedule_id = new_id(), new_id()
        number = number or str(next(_NUMBERS))
        changes: list[Change] = [
            RowChange(
                "person",
                person_id,
                None,
                {
                    "employer_id": self.employer_id,
                    "number": number,
                    "first_name": first_name,
                    "last_name": last_name,
                    "team_id": team_id,
                    "sort_name": sort_name(first_name, last_name),
                    "search_text": search_text(number, first_name, last_name),
                },
            ),
            RowChange(
                "contract",
                new_id(),
                None,
                {
                    "person_id": person_id,
                    "start_date": start.isoformat(),
                    "end_date": end.isoformat() if end else None,
                },
            ),
            RowChange(
                "work_schedule",
                schedule_id,
                None,
                {
                    "employer_id": self.employer_id,
                    "name": f"schedule {number}",
                    "cycle_start": "2020-01-06",
                    "weeks": json.dumps(weeks or [FULL_TIME]),
                },
            ),
            RowChange(
                "schedule_assignment",
                new_id(),
                None,
                {"person_id": person_id, "schedule_id": schedule_id, "valid_from": start.isoformat()},
            ),
        ]
        write(self.store, self.employer_id, "New person", changes, undoable=False)
        return person_id


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    profile = find_profile("test", tmp_path)
    profile.prepare()
    key = keys.create_file_key(profile)
    store = Store.open(profile, key, actor="Clerk One")
    employer_id = create_employer(store, "Voorbeeld NV", "BE", "nl", 2026)
    yield Office(store, profile, key, employer_id)
    store.close()


@pytest.fixture
def dutch_office(office: Office) -> Office:
    """Another employer in the same profile, a Dutch one."""
    employer_id = create_employer(office.store, "Voorbeeld BV", "NL", "nl", 2026)
    return Office(office.store, office.profile, office.key, employer_id)
