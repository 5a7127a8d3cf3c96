"""Roles and what they may see and change: the areas an employer can restrict, and who sees them.

Client and service decide by the same functions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class Area(StrEnum):
    """What an employer may keep to some roles; open to everyone until a role is named for it."""

    NATIONAL_NUMBERS = "national_numbers"
    BANK = "bank"
    WAGES = "wages"
    PAY_COMPONENTS = "pay_components"
    SICKNESS = "sickness"
    MESSAGES = "messages"
    SETTINGS = "settings"


CLERK, CASE_MANAGER, MANAGER = "clerk", "case_manager", "manager"
AUDITOR, ADMINISTRATOR = "auditor", "administrator"
_WRITERS = frozenset({CLERK, CASE_MANAGER, MANAGER, ADMINISTRATOR})
_DECIDERS = frozenset({MANAGER, ADMINISTRATOR})
DECIDED = "employer_role"
"""The table that says who sees what."""

_TABLES: Mapping[str, Area] = {
    "pay_component": Area.PAY_COMPONENTS,
    "pay_component_type": Area.PAY_COMPONENTS,
    "pay_component_person": Area.PAY_COMPONENTS,
    "provider_message": Area.MESSAGES,
    "employer": Area.SETTINGS,
    "employer_role": Area.SETTINGS,
    "provider_link": Area.SETTINGS,
}
_COLUMNS: Mapping[tuple[str, str], Area] = {
    ("person", "national_number"): Area.NATIONAL_NUMBERS,
    ("person", "bsn"): Area.NATIONAL_NUMBERS,
    ("person", "iban"): Area.BANK,
    ("person", "bic"): Area.BANK,
    ("contract", "wage_type"): Area.WAGES,
    ("contract", "wage_cents"): Area.WAGES,
}


def area_of(table: str, column: str = "") -> Area | None:
    """The area that a column, or all of a table, belongs to; None for what everybody may see."""
    return _TABLES.get(table) or _COLUMNS.get((table, column))


def sees(area: Area, roles: Collection[str], named: Collection[str]) -> bool:
    """Whether somebody with `roles` sees an area that is kept to the roles `named`; to none: it is open.

    An auditor sees everything but illness that is kept; what is kept to others stays open to a case manager
    where it is illness, and to an administrator where it is the settings, which otherwise nobody could open.
    """
    always = {Area.SICKNESS: CASE_MANAGER, Area.SETTINGS: ADMINISTRATOR}
    if always.get(area) in roles or (AUDITOR in roles and area is not Area.SICKNESS):
        return True
    return not named or not set(named).isdisjoint(roles)


def sees_cases(roles: Collection[str]) -> bool:
    """Whether somebody sees what a sickness case holds: case managers only, whatever an employer keeps.

    Others, an auditor too, see that a person is absent and no more (AP, policy rules on sick employees: who
    has no task in guiding the absence gets no data about it).
    """
    return CASE_MANAGER in roles


def decides(roles: Collection[str]) -> bool:
    """Whether somebody may say who sees what: nobody gives themselves more than they were given."""
    return not _DECIDERS.isdisjoint(roles)


def only_reads(roles: Collection[str]) -> bool:
    """Whether somebody may change nothing: an auditor who has no role that enters anything."""
    return AUDITOR in roles and _WRITERS.isdisjoint(roles)
