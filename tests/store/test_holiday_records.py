"""Holidays as records: planned with the entries they touch, then saved, and never changing an entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrtui.domain.day import Entry
from hrtui.domain.month import Month
from hrtui.store import entries as day_entries
from hrtui.store.changes import RowChange, write
from hrtui.store.errors import StoreError
from hrtui.store.holiday_records import (
    HolidayLine,
    holiday_lines,
    plan_add,
    plan_delete,
    plan_edit,
    plan_replacements,
    save_plan,
)
from hrtui.store.ids import new_id
from hrtui.store.month_view import MonthView
from hrtui.store.undo import undo
from tests.store.conftest import Office
from tests.store.locking import lock_month

NAMES = {"nl": "Brugdag", "fr": "Pont", "en": "Bridge day"}


def on(office: Office, day: date) -> HolidayLine:
    return next(
        line for line in holiday_lines(office.store, office.employer_id, day.year) if line.holiday.date == day
    )


def dates(office: Office, year: int) -> list[date]:
    return [line.holiday.date for line in holiday_lines(office.store, office.employer_id, year)]


def moved(line: HolidayLine, day: date) -> HolidayLine:
    return replace(line, holiday=replace(line.holiday, date=day))


def team(office: Office, name: str) -> int:
    team_id = new_id()
    row = {"employer_id": office.employer_id, "name": name}
    write(office.store, office.employer_id, "team", [RowChange("team", team_id, None, row)])
    return team_id


def test_a_year_without_holidays_gets_those_of_the_country(office: Office, dutch_office: Office) -> None:
    assert len(dates(office, 2031)) == 10 + 1
    assert date(2030, 5, 5) in dates(dutch_office, 2030)
    assert date(2031, 5, 5) not in dates(dutch_office, 2031)


@pytest.mark.parametrize(
    ("year", "replacements"),
    [
        (2020, [date(2020, 8, 17), date(2020, 11, 2)]),
        (2023, [date(2023, 1, 2), date(2023, 11, 13)]),
        (2024, [date(2024, 7, 22)]),
        (2025, [date(2025, 11, 3)]),
        (2026, [date(2026, 8, 17), date(2026, 11, 2)]),
    ],
)
def test_replacement_days_are_the_first_working_day_after(
    office: Office, year: int, replacements: list[date]
) -> None:
    """Belgian Holidays Act of 4 January 1974, art. 6 to 8."""
    lines = holiday_lines(office.store, office.employer_id, year)
    assert [line.holiday.date for line in lines if line.holiday.replaces] == replacements
    assert plan_replacements(office.store, office.employer_id, year).changes == ()


def test_a_missing_replacement_is_proposed_again_but_a_moved_one_is_kept(office: Office) -> None:
    save_plan(
        office.store,
        office.employer_id,
        plan_delete(office.store, office.employer_id, on(office, date(2026, 8, 17))),
    )
    line = on(office, date(2026, 11, 2))
    plan = plan_edit(office.store, office.employer_id, line, moved(line, date(2026, 12, 24)))
    save_plan(office.store, office.employer_id, plan)
    proposal = plan_replacements(office.store, office.employer_id, 2026)
    save_plan(office.store, office.employer_id, proposal)
    replacements = [
        one for one in holiday_lines(office.store, office.employer_id, 2026) if one.holiday.replaces
    ]
    assert [one.holiday.date for one in replacements] == [date(2026, 8, 17), date(2026, 12, 24)]
    assert proposal.warnings == ()


def test_a_replacement_stays_in_its_year(office: Office) -> None:
    line = on(office, date(2026, 11, 2))
    with pytest.raises(StoreError, match="2026"):
        plan_edit(office.store, office.employer_id, line, moved(line, date(2027, 1, 4)))


def test_the_netherlands_has_no_replacement_days(dutch_office: Office) -> None:
    assert plan_replacements(dutch_office.store, dutch_office.employer_id, 2027).changes == ()
    assert not any(
        line.holiday.replaces for line in holiday_lines(dutch_office.store, dutch_office.employer_id, 2027)
    )


def test_a_change_tells_the_entries_it_touches_and_leaves_them(office: Office, dutch_office: Office) -> None:
    ann, bob = (
        office.add_person("Ann", "Testman", number="1"),
        office.add_person("Bob", "Testman", number="2"),
    )
    other = dutch_office.add_person("Cas", "Elsewhere")
    entry = (Entry(office.kind("v"), 456),)
    day_entries.replace(
        office.store.con,
        [(ann, date(2026, 11, 2), entry), (bob, date(2026, 11, 3), entry), (bob, date(2026, 11, 4), entry)],
    )
    elsewhere = (Entry(dutch_office.kind("v"), 480),)
    day_entries.replace(office.store.con, [(other, date(2026, 11, 3), elsewhere)])
    lock_month(office.store, [ann], Month(2026, 11))
    line = on(office, date(2026, 11, 2))
    plan = plan_edit(office.store, office.employer_id, line, moved(line, date(2026, 11, 3)))
    assert [(one.name, one.date, one.minutes, one.locked) for one in plan.touched] == [
        ("Testman Ann", date(2026, 11, 2), 456, True),
        ("Testman Bob", date(2026, 11, 3), 456, False),
    ]
    assert any("locked" in warning for warning in plan.warnings)
    save_plan(office.store, office.employer_id, plan)
    still = day_entries.current(office.store.con, [(ann, date(2026, 11, 2)), (bob, date(2026, 11, 3))])
    assert set(still.values()) == {entry}
    undo(office.store, office.employer_id)
    assert date(2026, 11, 2) in dates(office, 2026)


def test_other_names_touch_nothing(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    day_entries.replace(office.store.con, [(ann, date(2026, 7, 21), (Entry(office.kind("v"), 456),))])
    line = on(office, date(2026, 7, 21))
    new = replace(line, holiday=replace(line.holiday, names=(("nl", "21 juli"),)))
    plan = plan_edit(office.store, office.employer_id, line, new)
    assert plan.touched == ()
    save_plan(office.store, office.employer_id, plan)
    assert on(office, date(2026, 7, 21)).holiday.name("fr") == "21 juli"


def test_a_half_day_and_a_day_of_one_team(office: Office) -> None:
    north = team(office, "North")
    ann = office.add_person("Ann", "Testman", team_id=north)
    bob = office.add_person("Bob", "Testman")
    day = date(2026, 12, 24)
    plan = plan_add(office.store, office.employer_id, day, NAMES, half=True, team_id=north)
    save_plan(office.store, office.employer_id, plan)
    view = MonthView(office.store, office.employer_id, Month(2026, 12), [ann, bob])
    assert [view.row(row).days[23].available for row in (0, 1)] == [228, 456]
    assert on(office, day).team == "North"
    line = on(office, day)
    whole = replace(line, holiday=replace(line.holiday, half=False), team_id=None)
    save_plan(office.store, office.employer_id, plan_edit(office.store, office.employer_id, line, whole))
    view = MonthView(office.store, office.employer_id, Month(2026, 12), [ann, bob])
    assert [view.row(row).days[23].available for row in (0, 1)] == [0, 0]


def test_a_deleted_holiday_takes_its_replacement_along(office: Office) -> None:
    plan = plan_delete(office.store, office.employer_id, on(office, date(2026, 8, 15)))
    save_plan(office.store, office.employer_id, plan)
    assert not {date(2026, 8, 15), date(2026, 8, 17)} & set(dates(office, 2026))
    undo(office.store, office.employer_id)
    assert {date(2026, 8, 15), date(2026, 8, 17)} <= set(dates(office, 2026))


def test_a_holiday_that_moves_keeps_its_replacement(office: Office) -> None:
    line = on(office, date(2026, 8, 15))
    plan = plan_edit(office.store, office.employer_id, line, moved(line, date(2026, 8, 16)))
    assert any("Sunday" in warning for warning in plan.warnings)
    save_plan(office.store, office.employer_id, plan)
    assert on(office, date(2026, 8, 17)).holiday.replaces == date(2026, 8, 16)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1b[2J", "\u202eabc", "🎄"])
def test_a_name_that_cannot_be_shown_is_refused(office: Office, name: str) -> None:
    with pytest.raises(StoreError) as refused:
        plan_add(office.store, office.employer_id, date(2026, 12, 24), {"nl": name})
    assert refused.value.text.isprintable()


def test_two_holidays_on_one_date_are_refused_by_name(office: Office) -> None:
    with pytest.raises(StoreError, match="Assumption Day"):
        plan_add(office.store, office.employer_id, date(2026, 8, 15), NAMES)
    line = on(office, date(2026, 7, 21))
    with pytest.raises(StoreError, match="Assumption Day"):
        plan_edit(office.store, office.employer_id, line, moved(line, date(2026, 8, 15)))
    with pytest.raises(StoreError):
        plan_add(office.store, office.employer_id, date(1, 1, 1), NAMES)
