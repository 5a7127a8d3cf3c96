"""The month as the grid reads it: schedules, contracts, holidays, locks and totals per person."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.day import Entry, Part
from hrtui.domain.month import Month
from hrtui.store import entries as day_entries
from hrtui.store.changes import RowChange, write
from hrtui.store.holidays import is_filled
from hrtui.store.ids import new_id
from hrtui.store.month_view import MonthView, PersonRow, Totals
from hrtui.store.people import Filter, fold, person_ids, teams
from tests.store.conftest import FULL_TIME, Office
from tests.store.locking import lock_month

NOVEMBER = Month(2026, 11)


def view_of(office: Office, month: Month, *people: int) -> MonthView:
    return MonthView(office.store, office.employer_id, month, list(people))


def row_of(office: Office, month: Month, person: int) -> PersonRow:
    return view_of(office, month, person).row(0)


def test_schedule_weekend_holiday_and_contract_are_told_apart(office: Office) -> None:
    ann = office.add_person("Ann", "Testman", number="12", start=date(2026, 11, 4), end=date(2026, 11, 24))
    row = row_of(office, NOVEMBER, ann)
    assert (row.number, row.name, len(row.days)) == ("12", "Testman Ann", 30)
    third, fourth, seventh, eleventh, last = (row.days[n - 1] for n in (3, 4, 7, 11, 25))
    assert (third.in_contract, third.scheduled) == (False, 0)
    assert (fourth.in_contract, fourth.scheduled, fourth.is_working_day) == (True, 456, True)
    assert (seventh.in_contract, seventh.scheduled) == (True, 0)
    assert eleventh.holiday is not None
    assert eleventh.holiday.name("nl") == "Wapenstilstand"
    assert (eleventh.scheduled, eleventh.available, eleventh.is_working_day) == (456, 0, False)
    assert not last.in_contract


def test_a_year_that_nobody_filled_has_the_legal_holidays(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    november = row_of(office, Month(2031, 11), ann)
    free = [day.date.day for day in november.days if day.holiday is not None]
    # All Saints' Day is on a Saturday, and replaced on the Monday after it.
    assert free == [1, 3, 11]
    assert not is_filled(office.store, office.employer_id, 2031)


SIX_DAYS = [400] * 6 + [0]
SUNDAYS = [0, 456, 456, 456, 456, 0, 456]
WITH_SUNDAYS = [456, 0, 456, 456, 456, 0, 456]


@pytest.mark.parametrize(
    ("month", "week", "free"),
    [
        # Saturday 15 August is replaced on Monday 17 August, Sunday 1 November on Monday 2 November.
        (Month(2026, 8), FULL_TIME, [15, 17]),
        (Month(2026, 8), SIX_DAYS, [15]),
        (Month(2026, 8), [0, 456, 456, 456, 456, 456, 0], [15, 17]),
        (NOVEMBER, FULL_TIME, [1, 2, 11]),
        (NOVEMBER, WITH_SUNDAYS, [2, 11]),
        (NOVEMBER, SUNDAYS, [1, 2, 11]),
    ],
)
def test_who_works_on_a_holiday_and_on_its_replacement_has_one_of_them_off(
    office: Office, month: Month, week: list[int], free: list[int]
) -> None:
    """A replaced Sunday is an ordinary day; who works on Saturdays has none to replace (Act of 4 January
    1974, art. 6)."""
    ann = office.add_person("Ann", "Testman", weeks=[week])
    assert [day.date.day for day in row_of(office, month, ann).days if day.holiday is not None] == free


def test_a_replacement_in_another_month_counts_too(office: Office) -> None:
    office.store.con.execute("UPDATE holiday SET date = '2026-12-24' WHERE replaces = '2026-11-01'")
    office.store.con.execute("UPDATE holiday SET date = '2026-12-28' WHERE replaces = '2026-08-15'")
    sundays = office.add_person("Ann", "Testman", weeks=[WITH_SUNDAYS])
    six_days = office.add_person("Bob", "Testman", weeks=[SIX_DAYS])
    gone = office.add_person("Cor", "Testman", weeks=[WITH_SUNDAYS], end=date(2026, 12, 23))

    def free(person: int, month: Month) -> list[int]:
        return [day.date.day for day in row_of(office, month, person).days if day.holiday is not None]

    assert (free(sundays, NOVEMBER), free(gone, NOVEMBER)) == ([11], [1, 11])
    assert free(six_days, Month(2026, 12)) == [24, 25]
    assert free(sundays, Month(2026, 12)) == [24, 25, 28]


def test_alternating_weeks_follow_their_cycle(office: Office) -> None:
    short = [240, 240, 240, 0, 0, 0, 0]
    ann = office.add_person("Ann", "Testman", weeks=[FULL_TIME, short])
    days = row_of(office, NOVEMBER, ann).days
    weekly = [sum(day.scheduled for day in days[n : n + 7]) for n in (1, 8, 15, 22)]
    assert weekly in ([2280, 720, 2280, 720], [720, 2280, 720, 2280])


def test_what_lies_outside_the_month_neither_counts_nor_costs(office: Office) -> None:
    people = [
        office.add_person("Ann", "Testman", number="1", start=date(2024, 1, 1)),
        office.add_person("Bob", "Testman", number="2", start=date(2025, 2, 3), end=date(2027, 1, 1)),
    ]
    short = [240, 240, 240, 0, 0, 0, 0]
    part_time = office.add_person("Cem", "Testman", number="3", weeks=[short], start=date(2024, 1, 1))
    con = office.store.con
    (schedule_id,) = con.execute("SELECT id FROM work_schedule WHERE name = 'schedule 1'").fetchone()
    later = [(people[1], "2025-02-03"), (part_time, "2024-06-01"), (part_time, "2026-11-16")]
    (short_id,) = con.execute("SELECT id FROM work_schedule WHERE name = 'schedule 3'").fetchone()
    con.execute("DELETE FROM schedule_assignment WHERE person_id IN (?, ?)", (people[1], part_time))
    con.executemany(
        "INSERT INTO schedule_assignment (id, person_id, schedule_id, valid_from) VALUES (?, ?, ?, ?)",
        [(new_id(), person, short_id if day == "2024-06-01" else schedule_id, day) for person, day in later],
    )
    view = view_of(office, NOVEMBER, *people, part_time)
    assert view.row(0).days is view.row(1).days, "the same work from different days on is worked out once"
    assert [view.row(2).days[n - 1].scheduled for n in (2, 6, 13, 16, 20)] == [240, 0, 0, 456, 456]


def test_totals_add_up_with_a_holiday_leave_and_overtime(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    overtime = next(
        kind.id for kind in view_of(office, NOVEMBER).kinds.values() if kind.category == "overtime"
    )
    leave = Entry(office.kind("v"), 228, Part.MORNING)
    extra = Entry(overtime, 60, Part.HOURS)
    day_entries.replace(office.store.con, [(ann, date(2026, 11, 12), (leave, extra))])
    # 21 working days of 456 minutes; Armistice Day and the replacement of Sunday 1 November are off.
    assert row_of(office, NOVEMBER, ann).totals == Totals(21 * 456, 19 * 456 - 228, 2 * 456 + 228, 60)


def test_a_lock_shows_on_every_day_of_the_month(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    lock_month(office.store, [ann], NOVEMBER)
    view = view_of(office, NOVEMBER, ann, bob)
    lock = view.row(0).locked
    assert lock is not None
    assert lock.by == "Clerk One"
    assert all(day.locked == lock for day in view.row(0).days)
    assert view.row(1).locked is None
    assert row_of(office, NOVEMBER.shift(1), ann).locked is None


def test_rows_are_kept_until_they_are_forgotten(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    view = view_of(office, NOVEMBER, ann)
    assert view.row(0).days[11].entries == ()
    leave = (Entry(office.kind("v"), 456),)
    day_entries.replace(office.store.con, [(ann, date(2026, 11, 12), leave)])
    assert view.row(0).days[11].entries == ()
    view.forget([ann])
    assert view.row(0).days[11].entries == leave


def test_more_people_than_one_query_takes(office: Office) -> None:
    people = [office.add_person("Ann", f"Testman {n:03}", number=str(n)) for n in range(450)]
    assert list(view_of(office, NOVEMBER).rows_by_id(people)) == people


def test_unsynced_and_conflict_marks(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    con = office.store.con
    con.execute("INSERT INTO setting VALUES ('backend', 'https://127.0.0.1')")
    con.execute(
        "INSERT INTO conflict (id, employer_id, entity, row_id, date, unit, kind, candidates, actor)"
        " VALUES (1, ?, 'day', ?, '2026-11-12', 'entries', 'value', '[]', 'x')",
        (office.employer_id, ann),
    )
    from hrtui.store.changes import DayChange

    leave = (Entry(office.kind("v"), 456),)
    write(office.store, office.employer_id, "x", [DayChange(ann, date(2026, 11, 13), (), leave)])
    days = row_of(office, NOVEMBER, ann).days
    assert [n for n, day in enumerate(days, 1) if day.conflict] == [12]
    assert [n for n, day in enumerate(days, 1) if day.unsynced] == [13]


def test_people_are_found_without_case_accents_or_order(office: Office) -> None:
    team_id = new_id()
    row = {"employer_id": office.employer_id, "name": "Logistiek Noord"}
    write(office.store, office.employer_id, "team", [RowChange("team", team_id, None, row)])
    ozlem = office.add_person("Özlem", "Özdemir", number="101", team_id=team_id)
    ann = office.add_person("Ann", "Testman", number="102")
    gone = office.add_person("Gone", "Testman", number="103", end=date(2026, 10, 31))

    def found(text: str) -> list[int]:
        return person_ids(office.store, office.employer_id, NOVEMBER, Filter(text))

    assert found("") == [ozlem, ann]
    assert found("ozd") == found("OZLEM özd") == found("101") == found("noord") == [ozlem]
    assert found("testman ann") == [ann]
    assert found("nobody") == []
    assert person_ids(office.store, office.employer_id, NOVEMBER.shift(-1)) == [ozlem, ann, gone]
    assert person_ids(office.store, office.employer_id, NOVEMBER, Filter(team_id=team_id)) == [ozlem]
    assert [team.name for team in teams(office.store, office.employer_id)] == ["Logistiek Noord"]
    assert fold("  ÉÉN ") == "een"


def test_people_without_entries_come_first_when_asked(office: Office) -> None:
    ann, bob = office.add_person("Ann", "A"), office.add_person("Bob", "B")
    leave = (Entry(office.kind("v"), 456),)
    day_entries.replace(office.store.con, [(ann, date(2026, 11, 12), leave)])
    wanted = Filter(without_entries_first=True)
    assert person_ids(office.store, office.employer_id, NOVEMBER, wanted) == [bob, ann]
    assert person_ids(office.store, office.employer_id, NOVEMBER) == [ann, bob]
