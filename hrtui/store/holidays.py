"""Reading an employer's holidays, and filling a year that has none yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from hrtui.domain.day import Holiday
from hrtui.store.changes import RowChange
from hrtui.store.ids import new_id
from hrtui.store.moments import day_of
from hrtui.store.store import Store

Country = Literal["BE", "NL"]


def holidays(
    store: Store, employer_id: int, first: date, last: date
) -> dict[int | None, dict[date, Holiday]]:
    """The holidays from `first` to `last` by team; None holds those of everybody.

    A year that nobody filled yet has the legal ones of the employer's country.
    """
    rows = store.con.execute(
        "SELECT date, name_nl, name_fr, name_en, replaces, half, team_id FROM holiday"
        " WHERE employer_id = ? AND date BETWEEN ? AND ? ORDER BY date",
        (employer_id, first.isoformat(), last.isoformat()),
    )
    found: dict[int | None, dict[date, Holiday]] = {}
    for *columns, team_id in rows:
        holiday = holiday_of(*columns)
        found.setdefault(team_id, {})[holiday.date] = holiday
    for year in range(first.year, last.year + 1):
        if not is_filled(store, employer_id, year):
            for holiday in legal_days(country_of(store, employer_id), year):
                if first <= holiday.date <= last:
                    found.setdefault(None, {})[holiday.date] = holiday
    return found


def replaced(
    store: Store,
    employer_id: int,
    first: date,
    last: date,
    found: Mapping[int | None, Mapping[date, Holiday]],
) -> list[tuple[int | None, date, date]]:
    """The holidays that another day stands for where one of both is from `first` to `last`.

    Each is a team, the holiday and its replacement; `found` are the `holidays` of the span.
    """
    within = [
        (team_id, one.replaces, one.date)
        for team_id, days in found.items()
        for one in days.values()
        if one.replaces
    ]
    beyond = store.con.execute(
        "SELECT team_id, replaces, date FROM holiday WHERE employer_id = ?1 AND replaces BETWEEN ?2 AND ?3"
        " AND date NOT BETWEEN ?2 AND ?3",
        (employer_id, first.isoformat(), last.isoformat()),
    )
    return within + [
        (team_id, date.fromisoformat(day), date.fromisoformat(other)) for team_id, day, other in beyond
    ]


def holiday_of(day: str, nl: str, fr: str, en: str, replaces: str | None, half: int) -> Holiday:
    """A holiday from its columns."""
    names = (("nl", nl), ("fr", fr), ("en", en))
    return Holiday(date.fromisoformat(day), names, day_of(replaces), bool(half))


def insertion(employer_id: int, holiday: Holiday, team_id: int | None = None) -> RowChange:
    """The change that adds a holiday."""
    from hrtui.domain.starter_rows import holiday_columns  # not needed to show a month

    return RowChange(
        "holiday",
        new_id(),
        None,
        {"employer_id": employer_id, **holiday_columns(holiday, team_id)},
    )


def is_filled(store: Store, employer_id: int, year: int) -> bool:
    """Whether the year has holidays of its own, seeded or edited."""
    row = store.con.execute(
        "SELECT EXISTS (SELECT 1 FROM holiday WHERE employer_id = ? AND date BETWEEN ? AND ?)",
        (employer_id, f"{year}-01-01", f"{year}-12-31"),
    ).fetchone()
    return bool(row[0])


def country_of(store: Store, employer_id: int) -> Country:
    """The country of an employer."""
    row = store.con.execute("SELECT country FROM employer WHERE id = ?", (employer_id,)).fetchone()
    return "NL" if row and row[0] == "NL" else "BE"


def legal_days(country: Country, year: int) -> tuple[Holiday, ...]:
    """The legal holidays of a year with the days that replace them."""
    from hrtui.domain import starter_rows

    return starter_rows.legal_days(country, year)
