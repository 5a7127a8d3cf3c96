"""The employer's leave year: from which month it counts, and what was granted when that month changes."""

from __future__ import annotations

from datetime import date

from hrtui import clock
from hrtui.domain.leave_year import LeaveYear
from hrtui.domain.rollover import EXTENDED, Rule
from hrtui.store.changes import Change, RowChange
from hrtui.store.leave_types import leave_types
from hrtui.store.store import Store


def first_month(store: Store, employer_id: int) -> int:
    """The month that the employer's leave year begins in, 1 to 12."""
    query = "SELECT leave_year_start FROM employer WHERE id = ?"
    return int(store.con.execute(query, (employer_id,)).fetchone()[0])


def leave_year(store: Store, employer_id: int, number: int) -> LeaveYear:
    """The employer's leave year with this number."""
    return LeaveYear(number, first_month(store, employer_id))


def leave_year_of(store: Store, employer_id: int, day: date) -> LeaveYear:
    """The employer's leave year that a date belongs to."""
    return LeaveYear.of(day, first_month(store, employer_id))


def lasting_longer(store: Store, employer_id: int, before: int, after: int) -> list[Change]:
    """What a leave year from month `after` instead of `before` changes in grants that are not lost yet.

    What was to be lost by the rule of the type is lost when the new leave year says so, where that is later:
    nobody has less, and none of the months between has no leave.
    """
    kinds, today = leave_types(store, employer_id), clock.today().isoformat()
    changes: list[Change] = []
    for id_, type_id, year, expires in store.con.execute(
        "SELECT a.id, a.leave_type_id, a.year, a.expires FROM allowance a JOIN person p ON p.id = a.person_id"
        " WHERE p.employer_id = ? AND a.expires > ? AND a.label <> ? ORDER BY a.id",
        (employer_id, today, EXTENDED),
    ):
        months = kinds[type_id].carry_over_months
        old, new = (Rule(months, 0, start).lapses(year).isoformat() for start in (before, after))
        if expires == old < new:
            changes.append(RowChange("allowance", id_, {"expires": old}, {"expires": new}))
    return changes


def grants_of_other_years(store: Store, employer_id: int) -> int:
    """How many grants of this leave year and later ones begin on another day than their leave year."""
    start = first_month(store, employer_id)
    present = LeaveYear.of(clock.today(), start).number
    query = (
        "SELECT count(*) FROM allowance a JOIN person p ON p.id = a.person_id WHERE p.employer_id = ?"
        " AND a.reason = '' AND a.label <> ? AND a.year >= ?"
        " AND a.valid_from <> printf('%04d-%02d-01', a.year, ?)"
    )
    return int(store.con.execute(query, (employer_id, EXTENDED, present, start)).fetchone()[0])
