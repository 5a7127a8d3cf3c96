"""Rules about what is entered on the days of one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hrtui.domain.approval import waits
from hrtui.domain.day import Day
from hrtui.domain.entering import other_measure
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month_end.facts import PersonFacts
from hrtui.domain.month_end.finding import Finding, Place, Rule, Target
from hrtui.domain.schedule import DAY_MINUTES

Kinds = Mapping[int, LeaveType]

REST_KEYS = frozenset({"IHR", "TVT"})
"""The starter types that are rest taken for overtime, in Belgium and the Netherlands."""


def day_findings(person: PersonFacts, kinds: Kinds) -> Iterator[Finding]:
    """Entries outside the contract, what the day has no time for, open conflicts, what awaits approval."""
    for day in person.days:
        if not (day.entries or day.conflict):
            continue
        target = Target(Place.DAY, person.id, date=day.date)
        if day.conflict:
            yield Finding(Rule.CONFLICT, target, person.id)
        if not day.entries:
            continue
        if not day.in_contract:
            yield Finding(Rule.OUTSIDE_CONTRACT, target, person.id)
        else:
            yield from _measures(person, day, kinds, target)
        if waits(day.entries):
            yield Finding(Rule.PENDING, target, person.id)


def _measures(person: PersonFacts, day: Day, kinds: Kinds, target: Target) -> Iterator[Finding]:
    """Absence and work inside the schedule together at most fill it; a worked holiday is beside it.

    Where they do, a whole or half day must still be one.
    """
    inside = total = 0
    for entry in day.entries:
        kind = kinds.get(entry.leave_type_id)
        total += entry.minutes
        if kind is None or kind.category is Category.OVERTIME:
            continue
        if day.holiday is not None and (kind.on_holiday or kind.category is Category.WORKED):
            continue
        inside += entry.minutes
    if inside > day.available:
        yield Finding(Rule.TOO_MUCH, target, person.id, minutes=inside, limit=day.available)
    elif total > DAY_MINUTES:
        yield Finding(Rule.OVER_24_HOURS, target, person.id, minutes=total, limit=DAY_MINUTES)
    elif other := other_measure(day, kinds):
        yield Finding(Rule.OTHER_MEASURE, target, person.id, minutes=other[0], limit=other[1])


def overtime_findings(person: PersonFacts, kinds: Kinds) -> Iterator[Finding]:
    """Overtime of the month for which no rest was taken since; only where the employer has such rest."""
    if not any(kind.active and kind.key in REST_KEYS for kind in kinds.values()):
        return
    minutes, first = 0, None
    for day in person.days:
        for entry in day.entries:
            kind = kinds.get(entry.leave_type_id)
            if kind is not None and kind.category is Category.OVERTIME:
                minutes += entry.minutes
                first = first or day.date
    if minutes > person.rest:
        target = Target(Place.DAY, person.id, date=first)
        yield Finding(Rule.OVERTIME_WITHOUT_REST, target, person.id, minutes=minutes, limit=person.rest)


def sickness_findings(person: PersonFacts, kinds: Kinds) -> Iterator[Finding]:
    """A case without a sick entry in the month, and sick days that no case covers."""
    if person.spells is None:
        return
    sick = [
        day
        for day in person.days
        if any(kinds[entry.leave_type_id].sickness for entry in day.entries if entry.leave_type_id in kinds)
    ]
    for spell in person.spells:
        covered = [day for day in person.days if day.date in spell]
        working = [day for day in covered if day.is_working_day]
        if working and not any(day in sick for day in covered):
            target = Target(Place.DAY, person.id, spell.id, working[0].date)
            yield Finding(Rule.CASE_WITHOUT_ENTRIES, target, person.id)
    uncovered = [day for day in sick if not any(day.date in spell for spell in person.spells)]
    if uncovered:
        target = Target(Place.DAY, person.id, date=uncovered[0].date)
        yield Finding(Rule.ENTRIES_WITHOUT_CASE, target, person.id, count=len(uncovered))
