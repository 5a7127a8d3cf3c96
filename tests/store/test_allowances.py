"""Allowances: granted, adjusted, proposed and rolled over, with the account that shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.domain.day import Entry
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.ledger import LedgerLine, Posting
from hrtui.domain.rollover import EXTENDED
from hrtui.store import entries as day_entries
from hrtui.store.allowances import adjust, grant, ledger
from hrtui.store.balances import balances
from hrtui.store.changes import RowChange, write
from hrtui.store.entitlements import grant_proposals, propose
from hrtui.store.errors import StoreError
from hrtui.store.leave_exceptions import set_exception
from hrtui.store.leave_type_records import save_type
from hrtui.store.leave_types import leave_types
from hrtui.store.roll_over import plan_roll_over, save_roll_over
from hrtui.store.undo import undo
from tests.store.conftest import Office

DAY = 456
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def in_hours(office: Office) -> None:
    """Legal holiday leave is kept in days otherwise."""
    office.store.con.execute("UPDATE leave_type SET limit_kind = 'minutes' WHERE key = 'VAK'")


def vak(office: Office) -> LeaveType:
    return next(one for one in leave_types(office.store, office.employer_id).values() if one.key == "VAK")


def leave(office: Office, person: int, first: date, days: int, minutes: int = DAY) -> None:
    entry = (Entry(vak(office).id, minutes),)
    day_entries.replace(office.store.con, [(person, first + timedelta(n), entry) for n in range(days)])


def left(office: Office, person: int, year: int, today: date = TODAY) -> int | None:
    for balance in balances(office.store, office.employer_id, person, year, today):
        if balance.kind.key == "VAK":
            return balance.report.left if balance.report else None
    return None


def account(office: Office, person: int, year: int, today: date = TODAY) -> list[LedgerLine]:
    return ledger(office.store, office.employer_id, person, vak(office).id, year, today).lines


def stored(office: Office) -> list[tuple[object, ...]]:
    query = "SELECT person_id, year, label, minutes, valid_from, expires, reason FROM allowance ORDER BY id"
    return office.store.con.execute(query).fetchall()  # type: ignore[no-any-return]


def test_a_grant_and_its_adjustment_stand_in_the_account(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    grant(office.store, office.employer_id, kind.id, 2026, {ann: 20 * DAY})
    adjust(office.store, office.employer_id, kind.id, 2026, {ann: -DAY}, "counted twice")
    leave(office, ann, date(2026, 3, 2), 2)
    lines = account(office, ann, 2026)
    assert [(line.posting, line.amount, line.text) for line in lines] == [
        (Posting.GRANT, 20 * DAY, ""),
        (Posting.ADJUSTMENT, -DAY, "counted twice"),
        (Posting.USE, -DAY, ""),
        (Posting.USE, -DAY, ""),
    ]
    assert lines[-1].balance == left(office, ann, 2026) == 17 * DAY
    assert account(office, ann, 2026, date(2027, 1, 1))[-1].posting is Posting.LAPSE


def test_an_adjustment_needs_a_reason_and_cannot_take_off_more_than_there_is(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    grant(office.store, office.employer_id, kind.id, 2026, {ann: DAY})
    with pytest.raises(StoreError, match="reason"):
        adjust(office.store, office.employer_id, kind.id, 2026, {ann: 60}, "  ")
    with pytest.raises(StoreError, match="Testman Ann was granted 7:36"):
        adjust(office.store, office.employer_id, kind.id, 2026, {ann: -DAY - 1}, "wrong")
    with pytest.raises(StoreError):
        adjust(office.store, office.employer_id, kind.id, 2026, {ann: 60}, "\x1b[2J")
    with pytest.raises(StoreError):
        grant(office.store, office.employer_id, kind.id, 2026, {ann: 0})
    with pytest.raises(StoreError):
        grant(office.store, office.employer_id, kind.id, 0, {ann: 60})
    assert len(stored(office)) == 1


def test_many_people_are_granted_in_one_step(office: Office) -> None:
    people = [office.add_person("Ann", f"Testman{n}") for n in range(50)]
    grant(office.store, office.employer_id, vak(office).id, 2026, dict.fromkeys(people, 20 * DAY))
    assert len(stored(office)) == 50
    undo(office.store, office.employer_id)
    assert stored(office) == []


def test_adjusting_a_yearly_limit_keeps_the_limit(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    kind = vak(office)
    set_exception(office.store, office.employer_id, kind.id, [ann], Limit.MINUTES, 9120)
    set_exception(office.store, office.employer_id, kind.id, [bob], Limit.DAYS, 2000)
    adjust(office.store, office.employer_id, kind.id, 2026, {ann: 60, bob: 500}, "a long year")
    assert left(office, ann, 2026) == 9180
    assert left(office, bob, 2026) == 20_500


def test_a_grant_taken_back_under_its_adjustment_leaves_a_true_balance(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    grant(office.store, office.employer_id, kind.id, 2026, {ann: 1000})
    adjust(office.store, office.employer_id, kind.id, 2026, {ann: -300}, "wrong")
    office.store.con.execute("DELETE FROM allowance WHERE reason = ''")
    assert left(office, ann, 2026) == -300
    assert account(office, ann, 2026)[-1].balance == -300


def test_belgian_leave_is_proposed_from_the_year_before(office: Office) -> None:
    full = office.add_person("Ann", "Testman", number="1", start=date(2020, 1, 1))
    half_year = office.add_person("Bob", "Testman", number="2", start=date(2025, 7, 1))
    part = [[DAY, DAY, DAY, DAY, 0, 0, 0]]
    part_time = office.add_person("Cas", "Testman", number="3", weeks=part)
    worker = office.add_person("Dan", "Testman", number="4", start=date(2025, 11, 3))
    office.store.con.execute("UPDATE contract SET worker_status = 'worker' WHERE person_id = ?", (worker,))
    gone = office.add_person("Eve", "Testman", number="5", end=date(2025, 12, 31))
    kind = vak(office)
    found = {one.person_id: one for one in propose(office.store, office.employer_id, kind.id, 2026)}
    assert gone not in found
    minutes = {person: one.amount for person, one in found.items()}
    assert minutes == {full: 20 * DAY, half_year: 10 * DAY, part_time: 16 * DAY, worker: 3 * DAY}
    assert "6 months in 2025: 10 days" in found[half_year].basis
    counted = propose(office.store, office.employer_id, kind.id, 2026, [half_year], {half_year: 12})
    assert counted[0].amount == 20 * DAY


def test_workers_have_their_legal_leave_in_the_type_that_the_holiday_fund_pays(office: Office) -> None:
    """National Social Security Office, working-time codes: 2 for workers, 1 for others; nobody has both."""
    ann = office.add_person("Ann", "Testman")
    dan = office.add_person("Dan", "Testman", start=date(2025, 1, 1))
    office.store.con.execute("UPDATE contract SET worker_status = 'worker' WHERE person_id = ?", (dan,))
    workers = next(
        kind for kind in leave_types(office.store, office.employer_id).values() if kind.key == "VAKA"
    )
    office.store.con.execute("UPDATE leave_type SET active = 1 WHERE id = ?", (workers.id,))

    def proposed(type_id: int) -> dict[int, tuple[int, str]]:
        found = propose(office.store, office.employer_id, type_id, 2026)
        return {one.person_id: (one.amount, one.problem) for one in found}

    assert proposed(vak(office).id) == {
        ann: (20 * DAY, ""),
        dan: (0, "This type is for white-collar workers."),
    }
    assert proposed(workers.id) == {ann: (0, "This type is for blue-collar workers."), dan: (20_000, "")}


def test_granting_proposals_twice_grants_once(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    proposals = propose(office.store, office.employer_id, kind.id, 2026)
    assert grant_proposals(office.store, office.employer_id, kind.id, 2026, proposals)
    again = propose(office.store, office.employer_id, kind.id, 2026)
    assert [one.to_grant for one in again] == [0]
    assert grant_proposals(office.store, office.employer_id, kind.id, 2026, again) is None
    assert left(office, ann, 2026) == 20 * DAY


def test_a_type_without_legal_amount_or_schedule_says_so(office: Office) -> None:
    ann = office.add_person("Ann", "Testman", weeks=[[0] * 7])
    letters = {one.key: one.id for one in leave_types(office.store, office.employer_id).values()}
    assert propose(office.store, office.employer_id, letters["KV"], 2026, [ann])[0].problem
    assert propose(office.store, office.employer_id, letters["VAK"], 2026, [ann])[0].problem
    assert propose(office.store, office.employer_id, letters["VAK"], 2019, [ann])[0].problem


def test_dutch_leave_is_four_weeks_and_lapses_six_months_after_the_year(dutch_office: Office) -> None:
    ann = dutch_office.add_person("Ann", "Testman", weeks=[[480] * 5 + [0, 0]])
    late = dutch_office.add_person("Bob", "Testman", weeks=[[480] * 5 + [0, 0]], start=date(2026, 7, 2))
    kind = next(
        one for one in leave_types(dutch_office.store, dutch_office.employer_id).values() if one.key == "WV"
    )
    proposals = propose(dutch_office.store, dutch_office.employer_id, kind.id, 2026)
    assert {one.person_id: one.amount for one in proposals} == {ann: 160 * 60, late: 4813}
    grant_proposals(dutch_office.store, dutch_office.employer_id, kind.id, 2026, proposals)
    query = "SELECT DISTINCT valid_from, expires FROM allowance"
    assert dutch_office.store.con.execute(query).fetchall() == [("2026-01-01", "2027-07-01")]


def test_dutch_leave_of_who_works_less_from_july_on(dutch_office: Office) -> None:
    """Burgerlijk Wetboek 7:634: 181 days of 40 hours a week and 184 of 24."""
    ann = dutch_office.add_person("Ann", "Testman", weeks=[[480] * 5 + [0, 0]])
    bob = dutch_office.add_person("Bob", "Testman", weeks=[[480] * 3 + [0] * 4])
    con = dutch_office.store.con
    (shorter,) = con.execute(
        "SELECT schedule_id FROM schedule_assignment WHERE person_id = ?", (bob,)
    ).fetchone()
    con.execute(
        "INSERT INTO schedule_assignment (id, person_id, schedule_id, valid_from)"
        " VALUES (7, ?, ?, '2026-07-01')",
        (ann, shorter),
    )
    kinds = leave_types(dutch_office.store, dutch_office.employer_id).values()
    kind = next(one for one in kinds if one.key == "WV")
    found = propose(dutch_office.store, dutch_office.employer_id, kind.id, 2026)
    first, second = (one for one in found if one.person_id in (ann, bob))
    assert first.amount == round(4 * (2400 * 181 + 1440 * 184) / 365)
    assert first.basis == "4 × 40:00 a week, 181 of 365 days; 4 × 24:00 a week, 184 of 365 days"
    assert second.amount == 96 * 60


def test_the_year_end_shows_what_lapses_and_keeps_blocked_days(office: Office) -> None:
    """Five days left, ill in December, usable until 31-12-2027."""
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    grant(office.store, office.employer_id, kind.id, 2025, {ann: 20 * DAY})
    leave(office, ann, date(2025, 6, 2), 15)
    shown = plan_roll_over(office.store, office.employer_id, 2025, type_ids=[kind.id])
    assert [(line.left, line.lapsing, line.keepable, line.changes) for line in shown.lines] == [
        (5 * DAY, 5 * DAY, 5 * DAY, ())
    ]
    keep = {(ann, kind.id): 3 * DAY}
    plan = plan_roll_over(office.store, office.employer_id, 2025, type_ids=[kind.id], keep=keep)
    assert (plan.lines[0].kept, plan.lines[0].lapsing) == (3 * DAY, 2 * DAY)
    save_roll_over(office.store, office.employer_id, plan)
    assert left(office, ann, 2026) == 3 * DAY
    assert left(office, ann, 2027, date(2027, 12, 31)) == 3 * DAY
    assert left(office, ann, 2027, date(2028, 1, 1)) == 0
    again = plan_roll_over(office.store, office.employer_id, 2025, type_ids=[kind.id], keep=keep)
    assert again.changes == []
    assert save_roll_over(office.store, office.employer_id, again) is None
    undo(office.store, office.employer_id)
    assert left(office, ann, 2026) == 0


def test_what_is_kept_longer_stands_in_the_account_of_the_year_after(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    grant(office.store, office.employer_id, kind.id, 2026, {ann: 5 * DAY})
    plan = plan_roll_over(
        office.store,
        office.employer_id,
        2026,
        type_ids=[kind.id],
        keep={(ann, kind.id): 3 * DAY},
    )
    save_roll_over(office.store, office.employer_id, plan)
    today = date(2026, 12, 31)
    assert [(line.date, line.amount) for line in account(office, ann, 2026, today)] == [
        (date(2026, 1, 1), 5 * DAY),
        (date(2026, 1, 1), -3 * DAY),
    ]
    assert left(office, ann, 2026, today) == 2 * DAY
    next_year = account(office, ann, 2027, today)
    assert [(line.date, line.amount) for line in next_year][-1] == (date(2027, 1, 1), 3 * DAY)
    assert next_year[-1].balance == left(office, ann, 2027, today)


def test_more_than_there_is_cannot_be_kept(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    grant(office.store, office.employer_id, kind.id, 2025, {ann: DAY})
    plan = plan_roll_over(office.store, office.employer_id, 2025, keep={(ann, kind.id): DAY + 1})
    assert "7:36" in plan.lines[0].problem
    assert plan.changes == []


def test_a_grant_without_expiry_and_a_yearly_limit_get_the_rule_of_the_type(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = vak(office)
    changed = replace(kind, limit=Limit.MINUTES, limit_amount=1000, carry_over_months=3)
    save_type(office.store, office.employer_id, changed, kind)
    row = {
        "person_id": ann, "leave_type_id": kind.id, "year": 2024, "label": "", "minutes": 500,
        "valid_from": "2024-01-01", "expires": None, "reason": "",
    }  # fmt: skip
    write(office.store, office.employer_id, "imported", [RowChange("allowance", 7, None, row)])
    plan = plan_roll_over(office.store, office.employer_id, 2025)
    assert [(line.carried, line.lapsing) for line in plan.lines] == [(1000, 0)]
    save_roll_over(office.store, office.employer_id, plan)
    expiries = dict(office.store.con.execute("SELECT year, expires FROM allowance").fetchall())
    assert expiries == {2024: "2025-04-01", 2025: "2026-04-01"}
    assert left(office, ann, 2026, date(2026, 2, 1)) == 2000
    assert plan_roll_over(office.store, office.employer_id, 2025).changes == []


amounts = st.lists(
    st.tuples(st.integers(2024, 2026), st.integers(-600, 3000), st.booleans()), min_size=1, max_size=6
)
taken = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(1, DAY)),
    max_size=12,
    unique_by=lambda u: u[0],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts, taken, st.integers(2024, 2026), st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(0, 900)
)
def test_accounts_balances_and_year_ends_agree(
    office: Office,
    amounts: list[tuple[int, int, bool]],
    taken: list[tuple[date, int]],
    year: int,
    today: date,
    keep: int,
) -> None:
    """The account ends with the balance; closing a year moves minutes without making or losing any."""
    con = office.store.con
    for table in ("allowance", "calendar_entry"):
        con.execute(f"DELETE FROM {table}")
    found = con.execute("SELECT id FROM person").fetchone()
    ann = found[0] if found else office.add_person("Ann", "Testman")
    kind = vak(office)
    for of_year, minutes, dated in amounts:
        expires = f"{of_year + 1}-01-01" if dated else None
        con.execute(
            "INSERT INTO allowance VALUES (abs(random()), ?, ?, ?, '', ?, ?, ?, ?, NULL)",
            (ann, kind.id, of_year, minutes, f"{of_year}-01-01", expires, "less" if minutes < 0 else ""),
        )
    for day, minutes in taken:
        day_entries.replace(con, [(ann, day, (Entry(kind.id, minutes),))])
    lines = account(office, ann, year, today)
    assert (lines[-1].balance if lines else None) == left(office, ann, year, today) or not lines
    (before,) = con.execute("SELECT coalesce(sum(minutes), 0) FROM allowance").fetchone()
    shown = plan_roll_over(office.store, office.employer_id, year, type_ids=[kind.id])
    most = shown.lines[0].keepable if shown.lines else 0
    wanted = {(ann, kind.id): min(keep, most)}
    plan = plan_roll_over(office.store, office.employer_id, year, type_ids=[kind.id], keep=wanted)
    assert [line.problem for line in plan.lines if line.problem] == []
    rows_before = stored(office)
    step = save_roll_over(office.store, office.employer_id, plan)
    assert con.execute("SELECT coalesce(sum(minutes), 0) FROM allowance").fetchone() == (before,)
    extended = "SELECT coalesce(sum(minutes), 0) FROM allowance WHERE label = ?"
    assert con.execute(extended, (EXTENDED,)).fetchone() == (min(keep, most),)
    again = plan_roll_over(office.store, office.employer_id, year, type_ids=[kind.id], keep=wanted)
    assert again.changes == []
    if step is not None:
        undo(office.store, office.employer_id)
    assert stored(office) == rows_before
