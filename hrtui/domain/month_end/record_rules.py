"""Rules about records: numbers at the provider, contracts, pay components, holidays, messages."""

from __future__ import annotations

from collections.abc import Iterator

from hrtui.domain.day import Holiday
from hrtui.domain.month import Month
from hrtui.domain.month_end.facts import MonthFacts, PersonFacts
from hrtui.domain.month_end.finding import Finding, Place, Rule, Target
from hrtui.domain.providers import WAGE_PAYMENT_DATE

_CONFIRMED = frozenset({"accepted", "accepted_warning"})
_SATURDAY = 5


def employer_findings(facts: MonthFacts) -> Iterator[Finding]:
    """A layout's provider that the employer has not, or has without a number; types without a code there."""
    own = [link for link in facts.links if link.provider == facts.provider]
    if facts.provider and not own:
        yield Finding(Rule.NO_PROVIDER, Target(Place.PROVIDER), text=facts.provider)
    used = {person.link_id for person in facts.people}
    for link in own:
        if link.id in used and not link.client_number:
            target = Target(Place.PROVIDER, row_id=link.id, field="client_number")
            yield Finding(Rule.EMPLOYER_NUMBER, target, text=link.provider)
    for leave_type_id, count in facts.unmapped.items():
        target = Target(Place.LEAVE_TYPE, row_id=leave_type_id or None, field="provider_codes")
        yield Finding(
            Rule.UNMAPPED_TYPE, target, leave_type_id=leave_type_id, text=facts.provider, count=count
        )


def date_findings(facts: MonthFacts) -> Iterator[Finding]:
    """Dates that the layout or a provider wants and nobody gave."""
    for one in facts.missing:
        rule = Rule.NO_WAGE_DATE if one.name == WAGE_PAYMENT_DATE else Rule.NO_VOUCHER_DATE
        target = Target(Place.PROVIDER, row_id=one.link_id, field="needed_dates" if one.link_id else "")
        yield Finding(rule, target, text=one.provider or facts.provider)


def number_findings(facts: MonthFacts) -> Iterator[Finding]:
    """People without a provider, or without a number there (their own goes along), and equal numbers.

    Two who go to a provider under one number would be one person there, wherever the numbers come from.
    """
    providers = {link.id: link.provider for link in facts.links}
    holders: dict[tuple[int, str], list[int]] = {}
    for person in facts.people:
        provider = "" if person.link_id is None else providers.get(person.link_id, "")
        if facts.provider in providers.values() and not provider:
            target = Target(Place.PERSON, person.id, field="provider_link_id")
            yield Finding(Rule.NO_PROVIDER, target, person.id, text=facts.provider)
        elif facts.provider == provider and facts.sent_to.get(person.id, provider) != provider:
            target = Target(Place.PERSON, person.id, field="provider_link_id")
            yield Finding(Rule.ANOTHER_PROVIDER, target, person.id, text=facts.sent_to[person.id])
        elif facts.provider == provider and provider and not person.provider_number:
            target = Target(Place.PERSON, person.id, field="provider_number")
            rule = Rule.PERSON_NUMBER if person.number else Rule.NO_NUMBER
            yield Finding(rule, target, person.id, text=provider)
        number = person.provider_number or (person.number if provider == facts.provider else "")
        if person.link_id is not None and number:
            holders.setdefault((person.link_id, number), []).append(person.id)
    for (_, number), ids in holders.items():
        for person_id in ids if len(ids) > 1 else ():
            target = Target(Place.PERSON, person_id, field="provider_number")
            yield Finding(Rule.DUPLICATE_NUMBER, target, person_id, text=number, count=len(ids))


def record_findings(person: PersonFacts, facts: MonthFacts) -> Iterator[Finding]:
    """Service without a schedule, a contract that Dimona has not confirmed, pay of a type out of use, more
    leave than there is."""
    yield from _schedule_findings(person, facts.month)
    if facts.country == "BE":
        recent = facts.month.shift(-1).first
        for contract in (one for one in person.contracts if one.declared):
            refused = contract.dimona == "refused"
            if refused or (contract.start >= recent and contract.dimona not in _CONFIRMED):
                target = Target(Place.CONTRACT, person.id, contract.id, field="dimona_status")
                yield Finding(Rule.DIMONA, target, person.id, text=contract.dimona)
    for component in person.components:
        if not component.active:
            target = Target(Place.COMPONENT, person.id, component.id)
            yield Finding(Rule.INACTIVE_COMPONENT, target, person.id, text=component.name)
    for one in person.overdrawn:
        yield Finding(
            Rule.NEGATIVE_BALANCE,
            Target(Place.ALLOWANCES, person.id, one.leave_type_id),
            person.id,
            minutes=one.over,
            in_days=one.in_days,
            leave_type_id=one.leave_type_id,
        )


def _schedule_findings(person: PersonFacts, month: Month) -> Iterator[Finding]:
    """Days in service before any work schedule: nothing is reckoned for them, and nothing can be entered."""
    for contract in person.contracts:
        first, last = max(contract.start, month.first), min(contract.end or month.last, month.last)
        if first <= last and (person.planned_from is None or person.planned_from > first):
            yield Finding(Rule.NO_SCHEDULE, Target(Place.PERSON, person.id, date=first), person.id)
            return


def holiday_findings(facts: MonthFacts) -> Iterator[Finding]:
    """Belgian holidays on a Saturday or Sunday that no other day stands for (Act of 4 January 1974)."""
    if facts.country != "BE":
        return
    replaced = {holiday.replaces for holiday in facts.holidays}
    for holiday in facts.holidays:
        if _wants_replacement(holiday) and holiday.date in facts.month and holiday.date not in replaced:
            yield Finding(Rule.HOLIDAY_NOT_REPLACED, Target(Place.HOLIDAYS, date=holiday.date))


def _wants_replacement(holiday: Holiday) -> bool:
    return holiday.replaces is None and holiday.date.weekday() >= _SATURDAY


def other_findings(facts: MonthFacts) -> Iterator[Finding]:
    """Messages that were left behind, earlier months that changed after they were forwarded, and what stands
    at the provider though it is no longer so."""
    for one in facts.stays:
        target = Target(Place.DAY, one.person_id, date=one.first)
        yield Finding(
            Rule.STAYS,
            target,
            one.person_id,
            leave_type_id=one.leave_type_id,
            text=facts.provider,
            count=one.days,
        )
    for message in facts.unsent:
        target = Target(Place.MESSAGE, message.person_id, message.id)
        yield Finding(Rule.UNSENT_MESSAGE, target, message.person_id, text=str(message.month))
    for month, count in sorted(facts.earlier.items()):
        yield Finding(Rule.EARLIER_MONTH, Target(Place.MONTH, field=str(month)), text=str(month), count=count)
