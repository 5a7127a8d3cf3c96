"""Any order of commands on one person's cases leaves the calendar as the cases say, and undo as it was."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hrtui.domain.day import Entry, Part
from hrtui.domain.sickness.case import Progress
from hrtui.domain.sickness.filling import without_case
from hrtui.domain.sickness.reporting import Report
from hrtui.store import keys
from hrtui.store.employers import create_employer
from hrtui.store.entries import Entries, current
from hrtui.store.errors import StoreError
from hrtui.store.profile import find_profile
from hrtui.store.sickness.course import correct, recover, remove_percentage, reopen, set_percentage
from hrtui.store.sickness.records import cases_of_person
from hrtui.store.sickness.report import report_sick, take_back
from hrtui.store.store import Store
from hrtui.store.undo import redo, undo
from tests.store.conftest import Office
from tests.store.sickness.conftest import Ward

TODAY = date(2026, 9, 14)
FIRST, LAST = date(2026, 7, 1), date(2026, 10, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
SOME_DAY = st.sampled_from([date(2026, 8, 31) + timedelta(days=n) for n in range(18)])
"""Few days, so that cases, steps and leave meet."""


class AnyOrder(RuleBasedStateMachine):
    """One Dutch person with some leave, and whatever is done to their cases."""

    def __init__(self) -> None:
        super().__init__()
        self._today = pytest.MonkeyPatch()
        self._today.setenv("HRTUI_TODAY", TODAY.isoformat())
        self._folder = tempfile.TemporaryDirectory()
        profile = find_profile("test", Path(self._folder.name))
        profile.prepare()
        key = keys.create_file_key(profile)
        store = Store.open(profile, key, actor="Clerk One")
        store.con.execute("PRAGMA synchronous=OFF")
        employer_id = create_employer(store, "Voorbeeld BV", "NL", "nl", 2026)
        self.ward = Ward(Office(store, profile, key, employer_id))

    @initialize(days=st.lists(SOME_DAY, min_size=2, max_size=6, unique=True), half=st.booleans())
    def plan_leave(self, days: list[date], half: bool) -> None:
        kind = self.ward.office.kind("v")
        leave = Entry(kind, 228, Part.MORNING) if half else Entry(kind, 456)
        for day in days:
            if day.weekday() < 5:
                self.ward.enter(day, (leave,))
        self.before = self.calendar()

    def calendar(self) -> dict[date, Entries]:
        found = current(self.ward.office.store.con, ((self.ward.id, day) for day in DAYS))
        return {day: entries for (_, day), entries in found.items()}

    def some_case(self, number: int) -> int:
        """One of the cases; a number that no case has where there is none, which commands refuse."""
        cases = cases_of_person(self.ward.office.store, self.ward.id)
        return cases[number % len(cases)].id if cases else 0

    def has_cases(self) -> bool:
        return bool(cases_of_person(self.ward.office.store, self.ward.id))

    @rule(first=SOME_DAY, percent=st.sampled_from([100, 50]), worked=st.sampled_from([0, 120]))
    def report(self, first: date, percent: int, worked: int) -> None:
        with suppress(StoreError):
            report_sick(self.ward.desk, self.ward.id, Report(first, percent=percent, minutes_worked=worked))

    @rule(number=st.integers(0, 9), day=SOME_DAY, percent=st.sampled_from([100, 60, 20]))
    def change_percentage(self, number: int, day: date, percent: int) -> None:
        with suppress(StoreError):
            set_percentage(self.ward.desk, self.some_case(number), Progress(day, percent))

    @rule(number=st.integers(0, 9), step=st.integers(0, 9))
    def drop_percentage(self, number: int, step: int) -> None:
        case_id = self.some_case(number)
        for one in cases_of_person(self.ward.office.store, self.ward.id):
            if one.id == case_id:
                with suppress(StoreError):
                    remove_percentage(self.ward.desk, case_id, sorted(one.steps)[step % len(one.steps)])

    @rule(number=st.integers(0, 9), day=SOME_DAY)
    def end(self, number: int, day: date) -> None:
        with suppress(StoreError):
            recover(self.ward.desk, self.some_case(number), day)

    @rule(number=st.integers(0, 9))
    def open_again(self, number: int) -> None:
        with suppress(StoreError):
            reopen(self.ward.desk, self.some_case(number))

    @rule(number=st.integers(0, 9), day=SOME_DAY, last=st.booleans())
    def move(self, number: int, day: date, last: bool) -> None:
        with suppress(StoreError):
            correct(
                self.ward.desk,
                self.some_case(number),
                {"last_day" if last else "first_day": day.isoformat()},
            )

    @rule(number=st.integers(0, 9))
    def drop(self, number: int) -> None:
        with suppress(StoreError):
            take_back(self.ward.desk, self.some_case(number))

    @rule()
    def there_and_back(self) -> None:
        """Undo and redo end where they began."""
        store, employer = self.ward.office.store, self.ward.office.employer_id
        now = self.calendar()
        if self.has_cases():
            done = undo(store, employer)
            assert done
            assert done.skipped == 0
            again = redo(store, employer)
            assert again
            assert again.skipped == 0
            assert self.calendar() == now

    @invariant()
    def the_calendar_is_what_the_cases_say(self) -> None:
        if not hasattr(self, "before"):
            return
        cases = cases_of_person(self.ward.office.store, self.ward.id)
        for day, entries in self.calendar().items():
            sick = [entry for entry in entries if entry.source == "case"]
            expected = 0
            for one in cases:
                spell = one.case.spell
                if day.weekday() < 5 and spell.first_day <= day <= (spell.last_day or LAST):
                    step = max((s for s in one.case.course if s.from_date <= day), key=lambda s: s.from_date)
                    worked = one.case.minutes_worked if day == spell.first_day else 0
                    expected = min((456 * step.percent + 50) // 100, 456 - worked)
            assert sum(entry.minutes for entry in sick) == expected, day
            assert sum(entry.minutes for entry in entries) <= 456
            if not sick:
                assert without_case(entries) == self.before[day], day

    def teardown(self) -> None:
        self.ward.office.store.close()
        self._folder.cleanup()
        self._today.undo()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=int(os.environ.get("HRTUI_SICKNESS_RUNS", "12")),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
