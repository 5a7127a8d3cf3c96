"""The lists over all cases of an employer: the cases with where they stand, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from hrtui import clock
from hrtui.domain.sickness.case import FULL, Source
from hrtui.domain.sickness.counting import Chain, chain_of, week_of
from hrtui.domain.sickness.overlap import overlapping
from hrtui.store.by_ids import marks, portions
from hrtui.store.moments import day_of
from hrtui.store.people import fold, full_name
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.records import StoredCase, chains_of, stored_cases


class Which(StrEnum):
    """Which cases a list shows."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


_STATES = {Which.OPEN: "c.last_day IS NULL", Which.CLOSED: "c.last_day IS NOT NULL", Which.ALL: "1"}


class Person(NamedTuple):
    """Whom a line is about."""

    id: int
    number: str
    name: str
    team_id: int | None
    team: str


class CaseLine(NamedTuple):
    """A case in the list.

    `percent` is that of today or of the last day; `provisional` says that no physician set it. `days` are the
    sick days counted with linked cases (`linked`), `week` the week of illness. `overlaps` says that another
    case has days of this one too, which is to be decided.
    """

    id: int
    person: Person
    classification: str
    first_day: date
    last_day: date | None
    expected_end: date | None
    percent: int
    provisional: bool
    days: int
    week: int
    linked: bool
    overlaps: bool = False


def case_ids(
    desk: Desk,
    which: Which = Which.OPEN,
    *,
    text: str = "",
    person_id: int | None = None,
    team_id: int | None = None,
) -> list[int]:
    """The cases of people in whose name or number all words of `text` occur, the latest first."""
    conditions, values = [_STATES[which]], list[object]([desk.employer_id])
    for word in fold(text).split():
        conditions.append("instr(p.search_text, ?)")
        values.append(word)
    for column, wanted in (("p.id", person_id), ("p.team_id", team_id)):
        if wanted is not None:
            conditions.append(f"{column} = ?")
            values.append(wanted)
    found = desk.store.con.execute(
        "SELECT c.id FROM sickness_case c JOIN person p ON p.id = c.person_id WHERE c.employer_id = ? AND "
        + " AND ".join(conditions)
        + " ORDER BY c.first_day DESC, c.id DESC",
        tuple(values),
    )
    return [row[0] for row in found]


def case_lines(desk: Desk, ids: Sequence[int]) -> dict[int, CaseLine]:
    """These cases with where they stand: a list asks for those that it shows."""
    lines: dict[int, CaseLine] = {}
    today = clock.today()
    for portion in portions(ids):
        places = marks(len(portion))
        condition = f"person_id IN (SELECT person_id FROM sickness_case WHERE id IN ({places}))"
        people = people_with_cases(desk, "", None, None, f"id IN ({places})", *portion)
        wanted = set(portion)
        for cases in by_person(stored_cases(desk.store, condition, tuple(portion))):
            overlaps = overlapping([one.case.spell for one in cases])
            found = chains_of(desk, cases)
            for one in cases:
                if one.id in wanted:
                    chain = chain_of(found, one.id).until(one.id)
                    line = _line(one, people[one.person_id], chain, today)
                    lines[one.id] = line._replace(overlaps=one.id in overlaps)
    return lines


def _line(one: StoredCase, person: Person, chain: Chain, today: date) -> CaseLine:
    spell = one.case.spell
    day = min(spell.last_day, max(today, spell.first_day)) if spell.last_day else max(today, spell.first_day)
    step = one.case.on(day) or one.case.course[0]
    days = chain.counted(day)
    provisional = step.source is not Source.PHYSICIAN and step.percent < FULL
    return CaseLine(
        one.id, person, one.values["classification"], spell.first_day, spell.last_day,
        day_of(one.values["expected_end"]), step.percent, provisional, days, week_of(days),
        len(chain.spells) > 1,
    )  # fmt: skip


def by_person(cases: Iterable[StoredCase]) -> Iterator[list[StoredCase]]:
    """The cases of each person; `cases` are ordered by person."""
    for _, own in groupby(cases, key=attrgetter("person_id")):
        yield list(own)


def all_cases(desk: Desk, person_id: int | None) -> list[StoredCase]:
    """The employer's cases, of one person where asked for, in date order."""
    if person_id is not None:
        return stored_cases(desk.store, "employer_id = ? AND person_id = ?", (desk.employer_id, person_id))
    return stored_cases(desk.store, "employer_id = ?", (desk.employer_id,))


def people_with_cases(
    desk: Desk, text: str, person_id: int | None, team_id: int | None, cases: str = "1", *values: object
) -> dict[int, Person]:
    """The people whom the filters let through, with a case under a condition (with `values`)."""
    found = desk.store.con.execute(
        "SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix, p.team_id, coalesce(m.name, ''),"
        " p.search_text FROM person p LEFT JOIN team m ON m.id = p.team_id WHERE p.employer_id = ?"
        f" AND p.id IN (SELECT person_id FROM sickness_case WHERE employer_id = ? AND {cases})",
        (desk.employer_id, desk.employer_id, *values),
    )
    words = fold(text).split()
    return {
        id_: Person(id_, number, full_name(first, last, prefix), team, team_name)
        for id_, number, first, last, prefix, team, team_name, searched in found
        if (not words or all(word in searched for word in words))
        and (person_id is None or id_ == person_id)
        and (team_id is None or team == team_id)
    }
