"""The agenda over all cases of an employer: what is late or due soon, and about whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from hrtui import clock
from hrtui.domain.sickness import agenda as due_rules
from hrtui.domain.sickness.agenda import AgendaItem, Subject
from hrtui.domain.sickness.case import Spell
from hrtui.domain.sickness.certificates import Certificate
from hrtui.domain.sickness.counting import each_with_chain
from hrtui.domain.sickness.overlap import overlapping
from hrtui.domain.sickness.poortwachter import Mark
from hrtui.domain.sickness.sickness_act import UwvTerms, ground, left_while_ill, uwv_terms
from hrtui.store.moments import day_of
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.lists import Person, people_with_cases
from hrtui.store.sickness.records import spell_of, window_of
from hrtui.store.sickness.terms import ContractLine, contracts_of, holidays_between
from hrtui.store.sickness.wording import step_name

CLOSED_DAYS = 120
"""Cases that closed longer ago have nothing on the agenda any more."""
_RECENT = "(last_day IS NULL OR last_day >= ?)"


class AgendaLine(NamedTuple):
    """Something that is due, with whom it is about and what it is in words."""

    item: AgendaItem
    person: Person
    label: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due, the earliest first; a line of it is formed when it is asked for."""

    items: Sequence[AgendaItem]
    people: Mapping[int, Person]

    def line(self, place: int) -> AgendaLine:
        """The line at a place."""
        item = self.items[place]
        return AgendaLine(item, self.people[item.person_id], step_name(item.what, item.number))


class _Case(NamedTuple):
    """What the agenda reads of a case."""

    id: int
    person_id: int
    spell: Spell
    expected_end: date | None
    safety_net: bool
    certificate_free: bool


def agenda(desk: Desk, *, until: date | None = None, person_id: int | None = None) -> list[AgendaLine]:
    """All lines of `what_is_due`."""
    found = what_is_due(desk, until=until, person_id=person_id)
    return [found.line(place) for place in range(len(found.items))]


def what_is_due(
    desk: Desk, *, until: date | None = None, text: str = "", person_id: int | None = None
) -> Agenda:
    """All that is late or due by `until` (default: eight weeks ahead), of people whom `text` finds."""
    today = clock.today()
    last = until or today + timedelta(days=due_rules.DAYS_AHEAD)
    since = today - timedelta(days=CLOSED_DAYS)
    people = people_with_cases(desk, text, person_id, None, _RECENT, since.isoformat())
    free = holidays_between(desk, date(today.year - 2, 1, 1), date(last.year, 12, 31))
    subjects = _subjects(desk, since, people, person_id)
    return Agenda(due_rules.agenda(subjects, today, last, free), people)


def _subjects(desk: Desk, since: date, people: Collection[int], person_id: int | None) -> Iterator[Subject]:
    """What the agenda needs of each case that can have something due."""
    marks = _marks(desk)
    told = _told(desk)
    certificates = None if desk.dutch else _certificates(desk)
    contracts: dict[int, list[ContractLine]] = {}
    cases, window = _cases(desk, person_id, since), window_of(desk)
    if desk.self_insured:
        contracts = contracts_of(desk.store, sorted({one.person_id for one in cases}))
    nobody_is_told = not (desk.service or desk.service_email)
    for person, group in groupby(cases, key=attrgetter("person_id")):
        if person not in people:
            continue
        own = {one.id: one for one in group}
        spells = [one.spell for one in own.values()]
        overlaps = overlapping(spells) if len(spells) > 1 else {}
        for spell, chain in each_with_chain(spells, window):
            one = own[spell.id]
            ended = one.spell.last_day
            if ended is not None and ended < since:
                continue
            yield Subject(
                one.id,
                person,
                chain,
                tuple(mark for spell in chain.spells for mark in _marks_of(marks, spell.id, one.id)),
                one.expected_end,
                _uwv(one, contracts.get(person, []), desk) if desk.self_insured else None,
                tuple(certificates.get(one.id, ())) if certificates is not None else None,
                one.certificate_free,
                ended is None or nobody_is_told or one.id in told,
                desk.dutch,
                overlaps[one.id].since if one.id in overlaps else None,
            )


def _cases(desk: Desk, person_id: int | None, since: date) -> list[_Case]:
    """The cases of people of whom one is open or closed lately, in date order."""
    found = desk.store.con.execute(
        "SELECT id, person_id, first_day, last_day, linking, expected_end, safety_net, certificate_free"
        " FROM sickness_case WHERE employer_id = ? AND person_id IN (SELECT person_id FROM sickness_case"
        f" WHERE employer_id = ? AND {_RECENT} AND (? IS NULL OR person_id = ?))"
        " ORDER BY person_id, first_day",
        (desk.employer_id, desk.employer_id, since.isoformat(), person_id, person_id),
    )
    return [
        _Case(id_, person, spell_of(id_, first, last, linking), day_of(end), bool(net), bool(free))
        for id_, person, first, last, linking, end, net, free in found
    ]


_SINGLE = frozenset(
    {
        due_rules.Task.UWV_ILLNESS,
        due_rules.Task.WORK_REPORT,
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


def _uwv(one: _Case, contracts: list[ContractLine], desk: Desk) -> UwvTerms | None:
    """The terms of a case that the Sickness Act covers at a self-insurer."""
    spell = one.spell
    periods = [line.period for line in contracts]
    on_first = next((line for line in contracts if spell.first_day in line.period), None)
    by_illness = desk.clause_ends_contract and on_first is not None and on_first.nature == "phase_a_clause"
    if ground(spell, periods, ends_by_illness=by_illness) is None:
        return None
    left_on = None if by_illness else left_while_ill(spell, periods)
    return uwv_terms(spell, safety_net=one.safety_net, left_on=left_on)


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
