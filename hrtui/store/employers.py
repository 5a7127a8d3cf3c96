"""Employers in a profile: listing them, which one is in use, and making one with leave types and holidays."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hrtui.i18n import t
from hrtui.store import holidays as holiday_table
from hrtui.store import leave_types as type_table
from hrtui.store.changes import Change, RowChange, write
from hrtui.store.errors import Gone
from hrtui.store.holidays import Country
from hrtui.store.ids import new_id
from hrtui.store.remembered import remember, value_of
from hrtui.store.store import Store

_LAST_USED = "last_employer"


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer whose calendars are kept in this profile."""

    id: int
    name: str
    country: Country
    language: str


def employers(store: Store) -> list[Employer]:
    """The employers of this profile in name order."""
    rows = store.con.execute("SELECT id, name, country, language FROM employer ORDER BY name")
    return [Employer(*row) for row in rows]


def employer_of(store: Store, employer_id: int) -> Employer:
    """The employer of that id; raises Gone."""
    found = next((employer for employer in employers(store) if employer.id == employer_id), None)
    if found is None:
        raise Gone
    return found


def use_employer(store: Store, employer_id: int) -> None:
    """Remember this employer as the one to open with."""
    employer_of(store, employer_id)
    with store.transaction():
        remember(store.con, {_LAST_USED: str(employer_id)})


def employer_in_use(store: Store) -> Employer | None:
    """The employer used last, or else the first by name; None in an empty profile."""
    used, all_of_them = value_of(store.con, _LAST_USED), employers(store)
    last = next((employer for employer in all_of_them if str(employer.id) == used), None)
    return last or next(iter(all_of_them), None)


def create_employer(store: Store, name: str, country: Country, language: str, year: int) -> int:
    """Add an employer with the country's starter leave types and the holidays of the years around `year`.

    Returns its id. Undo does not reach behind this.
    """
    from hrtui.domain.starter_types import STARTER

    employer_id = new_id()
    changes: list[Change] = [
        RowChange(
            "employer",
            employer_id,
            None,
            {"name": name, "country": country, "language": language, "enterprise_number": ""},
        )
    ]
    for kind in STARTER[country]:
        changes.append(type_table.insertion(replace(kind, id=new_id()), employer_id))
    for one_year in (year - 1, year, year + 1):
        changes += _year(employer_id, country, one_year)
    write(store, employer_id, t("New employer {name}", name=name), changes, undoable=False)
    return employer_id


def fill_holidays(store: Store, employer_id: int, country: Country, year: int) -> bool:
    """Seed the holidays of a year that has none yet; says whether it did."""
    if holiday_table.is_filled(store, employer_id, year):
        return False
    write(
        store,
        employer_id,
        t("Holidays of {year}", year=year),
        _year(employer_id, country, year),
        undoable=False,
    )
    return True


def _year(employer_id: int, country: Country, year: int) -> list[Change]:
    days = holiday_table.legal_days(country, year)
    return [holiday_table.insertion(employer_id, day) for day in days]
