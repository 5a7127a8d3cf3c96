"""Employers as records: their settings, making and switching, which roles may see what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hrtui import clock
from hrtui.domain.employer_fields import EMPLOYER_FIELDS
from hrtui.domain.identity.problem import Given, Value
from hrtui.domain.roles import Area
from hrtui.i18n import LANGUAGES, t
from hrtui.store import rows
from hrtui.store.changes import Change, RowChange
from hrtui.store.employers import Employer, create_employer, employers, use_employer
from hrtui.store.errors import Gone, StoreError
from hrtui.store.field_checks import refuse_bad_values
from hrtui.store.holidays import Country
from hrtui.store.leave_years import lasting_longer
from hrtui.store.people import fold
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Role:
    """A role of an employer and the restricted areas that people with it may see."""

    id: int
    name: str
    areas: frozenset[Area]


def new_employer(store: Store, name: str, country: Country, language: str, year: int) -> int:
    """Make an employer with starter leave types and holidays, and remember it as the one in use.

    Returns its id. Raises StoreError where the name is none or taken. Undo does not reach behind this.
    """
    given = Given(clock.today(), country)
    refuse_bad_values(EMPLOYER_FIELDS, {"name": name}, given)
    name = str(EMPLOYER_FIELDS[0].check(name, given))
    _refuse_same_name(store, name, 0)
    if language not in LANGUAGES:
        raise StoreError(t("Choose the language of the employer."))
    employer_id = create_employer(store, name, country, language, year)
    use_employer(store, employer_id)
    return employer_id


def employer_settings(store: Store, employer_id: int) -> dict[str, Value]:
    """The columns of EMPLOYER_FIELDS that this employer's country has, and `country`, with their values."""
    row = store.con.execute("SELECT country FROM employer WHERE id = ?", (employer_id,)).fetchone()
    if row is None:
        raise Gone
    names = ["country", *(field.name for field in EMPLOYER_FIELDS if field.applies(row[0]))]
    found = store.con.execute(f"SELECT {', '.join(names)} FROM employer WHERE id = ?", (employer_id,))
    return dict(zip(names, found.fetchone(), strict=True))


def save_settings(
    store: Store, employer_id: int, before: Mapping[str, Value], after: Mapping[str, Value]
) -> None:
    """Save what differs between two states of `employer_settings`, as one step.

    The values are those that the fields' checks gave. Raises StoreError for a value that its field refuses,
    a name that another employer has, a changed country; StaleError.
    """
    if after.get("country", before["country"]) != before["country"]:
        raise StoreError(t("The country of an employer stays: make another employer for another country."))
    given = Given(clock.today(), str(before["country"]), after)
    refuse_bad_values(EMPLOYER_FIELDS, after, given)
    _refuse_same_name(store, str(after["name"]), employer_id)
    changes: list[Change] = [*rows.update("employer", employer_id, dict(before), dict(after))]
    start, new_start = int(before["leave_year_start"] or 1), int(after["leave_year_start"] or 1)
    if start != new_start:
        changes += lasting_longer(store, employer_id, start, new_start)
    rows.carry_out(store, employer_id, t("Settings of {name}", name=after["name"]), changes)


def find_employers(store: Store, text: str = "") -> list[Employer]:
    """The employers whose name holds all words of `text`, in name order."""
    words = fold(text).split()
    return [employer for employer in employers(store) if all(word in fold(employer.name) for word in words)]


def roles_of(store: Store, employer_id: int) -> list[Role]:
    """The employer's roles in name order."""
    found = store.con.execute(
        "SELECT id, role, areas FROM employer_role WHERE employer_id = ? ORDER BY role", (employer_id,)
    )
    known = set(Area)
    return [
        Role(id_, name, frozenset(Area(area) for area in json.loads(areas) if area in known))
        for id_, name, areas in found
    ]


def set_role(store: Store, employer_id: int, name: str, areas: Iterable[Area]) -> None:
    """Say what people with a role may see; no areas takes the role away. Raises StoreError for a bad name."""
    name = " ".join(name.split()).casefold()
    if not (0 < len(name) <= 30 and name.isprintable()):
        raise StoreError(t("Type the name of the role in at most 30 characters."))
    chosen = json.dumps(sorted(set(areas)))
    now = next((role for role in roles_of(store, employer_id) if role.name == name), None)
    changes: list[Change] = []
    if now is None:
        if chosen != "[]":
            values = {"employer_id": employer_id, "role": name, "areas": chosen}
            changes.append(rows.insertion("employer_role", values))
    else:
        old = rows.row_of(store, employer_id, "employer_role", now.id)
        if chosen == "[]":
            changes.append(RowChange("employer_role", now.id, old, None))
        else:
            changes += rows.update("employer_role", now.id, old, {"areas": chosen})
    rows.carry_out(store, employer_id, t("Role {name}", name=name), changes)


def _refuse_same_name(store: Store, name: str, own_id: int) -> None:
    if any(fold(other.name) == fold(name) and other.id != own_id for other in employers(store)):
        raise StoreError(t("There is an employer called {name} already.", name=name))
