"""Balances: the earliest bucket to lapse is used first, and what lapsed stays visible."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hrtui.domain.day import Entry, Part
from hrtui.store import entries as day_entries
from hrtui.store.balances import Balance, balances
from hrtui.store.changes import RowChange, write
from hrtui.store.ids import new_id
from tests.store.conftest import Office


@pytest.fixture(autouse=True)
def in_hours(office: Office) -> None:
    """Legal holiday leave is kept in days otherwise."""
    office.store.con.execute("UPDATE leave_type SET limit_kind = 'minutes' WHERE key = 'VAK'")


def grant(office: Office, person: int, year: int, minutes: int, expires: str | None) -> None:
    row = {
        "person_id": person,
        "leave_type_id": office.kind("v"),
        "year": year,
        "label": "statutory",
        "minutes": minutes,
        "valid_from": f"{year}-01-01",
        "expires": expires,
    }
    write(office.store, office.employer_id, "grant", [RowChange("allowance", new_id(), None, row)])


def leave(office: Office, person: int, first: date, days: int) -> None:
    entry = (Entry(office.kind("v"), 456),)
    dates = [first + timedelta(n) for n in range(days)]
    day_entries.replace(office.store.con, [(person, day, entry) for day in dates])


def of_leave(office: Office, person: int, year: int, today: date) -> Balance:
    found = balances(office.store, office.employer_id, person, year, today)
    return next(balance for balance in found if balance.kind.letter == "v")


def test_last_years_rest_goes_first_and_lapses(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    grant(office, ann, 2025, 1000, "2026-07-01")
    grant(office, ann, 2026, 9120, "2027-07-01")
    leave(office, ann, date(2026, 3, 2), 2)
    leave(office, ann, date(2026, 8, 3), 1)
    balance = of_leave(office, ann, 2026, date(2026, 11, 21))
    assert (balance.used, balance.in_days) == (3 * 456, False)
    assert balance.report is not None
    figures = [(b.bucket.year, b.used, b.lapsed, b.left) for b in balance.report.buckets]
    assert figures == [(2025, 912, 88, 0), (2026, 456, 0, 9120 - 456)]


def test_a_bucket_that_lapsed_before_the_year_still_took_its_share(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    grant(office, ann, 2024, 912, "2025-07-01")
    grant(office, ann, 2025, 912, "2026-07-01")
    leave(office, ann, date(2025, 3, 3), 2)
    balance = of_leave(office, ann, 2026, date(2026, 2, 1))
    assert balance.report is not None
    assert [(b.bucket.year, b.left) for b in balance.report.buckets] == [(2025, 912)]
    assert balance.used == 0


def test_an_exception_gives_a_person_their_own_limit(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    row = {
        "person_id": ann,
        "leave_type_id": office.kind("v"),
        "limit_kind": "minutes",
        "limit_amount": 600,
    }
    change = RowChange("leave_exception", new_id(), None, row)
    write(office.store, office.employer_id, "exception", [change])
    half = (Entry(office.kind("v"), 228, Part.MORNING),)
    day_entries.replace(office.store.con, [(ann, date(2026, 3, 2), half)])
    balance = of_leave(office, ann, 2026, date(2026, 11, 21))
    assert balance.report is not None
    assert (balance.report.granted, balance.report.left) == (600, 372)


def test_types_without_limit_show_what_was_used(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    day_entries.replace(office.store.con, [(ann, date(2026, 3, 2), (Entry(office.kind("z"), 456),))])
    sick = next(
        balance
        for balance in balances(office.store, office.employer_id, ann, 2026, date(2026, 11, 21))
        if balance.kind.letter == "z"
    )
    assert (sick.used, sick.in_days, sick.report) == (456, False, None)
