"""Any keys in any order: the rules hold, undo and redo are exact, and nothing breaks."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hrtui.domain.day import Entry
from hrtui.domain.leave_type import Category
from hrtui.domain.month import Month
from hrtui.editor.editor import ACTIONS
from hrtui.editor.outcome import Outcome
from hrtui.store import keys
from hrtui.store.employers import create_employer
from hrtui.store.entries import entry_of
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from tests.editor.conftest import ALTERNATING, NO_WEDNESDAY, make_editor
from tests.store.conftest import Office

Calendar = dict[tuple[int, str], tuple[Entry, ...]]

MOVES = sorted(action for action in ACTIONS if action.startswith(("go.", "find.", "view.")))
SELECTIONS = sorted(action for action in ACTIONS if action.startswith("select."))
EDITS = sorted(action for action in ACTIONS if action.startswith("entry."))
TYPED = (
    "4 AD 3:36 KV",
    "VAK",
    "1/2 z",
    "pm VAK",
    "2:00 OVU",
    "VAK 1:00 OVU",
    "9 KV",
    "4 QQ",
    "",
    "100% k 30m OVU",
)
PASTED = ("VAK", "VAK\tKV\t\tam ZGL", "VAK\nKV\n4 AD", "x\ty", "2:00 OVU\tVAK 2:00 OVU")
GO_TO = ("1", "31", "+7", "-9", "today", "15/11", "bravo", "nobody", "29/2")


class Keys(RuleBasedStateMachine):
    """A clerk who presses anything."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        profile = find_profile("keys", Path(self.folder.name))
        profile.prepare()
        key = keys.create_file_key(profile)
        self.store = Store.open(profile, key, actor="Clerk One")
        # The disk need not outlive a test, and waiting for it is most of the time.
        self.store.con.execute("PRAGMA synchronous = OFF")
        employer_id = create_employer(self.store, "Voorbeeld NV", "BE", "nl", 2026)
        office = Office(self.store, profile, key, employer_id)
        office.add_person("An", "Alfa")
        office.add_person("Bo", "Bravo", weeks=NO_WEDNESDAY)
        office.add_person("Cy", "Charlie", weeks=ALTERNATING)
        office.add_person("Di", "Delta", start=date(2026, 9, 14), end=date(2026, 10, 20))
        self.editor = make_editor(self.store, employer_id)
        self.editor.page_rows = 3
        self.history: list[Calendar] = [self.calendar()]
        self.undone: list[Calendar] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def calendar(self) -> Calendar:
        found: Calendar = {}
        rows = self.store.con.execute(
            "SELECT person_id, date, leave_type_id, minutes, part, status, source FROM calendar_entry"
            " ORDER BY slot"
        )
        for person, day, *columns in rows:
            found[person, day] = (*found.get((person, day), ()), entry_of(*columns))
        return found

    def after_edit(self, outcome: Outcome, *, confirmed: bool) -> None:
        """Answer a question, and note the calendar if a step was made."""
        if outcome.question is not None and confirmed:
            outcome = outcome.question.confirm()
        now = self.calendar()
        if now != self.history[-1]:
            self.history.append(now)
            self.undone.clear()
        else:
            assert not outcome.cells

    @rule(action=st.sampled_from(MOVES))
    def move(self, action: str) -> None:
        self.editor.act(action)

    @rule(action=st.sampled_from(SELECTIONS))
    def select(self, action: str) -> None:
        self.editor.act(action)

    @rule()
    def escape(self) -> None:
        self.editor.cancel()

    @rule(text=st.sampled_from(GO_TO))
    def go_to(self, text: str) -> None:
        self.editor.go_to(text)

    @rule(figure=st.sampled_from("0123459"))
    def digit(self, figure: str) -> None:
        self.editor.digit(figure)

    @rule(letter=st.sampled_from("vzkowbjq"), confirmed=st.booleans())
    def enter(self, letter: str, confirmed: bool) -> None:
        self.after_edit(self.editor.enter(letter), confirmed=confirmed)

    @rule(action=st.sampled_from(EDITS), confirmed=st.booleans())
    def edit(self, action: str, confirmed: bool) -> None:
        self.after_edit(self.editor.act(action), confirmed=confirmed)

    @rule(text=st.sampled_from(TYPED), confirmed=st.booleans())
    def type_cell(self, text: str, confirmed: bool) -> None:
        self.after_edit(self.editor.type_cell(text), confirmed=confirmed)

    @rule()
    def copy(self) -> None:
        self.editor.act("edit.copy")

    @rule(text=st.none() | st.sampled_from(PASTED))
    def paste(self, text: str | None) -> None:
        preview = self.editor.paste_preview(text)
        assert len(preview.changes) == sum(not line.refusal for line in preview.lines)
        self.after_edit(self.editor.paste(preview), confirmed=True)

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            outcome = self.editor.act("edit.undo")
            if len(self.history) > 1:
                self.undone.append(self.history.pop())
            else:
                assert outcome.message is not None
                assert outcome.message.text == "There is nothing to undo."
            assert self.calendar() == self.history[-1]

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            self.editor.act("edit.redo")
            if self.undone:
                self.history.append(self.undone.pop())
            assert self.calendar() == self.history[-1]

    @invariant()
    def the_grid_shows_what_is_stored(self) -> None:
        if not hasattr(self, "editor"):
            return
        stored = self.calendar()
        for row in (self.editor.view.row(index) for index in range(len(self.editor.view))):
            for day in row.days:
                assert day.entries == stored.get((row.id, day.date.isoformat()), ())

    @invariant()
    def no_day_holds_more_than_its_time(self) -> None:
        if not hasattr(self, "editor"):
            return
        kinds = self.editor.kinds
        months = {Month.of(date.fromisoformat(day)) for _, day in self.calendar()}
        people = {person for person, _ in self.calendar()}
        for month in months:
            for row in self.editor.rows_of(people, month).values():
                for day in row.days:
                    inside = [
                        e for e in day.entries if kinds[e.leave_type_id].category is not Category.OVERTIME
                    ]
                    ordinary = [e for e in inside if not kinds[e.leave_type_id].on_holiday]
                    assert sum(e.minutes for e in ordinary) <= day.available
                    assert sum(e.minutes for e in inside) <= day.scheduled
                    assert all(e.minutes > 0 for e in day.entries)

    @invariant()
    def the_cursor_is_inside(self) -> None:
        if not hasattr(self, "editor"):
            return
        cursor, selection = self.editor.cursor, self.editor.selection
        assert 0 <= cursor.row < max(1, len(self.editor.people))
        assert 0 <= cursor.day <= self.editor.month.length
        if selection is not None:
            assert selection.first_row >= 0
            assert selection.first_day >= 1
            assert selection.last_row < len(self.editor.people)
            assert selection.last_day <= self.editor.month.length
        assert self.editor.status() is not None


TestKeys = Keys.TestCase
TestKeys.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
