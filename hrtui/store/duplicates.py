"""Finding who may be the same person before somebody is created twice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hrtui.store.people import fold, full_name, sort_name
from hrtui.store.store import Store

_ALIKE = 88
"""From this likeness (percent) on, two names of people born on the same day may be one name misspelt."""


class Match(StrEnum):
    """In what two people agree, the surest first."""

    NATIONAL_NUMBER = "national_number"
    NUMBER = "number"
    NAME_AND_BIRTH_DATE = "name_and_birth_date"
    NAME = "name"
    """The same name, where the birth date of one of them is not known."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of the person to create; empty texts are not compared. `birth_date` is ISO text."""

    number: str = ""
    first_name: str = ""
    last_name: str = ""
    birth_date: str = ""
    national_number: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A person who may be the same; out of service means archived or all contracts have ended."""

    person_id: int
    name: str
    number: str
    birth_date: str
    out_of_service: bool
    matches: frozenset[Match]


def find_duplicates(
    store: Store, employer_id: int, wanted: Candidate, today: str, *, ignoring: int | None = None
) -> list[Duplicate]:
    """Who may be the same person, in or out of service, the surest first; `today` is ISO text.

    First and last name may be swapped; between people born on the same day they may also be misspelt.
    """
    names = _both_orders(wanted)
    found = store.con.execute(
        "SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix, coalesce(p.birth_date, ''),"
        " p.national_number, p.sort_name,"
        " p.archived OR coalesce((SELECT max(coalesce(c.end_date, '9999')) < ? FROM contract c"
        " WHERE c.person_id = p.id), 0) FROM person p WHERE p.employer_id = ? AND p.id IS NOT ?"
        " AND (p.number = ? OR p.national_number = ? OR p.birth_date = ? OR p.sort_name IN (?, ?))",
        (today, employer_id, ignoring, wanted.number, wanted.national_number, wanted.birth_date, *names),
    )
    duplicates: list[Duplicate] = []
    for id_, number, first, last, prefix, born, national_number, sorted_as, out in found:
        matches = {
            Match.NATIONAL_NUMBER: wanted.national_number and wanted.national_number == national_number,
            Match.NUMBER: wanted.number and wanted.number == number,
            Match.NAME_AND_BIRTH_DATE: (
                born and born == wanted.birth_date and any(_alike(name, sorted_as) for name in names)
            ),
            Match.NAME: (sorted_as and not (born and wanted.birth_date) and sorted_as in names),
        }
        agreed = frozenset(match for match, agrees in matches.items() if agrees)
        if agreed:
            name = full_name(first, last, prefix)
            duplicates.append(Duplicate(id_, name, number, born, bool(out), agreed))
    order = list(Match)
    return sorted(duplicates, key=lambda one: (min(map(order.index, one.matches)), fold(one.name)))


def _both_orders(wanted: Candidate) -> tuple[str, str]:
    """The name as people are sorted by it, and with first and last name swapped."""
    return sort_name(wanted.first_name, wanted.last_name), sort_name(wanted.last_name, wanted.first_name)


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= _ALIKE
