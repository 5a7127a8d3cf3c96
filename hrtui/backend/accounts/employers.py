"""Employers of a backend: making one with its starter rows, and who belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hrtui import clock
from hrtui.backend.accounts import users
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.hashing import new_id
from hrtui.backend.accounts.refusals import AdminError
from hrtui.backend.accounts.users import Place, User
from hrtui.backend.sync.tenants import OPERATOR, create_tenant, write_rows
from hrtui.backend.sync.writing import Key
from hrtui.domain import starter_rows
from hrtui.domain.holidays import Country
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import ENTITIES
from hrtui.i18n import LANGUAGES, t

LONGEST_NAME = 100


def add_employer(accounts: Accounts, name: str, country: str, language: str) -> int:
    """Make an employer with the country's leave types and the holidays of the years around this one.

    Returns its id. Raises AdminError.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise AdminError(t("The employer's name must have 1 to {n} characters.", n=LONGEST_NAME))
    if country not in ("BE", "NL"):
        raise AdminError(t("“{value}” is no country that hrtui knows; give BE or NL.", value=country))
    if language not in LANGUAGES:
        raise AdminError(t("There is no language “{value}”; choose nl, fr or en.", value=language))
    if plain.casefold() in {own.casefold() for _, own in tenants(accounts)}:
        raise AdminError(t("There is an employer “{name}” already.", name=plain))
    tenant_id = new_id()
    land: Country = "NL" if country == "NL" else "BE"
    rows = _first_rows(tenant_id, plain, land, language, clock.today().year)
    with accounts.database.transaction(tenant_id) as con:
        create_tenant(con, tenant_id)
        con.execute(
            "INSERT INTO tenant (tenant_id, name, created_at) VALUES (?, ?, ?)",
            tenant_id,
            plain,
            clock.seconds(),
        )
        write_rows(con, tenant_id, OPERATOR, rows, "new employer")
    return tenant_id


def set_roles(accounts: Accounts, user: User, tenant_id: int, roles: Sequence[str]) -> tuple[Place, ...]:
    """Give a user these roles at an employer, in the place of others; none takes the user out there.

    Colleagues' devices hear of it. Raises AdminError where there is no such employer.
    """
    known_tenant(accounts, tenant_id)
    member: Mapping[str, Value] | None = {"name": user.display_name, "roles": list(roles)} if roles else None
    with accounts.database.transaction(tenant_id) as con:
        users.set_roles(con, tenant_id, user.id, roles)
        write_rows(con, tenant_id, OPERATOR, {("member", user.id, ""): member}, "roles")
    return users.places(accounts.database, user.id)


def tenants(accounts: Accounts) -> list[tuple[int, str]]:
    """The employers of this backend as (id, present name), in name order."""
    with accounts.database.transaction(None, read_only=True) as con:
        rows = con.all("SELECT tenant_id, name FROM tenant")
    named = [(int(id_), users.employer_name(accounts.database, id_) or name) for id_, name in rows]
    return sorted(named, key=lambda one: (one[1].casefold(), one[0]))


def tenant_named(accounts: Accounts, name: str) -> int:
    """The id of the employer with that name or number; the only one for ''. Raises AdminError."""
    there = tenants(accounts)
    wanted = name.strip().casefold()
    found = [id_ for id_, own in there if not wanted or own.casefold() == wanted or str(id_) == wanted]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"“{own}”" for _, own in there) or t("none")
    if not there:
        raise AdminError(t("There is no employer yet: make one with `hrtui admin employers add`."))
    if not wanted or len(found) > 1:
        raise AdminError(t("Say which employer, by name or number: {names}.", names=names))
    raise AdminError(t("There is no employer “{name}” here; there is: {names}.", name=name, names=names))


def known_tenant(accounts: Accounts, tenant_id: int) -> None:
    """Raise AdminError where there is no such employer."""
    if tenant_id not in {id_ for id_, _ in tenants(accounts)}:
        raise AdminError(t("There is no such employer here."))


def _first_rows(
    tenant_id: int, name: str, country: Country, language: str, year: int
) -> dict[Key, Mapping[str, Value]]:
    rows = {("employer", tenant_id, ""): starter_rows.employer_columns(name, country, language)}
    for kind in starter_rows.starter_types(country):
        rows["leave_type", new_id(), ""] = starter_rows.leave_type_columns(kind)
    for one_year in (year - 1, year, year + 1):
        for holiday in starter_rows.legal_days(country, one_year):
            rows["holiday", new_id(), ""] = starter_rows.holiday_columns(holiday)
    return {key: ENTITIES[key[0]].to_units(columns) for key, columns in _plain(rows.items())}


def _plain(
    rows: Iterable[tuple[Key, starter_rows.Columns]],
) -> Iterable[tuple[Key, dict[str, Value]]]:
    return ((key, dict(columns)) for key, columns in rows)
