"""The sentences of forwarding: what a check found, what changed since, states and statuses."""

from __future__ import annotations

from collections.abc import Mapping

from hrtui import i18n
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.money import decimal_sign, plain_number
from hrtui.domain.month import Month
from hrtui.domain.month_end.finding import Finding, Rule, Severity
from hrtui.domain.providers import MEAL_VOUCHER_DATE, PROVIDERS, WAGE_PAYMENT_DATE
from hrtui.domain.snapshot import Changed, Component, Difference
from hrtui.forwarding.dates import OF_PROVIDER
from hrtui.forwarding.plan import State
from hrtui.i18n import N_, t, tn
from hrtui.payroll.layouts.rendering import DATES
from hrtui.store.transmissions import CORRECTION, FIRST, Status
from hrtui.wording import day_name, month_name, type_name

SEVERITIES = {Severity.BLOCKS: N_("blocks"), Severity.WARNS: N_("warns")}
STATES = {
    State.NEW: N_("not sent yet"),
    State.CHANGED: N_("changed since"),
    State.REJECTED: N_("rejected"),
    State.NOT_ARRIVED: N_("did not arrive"),
    State.SAME: N_("as sent"),
}
STATUSES = {
    Status.QUEUED: N_("waits"),
    Status.SENDING: N_("is being sent"),
    Status.DELIVERED: N_("delivered"),
    Status.ACCEPTED: N_("accepted"),
    Status.REJECTED: N_("rejected"),
    Status.PARTLY_REJECTED: N_("partly rejected"),
    Status.FAILED: N_("failed"),
}
KINDS = {FIRST: N_("first"), CORRECTION: N_("correction")}

_SENTENCES = {
    Rule.EMPLOYER_NUMBER: N_("The employer's number at {provider} is missing."),
    Rule.NO_PROVIDER: N_("The employer has no link to {provider}."),
    Rule.NO_WAGE_DATE: OF_PROVIDER[WAGE_PAYMENT_DATE],
    Rule.NO_VOUCHER_DATE: OF_PROVIDER[MEAL_VOUCHER_DATE],
    Rule.PERSON_NUMBER: N_("No number at {provider}: the own number goes along."),
    Rule.NO_NUMBER: N_("No number at {provider}, and none of the employer: enter one."),
    Rule.DUPLICATE_NUMBER: N_("{n} people have the number {text} at the provider."),
    Rule.ANOTHER_PROVIDER: N_("This month is with {provider}, and stays there."),
    Rule.UNMAPPED_TYPE: N_("{type} has no code at {provider} ({people})."),
    Rule.NO_SCHEDULE: N_("From {day}: no work schedule, so no hours count."),
    Rule.OUTSIDE_CONTRACT: N_("{day}: an entry outside the contract."),
    Rule.TOO_MUCH: N_("{day}: {used} entered, the day has {limit}."),
    Rule.OVER_24_HOURS: N_("{day}: {used} entered, more than the day is long."),
    Rule.OTHER_MEASURE: N_("{day}: a whole or half day of {used}, now {limit}."),
    Rule.CONFLICT: N_("{day}: changed in two places; choose what holds."),
    Rule.PENDING: N_("{day}: waits for approval."),
    Rule.NEGATIVE_BALANCE: N_("{type}: {over} more taken than there is."),
    Rule.OVERTIME_WITHOUT_REST: N_("{used} overtime, {limit} rest taken for it since."),
    Rule.HOLIDAY_NOT_REPLACED: N_("The holiday of {day} falls in a weekend and has no replacement."),
    Rule.CASE_WITHOUT_ENTRIES: N_("From {day}: a case of illness without illness in the calendar."),
    Rule.ENTRIES_WITHOUT_CASE: N_("From {day}: illness in the calendar without a case ({days})."),
    Rule.INACTIVE_COMPONENT: N_("The pay component {text} is out of use."),
    Rule.DIMONA: N_("Dimona has not confirmed the contract."),
    Rule.UNSENT_MESSAGE: N_("A message of {month} was never sent."),
    Rule.EARLIER_MONTH: N_("{month} changed after it was forwarded ({people}): send it again."),
    Rule.STAYS: N_(
        "From {day}: {type} was sent ({days}), and the file cannot take it back:"
        " tell the provider that it no longer holds."
    ),
    Rule.UNTOUCHED: N_("Nothing was entered yet; not checked off."),
    Rule.EMPTIED: N_("All that was entered is cleared; not checked off."),
    Rule.NOT_CHECKED: N_("Not checked off."),
    Rule.NOBODY_CHECKED: N_("Nobody is checked off this month."),
}
_NAMELESS = {
    Rule.UNMAPPED_TYPE: N_("{type} has no code at the provider ({people})."),
    Rule.NO_WAGE_DATE: DATES[WAGE_PAYMENT_DATE],
    Rule.NO_VOUCHER_DATE: DATES[MEAL_VOUCHER_DATE],
}
_NO_PROVIDER_OF_PERSON = N_("Goes to no payroll provider: choose one in the record.")


def finding_sentence(finding: Finding, kinds: Mapping[int, LeaveType]) -> str:
    """What was found, as a sentence without the person's name."""
    if finding.rule is Rule.NO_PROVIDER and finding.person_id is not None:
        return t(_NO_PROVIDER_OF_PERSON)
    kind = kinds.get(finding.leave_type_id) if finding.leave_type_id else None
    amount = i18n.days(finding.minutes) if finding.in_days else i18n.hours(finding.minutes)
    month = ""
    if finding.rule in (Rule.UNSENT_MESSAGE, Rule.EARLIER_MONTH):
        month = month_name(Month.parse(finding.text))
    return t(
        _SENTENCES[finding.rule] if finding.text else _NAMELESS.get(finding.rule, _SENTENCES[finding.rule]),
        provider=PROVIDERS.get(finding.text, finding.text),
        text=finding.text,
        n=finding.count,
        people=people_count(finding.count),
        days=tn("{n} day", "{n} days", finding.count),
        day=day_name(finding.target.date) if finding.target.date else "",
        used=amount,
        over=amount,
        limit=i18n.hours(finding.limit),
        type=type_name(kind) if kind else t("Time worked"),
        month=month,
    )


def difference_texts(one: Difference) -> tuple[str, str, str]:
    """What a difference is about, what it was and what it is now; a dash where there was or is nothing."""
    return _about(one), _value(one, one.old), _value(one, one.new)


_NUMBERS = {
    Changed.NUMBER: N_("Number"),
    Changed.PROVIDER_NUMBER: N_("Number at the provider"),
}


def _about(one: Difference) -> str:
    if one.what in _NUMBERS:
        return t(_NUMBERS[one.what])
    if one.what is Changed.COMPONENT:
        component = one.new or one.old
        assert isinstance(component, Component)
        return f"{component.code} {component.name(i18n.language())}"
    day = day_name(one.date) if one.date else ""
    what = one.kind.name(i18n.language()) if one.kind else t("schedule")
    return f"{day}  {what}"


def _value(one: Difference, value: str | int | Component | None) -> str:
    if isinstance(value, Component):
        return f"{plain_number(value.cents, 2, decimal_sign(i18n.language()))} {value.currency}"
    if value is None or value in ("", 0):
        return "–"
    if one.what is Changed.SPELL:
        return t("goes on")
    return i18n.hours(value) if isinstance(value, int) else value


def people_count(n: int) -> str:
    """`1 person`, `12 people`."""
    return tn("{n} person", "{n} people", n)
