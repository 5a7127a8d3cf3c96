"""Work schedules: the library, changes from a date, and assigning many people at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrtui.domain.month import Month
from hrtui.domain.week_editor import WeekDraft
from hrtui.store.errors import StoreError
from hrtui.store.month_view import MonthView
from hrtui.store.schedule_records import (
    assign_schedule,
    change_schedule,
    create_schedule,
    delete_schedule,
    schedule_library,
)
from hrtui.store.undo import undo
from tests.store.conftest import Office

MONDAY = date(2026, 9, 14)
NO_STARTS = (None,) * 6


def week(name: str = "Kort", monday: int = 240, start: int | None = None) -> WeekDraft:
    """Four hours from Monday to Friday, with other hours or a start on Monday."""
    return WeekDraft(name, MONDAY, ((monday, *(240,) * 4, 0, 0),), ((start, *NO_STARTS),))


SHORT = week()


def scheduled(office: Office, person_id: int) -> dict[int, int]:
    """The minutes of each day of September 2026."""
    row = MonthView(office.store, office.employer_id, Month(2026, 9), [person_id]).row(0)
    return {day.date.day: day.scheduled for day in row.days}


def test_the_library_says_who_works_by_each_today(office: Office):
    person_id = office.add_person("An", "Voorbeeld", number="1")
    draft = week(start=510)
    schedule_id = create_schedule(office.store, office.employer_id, draft)
    assert schedule_library(office.store, office.employer_id, MONDAY)[0].draft == draft
    assign_schedule(office.store, office.employer_id, schedule_id, [person_id], date(2026, 9, 21))
    before = schedule_library(office.store, office.employer_id, MONDAY)
    assert [(line.draft.name, line.people) for line in before] == [("Kort", 0), ("schedule 1", 1)]
    after = schedule_library(office.store, office.employer_id, date(2026, 9, 21))
    assert [line.people for line in after] == [1, 0]


def test_many_people_are_assigned_in_one_step(office: Office):
    people = [office.add_person("Persoon", f"Nummer{n}", number=str(n)) for n in range(5)]
    schedule_id = create_schedule(office.store, office.employer_id, SHORT)
    done = assign_schedule(office.store, office.employer_id, schedule_id, people, MONDAY)
    assert (done.changed, done.unchanged) == (5, 0)
    assert scheduled(office, people[4])[11] == 456
    assert scheduled(office, people[4])[14] == 240
    again = assign_schedule(office.store, office.employer_id, schedule_id, people, date(2026, 9, 16))
    assert (again.step_id, again.changed, again.unchanged) == (None, 0, 5)
    undo(office.store, office.employer_id)
    assert scheduled(office, people[4])[14] == 456


def test_an_assignment_on_the_same_day_is_replaced(office: Office):
    person_id = office.add_person("An", "Voorbeeld", start=MONDAY)
    schedule_id = create_schedule(office.store, office.employer_id, SHORT)
    assign_schedule(office.store, office.employer_id, schedule_id, [person_id], MONDAY)
    count = "SELECT count(*) FROM schedule_assignment WHERE person_id = ?"
    assert office.store.con.execute(count, (person_id,)).fetchone()[0] == 1
    assert scheduled(office, person_id)[14] == 240


def test_hours_that_people_worked_by_change_from_a_day_only(office: Office):
    store, employer_id = office.store, office.employer_id
    person_id = office.add_person("An", "Voorbeeld")
    other = office.add_person("Bo", "Ander")
    schedule_id = create_schedule(store, employer_id, SHORT)
    assign_schedule(store, employer_id, schedule_id, [person_id, other], date(2026, 9, 1))
    longer = week(monday=300)
    with pytest.raises(StoreError):
        change_schedule(store, employer_id, schedule_id, longer)
    new_id = change_schedule(store, employer_id, schedule_id, longer, start=date(2026, 9, 15))
    assert new_id != schedule_id
    assert scheduled(office, person_id)[14] == 240
    assert scheduled(office, person_id)[21] == 300
    names = {line.draft.name for line in schedule_library(store, employer_id, MONDAY)}
    assert {"Kort", "Kort until 15/9/2026"} <= names
    undo(store, employer_id)
    assert scheduled(office, person_id)[21] == 240


def test_some_people_change_under_another_name(office: Office):
    store, employer_id = office.store, office.employer_id
    people = [office.add_person("Persoon", name) for name in ("Een", "Twee")]
    schedule_id = create_schedule(store, employer_id, SHORT)
    assign_schedule(store, employer_id, schedule_id, people, date(2026, 9, 1))
    longer = week(monday=300)
    with pytest.raises(StoreError, match="Kort"):
        change_schedule(store, employer_id, schedule_id, longer, start=MONDAY, person_ids=people[:1])
    named = week("Langer", 300)
    change_schedule(store, employer_id, schedule_id, named, start=MONDAY, person_ids=people[:1])
    assert scheduled(office, people[0])[14] == 300
    assert scheduled(office, people[1])[14] == 240


def test_a_name_or_start_changes_the_schedule_itself(office: Office):
    store, employer_id = office.store, office.employer_id
    person_id = office.add_person("An", "Voorbeeld")
    schedule_id = create_schedule(store, employer_id, SHORT)
    assign_schedule(store, employer_id, schedule_id, [person_id], MONDAY)
    named = week("Halftijds", start=480)
    assert change_schedule(store, employer_id, schedule_id, named) == schedule_id
    assert named in [line.draft for line in schedule_library(store, employer_id, MONDAY)]
    with pytest.raises(StoreError, match="1 person"):
        delete_schedule(store, employer_id, schedule_id)


def test_a_schedule_nobody_used_is_changed_and_deleted_freely(office: Office):
    store, employer_id = office.store, office.employer_id
    schedule_id = create_schedule(store, employer_id, SHORT)
    assert (
        change_schedule(
            store, employer_id, schedule_id, replace(SHORT, weeks=SHORT.weeks * 2, starts=SHORT.starts * 2)
        )
        == schedule_id
    )
    delete_schedule(store, employer_id, schedule_id)
    assert schedule_library(store, employer_id, MONDAY) == []
    for name in ("", "x" * 41):
        with pytest.raises(StoreError):
            create_schedule(store, employer_id, week(name))
