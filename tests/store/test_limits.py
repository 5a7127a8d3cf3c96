"""Entries beyond what is left: by buckets, by a limit of the type or of one person, in minutes and days."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.day import Entry
from hrtui.store.changes import DayChange, RowChange, write
from hrtui.store.ids import new_id
from hrtui.store.leave_types import leave_types
from hrtui.store.limits import excesses
from tests.store.conftest import Office
from tests.store.test_balances import grant, leave

MONDAY = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def in_hours(office: Office) -> None:
    """Legal holiday leave is kept in days otherwise."""
    office.store.con.execute("UPDATE leave_type SET limit_kind = 'minutes' WHERE key = 'VAK'")


def limited(office: Office, **columns: object) -> None:
    """Change the leave type behind `v`."""
    places = ", ".join(f"{column} = ?" for column in columns)
    office.store.con.execute(
        f"UPDATE leave_type SET {places} WHERE id = ?", (*columns.values(), office.kind("v"))
    )


def asked(office: Office, person: int, *days: int, letter: str = "v") -> list[tuple[int, int, bool]]:
    """Day, shortage and unit of what is too much when these days of September are entered."""
    entry = (Entry(office.kind(letter), 456),)
    changes = [DayChange(person, date(2026, 9, day), (), entry) for day in days]
    kinds = leave_types(office.store, office.employer_id)
    found = excesses(office.store, kinds, changes)
    return [(one.change.date.day, one.over, one.in_days) for one in found]


def test_buckets_are_counted_with_what_is_planned_later_in_the_year(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    grant(office, ann, 2026, 3 * 456, None)
    assert asked(office, ann, 14, 15, 16) == []
    assert asked(office, ann, 14, 15, 16, 17, 18) == [(17, 456, False), (18, 912, False)]
    leave(office, ann, date(2026, 12, 21), 2)
    assert asked(office, ann, 14) == []
    assert asked(office, ann, 14, 15) == [(15, 456, False)]
    assert asked(office, ann, 14, 15, letter="z") == []


def test_a_day_that_is_over_already_is_no_news_until_it_gets_worse(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    grant(office, ann, 2026, 456, None)
    leave(office, ann, MONDAY, 2)
    kinds = leave_types(office.store, office.employer_id)
    held = (Entry(office.kind("v"), 456),)
    less = (Entry(office.kind("v"), 228),)
    change = DayChange(ann, MONDAY, held, less)
    assert excesses(office.store, kinds, [change]) == []
    assert asked(office, ann, 16) == [(16, 912, False)]


def test_a_forbidden_day_leaves_what_there_is_to_the_next(office: Office) -> None:
    limited(office, negative_allowed=0)
    ann = office.add_person("Ann", "Testman")
    grant(office, ann, 2026, 600, None)
    kinds = leave_types(office.store, office.employer_id)
    kind = office.kind("v")
    changes = [
        DayChange(ann, date(2026, 9, day), (), (Entry(kind, minutes),))
        for day, minutes in ((14, 456), (15, 456), (16, 144))
    ]
    found = excesses(office.store, kinds, changes)
    assert [(one.change.date.day, one.over) for one in found] == [(15, 312)]


def test_a_limit_in_days_counts_days_of_the_own_schedule(office: Office) -> None:
    limited(office, limit_kind="days", limit_amount=150)
    ann = office.add_person("Ann", "Testman")
    half = office.add_person("Bo", "Voorbeeld", number="2", weeks=[[228, 228, 228, 228, 228, 0, 0]])
    assert asked(office, ann, 14) == []
    assert asked(office, ann, 14, 15) == [(15, 500, True)]
    assert asked(office, half, 14) == [(14, 500, True)]


def test_an_exception_of_one_person_takes_the_place_of_the_types_limit(office: Office) -> None:
    limited(office, limit_kind="minutes", limit_amount=456)
    ann = office.add_person("Ann", "Testman")
    bo = office.add_person("Bo", "Voorbeeld", number="2")
    row = {
        "person_id": bo,
        "leave_type_id": office.kind("v"),
        "limit_kind": "unlimited",
        "limit_amount": None,
    }
    write(office.store, office.employer_id, "exception", [RowChange("leave_exception", new_id(), None, row)])
    assert asked(office, ann, 14, 15) == [(15, 456, False)]
    assert asked(office, bo, 14, 15) == []


def test_a_key_in_the_month_asks_the_database_no_more_than_twice(office: Office) -> None:
    """In days, too, where the schedules count."""
    limited(office, limit_kind="days", limit_amount=150)
    ann = office.add_person("Ann", "Testman")
    grant(office, ann, 2026, 600, None)
    kinds = leave_types(office.store, office.employer_id)
    change = DayChange(ann, MONDAY, (), (Entry(office.kind("v"), 456),))
    asked_for: list[str] = []
    office.store.con.set_trace_callback(asked_for.append)
    assert excesses(office.store, kinds, [change]) == []
    assert len(asked_for) == 2


@pytest.mark.parametrize(("allowed", "found"), [(1, []), (0, [(14, 456, False)])])
def test_a_year_without_grants_is_unknown_unless_below_zero_is_forbidden(
    office: Office, allowed: int, found: list[tuple[int, int, bool]]
) -> None:
    limited(office, negative_allowed=allowed)
    ann = office.add_person("Ann", "Testman")
    grant(office, ann, 2025, 456, "2026-01-01")
    assert asked(office, ann, 14) == found
