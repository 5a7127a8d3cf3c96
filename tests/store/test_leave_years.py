"""A leave year that does not begin in January: counted, closed, proposed, and changed beside grants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrtui.domain.day import Entry
from hrtui.domain.leave_type import Limit
from hrtui.domain.ledger import Posting
from hrtui.domain.month import Month
from hrtui.store.allowances import grant, ledger
from hrtui.store.changes import DayChange
from hrtui.store.employer_records import employer_settings, save_settings
from hrtui.store.entitlements import grant_proposals, propose
from hrtui.store.leave_exceptions import set_exception
from hrtui.store.leave_type_records import save_type
from hrtui.store.leave_types import leave_types
from hrtui.store.leave_years import grants_of_other_years
from hrtui.store.limits import excesses, overdrawn
from hrtui.store.roll_over import plan_roll_over, save_roll_over
from hrtui.store.undo import undo
from hrtui.store.written_limits import outdated, write_anew
from tests.store.conftest import Office
from tests.store.test_allowances_days import DAY, FULL, balance, leave, left, limited, stored, vak

APRIL = 4


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-10")


def starts_in(office: Office, month: int) -> None:
    """The leave year begins in this month, as a clerk sets it."""
    before = employer_settings(office.store, office.employer_id)
    save_settings(office.store, office.employer_id, before, before | {"leave_year_start": month})


def too_much(office: Office, person: int, *days: date) -> list[date]:
    """Those of these days that are more than there is."""
    entry = (Entry(office.kind("v"), FULL),)
    changes = [DayChange(person, day, (), entry) for day in days]
    return [
        one.change.date
        for one in excesses(office.store, leave_types(office.store, office.employer_id), changes)
    ]


def test_march_is_of_the_year_before_and_april_of_the_new_one(office: Office) -> None:
    """One day a year: taken in March and in April, from another year's limit each."""
    starts_in(office, APRIL)
    ann = office.add_person("Ann", "Testman")
    limited(office, Limit.DAYS, 100)
    march, april = date(2026, 3, 31), date(2026, 4, 1)
    assert too_much(office, ann, march, april) == []
    leave(office, ann, march, 2)
    assert too_much(office, ann, date(2026, 3, 30), date(2027, 1, 4)) == [date(2026, 3, 30), date(2027, 1, 4)]
    assert (left(office, ann, 2025), left(office, ann, 2026)) == (0, 0)
    lines = ledger(office.store, office.employer_id, ann, office.kind("v"), 2026, date(2026, 9, 1)).lines
    assert [(one.date, one.posting) for one in lines] == [(april, Posting.GRANT), (april, Posting.USE)]
    assert balance(office, ann, 2026).used == DAY


def test_the_month_check_counts_the_leave_year_of_the_month(office: Office) -> None:
    starts_in(office, APRIL)
    ann = office.add_person("Ann", "Testman")
    limited(office, Limit.DAYS, 100)
    leave(office, ann, date(2026, 3, 30), 2)
    leave(office, ann, date(2026, 4, 1), 1)
    kinds, asked = leave_types(office.store, office.employer_id), [(ann, office.kind("v"))]
    found = [overdrawn(office.store, kinds, asked, Month(2026, month).first) for month in (3, 4)]
    assert found == [{asked[0]: (DAY, True)}, {}]


def test_the_year_is_closed_from_april_and_again_is_nothing(office: Office) -> None:
    """Twenty days less three; the rest until the end of June of the next leave year."""
    starts_in(office, APRIL)
    ann = office.add_person("Ann", "Testman")
    limited(office, Limit.DAYS, 2000, months=3)
    leave(office, ann, date(2026, 3, 30), 4)
    plan = plan_roll_over(office.store, office.employer_id, 2025)
    assert [(line.left, line.carried) for line in plan.lines] == [(18 * DAY, 18 * DAY)]
    save_roll_over(office.store, office.employer_id, plan)
    assert [row[5] for row in stored(office)] == ["2026-07-01"]
    assert left(office, ann, 2026, date(2026, 6, 30)) == 36 * DAY
    assert left(office, ann, 2026, date(2026, 7, 1)) == 20 * DAY
    assert plan_roll_over(office.store, office.employer_id, 2025).changes == []
    undo(office.store, office.employer_id)
    assert stored(office) == []


def test_dutch_leave_is_proposed_for_the_days_of_the_leave_year(dutch_office: Office) -> None:
    starts_in(dutch_office, 6)
    late = dutch_office.add_person("Cas", "Testman", start=date(2027, 3, 1))
    kind = next(
        one for one in leave_types(dutch_office.store, dutch_office.employer_id).values() if one.key == "WV"
    )
    (found,) = propose(dutch_office.store, dutch_office.employer_id, kind.id, 2026)
    assert found.person_id == late
    assert "92 of 365 days" in found.basis


def test_another_leave_year_leaves_nobody_without_the_leave_they_have(office: Office) -> None:
    """What lasts to the end of December lasts to the end of March; what was lost stays lost."""
    ann = office.add_person("Ann", "Testman")
    grant(office.store, office.employer_id, office.kind("v"), 2025, {ann: DAY})
    grant(office.store, office.employer_id, office.kind("v"), 2026, {ann: 20 * DAY})
    starts_in(office, APRIL)
    assert [(row[1], row[5]) for row in sorted(stored(office), key=str)] == [
        (2025, "2026-01-01"),
        (2026, "2027-04-01"),
    ]
    assert grants_of_other_years(office.store, office.employer_id) == 1
    assert left(office, ann, 2026, date(2027, 3, 31)) == 20 * DAY
    assert too_much(office, ann, date(2027, 2, 1), date(2027, 3, 31)) == []
    undo(office.store, office.employer_id)
    assert [row[5] for row in sorted(stored(office), key=str)] == ["2026-01-01", "2027-01-01"]
    assert grants_of_other_years(office.store, office.employer_id) == 0


def test_a_limit_that_was_written_down_gets_the_new_limit_in_one_step(office: Office) -> None:
    """Also an own limit; what was granted beside it and past years stay."""
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    kind = limited(office, Limit.DAYS, 2000)
    set_exception(office.store, office.employer_id, kind.id, [bob], Limit.MINUTES, 6000)
    for year in (2025, 2026):
        grant(office.store, office.employer_id, kind.id, year, {ann: DAY, bob: 60})
    assert outdated(office.store, office.employer_id, kind).changes == []
    kind = save_type(office.store, office.employer_id, replace(kind, limit_amount=2500), kind)
    assert left(office, ann, 2026) == 21 * DAY
    assert outdated(office.store, office.employer_id, kind).people == {ann}
    write_anew(office.store, office.employer_id, kind)
    assert (left(office, ann, 2026), left(office, bob, 2026)) == (26 * DAY, 6060)
    assert left(office, ann, 2025, date(2025, 12, 31)) == 21 * DAY
    assert outdated(office.store, office.employer_id, vak(office)).people == frozenset()
    undo(office.store, office.employer_id)
    assert left(office, ann, 2026) == 21 * DAY
    set_exception(office.store, office.employer_id, kind.id, [bob], Limit.DAYS, 1000)
    write_anew(office.store, office.employer_id, kind)
    assert left(office, bob, 2026) == 10 * DAY + 132


def test_what_is_kept_may_become_more_and_goes_back_step_by_step(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = limited(office, Limit.DAYS, 500)
    for keep in (2, 3):
        plan = plan_roll_over(office.store, office.employer_id, 2025, keep={(ann, kind.id): keep * DAY})
        save_roll_over(office.store, office.employer_id, plan)
        assert left(office, ann, 2026) == (5 + keep) * DAY
    assert plan_roll_over(office.store, office.employer_id, 2025).lines[0].kept_before == 3 * DAY
    leave(office, ann, date(2025, 3, 3), 2)
    (closed,) = plan_roll_over(office.store, office.employer_id, 2025).lines
    assert (closed.kept_before, closed.left, closed.changes) == (3 * DAY, 0, ())
    leave(office, ann, date(2025, 3, 3), 2, 0)
    undo(office.store, office.employer_id)
    assert left(office, ann, 2026) == 7 * DAY


def test_the_account_begins_with_the_limit_that_a_grant_comes_on_top_of(office: Office) -> None:
    """However the rows' random ids fall."""
    people = [office.add_person("Ann", f"Testman {number}") for number in range(5)]
    kind = limited(office, Limit.DAYS, 2000)
    grant(office.store, office.employer_id, kind.id, 2026, dict.fromkeys(people, DAY), label="extra")
    for person in people:
        lines = ledger(office.store, office.employer_id, person, kind.id, 2026, date(2026, 9, 1)).lines
        assert [one.amount for one in lines] == [20 * DAY, DAY]


def test_what_is_proposed_later_joins_what_was_granted_before(office: Office) -> None:
    """Twenty days as proposed; the limit becomes twenty-five, of which five are still to grant."""
    ann = office.add_person("Ann", "Testman")
    kind = limited(office, Limit.DAYS, 2000)
    store, employer_id = office.store, office.employer_id
    grant_proposals(store, employer_id, kind.id, 2026, propose(store, employer_id, kind.id, 2026))
    kind = save_type(store, employer_id, replace(kind, limit_amount=2500), kind)
    (line,) = propose(store, employer_id, kind.id, 2026)
    assert (line.granted, line.to_grant) == (20 * DAY, 5 * DAY)
    grant_proposals(store, employer_id, kind.id, 2026, [line])
    assert left(office, ann, 2026) == 25 * DAY
    assert outdated(store, employer_id, kind).changes == []
    undo(store, employer_id)
    assert left(office, ann, 2026) == 20 * DAY
