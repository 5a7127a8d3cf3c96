"""Cases as they are stored, with their course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.identity.problem import Value
from hrtui.domain.sickness.case import Case, Linking, Progress, Source, Spell
from hrtui.domain.sickness.counting import Chain, Window, belgian_window, chain_of, chains, dutch_window
from hrtui.domain.sickness.guaranteed_wage import rights
from hrtui.i18n import t
from hrtui.store.changes import Values
from hrtui.store.errors import StoreError
from hrtui.store.moments import day_of
from hrtui.store.people import full_name
from hrtui.store.rows import select_all
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.terms import contracts_of, terms_on
from hrtui.store.store import Store

CASE, PROGRESS = "sickness_case", "sickness_progress"


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case with its columns but the id; `steps` maps the first day of each step to its row's id."""

    id: int
    person_id: int
    values: Values
    case: Case
    steps: Mapping[date, int]

    @property
    def filled_until(self) -> date:
        """The last day that the calendar holds of the case."""
        filled = day_of(self.values["filled_until"])
        last = self.case.spell.last_day
        if filled is None:
            return last or self.case.spell.first_day
        return min(filled, last) if last else filled

    @property
    def open(self) -> bool:
        """Whether the case goes on."""
        return self.case.spell.last_day is None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case for its screen: whose it is, its columns, its course, and the chain that it counts in."""

    id: int
    person_id: int
    number: str
    name: str
    team: str
    values: Mapping[str, Value]
    case: Case
    chain: Chain


def case_record(desk: Desk, case_id: int) -> CaseRecord:
    """A case; raises StoreError where the employer has no such case (any more)."""
    stored = stored_case(desk.store, desk.employer_id, case_id)
    number, first, last, prefix, team = desk.store.con.execute(
        "SELECT p.number, p.first_name, p.last_name, p.name_prefix, coalesce(m.name, '') FROM person p"
        " LEFT JOIN team m ON m.id = p.team_id WHERE p.id = ?",
        (stored.person_id,),
    ).fetchone()
    chain = chain_in(desk, cases_of_person(desk.store, stored.person_id), case_id)
    name = full_name(first, last, prefix)
    return CaseRecord(case_id, stored.person_id, number, name, team, stored.values, stored.case, chain)


def stored_case(store: Store, employer_id: int, case_id: int) -> StoredCase:
    """A case; raises StoreError where the employer has no such case (any more)."""
    found = stored_cases(store, "id = ? AND employer_id = ?", (case_id, employer_id))
    if not found:
        raise StoreError(t("This case is no longer there: it was taken back or erased elsewhere."))
    return found[0]


def cases_of_person(store: Store, person_id: int) -> list[StoredCase]:
    """A person's cases in date order."""
    return stored_cases(store, "person_id = ?", (person_id,))


def open_case(desk: Desk, person_id: int) -> int | None:
    """The id of a person's open case; None where there is none."""
    row = desk.store.con.execute(
        "SELECT id FROM sickness_case WHERE person_id = ? AND employer_id = ? AND last_day IS NULL",
        (person_id, desk.employer_id),
    ).fetchone()
    return int(row[0]) if row else None


def ill_since(desk: Desk) -> dict[int, date]:
    """Since when each person with an open case is ill."""
    found = desk.store.con.execute(
        "SELECT person_id, first_day FROM sickness_case WHERE employer_id = ? AND last_day IS NULL",
        (desk.employer_id,),
    )
    return {person_id: date.fromisoformat(day) for person_id, day in found}


def latest_case(desk: Desk, person_id: int) -> int | None:
    """The case that files go to unless told otherwise: the open one, or else the last; None where none is."""
    row = desk.store.con.execute(
        "SELECT id FROM sickness_case WHERE person_id = ? AND employer_id = ?"
        " ORDER BY last_day IS NULL DESC, first_day DESC LIMIT 1",
        (person_id, desk.employer_id),
    ).fetchone()
    return int(row[0]) if row else None


def stored_cases(store: Store, condition: str, values: Sequence[object]) -> list[StoredCase]:
    """The cases under a condition on their table, in date order."""
    found = list(select_all(store, CASE, f"{condition} ORDER BY person_id, first_day", *values))
    courses = _courses(store, condition, values) if found else {}
    return [_stored(one, courses.get(one["id"], ())) for one in found]


def chain_in(desk: Desk, cases: Sequence[StoredCase], case_id: int) -> Chain:
    """The cases of one person that count as one with a case, up to and with it."""
    return chain_of(chains_of(desk, cases), case_id).until(case_id)


def chains_of(desk: Desk, cases: Sequence[StoredCase]) -> list[Chain]:
    """The chains of one person's cases by the rules of the employer's country, in date order.

    In the Netherlands all that count as one illness, in Belgium all of one right to the guaranteed wage. An
    illness is no relapse into a work accident there, nor the other way around: a relapse has the same cause,
    and each has a guaranteed wage of its own (Employment Contracts Act, art. 52 and 54).
    """
    if len(cases) == 1:  # nearly always: lists ask for thousands
        return [Chain((cases[0].case.spell,))]
    if desk.dutch:
        return chains((one.case.spell for one in cases), dutch_window)
    found: list[Chain] = []
    for accident in (False, True):
        spells = [one.case.spell for one in cases if one.case.work_accident is accident]
        for chain in chains(spells, belgian_window):
            found += _by_right(desk, chain, cases)
    return sorted(found, key=lambda chain: chain.spells[0].first_day)


def _by_right(desk: Desk, chain: Chain, cases: Sequence[StoredCase]) -> list[Chain]:
    """A Belgian chain cut where a new right to the guaranteed wage begins."""
    if len(chain.spells) == 1:
        return [chain]
    by_id = {one.id: one for one in cases}
    person_id = by_id[chain.spells[0].id].person_id
    contracts = contracts_of(desk.store, [person_id]).get(person_id, [])
    terms = terms_on(contracts, chain.spells[0].first_day)
    groups = rights([by_id[spell.id].case for spell in chain.spells], terms)
    return [Chain(tuple(case.spell for case in group)) for group in groups]


def window_of(desk: Desk) -> Window:
    """How long a gap must be to break the count, in the employer's country."""
    return dutch_window if desk.dutch else belgian_window


_Step = tuple[int, Progress]


def _courses(store: Store, condition: str, values: Sequence[object]) -> dict[int, tuple[_Step, ...]]:
    found = store.con.execute(
        "SELECT case_id, id, from_date, percent, source, authorised, therapeutic_percent"
        f" FROM sickness_progress WHERE case_id IN (SELECT id FROM sickness_case WHERE {condition})"
        " ORDER BY case_id, from_date, id",
        tuple(values),
    )
    courses: dict[int, tuple[_Step, ...]] = {}
    sources = {source.value: source for source in Source}
    for case_id, id_, start, percent, source, authorised, therapeutic in found:
        said = sources.get(source, Source.EMPLOYER)
        step = Progress(date.fromisoformat(start), percent, said, bool(authorised), therapeutic)
        courses[case_id] = (*courses.get(case_id, ()), (id_, step))
    return courses


_LINKINGS = {linking.value: linking for linking in Linking}


def _stored(values: Values, steps: Sequence[_Step]) -> StoredCase:
    id_ = values.pop("id")
    spell = spell_of(id_, values["first_day"], values["last_day"], values["linking"])
    course = tuple(step for _, step in steps) or (Progress(spell.first_day, 100),)
    case = Case(spell, course, values["minutes_worked"], bool(values["work_accident"]))
    return StoredCase(id_, values["person_id"], values, case, {step.from_date: row for row, step in steps})


def spell_of(id_: int, first_day: str, last_day: str | None, linking: str) -> Spell:
    """The days of a case from its columns."""
    first, last = date.fromisoformat(first_day), day_of(last_day)
    # A merge of two offline edits can leave days that no rule allows; they are shown, not lost.
    return Spell(id_, first, max(first, last) if last else None, _LINKINGS.get(linking, Linking.BY_RULE))
