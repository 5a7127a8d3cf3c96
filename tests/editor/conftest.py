"""A clerk at the month grid of a small Belgian employer, on a real encrypted database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from hrtui.domain.month import Month
from hrtui.domain.typed_cell import cell_text
from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import NOTHING, Outcome
from hrtui.store.entries import current
from hrtui.store.leave_types import leave_types
from hrtui.store.store import Store
from tests.store.conftest import FULL_TIME, Office, office

__all__ = ["Desk", "desk", "make_editor", "office", "people"]

SEPTEMBER = Month(2026, 9)
NO_WEDNESDAY = [[456, 456, 0, 456, 456, 0, 0]]
ALTERNATING = [[480, 480, 480, 480, 480, 0, 0], [240, 240, 240, 0, 0, 0, 0]]


def make_editor(store: Store, employer_id: int, month: Month = SEPTEMBER) -> MonthEditor:
    """An editor on 14 September 2026, a Monday."""
    editor = MonthEditor(store, employer_id, month, today=date(2026, 9, 14), roles=frozenset())
    editor.page_rows = 20
    return editor


@dataclass
class Desk:
    """The clerk's side: keys go in, the calendar and what was said come out."""

    office: Office
    editor: MonthEditor
    people: dict[str, int]
    outcome: Outcome = field(default=NOTHING)

    def type(self, keys: str) -> Desk:
        """Press letters and digits, and marks by their default meaning."""
        meanings = {
            "-": "entry.half",
            ".": "entry.repeat",
            "+": "entry.fill_right",
            "*": "select.extend",
            " ": "select.person",
            "\n": "go.enter",
            "\b": "entry.clear_back",
        }
        for key in keys:
            if key.isdecimal():
                self.outcome = self.editor.digit(key)
            elif key in meanings:
                self.outcome = self.editor.act(meanings[key])
            else:
                self.outcome = self.editor.enter(key)
        return self

    def act(self, *actions: str) -> Desk:
        """Press the keys of these actions."""
        for action in actions:
            self.outcome = self.editor.act(action)
        return self

    def at(self, name: str, day: int) -> Desk:
        """Go to a person's day."""
        self.editor.drop_selection()
        self.editor.act("go.first_person")
        for _ in range(self.editor.row_of[self.people[name]]):
            self.editor.act("go.down")
        self.editor.act("go.first_day")
        if day:
            self.type(f"{day}\n")
        else:
            self.act("go.left")
        return self

    def yes(self) -> Desk:
        """Answer the question with y."""
        assert self.outcome.question is not None
        self.outcome = self.outcome.question.confirm()
        return self

    def held(self, name: str, day: int, month: int = 9) -> str:
        """What the database holds for a person's day in 2026, as one types it."""
        person, when = self.people[name], date(2026, month, day)
        entries = current(self.office.store.con, [(person, when)])[person, when]
        return cell_text(entries, leave_types(self.office.store, self.office.employer_id))

    def filled(self, name: str, month: int = 9) -> dict[int, str]:
        """Every day of a month of 2026 that holds something."""
        days = range(1, Month(2026, month).length + 1)
        return {day: text for day in days if (text := self.held(name, day, month))}

    @property
    def said(self) -> str:
        """What the status line answered."""
        if self.outcome.question is not None:
            return self.outcome.question.text
        return self.outcome.message.text if self.outcome.message else ""

    @property
    def place(self) -> tuple[str, int]:
        """Whose day the cursor is on."""
        names = {person: name for name, person in self.people.items()}
        return names[self.editor.people[self.editor.cursor.row]], self.editor.cursor.day


@pytest.fixture
def people(office: Office) -> dict[str, int]:
    """Five people: full-time, without Wednesdays, alternating weeks, starting and leaving mid-month."""
    return {
        "An": office.add_person("An", "Alfa", number="1001"),
        "Bo": office.add_person("Bo", "Bravo", number="1002", weeks=NO_WEDNESDAY),
        "Cy": office.add_person("Cy", "Charlie", number="1003", weeks=ALTERNATING),
        "Di": office.add_person("Di", "Delta", number="1004", start=date(2026, 9, 14)),
        "Ed": office.add_person("Ed", "Echo", number="1005", end=date(2026, 9, 18), weeks=[FULL_TIME]),
    }


@pytest.fixture
def desk(office: Office, people: dict[str, int]) -> Desk:
    """The grid of September 2026 with the cursor on the first person, Monday 14."""
    return Desk(office, make_editor(office.store, office.employer_id), people)
