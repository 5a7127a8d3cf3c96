"""Leave of a type limited in days: granted, drawn, carried, kept and lost in days, as hours are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.domain.allowance_marks import LIMIT
from hrtui.domain.day import Entry
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.ledger import LedgerLine, Posting
from hrtui.store import entries as day_entries
from hrtui.store.allowances import adjust, grant, in_other_unit, ledger
from hrtui.store.balances import Balance, balances
from hrtui.store.changes import DayChange, RowChange, write
from hrtui.store.entitlements import grant_proposals, propose
from hrtui.store.errors import StoreError
from hrtui.store.leave_exceptions import set_exception
from hrtui.store.leave_type_records import save_type
from hrtui.store.leave_types import leave_types
from hrtui.store.limits import excesses
from hrtui.store.roll_over import RollOverLine, plan_roll_over, save_roll_over
from hrtui.store.undo import undo
from tests.store.conftest import Office

DAY = 1000
FULL, QUARTER = 456, 114
TODAY = date(2026, 3, 1)


def vak(office: Office) -> LeaveType:
    return leave_types(office.store, office.employer_id)[office.kind("v")]


def limited(office: Office, limit: Limit, amount: int | None, months: int = 0) -> LeaveType:
    """Legal holiday leave with this limit, its rest to be taken so many months after the year."""
    kind = vak(office)
    changed = replace(kind, limit=limit, limit_amount=amount, carry_over_months=months)
    return save_type(office.store, office.employer_id, changed, kind)


def leave(office: Office, person: int, first: date, days: int, minutes: int = FULL) -> None:
    entry = (Entry(office.kind("v"), minutes),)
    day_entries.replace(office.store.con, [(person, first + timedelta(n), entry) for n in range(days)])


def balance(office: Office, person: int, year: int, today: date = TODAY) -> Balance:
    found = balances(office.store, office.employer_id, person, year, today)
    return next(one for one in found if one.kind.key == "VAK")


def left(office: Office, person: int, year: int, today: date = TODAY) -> int:
    report = balance(office, person, year, today).report
    assert report is not None
    return report.left


def account(office: Office, person: int, year: int, today: date = TODAY) -> list[LedgerLine]:
    return ledger(office.store, office.employer_id, person, office.kind("v"), year, today).lines


def stored(office: Office) -> list[tuple[object, ...]]:
    query = "SELECT person_id, year, label, minutes, days, expires, reason FROM allowance ORDER BY id"
    return office.store.con.execute(query).fetchall()  # type: ignore[no-any-return]


def closing(office: Office, year: int, keep: dict[tuple[int, int], int] | None = None) -> list[RollOverLine]:
    """The preview of the year's end, saved."""
    plan = plan_roll_over(office.store, office.employer_id, year, keep=keep)
    save_roll_over(office.store, office.employer_id, plan)
    return list(plan.lines)


def test_the_rest_of_a_yearly_limit_in_days_is_carried_and_goes_first_and_lapses(office: Office) -> None:
    """Twenty days, fifteen taken: five to 31 March of the year after."""
    ann = office.add_person("Ann", "Testman")
    limited(office, Limit.DAYS, 2000, months=3)
    leave(office, ann, date(2025, 6, 2), 15)
    (line,) = closing(office, 2025)
    assert (line.in_days, line.left, line.carried, line.lapsing) == (True, 5 * DAY, 5 * DAY, 0)
    assert stored(office) == [(ann, 2025, LIMIT, 0, 20 * DAY, "2026-04-01", "")]
    assert left(office, ann, 2026) == 25 * DAY
    leave(office, ann, date(2026, 3, 2), 2)
    leave(office, ann, date(2026, 3, 4), 1, FULL // 2)
    after = balance(office, ann, 2026, date(2026, 4, 1)).report
    assert after is not None
    figures = [(one.bucket.year, one.used, one.lapsed, one.left) for one in after.buckets]
    assert figures == [(2025, 2500, 2500, 0), (2026, 0, 0, 20 * DAY)]
    assert after.granted == 25 * DAY
    assert account(office, ann, 2026, date(2026, 4, 1))[-1].balance == 20 * DAY
    lapses = [one for one in account(office, ann, 2026, date(2026, 4, 1)) if one.posting is Posting.LAPSE]
    assert [(one.date, one.amount) for one in lapses] == [(date(2026, 4, 1), -2500)]
    assert plan_roll_over(office.store, office.employer_id, 2025).changes == []
    undo(office.store, office.employer_id)
    assert stored(office) == []


def test_days_that_illness_blocked_are_kept_in_days(office: Office) -> None:
    """Five days left, ill in December: usable for 24 months after the holiday year."""
    ann = office.add_person("Ann", "Testman")
    kind = limited(office, Limit.DAYS, 2000)
    leave(office, ann, date(2025, 6, 2), 15)
    too_much = plan_roll_over(
        office.store, office.employer_id, 2025, keep={(ann, kind.id): 5 * DAY + 1}
    ).lines[0]
    assert "No more than 5 d" in too_much.problem
    (line,) = closing(office, 2025, {(ann, kind.id): 5 * DAY})
    assert (line.kept, line.lapsing) == (5 * DAY, 0)
    assert left(office, ann, 2026) == 25 * DAY
    leave(office, ann, date(2026, 5, 4), 20)
    assert left(office, ann, 2027, date(2027, 12, 31)) == 25 * DAY
    assert left(office, ann, 2027, date(2028, 1, 1)) == 0


def test_a_limit_of_years_that_were_never_closed_is_not_taken_from_what_is_kept(office: Office) -> None:
    """What each of those years allowed, it took."""
    ann = office.add_person("Ann", "Testman")
    kind = limited(office, Limit.DAYS, 2000)
    closing(office, 2024, {(ann, kind.id): 5 * DAY})
    leave(office, ann, date(2025, 6, 2), 20)
    assert left(office, ann, 2026) == 25 * DAY


def test_a_grant_comes_on_top_of_the_yearly_limit(office: Office) -> None:
    """In days as in hours; for those with another limit, too."""
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    kind = limited(office, Limit.DAYS, 2000)
    set_exception(office.store, office.employer_id, kind.id, [bob], Limit.MINUTES, 6000)
    grant(office.store, office.employer_id, kind.id, 2026, {ann: 2 * DAY, bob: 600}, label="seniority")
    assert (left(office, ann, 2026), balance(office, ann, 2026).in_days) == (22 * DAY, True)
    assert (left(office, bob, 2026), balance(office, bob, 2026).in_days) == (6600, False)
    grant(office.store, office.employer_id, kind.id, 2026, {ann: DAY}, label="more")
    assert left(office, ann, 2026) == 23 * DAY
    kinds = leave_types(office.store, office.employer_id)
    many = [DayChange(ann, date(2026, 9, 1) + timedelta(n), (), (Entry(kind.id, FULL),)) for n in range(24)]
    found = excesses(office.store, kinds, many)
    assert [(one.change.date, one.over, one.in_days) for one in found] == [(date(2026, 9, 24), DAY, True)]


def test_what_is_in_the_unit_of_an_own_limit_is_in_no_other_unit(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    kind = limited(office, Limit.DAYS, 2000)
    set_exception(office.store, office.employer_id, kind.id, [bob], Limit.MINUTES, 6000)
    grant(office.store, office.employer_id, kind.id, 2026, {ann: 2 * DAY, bob: 600})
    assert not in_other_unit(office.store, office.employer_id, vak(office))
    assert in_other_unit(office.store, office.employer_id, limited(office, Limit.MINUTES, 9000))


def test_an_adjustment_in_days_keeps_the_limit_and_takes_off_no_more_than_there_is(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = limited(office, Limit.DAYS, 2000)
    adjust(office.store, office.employer_id, kind.id, 2026, {ann: -500}, "a half day counted twice")
    assert left(office, ann, 2026) == 19_500
    lines = [(one.posting, one.amount, one.balance) for one in account(office, ann, 2026)]
    assert lines == [(Posting.GRANT, 20 * DAY, 20 * DAY), (Posting.ADJUSTMENT, -500, 19_500)]
    with pytest.raises(StoreError, match=r"Testman Ann was granted 19.5 d"):
        adjust(office.store, office.employer_id, kind.id, 2026, {ann: -20 * DAY}, "too much")


def test_hours_that_were_granted_of_a_type_in_days_count_as_days(office: Office) -> None:
    """As older databases hold them; a change of the unit and back changes nothing."""
    ann = office.add_person("Ann", "Testman")
    row = {
        "person_id": ann, "leave_type_id": office.kind("v"), "year": 2026, "label": "", "minutes": 20 * FULL,
        "valid_from": "2026-01-01", "expires": "2027-01-01", "reason": "",
    }  # fmt: skip
    write(office.store, office.employer_id, "before", [RowChange("allowance", 7, None, row)])
    leave(office, ann, date(2026, 6, 1), 1, FULL // 2)
    assert left(office, ann, 2026) == 19_500
    adjust(office.store, office.employer_id, office.kind("v"), 2026, {ann: DAY}, "one more")
    assert left(office, ann, 2026) == 20_500
    limited(office, Limit.MINUTES, None)
    assert left(office, ann, 2026) == 20 * FULL + FULL // 2
    limited(office, Limit.DAYS, None)
    assert left(office, ann, 2026) == 20_500
    undo(office.store, office.employer_id)
    undo(office.store, office.employer_id)
    undo(office.store, office.employer_id)
    assert stored(office) == [(ann, 2026, "", 20 * FULL, None, "2027-01-01", "")]


def test_days_by_law_are_those_of_the_own_week(office: Office) -> None:
    full = office.add_person("Ann", "Testman", number="1")
    four = office.add_person("Bob", "Testman", number="2", weeks=[[FULL] * 4 + [0] * 3])
    short = office.add_person("Cas", "Testman", number="3", weeks=[[228] * 5 + [0] * 2])
    turns = office.add_person(
        "Dan", "Testman", number="4", weeks=[[FULL] * 5 + [0] * 2, [FULL] * 4 + [0] * 3]
    )
    kind = office.kind("v")
    found = {one.person_id: one for one in propose(office.store, office.employer_id, kind, 2026)}
    amounts = {id_: (one.amount, one.in_days) for id_, one in found.items()}
    assert amounts == {
        full: (20_000, True),
        four: (16_000, True),
        short: (20_000, True),
        turns: (18_000, True),
    }
    grant_proposals(office.store, office.employer_id, kind, 2026, list(found.values()))
    assert left(office, short, 2026) == 20 * DAY
    again = propose(office.store, office.employer_id, kind, 2026)
    assert [one.to_grant for one in again] == [0] * 4


def test_a_proposal_takes_the_place_of_the_yearly_limit(office: Office) -> None:
    ann = office.add_person("Ann", "Testman", weeks=[[FULL] * 4 + [0] * 3])
    kind = limited(office, Limit.DAYS, 2000)
    proposals = propose(office.store, office.employer_id, kind.id, 2026)
    assert [(one.amount, one.basis) for one in proposals] == [(16 * DAY, "limit of 20 days")]
    grant_proposals(office.store, office.employer_id, kind.id, 2026, proposals)
    assert left(office, ann, 2026) == 16 * DAY


@dataclass
class Purse:
    """Leave that can be taken from a day on until it is lost, in the simulation."""

    year: int
    start: date
    end: date
    left: int
    whole: int = 0


@dataclass(frozen=True)
class Case:
    """Two leave years from a month on: a limit, grants, quarters taken, what is kept, and when one looks."""

    start: int
    in_days: bool
    limit: int | None
    months: int
    granted: tuple[int, int]
    quarters: dict[int, int]
    keep: int
    looked: int

    @property
    def first(self) -> date:
        return date(2025, self.start, 1)

    @property
    def today(self) -> date:
        return self.first + timedelta(self.looked)

    def end(self, year: int, months: int) -> date:
        """The first day of the month so long after a leave year."""
        index = self.start - 1 + months
        return date(year + 1 + index // 12, index % 12 + 1, 1)

    @property
    def quarter(self) -> int:
        return DAY // 4 if self.in_days else QUARTER


cases = st.builds(
    Case,
    st.sampled_from([1, 4, 6, 12]),
    st.booleans(),
    st.none() | st.integers(0, 6),
    st.sampled_from([0, 3, 6]),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.dictionaries(st.integers(0, 729), st.integers(1, 4), max_size=12),
    st.integers(0, 8),
    st.integers(365, 729),
)


def simulated(case: Case) -> tuple[int, int, int, int]:
    """Taken in the second year, taken beyond what there was, lapsed and left, day by day through both."""
    purses: list[Purse] = []
    for year, extra in zip((2025, 2026), case.granted, strict=True):
        whole = (extra + (case.limit or 0)) * 4 * case.quarter
        closes = year == 2025 or extra
        months = case.months if closes else 0
        purses.append(Purse(year, case.end(year - 1, 0), case.end(year, months), whole))
    over = {2025: 0, 2026: 0}
    for number in range(730):
        day = case.first + timedelta(number)
        if number == 365 and purses[0].left:
            kept = min(case.keep * case.quarter, purses[0].left)
            purses[0].left -= kept
            purses.append(Purse(2025, day, case.end(2025, 24), kept, kept))
        wanted = case.quarters.get(number, 0) * case.quarter
        for purse in sorted(purses, key=lambda purse: purse.end):
            if purse.start <= day < purse.end:
                taken = min(wanted, purse.left)
                purse.left -= taken
                wanted -= taken
        over[2025 if number < 365 else 2026] += wanted
    written = case.granted[0] or (case.limit and (case.months or (len(purses) > 2 and purses[2].whole)))
    if not written:
        over[2025] = 0  # Leave before the first grant is on no account.
    lapsed = sum(purse.left for purse in purses if case.end(2025, 0) < purse.end <= case.today)
    taken = sum(amount for number, amount in case.quarters.items() if number >= 365) * case.quarter
    return (
        taken + over[2025],
        sum(over.values()),
        lapsed,
        sum(purse.left for purse in purses if purse.end > case.today),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases)
def test_two_years_with_a_closing_between_end_as_a_simulation_does(office: Office, case: Case) -> None:
    """What was granted and carried is taken, left or lapsed: in days and in hours."""
    con = office.store.con
    for table in ("allowance", "calendar_entry"):
        con.execute(f"DELETE FROM {table}")
    con.execute("UPDATE employer SET leave_year_start = ?", (case.start,))
    found = con.execute("SELECT id FROM person").fetchone()
    ann = found[0] if found else office.add_person("Ann", "Testman", weeks=[[FULL] * 7])
    unit = Limit.DAYS if case.in_days else Limit.MINUTES
    of_limit = 100 if case.in_days else FULL
    kind = limited(office, unit, None if case.limit is None else case.limit * of_limit, case.months)
    for year, days in zip((2025, 2026), case.granted, strict=True):
        if days:
            grant(office.store, office.employer_id, kind.id, year, {ann: days * 4 * case.quarter})
    for number, quarters in case.quarters.items():
        leave(office, ann, case.first + timedelta(number), 1, quarters * QUARTER)
    shown = [line for line in plan_roll_over(office.store, office.employer_id, 2025).lines if line.keepable]
    keep = {(ann, kind.id): min(case.keep * case.quarter, shown[0].keepable)} if shown else {}
    for line in closing(office, 2025, keep):
        assert line.left == line.carried + line.lapsing + line.kept
    taken, over, lapsed, rest = simulated(case)
    if case.limit is None and not any(case.granted):
        used = balances(office.store, office.employer_id, ann, 2026, case.today)
        assert all(one.report is None for one in used if one.kind.key == "VAK")
        return
    report = balance(office, ann, 2026, case.today).report
    assert report is not None
    assert (report.used, report.overdrawn, report.lapsed, report.left) == (taken, over, lapsed, rest - over)
    assert report.granted == report.used + report.lapsed + report.left
    assert account(office, ann, 2026, case.today)[-1].balance == report.left
