"""The lists over all cases of an employer: cases, the agenda of what is due, who is absent in a period."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from hrtui import clock
from hrtui.domain.sickness import agenda as due_rules
from hrtui.domain.sickness.agenda import AgendaItem, Subject
from hrtui.domain.sickness.case import FULL, Source
from hrtui.domain.sickness.certificates import Certificate
from hrtui.domain.sickness.counting import Chain, week_of
from hrtui.domain.sickness.poortwachter import Mark
from hrtui.domain.sickness.sickness_act import UwvTerms, ground, uwv_terms
from hrtui.store.people import fold, full_name
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.records import StoredCase, chains_of, day_of, stored_cases
from hrtui.store.sickness.terms import ContractLine, contracts_of, holidays_between
from hrtui.store.sickness.wording import step_name

CLOSED_DAYS = 120
"""Cases that closed longer ago have nothing on the agenda any more."""


class Which(StrEnum):
    """Which cases a list shows."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a line is about."""

    id: int
    number: str
    name: str
    team_id: int | None
    team: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list.

    `percent` is that of today or of the last day; `provisional` says that no physician set it. `days` are the
    sick days counted with linked cases (`linked`), `week` the week of illness.
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


class AgendaLine(NamedTuple):
    """Something that is due, with whom it is about and what it is in words."""

    item: AgendaItem
    person: Person
    label: str


def case_list(
    desk: Desk,
    which: Which = Which.OPEN,
    *,
    text: str = "",
    person_id: int | None = None,
    team_id: int | None = None,
) -> list[CaseLine]:
    """The cases of people in whose name or number all words of `text` occur, the latest first."""
    today = clock.today()
    people = people_with_cases(desk, text, person_id, team_id)
    # Whose cases are all closed need not be read for the list that is looked at most.
    found = _of_the_ill(desk, person_id) if which is Which.OPEN else all_cases(desk, person_id)
    lines = [
        _line(one, people[one.person_id], chain, today)
        for cases in by_person(found)
        if cases[0].person_id in people
        for one, chain in _with_chains(desk, cases)
        if which is Which.ALL or one.open == (which is Which.OPEN)
    ]
    return sorted(lines, key=lambda line: (line.first_day.toordinal(), line.id), reverse=True)


def agenda(
    desk: Desk,
    *,
    until: date | None = None,
    text: str = "",
    person_id: int | None = None,
    team_id: int | None = None,
) -> list[AgendaLine]:
    """All that is late or due by `until` (default: eight weeks ahead), the earliest first."""
    today = clock.today()
    last = until or today + timedelta(days=due_rules.DAYS_AHEAD)
    people = people_with_cases(desk, text, person_id, team_id)
    subjects = _subjects(desk, today, people, person_id)
    free = holidays_between(desk, date(today.year - 2, 1, 1), date(last.year, 12, 31))
    items = due_rules.agenda(subjects, today, last, free)
    # The few names there are, each translated once: thousands of lines share them.
    names = {step: step_name(*step) for step in {(item.what, item.number) for item in items}}
    return [AgendaLine(item, people[item.person_id], names[item.what, item.number]) for item in items]


def _subjects(desk: Desk, today: date, people: Collection[int], person_id: int | None) -> Iterator[Subject]:
    """What the agenda needs of each case that can have something due."""
    since = (today - timedelta(days=CLOSED_DAYS)).isoformat()
    marks = _marks(desk)
    told = _told(desk)
    certificates = None if desk.dutch else _certificates(desk)
    contracts: dict[int, list[ContractLine]] = {}
    cases = _cases_with_something_due(desk, person_id, since)
    if desk.self_insured:
        contracts = contracts_of(desk.store, sorted({one.person_id for one in cases}))
    for own in by_person(cases):
        if own[0].person_id not in people or not any(_current(one, since) for one in own):
            continue
        for one, chain in _with_chains(desk, own):
            if not _current(one, since):
                continue
            yield Subject(
                one.id,
                one.person_id,
                chain,
                tuple(mark for spell in chain.spells for mark in _marks_of(marks, spell.id, one.id)),
                day_of(one.values["expected_end"]),
                _uwv(one, contracts.get(one.person_id, []), desk),
                tuple(certificates.get(one.id, ())) if certificates is not None else None,
                bool(one.values["certificate_free"]),
                one.open or not (desk.service or desk.service_email) or one.id in told,
                desk.dutch,
            )


def _current(one: StoredCase, since: str) -> bool:
    last = one.values["last_day"]
    return last is None or last >= since


_SINGLE = frozenset(
    {
        due_rules.Task.UWV_ILLNESS,
        due_rules.Task.UWV_RECOVERY,
        due_rules.Task.RECOVERY_MESSAGE,
        due_rules.Task.CERTIFICATE,
    }
)
"""What is done for one case and not for all that count as one."""


def _marks_of(marks: dict[int, list[Mark]], spell_id: int, case_id: int) -> Iterator[Mark]:
    for mark in marks.get(spell_id, ()):
        if spell_id == case_id or mark.step not in _SINGLE:
            yield mark


def _uwv(one: StoredCase, contracts: list[ContractLine], desk: Desk) -> UwvTerms | None:
    """The terms of a case that the Sickness Act covers at a self-insurer."""
    if not desk.self_insured:
        return None
    spell = one.case.spell
    periods = [line.period for line in contracts]
    on_first = next((line for line in contracts if spell.first_day in line.period), None)
    by_illness = desk.clause_ends_contract and on_first is not None and on_first.nature == "phase_a_clause"
    if ground(spell, periods, ends_by_illness=by_illness) is None:
        return None
    end = on_first.period.end if on_first else None
    return uwv_terms(spell, safety_net=bool(one.values["safety_net"]), contract_end=end)


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


def _with_chains(desk: Desk, cases: list[StoredCase]) -> Iterator[tuple[StoredCase, Chain]]:
    """One person's cases, each with the chain up to it."""
    if len(cases) == 1:
        yield cases[0], Chain((cases[0].case.spell,))
        return
    by_id = {one.id: one for one in cases}
    for chain in chains_of(desk, cases):
        for place, spell in enumerate(chain.spells, 1):
            yield by_id[spell.id], Chain(chain.spells[:place])


def by_person(cases: Iterable[StoredCase]) -> Iterator[list[StoredCase]]:
    for _, own in groupby(cases, key=lambda one: one.person_id):
        yield list(own)


def all_cases(desk: Desk, person_id: int | None) -> list[StoredCase]:
    if person_id is not None:
        return stored_cases(desk.store, "employer_id = ? AND person_id = ?", (desk.employer_id, person_id))
    return stored_cases(desk.store, "employer_id = ?", (desk.employer_id,))


def _of_the_ill(desk: Desk, person_id: int | None) -> list[StoredCase]:
    """All cases of people who have an open one."""
    condition = (
        "employer_id = ? AND person_id IN (SELECT person_id FROM sickness_case"
        " WHERE employer_id = ? AND last_day IS NULL AND (? IS NULL OR person_id = ?))"
    )
    return stored_cases(desk.store, condition, (desk.employer_id, desk.employer_id, person_id, person_id))


def _cases_with_something_due(desk: Desk, person_id: int | None, since: str) -> list[StoredCase]:
    """The cases of people of whom one is open or closed lately."""
    condition = (
        "employer_id = ? AND person_id IN (SELECT person_id FROM sickness_case"
        " WHERE employer_id = ? AND (last_day IS NULL OR last_day >= ?) AND (? IS NULL OR person_id = ?))"
    )
    values = (desk.employer_id, desk.employer_id, since, person_id, person_id)
    return stored_cases(desk.store, condition, values)


def people_with_cases(desk: Desk, text: str, person_id: int | None, team_id: int | None) -> dict[int, Person]:
    """The people with cases whom the filters let through."""
    found = desk.store.con.execute(
        "SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix, p.team_id, coalesce(m.name, ''),"
        " p.search_text FROM person p LEFT JOIN team m ON m.id = p.team_id WHERE p.employer_id = ?"
        " AND p.id IN (SELECT person_id FROM sickness_case WHERE employer_id = ?)",
        (desk.employer_id, desk.employer_id),
    )
    words = fold(text).split()
    return {
        id_: Person(id_, number, full_name(first, last, prefix), team, team_name)
        for id_, number, first, last, prefix, team, team_name, searched in found
        if all(word in searched for word in words)
        and (person_id is None or id_ == person_id)
        and (team_id is None or team == team_id)
    }


def _marks(desk: Desk) -> dict[int, list[Mark]]:
    found = desk.store.con.execute(
        "SELECT case_id, step, number, done_on, needed FROM sickness_step WHERE employer_id = ?",
        (desk.employer_id,),
    )
    marks: dict[int, list[Mark]] = {}
    for case_id, step, number, done_on, needed in found:
        marks.setdefault(case_id, []).append(Mark(step, number, day_of(done_on), bool(needed)))
    return marks


def _certificates(desk: Desk) -> dict[int, list[Certificate]]:
    found = desk.store.con.execute(
        "SELECT case_id, from_date, until_date, received_on FROM sickness_certificate WHERE employer_id = ?",
        (desk.employer_id,),
    )
    certificates: dict[int, list[Certificate]] = {}
    for case_id, start, end, received in found:
        one = Certificate(date.fromisoformat(start), date.fromisoformat(end), day_of(received))
        certificates.setdefault(case_id, []).append(one)
    return certificates


def _told(desk: Desk) -> set[int]:
    """The cases of whose recovery the occupational service was told."""
    found = desk.store.con.execute(
        "SELECT DISTINCT case_id FROM sickness_contact WHERE employer_id = ? AND kind = 'recovery'",
        (desk.employer_id,),
    )
    return {row[0] for row in found}
