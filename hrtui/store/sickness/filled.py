"""How far the calendar holds open cases; quick to load, since the month asks it at every start."""

from __future__ import annotations

from datetime import date

from hrtui import clock
from hrtui.domain.month import Month
from hrtui.store.store import Store


def fill_until(today: date, first_day: date) -> date:
    """The day up to which the calendar holds an open case: the end of the month after today's."""
    return Month.of(max(today, first_day)).shift(1).last


def behind(store: Store, employer_id: int) -> list[tuple[int, int]]:
    """The open cases that the calendar does not hold up to that day yet, each with its person."""
    today = clock.today()
    found: list[tuple[int, int]] = store.con.execute(
        "SELECT id, person_id FROM sickness_case WHERE employer_id = ? AND last_day IS NULL"
        " AND (filled_until IS NULL OR filled_until < ?) ORDER BY id",
        (employer_id, fill_until(today, today).isoformat()),
    ).fetchall()
    return found
