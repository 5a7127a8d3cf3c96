"""The check of a month before it is forwarded: all rules, in the order in which the list shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hrtui.domain.month_end.day_rules import day_findings, overtime_findings, sickness_findings
from hrtui.domain.month_end.facts import MonthFacts, PersonFacts
from hrtui.domain.month_end.finding import Finding, Place, Rule, Severity, Target
from hrtui.domain.month_end.record_rules import (
    date_findings,
    employer_findings,
    holiday_findings,
    number_findings,
    other_findings,
    record_findings,
)


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, and how far the month is.

    `people` is how many were looked at, `checked` how many are checked off; of those without any entry,
    `confirmed` are checked off (nothing happened), `untouched` nobody ever entered anything for.
    """

    findings: tuple[Finding, ...]
    people: int
    checked: int
    confirmed: int
    untouched: int

    @property
    def blocks(self) -> tuple[Finding, ...]:
        """What stands in the way of forwarding."""
        return tuple(one for one in self.findings if one.severity is Severity.BLOCKS)

    @property
    def warns(self) -> tuple[Finding, ...]:
        """What to look at; the month can be forwarded with it."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNS)


def check_month(facts: MonthFacts) -> Check:
    """Everything found in a month: what blocks first, then what warns; each by person, the employer's first.

    People stand in the order of `facts.people`.
    """
    places = {person.id: place for place, person in enumerate(facts.people)}
    found = sorted(
        _all(facts), key=lambda one: (one.severity is Severity.WARNS, places.get(one.person_id or 0, -1))
    )
    empty = [person for person in facts.people if _scheduled(person) and not _entered(person)]
    return Check(
        tuple(found),
        len(facts.people),
        sum(person.checked for person in facts.people),
        sum(person.checked for person in empty),
        sum(not person.checked and not person.touched for person in empty),
    )


def _all(facts: MonthFacts) -> Iterator[Finding]:
    yield from employer_findings(facts)
    yield from date_findings(facts)
    yield from holiday_findings(facts)
    yield from number_findings(facts)
    for person in facts.people:
        yield from day_findings(person, facts.kinds)
        yield from sickness_findings(person, facts.kinds)
        yield from overtime_findings(person, facts.kinds)
        yield from record_findings(person, facts)
    yield from other_findings(facts)
    yield from _unlooked(facts.people)


def _unlooked(people: Sequence[PersonFacts]) -> Iterator[Finding]:
    """Months that nobody said are right; those without an entry are told apart from those with some.

    Where nobody at all is checked off the employer does not work that way: one line says so.
    """
    any_checked = any(person.checked for person in people)
    for person in people:
        if person.checked or not person.days:
            continue
        target = Target(Place.DAY, person.id, date=person.days[0].date)
        if _scheduled(person) and not _entered(person):
            yield Finding(Rule.EMPTIED if person.touched else Rule.UNTOUCHED, target, person.id)
        elif any_checked:
            yield Finding(Rule.NOT_CHECKED, target, person.id)
    if people and not any_checked:
        day = people[0].days[0].date if people[0].days else None
        target = Target(Place.DAY, people[0].id, date=day)
        yield Finding(Rule.NOBODY_CHECKED, target, count=len(people))


def _scheduled(person: PersonFacts) -> bool:
    return any(day.available for day in person.days)


def _entered(person: PersonFacts) -> bool:
    return any(day.entries for day in person.days)
