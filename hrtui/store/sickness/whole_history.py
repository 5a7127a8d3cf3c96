"""The whole absence history of people, as exports hand it on: never a part of anybody's.

A receiver of Xpert Suite's import "Compleet" deletes what it no longer finds, so a person comes with all
their cases or not at all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hrtui.domain.sickness.case import Case
from hrtui.domain.sickness.classification import CLASSIFICATIONS, ILL, Classification
from hrtui.store import rows
from hrtui.store.by_ids import select
from hrtui.store.moments import day_of, moment_of
from hrtui.store.sickness.desk import Desk, log_access
from hrtui.store.sickness.records import CASE, StoredCase, chains_of, stored_cases


@dataclass(frozen=True, slots=True)
class HistoryCase:
    """One case as it is handed on; moments are UTC. `linked` says that it counts on from the one before."""

    id: int
    classification: Classification
    case: Case
    reported_at: datetime
    expected_end: date | None
    recovery_reported_at: datetime | None
    close_reason: str
    safety_net: bool
    work_accident: bool
    liable_third_party: bool
    waiting_days: int
    linked: bool


@dataclass(frozen=True, slots=True)
class PersonHistory:
    """A person with all their cases in date order."""

    number: str
    last_name: str
    prefix: str
    first_name: str
    employed_from: date | None
    cases: tuple[HistoryCase, ...]


@dataclass(frozen=True, slots=True)
class AbsenceHistory:
    """The employer and the people; one who was never ill comes without cases."""

    employer: str
    policy_number: str
    people: tuple[PersonHistory, ...]


def whole_history(desk: Desk, person_ids: Collection[int] = ()) -> AbsenceHistory:
    """The whole history of these people, or of everybody who has a case; the export is logged."""
    by_person: dict[int, list[StoredCase]] = {}
    for one in stored_cases(desk.store, "employer_id = ?", (desk.employer_id,)):
        by_person.setdefault(one.person_id, []).append(one)
    wanted = sorted(set(person_ids) or by_person)
    rows.check_people(desk.store, desk.employer_id, wanted)
    people: list[tuple[str, PersonHistory]] = []
    query = (
        "SELECT p.id, p.sort_name, p.number, p.last_name, p.name_prefix, p.first_name,"
        " (SELECT min(start_date) FROM contract c WHERE c.person_id = p.id) FROM person p"
        " WHERE p.id IN ({marks})"
    )
    for id_, sort_name, number, last, prefix, first, start in select(desk.store.con, query, wanted):
        employed = day_of(start)
        cases = _cases(desk, by_person.get(id_, []))
        people.append((f"{sort_name} {id_}", PersonHistory(number, last, prefix, first, employed, cases)))
    log_access(desk, "exported", CASE, 0, f"people={len(people)}")
    ordered = tuple(one for _, one in sorted(people, key=lambda pair: pair[0]))
    return AbsenceHistory(desk.employer, desk.policy_number, ordered)


def _cases(desk: Desk, cases: list[StoredCase]) -> tuple[HistoryCase, ...]:
    linked = {
        spell.id: place > 0
        for chain in (chains_of(desk, cases) if cases else ())
        for place, spell in enumerate(chain.spells)
    }
    return tuple(_case(one, linked[one.id]) for one in cases)


def _case(one: StoredCase, linked: bool) -> HistoryCase:
    values = one.values
    return HistoryCase(
        one.id,
        CLASSIFICATIONS.get(values["classification"], CLASSIFICATIONS[ILL]),
        one.case,
        _moment(values["reported_at"]) or datetime(1970, 1, 1, tzinfo=UTC),
        day_of(values["expected_end"]),
        _moment(values["recovery_reported_at"]),
        values["close_reason"],
        bool(values["safety_net"]),
        bool(values["work_accident"]),
        bool(values["liable_third_party"]),
        values["waiting_days"],
        linked,
    )


def _moment(text: str | None) -> datetime | None:
    return moment_of(text) if text else None
