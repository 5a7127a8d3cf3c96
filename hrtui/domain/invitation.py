"""What an invited employee is asked about themselves, and checking the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from hrtui.domain.identity.problem import Given, Problem, Value
from hrtui.domain.person_fields import PERSON_FIELDS
from hrtui.domain.record_field import Field
from hrtui.i18n import N_

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Personal data"),
        ("birth_date", "birth_place", "nationality", "national_number", "sex", "civil_status"),
    ),
    (
        N_("Address"),
        ("country", "street", "house_number", "box", "postcode", "city"),
    ),
    (N_("Contact and bank"), ("phone", "iban")),
)  # fmt: skip
"""The fields by heading; without the citizen service number, which nobody should type behind a link."""
REQUIRED = frozenset(
    {"birth_date", "nationality", "sex", "country", "street", "house_number", "postcode", "city"}
)
"""What everybody has; the rest may stay empty."""
_FIELDS = {field.name: field for field in PERSON_FIELDS}


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers as they are stored, and what is wrong with the others."""

    values: dict[str, Value]
    problems: dict[str, Problem]


def asked(country: str, hidden: Collection[str]) -> tuple[str, ...]:
    """The fields asked at an employer in `country` (BE, NL), but those whose names are `hidden`."""
    return tuple(
        name
        for _, names in SECTIONS
        for name in names
        if name not in hidden and _FIELDS[name].applies(country)
    )


def field_of(name: str) -> Field:
    """The field of the person's record with that name."""
    return _FIELDS[name]


def checked(names: Collection[str], texts: Mapping[str, str], given: Given) -> Checked:
    """Hold the typed texts to their fields; the country of the address first, as others depend on it."""
    values: dict[str, Value] = {}
    problems: dict[str, Problem] = {}
    for name in sorted(names, key=lambda one: one != "country"):
        field = replace(_FIELDS[name], required=name in REQUIRED)
        found = field.check(texts.get(name, ""), replace(given, record=values))
        if isinstance(found, Problem):
            problems[name] = found
        else:
            values[name] = found
    return Checked(values, problems)
